"""Escape text that people wrote for places where Streamlit parses Markdown."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")
_ACTIVE = re.compile(r"[!-&(-+./:-@\[-`{-~]")


def plain_label(text: str, *, max_length: int = 200) -> str:
    """Escape a text for use in a label that Streamlit parses as Markdown.

    Labels load images from any host and follow directives such as ``:red[...]``; a backslash before each ASCII
    punctuation character disables both (CommonMark 0.31, section 2.4). Line breaks become spaces. Texts longer than
    `max_length` characters are truncated with an ellipsis, between words if possible.
    """
    return _PUNCTUATION.sub(r"\\\1", shortened(text, max_length))


def spoken_label(text: str, *, max_length: int = 200) -> str:
    """Sanitise a text for the label of a check box or field, which is also its accessible name.

    Streamlit uses the raw label as the accessible name, so backslashes would be read aloud. ASCII punctuation therefore
    becomes spaces, except comma, hyphen and apostrophe, which have no meaning in the middle of a line.
    """
    return shortened(_ACTIVE.sub(" ", text), max_length)


def row_label(words: str, row: str, *, max_length: int = 80) -> str:
    """Return the label of a button that each row of a list has; screen readers also get the row's subject.

    Parameters
    ----------
    words
        The visible text of the button.
    row
        The subject of the row; ``page.css`` hides it visually, because it is shown next to the button anyway.
    """
    return f"{plain_label(words)} *{plain_label(row, max_length=max_length)}*" if row.strip() else plain_label(words)


def shortened(text: str, max_length: int) -> str:
    """Return a text on one line of at most `max_length` characters, truncated with an ellipsis between words."""
    line = _SPACE.sub(" ", text).strip()
    if len(line) > max_length:
        kept = line[:max_length].rpartition(" ")[0] or line[: max_length - 1]
        line = kept.rstrip() + "…"
    return line
