"""Build an event from the fields of the form, or return a sentence for each invalid field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rallymap.dates import SINGLE_DAY, DatePrecision
from rallymap.errors import InvalidEventError
from rallymap.events import ClaimKind, ReviewStatus
from rallymap.intake.fields import FIELD_NAMES, EventOrErrors, ZoneFinder, event_from_fields
from rallymap.intake.groups import split_name
from rallymap.intake.names import split_names
from rallymap.language import UNKNOWN_TAG, tr

MAX_FIELDS = 700


def read_submission(
    fields: Mapping[str, str],
    *,
    event_id: str,
    find_zone: ZoneFinder | None = None,
    today: date | None = None,
) -> EventOrErrors:
    """Validate what an organiser typed.

    Parameters
    ----------
    fields
        Names and texts as typed: ``title kind precision start end start_time end_time zone place_text venue country
        organisers communities about status language``, ``source_url source_title source_publisher source_published`` (a
        second source as ``source2_url`` ...), ``crowd_low crowd_high crowd_words crowd_by``, ``translation_language
        translation_title translation_about``. Names in ``organisers``, ``communities`` and ``topics`` are separated by
        line ends, ``;`` or commas. ``coordinates`` (any usual notation) or ``lat`` and ``lon`` are a point that the
        organiser set. Without any source and without ``by_organiser`` the event counts as reported by its organiser.
        Other names are ignored.
    event_id
        Id of the event, new or existing.
    find_zone
        Returns the time zone for a time of day without one.
    today
        Without ``status``, an event after this day is announced, any other was held.

    Returns
    -------
    checked
        The event with review status *pending*, or all errors, each with its field.
    """
    if len(fields) > MAX_FIELDS:
        return EventOrErrors(
            None,
            (InvalidEventError("title", tr("This form has more than {max_fields} fields.", max_fields=MAX_FIELDS)),),
        )
    texts = filled_texts(fields)
    if not any(text for name, text in texts.items() if (split_name(name) or ("",))[0] == "source"):
        texts.setdefault("by_organiser", "yes")
    return event_from_fields(
        texts,
        event_id=event_id,
        review=ReviewStatus.PENDING,
        method="pin",
        split=split_names,
        find_zone=find_zone,
        today=today,
    )


def filled_texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that describe the event, stripped; without choices of items that have no text."""
    texts = {
        name: text.strip()
        for name, text in fields.items()
        if text.strip() and (name in FIELD_NAMES or split_name(name) is not None) and name != "id"
    }
    if texts.get("language") == UNKNOWN_TAG:
        del texts["language"]
    return {name: text for name, text in texts.items() if not _is_choice_alone(name, text, texts)}


def _is_choice_alone(name: str, text: str, texts: Mapping[str, str]) -> bool:
    """Return whether a field is a choice from a list that is never empty, of an item without text."""
    if name.startswith("claim") and name.endswith("_kind") and text in set(ClaimKind):
        return not any(texts.get(name.replace("_kind", part)) for part in ("_text", "_by"))
    if name.startswith("translation") and name.endswith("_language"):
        return not any(texts.get(name.replace("_language", part)) for part in ("_title", "_about"))
    return False


def shown_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the organiser's form without those that another choice hides.

    A day that was typed before "date not known" was chosen stays in the form, but is ignored.
    """
    hidden: set[str] = set()
    precision = fields.get("precision", "")
    if precision == DatePrecision.UNKNOWN:
        hidden = {"date", "start", "end", "start_time", "end_time", "zone"}
    elif precision and precision != DatePrecision.MINUTE:
        hidden = {"start_time", "end_time"}
    if (fields.get("repeat") or "never") == "never" or precision not in ("", *SINGLE_DAY):
        hidden |= {"repeat", "repeat_end", "repeat_until", "repeat_times", "repeat_without"}
    return {name: text for name, text in fields.items() if name not in hidden}
