"""Warnings above an event: what in its public words may identify somebody, and a venue that can be guessed."""

from __future__ import annotations

from html import escape

import streamlit as st

from rallymap.language import mark_c, number, tr, trc
from rallymap.moderation.text_flags import FlagKind, TextFlag
from rallymap.views.differences import FIELD_LABELS
from rallymap.workflows.cases import Case

_KINDS = {
    FlagKind.PHONE: mark_c("found in a text", "telephone number"),
    FlagKind.EMAIL: mark_c("found in a text", "e-mail address"),
    FlagKind.ADDRESS: mark_c("found in a text", "postal address"),
    FlagKind.HANDLE: mark_c("found in a text", "name of an account"),
    FlagKind.NAME: mark_c("found in a text", "name of a person"),
    FlagKind.PLATE: mark_c("found in a text", "number plate"),
}


def render_text_flags(case: Case) -> None:
    """Draw both warnings, each only where there is something to say."""
    if case.flags:
        head = tr("These words may identify a private person. They are public once the event is published:")
        lines = "<br>".join([escape(head), *map(_line, case.flags)])
        st.html(f'<p class="rm-said rm-said-problem">{lines}</p>')
    if case.at_same_venue:
        guessed = tr(
            "The exact location is withheld, but can be guessed: within twelve weeks of this event, others like it "
            "were publicly at the same spot ({n}).",
            n=number(case.at_same_venue),
        )
        st.html(f'<p class="rm-said rm-said-problem">{escape(guessed)}</p>')


def _line(flag: TextFlag) -> str:
    return tr(
        "{kind}: “{words}” ({field})",
        kind=escape(trc("found in a text", _KINDS[flag.kind])),
        words=f"<bdi>{escape(flag.words)}</bdi>",
        field=escape(tr(FIELD_LABELS[flag.field])),
    )
