"""Format dates, places, kinds and numbers as plain text, never HTML.

The wording is neutral and includes the precision of each detail.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from rallymap.countries import city_name, country_name, zone_name
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    SURE_CONFIDENCE,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Place,
)
from rallymap.language import (
    digits,
    in_second_calendar,
    isolated,
    mark,
    number,
    say_date,
    say_span,
    say_time,
    separator,
    tr,
    trn,
)
from rallymap.licences import SERVICE_CREDITS

KIND_LABELS = {
    Kind.RALLY: mark("Rally"),
    # Translators: a kind of event: people walk through a town. Not the month.
    Kind.MARCH: mark("March"),
    # Translators: a kind of event: people gather quietly, often with candles.
    Kind.VIGIL: mark("Vigil"),
    # Translators: a kind of event: a table with books and leaflets, or an exhibition, in the street.
    Kind.EXHIBITION: mark("Exhibition or bookstand"),
    Kind.CONFERENCE: mark("Conference"),
    # Translators: a kind of event: people stand with signs before a building.
    Kind.PICKET: mark("Picket"),
    # Translators: a kind of event: theatre, music or dance in the street.
    Kind.PERFORMANCE: mark("Performance"),
    # Translators: a kind of event: none of the kinds that have a name.
    Kind.OTHER: mark("Other gathering"),
}
"""Marked for translation; show with ``tr(KIND_LABELS[kind])``, as for all labels in this module."""
STATUS_LABELS = {
    # Translators: the state of an event: planned, and not known to have taken place.
    EventStatus.ANNOUNCED: mark("announced"),
    # Translators: the state of an event: it is certain to take place.
    EventStatus.CONFIRMED: mark("confirmed"),
    # Translators: the state of an event: it took place.
    EventStatus.HELD: mark("held"),
    EventStatus.CANCELLED: mark("cancelled"),
    EventStatus.POSTPONED: mark("postponed"),
    EventStatus.MOVED_ONLINE: mark("moved online"),
}
CLAIM_LABELS = {
    # Translators: where quoted words come from: people shouted them.
    ClaimKind.SLOGAN: mark("slogan"),
    # Translators: where quoted words come from: they were written on a banner.
    ClaimKind.BANNER: mark("banner"),
    ClaimKind.SPEECH: mark("speech"),
    # Translators: where quoted words come from: a demand that was made.
    ClaimKind.DEMAND: mark("demand"),
    # Translators: what somebody states; it may be true or not.
    ClaimKind.CLAIM: mark("claim"),
}
PRECISION_NOTES = {
    DatePrecision.WEEKEND: mark("the source gives the weekend, not the day"),
    DatePrecision.WEEK: mark("the source gives the week, not the day"),
    DatePrecision.MONTH: mark("the source gives the month, not the day"),
    DatePrecision.YEAR: mark("the source gives the year, not the day"),
}
PLACE_NOTES = {
    # Translators: how exactly a place is known.
    LocationPrecision.VENUE: mark("exact location"),
    LocationPrecision.DISTRICT: mark("district only"),
    LocationPrecision.CITY: mark("city only"),
    LocationPrecision.REGION: mark("region only"),
    LocationPrecision.COUNTRY: mark("country only"),
}


def day_in_words(day: date, *, short: bool = False) -> str:
    """Format a day in the reader's language: "30 June 2018", or "30 Jun 2018" if `short`."""
    return say_date(day, "yMMMd" if short else "yMMMMd")


def days_in_words(start: date, end: date, *, short: bool = False) -> str:
    """Format a range of days without repeating month or year: "1–2 February 2020"."""
    return say_span(start, end, "yMMMd" if short else "yMMMMd")


def month_in_words(day: date, *, short: bool = False) -> str:
    """Format the month of a day: "February 2020", or "Feb 2020" if `short`."""
    return say_date(day, "yMMM" if short else "yMMMM")


def year_in_words(year: int) -> str:
    """Format a year in the reader's digits."""
    return digits(str(year))


