"""The meanings of columns in the order in which the Import page offers them, and labels for screen readers."""

from __future__ import annotations

import re

from rallymap.intake.lexicon.page_words import COLUMN_LABELS

_SIGNS = re.compile(r"[\W_]+")
CHOICES = tuple(COLUMN_LABELS)


def words_alone(text: str, *, most: int = 60) -> str:
    """Return the words of a text without signs, for labels that only screen readers say and that read Markdown."""
    return " ".join(_SIGNS.sub(" ", text).split())[:most]
