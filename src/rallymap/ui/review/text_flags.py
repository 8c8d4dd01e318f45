"""Warnings above an event: public text that may identify a person, and a venue that can be guessed."""

from __future__ import annotations

from markupsafe import Markup

from rallymap.language import mark_c, number, tr, trc
from rallymap.moderation.text_flags import FlagKind, TextFlag
from rallymap.templates import bdi, fill
from rallymap.ui.paragraphs import paragraph
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
    """Render both warnings, each only if it applies."""
    if case.flags:
        head = tr("These words may identify a private person. They are public once the event is published:")
        lines = Markup("<br>").join([head, *map(_line, case.flags)])
        paragraph(lines, "rm-said rm-said-problem")
    if case.at_same_venue:
        guessed = tr(
            "The exact location is withheld, but can be guessed: within twelve weeks of this event, others like it "
            "were publicly at the same spot ({n}).",
            n=number(case.at_same_venue),
        )
        paragraph(guessed, "rm-said rm-said-problem")


def _line(flag: TextFlag) -> Markup:
    return fill(
        tr("{kind}: “{words}” ({field})"),
        kind=trc("found in a text", _KINDS[flag.kind]),
        words=bdi(flag.words),
        field=tr(FIELD_LABELS[flag.field]),
    )
