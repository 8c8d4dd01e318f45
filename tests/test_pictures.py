"""Uploaded pictures: what remains of them, and what is rejected."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from rallymap.errors import InvalidEventError
from rallymap.pictures import MAX_BYTES, CleanPicture, clean_picture, data_url

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RED, BLUE = (220, 20, 20), (20, 20, 220)
ORIENTATION, GPS, MODEL = 0x0112, 0x8825, 0x0110


def file_of(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_halves(width: int = 64, height: int = 32) -> Image.Image:
    """Red left, blue right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def photo() -> bytes:
    """A JPEG with all metadata of a phone: camera, place, time, comment, profile, XMP."""
    exif = Image.Exif()
    exif[MODEL] = "SecretCam 9"
    exif[ORIENTATION] = 6
    exif[GPS] = {1: "N", 2: (59.0, 54.0, 45.0), 3: "E", 4: (10.0, 44.0, 46.0)}
    return file_of(
        two_halves(), exif=exif, comment=b"taken by Kim", icc_profile=b"fake profile of SecretCam", xmp=b"<x>Kim</x>"
    )


def opened(clean: CleanPicture) -> Image.Image:
    return Image.open(BytesIO(clean.data))


def near(pixel: float | tuple[int, ...] | None, colour: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def test_clean_picture_holds_nothing_but_pixels() -> None:
    assert Image.open(BytesIO(photo())).getexif().get_ifd(GPS)[1] == "N"
    clean = clean_picture(photo())
    image = opened(clean)
    assert (image.format, image.mode, dict(image.getexif())) == ("WEBP", "RGB", {})
    assert {"exif", "icc_profile", "xmp", "comment"} & image.info.keys() == set()
    assert [word for word in (b"SecretCam", b"Kim", b"EXIF", b"ICCP", b"XMP ") if word in clean.data] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_turned_upright(orientation: int) -> None:
    turned = {  # how a rotated camera stores red left, blue right
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }[orientation]
    image, exif = two_halves(), Image.Exif()
    for turn in turned:
        image = image.transpose(turn)
    exif[ORIENTATION] = orientation
    clean = clean_picture(file_of(image, exif=exif))
    assert (clean.width, clean.height) == (64, 32)
    assert near(opened(clean).getpixel((8, 16)), RED)
    assert near(opened(clean).getpixel((56, 16)), BLUE)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((1600, 900), (1600, 900)), ((3200, 1800), (1600, 900)), ((900, 3200), (450, 1600)), ((1, 1), (1, 1)),
     ((6000, 3), (1600, 1))],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_made_to_fit(kind: str, size: tuple[int, int], kept: tuple[int, int]) -> None:
    clean = clean_picture(file_of(Image.new("RGB", size, RED), kind))
    assert (clean.width, clean.height) == kept == opened(clean).size
    assert near(opened(clean).getpixel((0, 0)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16", "CMYK", "F"])
def test_picture_of_any_mode_is_read(mode: str) -> None:
    kind = {"CMYK": "JPEG", "PA": "WEBP", "F": "WEBP"}.get(mode, "PNG")
    clean = clean_picture(file_of(Image.new(mode, (40, 30)), kind))
    assert (clean.width, clean.height, opened(clean).mode) == (40, 30, "RGB")


def test_transparent_picture_gets_a_white_background() -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (20, 0, 40, 40))
    clean = clean_picture(file_of(image, "PNG"))
    assert near(opened(clean).getpixel((5, 20)), (255, 255, 255))
    assert near(opened(clean).getpixel((35, 20)), RED)


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    image = Image.new("I;16", (40, 40), 32768)
    assert near(opened(clean_picture(file_of(image, "PNG"))).getpixel((20, 20)), (128, 128, 128))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_first_image_of_an_animation_is_kept(kind: str) -> None:
    images = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE, BLUE)]
    clean = clean_picture(file_of(images[0], kind, save_all=True, append_images=images[1:]))
    assert getattr(opened(clean), "n_frames", 1) == 1
    assert near(opened(clean).getpixel((20, 20)), RED)


def test_second_image_of_a_phones_file_is_gone() -> None:
    images = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    clean = clean_picture(file_of(images[0], "MPO", save_all=True, append_images=images[1:]))
    assert near(opened(clean).getpixel((20, 20)), RED)