def date_in_words(when: EventDate, *, short: bool = False) -> str:
    """Format the date of an event with its precision.

    Examples: "30 June 2018", "weekend of 1–2 February 2020", "around June 2022", "March–May 2019", "2018",
    "date not known", "3 May 2024, 18:00–20:00 (Oslo time)", "5 April 2023, 22:00 – 6 April, 01:00 (Oslo time)",
    until midnight "5 April 2023, 18:00–24:00 (Oslo time)". `short` leaves out times and "weekend of", and abbreviates
    months.
    """
    if when.start is None or when.end is None or when.last_day is None:
        return tr("date not known")
    return _about(when, _span_in_words(when, when.start, when.last_day, short=short))


def _about(when: EventDate, words: str) -> str:
    # Translators: {date} is a day, a month, a year, or a span of them; the event was then or near then.
    return tr("around {date}", date=words) if when.approximate else words


def _span_in_words(when: EventDate, start: date, last_day: date, *, short: bool) -> str:
    if when.has_whole_years:
        return say_span(start, last_day, "y")
    if when.has_whole_months:
        is_one = (start.year, start.month) == (last_day.year, last_day.month)
        return say_span(start, last_day, "yMMM" if short and not is_one else "yMMMM")
    if short:
        return days_in_words(start, last_day, short=True)
    span = _beside(days_in_words(start, last_day), in_second_calendar(start, last_day))
    if when.precision is DatePrecision.WEEKEND:
        # Translators: {days} is a date such as "1–2 February 2020".
        return tr("weekend of {days}", days=span)
    if when.precision is DatePrecision.WEEK:
        # Translators: {days} is a date such as "3–9 February 2020".
        return tr("week of {days}", days=span)
    if when.start_time is not None:
        # Translators: {zone} is the name of a time zone, such as "Oslo time".
        return tr("{time} ({zone})", time=_times_in_words(when, start, last_day), zone=zone_name(when.zone))
    return span


def _beside(words: str, second: str) -> str:
    # Translators: a date, and the same in the second calendar of the language, as Solar Hijri.
    return tr("{date} ({second})", date=words, second=second) if second else words


def date_with_weekday(when: EventDate) -> str:
    """Format a date with weekdays, "Saturday 28 November 2026", for the person who typed it to check."""
    if when.start is None or when.last_day is None or when.is_coarse or when.precision is DatePrecision.WEEKEND:
        return date_in_words(when)
    days = (when.start, when.last_day)
    first, last = (_beside(say_date(day, "yMMMMEEEEd"), in_second_calendar(day, day)) for day in days)
    start = say_time(when.start_time) if when.start_time else ""
    end = _end_in_words(when)
    if first != last:
        return _about(when, _from_to(_at(first, start), _at(last, end)))
    return _about(when, _at(first, _times(start, end)))


def _times(start: str, end: str) -> str:
    # Translators: two times of one day, "18:00–20:30".
    return tr("{start}–{end}", start=start, end=end) if start and end else start or end


def _at(day: str, time: str) -> str:
    # Translators: a day and the time, "3 May 2024, 18:00".
    return tr("{day}, {time}", day=day, time=time) if time else day


def _from_to(first: str, last: str) -> str:
    # Translators: from a day to another, each perhaps with its time, "5 April 2023, 22:00 – 6 April, 01:00".
    return tr("{first} – {last}", first=first, last=last)


def _end_in_words(when: EventDate) -> str:
    if when.end_time is None:
        return ""
    return digits("24:00") if when.last_day != when.end else say_time(when.end_time)


def _times_in_words(when: EventDate, start: date, last_day: date) -> str:
    """Format days and times; each day of a range with its own time, so that it is not read as daily hours."""
    start_time = say_time(when.start_time) if when.start_time else ""
    end_time = _end_in_words(when)
    if start == last_day:
        return _at(_beside(day_in_words(start), in_second_calendar(start, start)), _times(start_time, end_time))
    last = say_date(last_day, "MMMMd") if last_day.year == start.year else day_in_words(last_day)
    first, last = (
        _beside(day_in_words(start), in_second_calendar(start, start)),
        _beside(last, in_second_calendar(last_day, last_day)),
    )
    return _from_to(_at(first, start_time), _at(last, end_time))


_WHOLE_NOTES = {
    DatePrecision.MONTH: mark("the source gives the months, not the day"),
    DatePrecision.YEAR: mark("the source gives the years, not the day"),
}


