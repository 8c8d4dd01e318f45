"""The part of a pill after its label that changes while the page is open: a count, or that a step needs attention.

Streamlit identifies the chosen pill by its label. If a label changes, Streamlit sends the choice of that run to the
browser, and a pill that was pressed meanwhile is reset: on a slow server, somebody who corrected a field and went to
another step of the form was sent back to the step before. So labels do not change, and the style sheet adds the rest.
Browsers count such text as part of the pill's name, also for screen readers (Accessible Name and Description
Computation 1.2, step 2F).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T", bound=Hashable)
_PLAIN = re.compile(r"[\w \-–·|]")


def mark_pills(key: str, options: Sequence[T], marks: Mapping[T, str]) -> None:
    """Draw texts after the labels of pills.

    Parameters
    ----------
    key
        Of the pills' widget; letters, digits, hyphens and underscores.
    options
        The pills, in their order.
    marks
        Text by option, with the sign that separates it from the label; "" or left out for none.
    """
    rules = [
        f'.st-key-{key} button:nth-of-type({position}) p::after {{ content: "{_in_css(marks[option])}"; }}'
        for position, option in enumerate(options, 1)
        if marks.get(option)
    ]
    if rules:
        st.html(f"<style>{' '.join(rules)}</style>")


def _in_css(text: str) -> str:
    """Write a text as the inside of a CSS string (CSS Syntax 3, 4.3.7): all but plain signs by their code point."""
    return "".join(sign if _PLAIN.match(sign) else f"\\{ord(sign):x} " for sign in text)
