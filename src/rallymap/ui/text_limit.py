"""Show the length limit of a text at its field.

No field truncates or rejects pasted text: Streamlit's ``max_chars`` drops long text without a message.
"""

from __future__ import annotations

from rallymap.language import digits, number, tr
from rallymap.ui.paragraphs import paragraph


def show_limit(text: str, max_length: int) -> bool:
    """Show at a field that its text is too long, and by how much; return whether it is."""
    if len(text) <= max_length:
        return False
    sentence = tr(
        "At most {most} characters fit here; this text has {length}. Shorten it by {too_many}.",
        most=digits(max_length),
        length=digits(len(text)),
        too_many=number(len(text) - max_length).replace(",", "\u202f"),
    )
    paragraph(sentence, "rm-error", role="alert")
    return True
