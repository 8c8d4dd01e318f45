"""What the public will see of an event, and from when on, for its organiser and for moderators.

The organiser's preview and the review page draw the card of :func:`public_card`, which is the card of Explore: both
come from :func:`rallymap.query.public_view.public_view`.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from rallymap.events import Disclosure, Event, Location, LocationPrecision, ReviewStatus
from rallymap.query.public_view import PublicStage, has_future_venue, public_stages
from rallymap.views.cards import event_card
from rallymap.wording import day_in_words, place_in_words

_EXACT = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)


def public_card(event: Event, now: datetime, *, note: str = "", picture_url: str = "") -> str:
    """Draw an event as visitors see it from its publication on, if it is published now.

    Parameters
    ----------
    event
        With everything we know, whatever its review status.
    note
        One plain sentence above the facts; "" leaves it out.
    picture_url
        Address of its picture, which is left out while the public does not see it.
    """
    return event_card(public_stages(event, now)[0].view, note=note, picture_url=picture_url)


def hides_anything(event: Event, now: datetime) -> bool:
    """Return whether the public sees less of an event than we know, if it is published now."""
    view = public_stages(event, now)[0].view
    return view != event.changed(review=ReviewStatus.PUBLISHED, revision=view.revision)


def public_sentences(event: Event, now: datetime) -> tuple[str, ...]:
    """Say what the public sees of the place of an event, and from when on, if it is published now."""
    first, *later = public_stages(event, now)
    opening = "The public sees" if event.review is ReviewStatus.PUBLISHED else "Once published, the public sees"
    if not hides_anything(event, now):
        return (f"{opening} all of this at once{_at_once(event, now)}.",)
    left_out = " and ".join(_left_out(event, first.view))
    sentence = f"{opening} {_area(first.view)}{f', without {left_out}' if left_out else ''}."
    if not later:
        return (sentence, "This stays so until an edit gives its date or makes the exact location public.")
    return (sentence, f"{_moment(event, later[0])}: {_everything(event)}.")


def public_summary(event: Event, now: datetime) -> str:
    """Draw the sentences of :func:`public_sentences`; an exact location is highlighted if it is public early."""
    lines = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in public_sentences(event, now))
    kind = "" if hides_anything(event, now) or not has_future_venue(event, now) else " rm-said-problem"
    return f'<div class="rm-said rm-public{kind}">{lines}</div>'


def _at_once(event: Event, now: datetime) -> str:
    if not has_future_venue(event, now):
        return ""
    why = {
        Disclosure.PUBLIC: "; its organiser says that it is already announced",
        Disclosure.FROM_TIME: "; the time that its organiser chose has passed",
    }.get(event.disclosure, "")
    return f", also {_everything(event)}{why}"


def _area(view: Event) -> str:
    where = place_in_words(view.place, view.location)
    match view.location:
        case None:
            return "nothing of the place"
        case Location(precision=LocationPrecision.REGION):
            return f"the region only ({where})"
        case Location(precision=LocationPrecision.COUNTRY):
            return f"the country only ({where})"
        case _:
            return f"the city only ({where})"


def _left_out(event: Event, view: Event) -> list[str]:
    parts = []
    if view.location is not None:
        if _has_exact_location(event):
            parts.append("the exact location")
        elif event.place.text != view.place.text:
            parts.append(f"the words “{event.place.text}”")
    if event.picture is not None and view.picture is None:
        parts.append("the picture")
    return parts


def _everything(event: Event) -> str:
    where = place_in_words(event.place, event.location)
    venue = f"{event.place.venue}, {where}" if event.place.venue else where
    what = "the exact location" if _has_exact_location(event) else "the place"
    return f"{what} ({venue})" + (" and the picture" if event.picture else "")


def _has_exact_location(event: Event) -> bool:
    return bool(event.place.venue) or (event.location is not None and event.location.precision in _EXACT)


def _moment(event: Event, stage: PublicStage) -> str:
    assert stage.starts_at is not None  # noqa: S101 - only the first stage has no start
    zone = event.when.zone or "UTC"
    local = stage.starts_at.astimezone(ZoneInfo(zone))
    chosen = event.disclosure is Disclosure.FROM_TIME and event.disclosed_from == stage.starts_at
    why = "the time that its organiser chose" if chosen else "when it is over"
    return f"From {day_in_words(local.date())}, {local:%H:%M} ({zone}), {why}"
