"""The answer to "When is it?" of a new event: it follows the date until somebody answers otherwise."""

from __future__ import annotations

from datetime import datetime

from rallymap.dates import EventDate
from rallymap.events import EventStatus
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.submission import shown_fields
from rallymap.intake.when import read_when
from rallymap.language import tr
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.submit.fields import fields, set_field
from rallymap.workflows.disclosure import is_to_come

_FOLLOWS = "form_status_follows"
"""Form field that says that the date has set the status."""
_LAST_ZONE = "Etc/GMT+12"


def follow_date(now: datetime) -> None:
    """Set the status by the date: announced if it is to come, and held again if it was set and is not to come."""
    if is_to_come(typed_date(), now):
        announce()
    elif _is_announced_by_date() and not is_to_come(typed_date(_LAST_ZONE), now):
        fields()[_FOLLOWS] = ""
        set_field("status", EventStatus.HELD)


def typed_date(zone: str = "UTC") -> EventDate:
    """Return the date as typed so far, in a zone if none is typed; "not known" while it cannot be parsed."""
    return read_when(shown_fields(fields()), FieldErrors(), zone)


def announce() -> bool:
    """Set the status to announced if it still is the default; return whether it was."""
    is_default = fields().get("status", EventStatus.HELD) == EventStatus.HELD and not fields().get(_FOLLOWS)
    if is_default:
        fields()[_FOLLOWS] = "yes"
        set_field("status", EventStatus.ANNOUNCED)
    return is_default


def render_followed() -> None:
    """Show that the date has set the status; skip it if it has not."""
    if _is_announced_by_date():
        said = tr(
            "This date is still to come, so “{question}” is answered with “{option}” now.",
            question=tr("When is it?"),
            option=tr("It is announced"),
        )
        paragraph(said, "rm-found", role="status")


def _is_announced_by_date() -> bool:
    return bool(fields().get(_FOLLOWS)) and fields().get("status") == EventStatus.ANNOUNCED
