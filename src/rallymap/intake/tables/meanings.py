"""Labels of column meanings."""

from __future__ import annotations

from rallymap.intake.lexicon.page_words import COLUMN_CONTEXT, COLUMN_LABELS
from rallymap.intake.tables.tagged_headings import TAGGED
from rallymap.language import language_name, tr, trc


def meaning_label(name: str) -> str:
    """Return the label of a meaning."""
    if (tagged := TAGGED.fullmatch(name)) is not None:
        text = trc(COLUMN_CONTEXT, COLUMN_LABELS[tagged[1]])
        return tr("{text} ({note})", text=text, note=language_name(tagged[2]))
    label = COLUMN_LABELS.get(name)
    return trc(COLUMN_CONTEXT, label) if label else name.replace("_", " ")
