"""Keyboard shortcuts of the moderators' pages, the list of them, and automatic scrolling."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from rallymap.language import mark, tr, trc
from rallymap.moderation import Decision
from rallymap.ui.review import state
from rallymap.ui.review.decisions import decision_label

_MOVES = (
    ("j", mark("Open the next event")),
    ("k", mark("Open the event before")),
)
_DECISIONS = (("p", Decision.PUBLISH), ("s", Decision.SEND_BACK), ("r", Decision.REJECT))
_OTHERS = (
    ("w", mark("Write the reason")),
    ("x", mark("Select the open event, or take it off")),
    ("u", mark("Undo")),
    ("/", mark("Search")),
    ("?", mark("Show this list")),
)
"""The keys are the same in every language; ``review_keys.js`` defines what each does."""


def render_shortcuts() -> None:
    """Add the script and the button that shows the list."""
    title = tr("Keyboard shortcuts")
    _component()(
        key="review_keys",
        data={
            "open": state.chosen() or "",
            "section": state.section() or "",
            "turn": state.attempt_count(),
            "button": title,
            "title": title,
            "use": tr("Use keyboard shortcuts"),
            "close": trc("button", "Close"),
            "keys": [
                *([key, tr(does)] for key, does in _MOVES),
                *([key, decision_label(decision)] for key, decision in _DECISIONS),
                *([key, tr(does)] for key, does in _OTHERS),
            ],
        },
    )


@cache
def _component() -> Callable[..., object]:
    # Created during a run, not at import: Streamlit finds the package's asset files only while its server runs.
    return st.components.v2.component("rallymap.review_keys", js="review_keys.js", isolate_styles=False)
