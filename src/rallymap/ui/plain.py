"""Text of others in places where Streamlit reads Markdown."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPACE = re.compile(r"\s+")


def plain_label(text: str, *, most: int = 200) -> str:
    """Make a text safe as (part of) a label that Streamlit reads as Markdown.

    Labels load images from any host and follow directives such as ``:red[...]``; a backslash before each ASCII
    punctuation mark makes all of them plain signs (CommonMark 0.31, section 2.4). Line breaks become spaces and
    texts over `most` characters are cut with an ellipsis, between words where they have any.
    """
    line = _SPACE.sub(" ", text).strip()
    if len(line) > most:
        kept = line[:most].rpartition(" ")[0] or line[: most - 1]
        line = kept.rstrip() + "…"
    return _PUNCTUATION.sub(r"\\\1", line)
