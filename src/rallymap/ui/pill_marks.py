"""Text after the label of a pill or popover that changes while the page is open, such as a count.

Streamlit identifies the selected pill by its label. If a label changes, Streamlit sends the selection of that run to
the browser, and a pill that was clicked meanwhile is reset: on a slow server, visitors who corrected a field and went
to another step of the form were sent back to the previous step. A popover of which the server knows whether it is open
is closed if its label changes. So labels stay constant, and the style sheet adds the changing part. Browsers include
such text in the accessible name (Accessible Name and Description Computation 1.2, step 2F).
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T", bound=Hashable)
_PLAIN = re.compile(r"[\w \-–·|]")


def mark_pills(key: str, options: Sequence[T], marks: Mapping[T, str]) -> None:
    """Render texts after the labels of pills.

    Parameters
    ----------
    key
        Key of the pills' widget; letters, digits, hyphens and underscores.
    options
        The pills' options, in order.
    marks
        Text by option, with the character that separates it from the label; "" or missing for none.
    """
    rules = [
        f'.st-key-{key} button:nth-of-type({position}) p::after {{ content: "{_in_css(marks[option])}"; }}'
        for position, option in enumerate(options, 1)
        if marks.get(option)
    ]
    if rules:
        st.html(f"<style>{' '.join(rules)}</style>")


def mark_popover(key: str, mark: str, *, limits: bool = True, replaces_label: bool = False) -> None:
    """Render a text after the label of a popover's button.

    Parameters
    ----------
    key
        Key of the popover; letters, digits, hyphens and underscores.
    mark
        The text, with the character that separates it from the label; "" for none.
    limits
        Whether to highlight the button, because the choice in the popover limits what is shown.
    replaces_label
        Whether only the text is visible. Screen readers say the label before it: "Period 2022".
    """
    if not mark:
        return
    button = f'.st-key-{key} [data-testid="stPopoverButton"]'
    after = f'content: "{_in_css(mark)}";'
    rules = []
    if limits:
        rules += [f"{button} {{ background: var(--tint); border-color: var(--accent); }}"]
        rules += [f"{button} p {{ font-weight: 700; }}"]
        # The visitor's own colours replace both colours above.
        rules += [
            f"@media (forced-colors: active) {{ {button} {{ outline: 2px solid Highlight; outline-offset: -2px; }} }}"
        ]
    if replaces_label:
        # Browsers put a space between a label and a block of its own after it.
        after += " display: inline-block; font-size: 14px;"
        # A block of its own has to be cut itself: its paragraph would hide it whole.
        after += " max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom;"
        rules += [f"{button} p {{ font-size: 0; }}"]
    st.html(f"<style>{' '.join(rules)} {button} p::after {{ {after} }}</style>")


def _in_css(text: str) -> str:
    """Escape a text for a CSS string (CSS Syntax 3, 4.3.7): code points for all but plain characters."""
    return "".join(sign if _PLAIN.match(sign) else f"\\{ord(sign):x} " for sign in text)