def date_note(when: EventDate) -> str:
    """Return what the source leaves open about the date; "" if nothing."""
    if not when.is_known:
        return tr("no source gives the day")
    note = PRECISION_NOTES.get(when.precision, "")
    if (when.has_whole_months or when.has_whole_years) and "/" in when.edtf:
        note = _WHOLE_NOTES.get(when.precision, note)
    if not when.approximate:
        return tr(note) if note else ""
    # Translators: of a date: the event was then or near then; {note} says what the source leaves open.
    return tr("{note}; about then", note=tr(note)) if note else tr("about then")


def place_in_words(place: Place, location: Location | None) -> str:
    """Format the place of an event: its resolved name and country, or else the place text."""
    if location is None:
        return isolated(place.text) or tr("place not known")
    country, name = country_name(location.country), city_name(location.name, location.country) or place.text
    if not name or name == country:
        return country or tr("place not known")
    # Translators: a place and its country, "Malmö, Sweden".
    return tr("{place}, {country}", place=isolated(name), country=country) if country else isolated(name)


def place_note(place: Place, location: Location | None) -> str:
    """Format the place text of the source, and the precision and certainty of the location."""
    parts = [tr("source says “{text}”", text=isolated(place.text))] if place.text else []
    if location is None:
        parts.append(tr("not found on the map") if place.text else tr("no source gives the place"))
    else:
        parts.append(tr(PLACE_NOTES[location.precision]))
        if location.confidence < SURE_CONFIDENCE:
            parts.append(tr("not certain that this is the place meant"))
        if credit := SERVICE_CREDITS.get(location.method.removeprefix("service:")):
            # Translators: {service} is the name of an online service that finds places, with whom to credit.
            parts.append(tr("place by {service}", service=tr(credit)))
    return separator().join(parts)


def crowd_in_words(claim: CrowdClaim) -> str:
    """Format one crowd estimate as its source gives it: "2,500", "800–1,000", "“hundreds”", "200 expected"."""
    said = _size_in_words(claim)
    # Translators: {number} is a number of people, or several, or quoted words; so many were expected to come.
    return tr("{number} expected", number=said) if claim.is_expected else said


def _size_in_words(claim: CrowdClaim) -> str:
    if claim.words and _numbers_in(claim.words) >= {claim.low, claim.high} - {None}:
        return tr("“{quoted}”", quoted=claim.words)
    if claim.low is not None and claim.high is not None:
        low, high = number(claim.low), number(claim.high)
        # Translators: from a number of people to another, "800–1,000".
        size = low if low == high else tr("{low}–{high}", low=low, high=high)
    elif claim.low is not None:
        # Translators: {number} people or more.
        size = tr("at least {number}", number=number(claim.low))
    else:
        # Translators: {number} people or fewer.
        size = tr("at most {number}", number=number(claim.high or 0))
    # Translators: a number of people, and the words of the source.
    return tr("{number} (“{quoted}”)", number=size, quoted=claim.words) if claim.words else size


def _numbers_in(words: str) -> set[int]:
    return {int(re.sub(r"\D", "", digits)) for digits in re.findall(r"\d[\d.,\u00a0\u202f]*", words)}


def source_in_words(event: Event) -> str:
    """Format the source of an event: number of sources, or its organiser."""
    if event.sources:
        return trn("{n} source", "{n} sources", len(event.sources))
    return tr("reported by its organiser") if event.by_organiser else tr("no source given")


def day_from_epoch(days: int) -> date:
    """Return the calendar day `days` after 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=days)


def ago_in_words(then: datetime, now: datetime) -> str:
    """Format how long ago a moment was: "just now", "5 minutes ago", "3 days ago"."""
    seconds = max(0.0, (now.astimezone(UTC) - then.astimezone(UTC)).total_seconds())
    if days := int(seconds // 86_400):
        return trn("{n} day ago", "{n} days ago", days)
    if hours := int(seconds // 3600):
        return trn("{n} hour ago", "{n} hours ago", hours)
    if minutes := int(seconds // 60):
        return trn("{n} minute ago", "{n} minutes ago", minutes)
    return tr("just now")
