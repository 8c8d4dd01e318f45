"""Escape text that people wrote where Streamlit reads Markdown."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")
_ACTIVE = re.compile(r"[!-&(-+./:-@\[-`{-~]")


def plain_label(text: str, *, most: int = 200) -> str:
    """Make a text safe as (part of) a label that Streamlit reads as Markdown.

    Labels load images from any host and follow directives such as ``:red[...]``; a backslash before each ASCII
    punctuation mark makes all of them plain signs (CommonMark 0.31, section 2.4). Line breaks become spaces and
    texts over `most` characters are cut with an ellipsis, between words where they have any.
    """
    return _PUNCTUATION.sub(r"\\\1", _line(text, most))


def spoken_label(text: str, *, most: int = 200) -> str:
    """Make a text safe as part of the label of a check box or a field, which is also its name for screen readers.

    Streamlit hands such labels over as they are written, and backslashes would be read aloud. So ASCII punctuation
    marks become spaces, but for comma, hyphen and apostrophe, which mean nothing in the middle of a line.
    """
    return _line(_ACTIVE.sub(" ", text), most)


def row_label(words: str, row: str, *, most: int = 80) -> str:
    """Make the label of a button that every row of a list has: screen readers also read what its row is about.

    Parameters
    ----------
    words
        What the button says to everybody.
    row
        What the row is about; ``page.css`` hides it from sight, as it is drawn next to the button anyway.
    """
    return f"{plain_label(words)} *{plain_label(row, most=most)}*" if row.strip() else plain_label(words)


def _line(text: str, most: int) -> str:
    line = _SPACE.sub(" ", text).strip()
    if len(line) > most:
        kept = line[:most].rpartition(" ")[0] or line[: most - 1]
        line = kept.rstrip() + "…"
    return line
