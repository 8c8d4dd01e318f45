"""Re-encode uploaded pictures: check limits, rotate upright, scale down, remove metadata.

The result contains only pixels: no camera, time or place (EXIF, GPS, XMP, IPTC), no comment, no colour profile, no
second image, and no byte of the uploaded file.
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
"""Maximum size of the uploaded file, checked before decoding."""
MAX_PIXELS = {"JPEG": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""Maximum number of pixels by format, read from the file's header and checked before decompression.

Full-size phone pictures fit. The other two formats have lower limits, because only a JPEG can be decoded at reduced
size. Decoding then takes at most about 300 MB of memory.
"""
MAX_SIDE = 1600
MEDIA_TYPE = "image/webp"
_QUALITY = 80

_FAULTS = (
    *(OSError, EOFError, SyntaxError, struct.error, zlib.error, Image.DecompressionBombError),
    *(ValueError, TypeError, LookupError, OverflowError, MemoryError),
    Warning,  # if the operator turns warnings into errors
)
"""Exceptions that decoders raise for damaged or malicious files; they have no common base class."""

# Many large pictures in parallel could exhaust the machine's memory.
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
"""Transposition that undoes each EXIF orientation."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that :func:`clean_picture` wrote.

    Attributes
    ----------
    data, media_type
        Content and media type of the file.
    width, height
        Size in pixels; at most 1600 each.
    """

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class GivenPicture:
    """A picture with its description, as a user provided them.

    Attributes
    ----------
    clean
        Result of :func:`clean_picture`.
    description
        Text alternative for readers who cannot see the picture.
    """

    clean: CleanPicture
    description: str


def clean_picture(data: bytes) -> CleanPicture:
    """Decode a JPEG, PNG or WebP file and re-encode its first image as WebP.

    The image is rotated upright by its EXIF orientation, scaled down to fit 1600 by 1600 pixels, and put on a white
    background if it is transparent. Colours are read as sRGB; colour profiles are ignored.

    Parameters
    ----------
    data
        The uploaded file.

    Raises
    ------
    InvalidEventError
        With field "picture", if the file is empty, has more than 10 000 000 bytes or too many pixels, has another
        format, or is damaged.
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
    """Return a picture as a data: URL, so that a page can embed it."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _opened(data: bytes) -> Image.Image:
    """Open a file by reading its header only."""
    try:
        image = Image.open(BytesIO(data), formats=list(MAX_PIXELS))
    except UnidentifiedImageError as err:
        raise InvalidEventError(
            FIELD, tr("This file is not a picture in JPEG, PNG or WebP; please convert it.")
        ) from err
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as err:
        raise _too_large(max(MAX_PIXELS.values())) from err
    most = MAX_PIXELS.get(str(image.format), MAX_PIXELS["JPEG"])  # phones write multi-image JPEGs, format MPO
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
    """Return the first image in RGB, scaled down, on a white background."""
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # decodes a large JPEG at a half or a quarter of its size
    small = image.convert("RGBA") if image.has_transparency_data else _in_colour(image)
    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGB":
        return small
    white = Image.new("RGB", small.size, "white")
    white.paste(small, mask=small.getchannel("A"))
    return white


def _in_colour(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow would clip 16-bit grey to 8 bits, which makes most pixels white.
        return image.convert("I").point(lambda grey: grey / 256).convert("L").convert("RGB")
    return image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _written(image: Image.Image) -> CleanPicture:
    # Copy the pixels only: Pillow would also write a colour profile from the image's metadata.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, "WEBP", quality=_QUALITY, method=4)
    return CleanPicture(file.getvalue(), MEDIA_TYPE, bare.width, bare.height)
