"""The limit of a text, shown at its field.

No field cuts or refuses what is pasted: Streamlit's ``max_chars`` drops a long paste without a word.
"""

from __future__ import annotations

from html import escape

import streamlit as st


def show_limit(text: str, most: int) -> bool:
    """Show at a field that its text is too long, and by how much; return whether it is."""
    if len(text) <= most:
        return False
    too_many = f"{len(text) - most:,}".replace(",", "\u202f")
    sentence = f"At most {most} characters fit here; this text has {len(text)}. Shorten it by {too_many}."
    st.html(f'<p class="rm-error" role="alert">{escape(sentence)}</p>')
    return True
