"""Pictures that visitors send: read within limits, turned upright, made smaller, and encoded again without metadata.

The result holds pixels and nothing else: no camera, time or place (EXIF, GPS, XMP, IPTC), no comment, no
colour profile, no second image behind the first, and no byte of the file that came in.
"""

from __future__ import annotations

import base64
import struct
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError
from PIL.ExifTags import Base
from PIL.Image import Transpose

from rallymap.errors import InvalidEventError
from rallymap.language import digits, tr

FIELD = "picture"
MAX_BYTES = 10_000_000
"""Of the file as it is sent, looked at before anything is decoded."""
MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""By format, as the file's header gives them, looked at before anything is decompressed.

Full-size pictures of phones fit. The other two formats have less, because only a JPEG can be decoded at a part of its
size: all three then take at most about 300 MB for a moment.
"""
MAX_SIDE = 1600
MEDIA_TYPE = "image/webp"
_QUALITY = 80

_FAULTS = (
    *(OSError, EOFError, SyntaxError, struct.error, zlib.error, Image.DecompressionBombError),
    *(ValueError, TypeError, LookupError, OverflowError, MemoryError),
    Warning,  # where the operator makes errors of warnings
)
"""What decoders raise over files that are damaged or forged; they name no common base."""

# Many large pictures at once would be a way to exhaust the machine.
_one_at_a_time = threading.Lock()

_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as :func:`clean_picture` wrote it.

    Attributes
    ----------
    data, media_type
        The file and what it is.
    width, height
        Pixels; at most 1600 each.
    """

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class GivenPicture:
    """A picture as somebody gave it.

    Attributes
    ----------
    clean
        As :func:`clean_picture` returned it.
    description
        What it shows, for those who do not see it.
    """

    clean: CleanPicture
    description: str


def clean_picture(data: bytes) -> CleanPicture:
    """Read a JPEG, PNG or WebP file and write its first image again as WebP.

    It is turned upright by its EXIF orientation, made to fit 1600 by 1600 pixels, and laid on white where it is
    transparent. Colours are read as sRGB: a colour profile is never interpreted.

    Parameters
    ----------
    data
        The file as it was sent.

    Raises
    ------
    InvalidEventError
        Field "picture": if it is empty, has more than 10 000 000 bytes or too many pixels, is of another kind or
        damaged.
    """
    if not data:
        raise InvalidEventError(FIELD, tr("This file is empty; please choose the picture again."))
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise InvalidEventError(
            FIELD, tr("This picture has more than {most} MB; please make it smaller.", most=digits(most))
        )
    with _one_at_a_time:
        try:
            with _opened(data) as image:
                return _written(_upright(_reduced(image), _orientation(image)))
        except InvalidEventError:
            raise
        except _FAULTS as err:
            raise InvalidEventError(
                FIELD, tr("This picture is damaged and cannot be read; please save it again or choose another.")
            ) from err


def data_url(picture: CleanPicture) -> str:
    """Return a picture as a data: URL, so that a page can show it without an address of its own."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _opened(data: bytes) -> Image.Image:
    """Read a file's header, and nothing more."""
    try:
        image = Image.open(BytesIO(data), formats=list(MAX_PIXELS))
    except UnidentifiedImageError as err:
        raise InvalidEventError(
            FIELD, tr("This file is not a picture in JPEG, PNG or WebP; please convert it.")
        ) from err
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise _too_large(max(MAX_PIXELS.values())) from err
    most = MAX_PIXELS.get(str(image.format), MAX_PIXELS["JPEG"])  # phones write JPEGs of several images, called MPO
    if image.width * image.height > most:
        raise _too_large(most)
    return image


def _too_large(most: int) -> InvalidEventError:
    return InvalidEventError(
        FIELD,
        tr("This picture has more than {most} million pixels; please make it smaller.", most=digits(most // 1_000_000)),
    )


def _orientation(image: Image.Image) -> int:
    return int(image.getexif().get(Base.Orientation, 1))


def _reduced(image: Image.Image) -> Image.Image:
    """Return the first image in RGB, small enough, laid on white."""
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a large JPEG is then decoded at half or a quarter of its size
    small = image.convert("RGBA") if image.has_transparency_data else _in_colour(image)
    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGB":
        return small
    white = Image.new("RGB", small.size, "white")
    white.paste(small, mask=small.getchannel("A"))
    return white


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # 16 bits of grey: Pillow would clip them to 8, which is white nearly everywhere.
        return image.convert("I").point(lambda grey: grey / 256).convert("L").convert("RGB")
    return image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _written(image: Image.Image) -> CleanPicture:
    # Only pixels are carried over: Pillow would write a profile that it finds in the image's notes.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, "WEBP", quality=_QUALITY, method=4)
    return CleanPicture(file.getvalue(), MEDIA_TYPE, bare.width, bare.height)
