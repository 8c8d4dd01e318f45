"""The preview of what the public will see of an event, and from when, for its organiser and for moderators.

The organiser's preview and the review page use :func:`public_card`, which renders the card of Explore: both come from
:func:`rallymap.query.public_view.public_view`.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from rallymap.countries import is_city_alone, zone_name
from rallymap.events import Disclosure, Event, Location, LocationPrecision, ReviewStatus
from rallymap.language import list_in_words, say_time, tr
from rallymap.query.public_view import PublicStage, has_future_venue, public_stages
from rallymap.views.cards import event_card
from rallymap.wording import day_in_words, place_in_words

_EXACT = (LocationPrecision.VENUE, LocationPrecision.DISTRICT)


def public_card(event: Event, now: datetime, *, note: str = "", picture_url: str = "") -> Markup:
    """Render an event as visitors will see it if it is published now.

    Parameters
    ----------
    event
        The event with all its data, whatever its review status.
    note
        A plain-text note above the facts; "" omits it.
    picture_url
        URL of its picture, which is omitted while it is not public.
    """
    view = public_stages(event, now)[0].view
    return event_card(view, note=note, picture_url=picture_url, in_all_languages=True)


def hides_anything(event: Event, now: datetime) -> bool:
    """Return whether the public would see less of an event than we know, if it is published now."""
    view = public_stages(event, now)[0].view
    return view != event.changed(review=ReviewStatus.PUBLISHED, revision=view.revision)


def public_sentences(event: Event, now: datetime) -> tuple[str, ...]:
    """Describe what the public would see of an event's place, and from when, if it is published now."""
    first, *later = public_stages(event, now)
    if not hides_anything(event, now):
        return (_sees(event, _at_once(event, now)),)
    what = _area(first.view)
    if left_out := list_in_words(_left_out(event, first.view)):
        # Translators: {what} is what the public sees, {left_out} one or several things that are kept back.
        what = tr("{what}, without {left_out}", what=what, left_out=left_out)
    if not later:
        return (
            _sees(event, what),
            tr("This stays so until an edit gives its date or makes the exact location public."),
        )
    return (_sees(event, what), _from_then_on(event, later[0]))


def _sees(event: Event, what: str) -> str:
    if event.review is ReviewStatus.PUBLISHED:
        # Translators: {what} is an object of the verb, such as "the city only (Oslo, Norway)".
        return tr("The public sees {what}.", what=what)
    # Translators: {what} is an object of the verb, such as "the city only (Oslo, Norway)".
    return tr("Once published, the public sees {what}.", what=what)


def public_summary(event: Event, now: datetime) -> Markup:
    """Render the sentences of :func:`public_sentences`; an exact location is highlighted if it is public early."""
    line = Markup('<p dir="auto">{}</p>')
    lines = Markup("").join(line.format(sentence) for sentence in public_sentences(event, now))
    kind = "" if hides_anything(event, now) or not has_future_venue(event, now) else " rm-said-problem"
    return Markup('<div class="rm-said rm-public{}">{}</div>').format(kind, lines)


def _at_once(event: Event, now: datetime) -> str:
    if not has_future_venue(event, now):
        # Translators: object of "The public sees".
        return tr("all of this at once")
    everything = _everything(event)
    if event.disclosure is Disclosure.PUBLIC:
        # Translators: object of "The public sees"; {everything} is "the exact location (…)" or alike.
        return tr(
            "all of this at once, also {everything}; its organiser says that it is already announced",
            everything=everything,
        )
    if event.disclosure is Disclosure.FROM_TIME:
        # Translators: object of "The public sees"; {everything} is "the exact location (…)" or alike.
        return tr(
            "all of this at once, also {everything}; the time that its organiser chose has passed",
            everything=everything,
        )
    # Translators: object of "The public sees"; {everything} is "the exact location (…)" or alike.
    return tr("all of this at once, also {everything}", everything=everything)


def _area(view: Event) -> str:
    where = place_in_words(view.place, view.location)
    match view.location:
        case None:
            # Translators: object of "The public sees".
            return tr("nothing of the place")
        case Location(precision=LocationPrecision.REGION):
            # Translators: object of "The public sees".
            return tr("the region only ({place})", place=where)
        case Location(precision=LocationPrecision.COUNTRY):
            # Translators: object of "The public sees".
            return tr("the country only ({place})", place=where)
        case _:
            # Translators: object of "The public sees".
            return tr("the city only ({place})", place=where)


def _left_out(event: Event, view: Event) -> list[str]:
    parts = []
    if view.location is not None:
        if _has_exact_location(event):
            # Translators: after "without".
            parts.append(tr("the exact location"))
        elif event.place.text != view.place.text and not _is_city_alone(event):
            # Translators: after "without".
            parts.append(tr("the words “{words}”", words=event.place.text))
    if event.route and not view.route:
        # Translators: after "without".
        parts.append(tr("the route"))
    if event.picture is not None and view.picture is None:
        # Translators: after "without".
        parts.append(tr("the picture"))
    return parts


def _is_city_alone(event: Event) -> bool:
    """Return whether the place text says no more than the city, which the public sees."""
    where = event.location
    is_city = where is not None and where.precision is LocationPrecision.CITY
    return is_city and where is not None and is_city_alone(event.place.text, where.name, where.admin1, where.country)


def _everything(event: Event) -> str:
    if not event.route:
        return _place_and_picture(event)
    # Translators: after “From 3 May, 12:00:”; {everything} is such as “the exact location (…) and the picture”.
    return tr("{everything}, and the route", everything=_place_and_picture(event))


def _place_and_picture(event: Event) -> str:
    where = place_in_words(event.place, event.location)
    # Translators: a venue and its place, "Youngstorget, Oslo, Norway".
    venue = tr("{venue}, {place}", venue=event.place.venue, place=where) if event.place.venue else where
    if _has_exact_location(event):
        if event.picture:
            return tr("the exact location ({place}) and the picture", place=venue)
        return tr("the exact location ({place})", place=venue)
    if event.picture:
        return tr("the place ({place}) and the picture", place=venue)
    return tr("the place ({place})", place=venue)


def _has_exact_location(event: Event) -> bool:
    return bool(event.place.venue) or (event.location is not None and event.location.precision in _EXACT)


def _from_then_on(event: Event, stage: PublicStage) -> str:
    assert stage.starts_at is not None  # noqa: S101 - only the first stage has no start
    zone = event.when.zone or "UTC"
    local = stage.starts_at.astimezone(ZoneInfo(zone))
    values = {
        "day": day_in_words(local.date()),
        "time": say_time(local.time()),
        "zone": zone_name(zone),
        "everything": _everything(event),
    }
    if event.disclosure is Disclosure.FROM_TIME and event.disclosed_from == stage.starts_at:
        # Translators: what the public sees from a moment on; {everything} is "the exact location (…)" or alike.
        return tr("From {day}, {time} ({zone}), the time that its organiser chose: {everything}.", **values)
    # Translators: what the public sees from a moment on; {everything} is "the exact location (…)" or alike.
    return tr("From {day}, {time} ({zone}), when it is over: {everything}.", **values)