def bare_png(width: int, height: int) -> bytes:
    """A PNG whose header declares a size that its few bytes do not contain."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def png_of_text() -> bytes:
    """A PNG with a text that unpacks to 100 MB."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * 100_000_000, zip=True)
    return file_of(two_halves(), "PNG", pnginfo=notes)


REFUSED = {
    "empty": (b"", "This file is empty; please choose the picture again."),
    "heavy": (b"\xff\xd8" + bytes(MAX_BYTES), "This picture has more than 10 MB; please make it smaller."),
    "words": (b"not a picture", "This file is not a picture in JPEG, PNG or WebP; please convert it."),
    "drawing": (b"<svg onload='alert(1)'/>", "This file is not a picture in JPEG, PNG or WebP; please convert it."),
    "gif": (file_of(two_halves(), "GIF"), "This file is not a picture in JPEG, PNG or WebP; please convert it."),
    "large": (bare_png(4000, 4001), "This picture has more than 16 million pixels; please make it smaller."),
    "huge": (bare_png(10_000, 10_000), "This picture has more than 50 million pixels; please make it smaller."),
    "bomb": (bare_png(2**31 - 1, 2**31 - 1), "This picture has more than 50 million pixels; please make it smaller."),
    "cut": (
        file_of(two_halves())[:-300],
        "This picture is damaged and cannot be read; please save it again or choose another.",
    ),
    "promise": (
        bare_png(64, 64),
        "This picture is damaged and cannot be read; please save it again or choose another.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_picture_that_is_refused(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(InvalidEventError) as refused:
        clean_picture(data)
    assert (refused.value.field, refused.value.user_message) == ("picture", sentence)


def test_text_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(InvalidEventError):
        clean_picture(png_of_text())


SEEDS = [photo(), file_of(two_halves(), "PNG"), file_of(two_halves(), "WEBP"), file_of(two_halves(), progressive=True)]


@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_our_error(data: bytes) -> None:
    with pytest.raises(InvalidEventError):
        clean_picture(data)


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), min_size=1, max_size=12),
    cut=st.integers(0, 2**16),
)
def test_damaged_files_are_read_or_refused(seed: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(seed)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    try:
        clean = clean_picture(bytes(damaged[: max(1, len(damaged) - cut % (2 * len(damaged)))]))
    except InvalidEventError:
        return
    assert opened(clean).size == (clean.width, clean.height)


def test_data_url_holds_the_picture() -> None:
    head, _, body = data_url(CleanPicture(b"\x00\xff", "image/webp", 1, 1)).partition(",")
    assert (head, b64decode(body)) == ("data:image/webp;base64", b"\x00\xff")


def _with_text(image: Image.Image, text: str) -> bytes:
    chunk = PngImagePlugin.PngInfo()
    chunk.add_itxt("XML:com.adobe.xmp", text)
    chunk.add_text("Comment", text)
    return file_of(image, "PNG", pnginfo=chunk)


_SCRIPT = b"<script>rmx()</script>"
POLYGLOTS = {
    "page after a JPEG": file_of(two_halves()) + b"<html>" + _SCRIPT,
    "archive after a JPEG": file_of(two_halves()) + b"PK\x03\x04" + _SCRIPT,
    "PDF after a PNG": file_of(two_halves(), "PNG") + b"%PDF-1.7 " + _SCRIPT,
    "script in a comment of a JPEG": file_of(two_halves(), comment=b"*/=rmx;/*" + _SCRIPT),
    "script in texts of a PNG": _with_text(two_halves(), _SCRIPT.decode()),
    "script in the profile of a WebP": file_of(two_halves(), "WEBP", icc_profile=_SCRIPT, xmp=_SCRIPT),
}


@pytest.mark.parametrize("data", POLYGLOTS.values(), ids=POLYGLOTS.keys())
def test_file_that_is_also_a_page_or_a_program_becomes_a_picture_only(data: bytes) -> None:
    clean = clean_picture(data)
    assert [part for part in (b"rmx", b"<script", b"PK\x03\x04", b"%PDF", b"<html") if part in clean.data] == []
    assert opened(clean).size == (64, 32)
