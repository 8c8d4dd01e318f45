"""Draw the preview picture that other programs show next to a link to an event: text on a plain background."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE: Final = "image/png"
_MARGIN, _BAND = 80, 24
GROUND: Final = ("paper", "ink", "soft")
"""Colours of the background, the title and the other text."""
_TITLE_SIZE, _TEXT_SIZE = 64, 36
_TITLE_LINES: Final = 4
_COLOURS: Final = 16
_SCRIPTS: Final = ("LATIN", "GREEK", "CYRILLIC")


def can_be_drawn(text: str) -> bool:
    """Return whether the typeface contains all letters of a text; it covers Latin, Greek and Cyrillic."""
    return all(unicodedata.name(char, "").startswith(_SCRIPTS) for char in text if char.isalpha())


def draw_preview(
    font: bytes, *, colours: Mapping[str, str], kind: str, title: str, lines: Sequence[str], site: str
) -> bytes:
    """Draw a PNG of 1200 by 630 pixels; equal arguments give equal bytes.

    Parameters
    ----------
    font
        A variable font with the weights "Bold" and "Regular".
    colours
        ``#rrggbb`` values of the colours in `GROUND`, and of ``band`` at the side.
    kind, title, lines, site
        The texts; those that :func:`can_be_drawn` rejects are left out.
    """
    picture = Image.new("RGB", (WIDTH, HEIGHT), colours["paper"])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, _BAND, HEIGHT), fill=colours["band"])
    bold, regular = _typeface(font, "Bold", _TITLE_SIZE), _typeface(font, "Regular", _TEXT_SIZE)
    small = _typeface(font, "Bold", _TEXT_SIZE - 8)
    y = _MARGIN - 20
    if can_be_drawn(kind):
        draw.text((_MARGIN, y), kind.upper(), fill=colours["band"], font=small)
    y += 56
    if can_be_drawn(title):
        for line in _wrapped(title, bold, WIDTH - 2 * _MARGIN, _TITLE_LINES):
            draw.text((_MARGIN, y), line, fill=colours["ink"], font=bold)
            y += _TITLE_SIZE + 12
    y += 20
    for text in filter(can_be_drawn, lines):
        draw.text(
            (_MARGIN, y), next(_wrapped(text, regular, WIDTH - 2 * _MARGIN, 1)), fill=colours["soft"], font=regular
        )
        y += _TEXT_SIZE + 14
    if can_be_drawn(site):
        draw.text((_MARGIN, HEIGHT - 84), site, fill=colours["ink"], font=small)
    out = BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=8)
def _typeface(font: bytes, weight: str, size: int) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(BytesIO(font), size)
    made.set_variation_by_name(weight)
    return made


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, max_lines: int) -> Iterator[str]:
    """Wrap a text into at most `max_lines` lines of `width` pixels; a longer text ends with an ellipsis."""
    words, count = text.split() or [""], 0
    while words:
        count += 1
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if (count == max_lines and words) or font.getlength(line) > width:
            while line and font.getlength(f"{line}…") > width:
                line = line[:-1]
            line = f"{line.rstrip()}…"
        yield line
        if count == max_lines:
            return
