"""The column meanings in the order of the Import page, and labels for screen readers."""

from __future__ import annotations

import re

from rallymap.intake.lexicon.page_words import COLUMN_LABELS

_SIGNS = re.compile(r"[\W_]+")
CHOICES = tuple(COLUMN_LABELS)


def words_alone(text: str, *, max_length: int = 60) -> str:
    """Strip a text to its words, for labels that only screen readers use and that Streamlit parses as Markdown."""
    return " ".join(_SIGNS.sub(" ", text).split())[:max_length]
