"""How dates, places, kinds and numbers are said in words; plain text, never HTML.

The words are neutral, and they give the precision of each detail together with the detail.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import get_day_names, get_month_names
from babel.units import format_unit

from rallymap.countries import country_name
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

MONTHS = tuple(get_month_names("wide", locale="en").values())
WEEKDAYS = get_day_names("wide", locale="en")  # by number, Monday is 0
KIND_LABELS = {
    Kind.RALLY: "Rally",
    Kind.MARCH: "March",
    Kind.VIGIL: "Vigil",
    Kind.EXHIBITION: "Exhibition, bookstand",
    Kind.CONFERENCE: "Conference",
    Kind.PICKET: "Picket",
    Kind.PERFORMANCE: "Performance",
    Kind.OTHER: "Other gathering",
}
STATUS_LABELS = {
    EventStatus.ANNOUNCED: "announced",
    EventStatus.CONFIRMED: "confirmed",
    EventStatus.HELD: "held",
    EventStatus.CANCELLED: "cancelled",
    EventStatus.POSTPONED: "postponed",
    EventStatus.MOVED_ONLINE: "moved online",
}
CLAIM_LABELS = {
    ClaimKind.SLOGAN: "slogan",
    ClaimKind.BANNER: "banner",
    ClaimKind.SPEECH: "speech",
    ClaimKind.DEMAND: "demand",
    ClaimKind.CLAIM: "claim",
}
PRECISION_NOTES = {
    DatePrecision.WEEKEND: "the source gives the weekend, not the day",
    DatePrecision.WEEK: "the source gives the week, not the day",
    DatePrecision.MONTH: "the source gives the month, not the day",
    DatePrecision.YEAR: "the source gives the year, not the day",
}
PLACE_NOTES = {
    LocationPrecision.VENUE: "exact location",
    LocationPrecision.DISTRICT: "district only",
    LocationPrecision.CITY: "city only",
    LocationPrecision.REGION: "region only",
    LocationPrecision.COUNTRY: "country only",
}

SERVICE_CREDITS = {
    "nominatim": "Nominatim, © OpenStreetMap contributors (ODbL)",
    "photon": "Photon, © OpenStreetMap contributors (ODbL)",
    "pelias": "Pelias, © OpenStreetMap contributors (ODbL) and the other sources of that server",
}
"""Whom to name wherever an online place service's answer is shown; their licences ask for it."""


def count_in_words(number: int, noun: str, plural: str = "") -> str:
    """Return "1 event", "2,113 events"; `plural` is the noun with an "s" unless it is given."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def day_in_words(day: date, *, short: bool = False) -> str:
    """Return "30 June 2018", or "30 Jun 2018" when `short`."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month} {day.year}"


def days_in_words(start: date, end: date, *, short: bool = False) -> str:
    """Return a span of days without saying a month or year twice: "1–2 February 2020"."""
    if start == end:
        return day_in_words(start, short=short)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_in_words(end, short=short)}"
    if start.year == end.year:
        month = MONTHS[start.month - 1]
        return f"{start.day} {month[:3] if short else month} – {day_in_words(end, short=short)}"
    return f"{day_in_words(start, short=short)} – {day_in_words(end, short=short)}"


def date_in_words(when: EventDate, *, short: bool = False) -> str:
    """Say when an event was, as exactly as it is known and no more.

    Examples: "30 June 2018", "weekend of 1–2 February 2020", "around June 2022", "March–May 2019", "2018",
    "date not known", "3 May 2024, 18:00–20:00 (Europe/Oslo)", "5 April 2023, 22:00 – 6 April, 01:00 (Europe/Oslo)",
    until midnight "5 April 2023, 18:00–24:00 (Europe/Oslo)". `short` leaves out times, "weekend of", and most of the
    month's name.
    """
    if when.start is None or when.end is None or when.last_day is None:
        return "date not known"
    around = "around " if when.approximate else ""
    if when.has_whole_years:
        return f"{around}{_years_in_words(when.start.year, when.end.year)}"
    if when.has_whole_months:
        return f"{around}{_months_in_words(when.start, when.end, short=short)}"
    span = days_in_words(when.start, when.last_day, short=short)
    if short:
        return around + span
    if when.precision is DatePrecision.WEEKEND:
        return f"{around}weekend of {span}"
    if when.precision is DatePrecision.WEEK:
        return f"{around}week of {span}"
    if when.start_time is not None:
        return f"{around}{_times_in_words(when, when.start, when.start_time, when.last_day)} ({when.zone})"
    return around + span


def date_with_weekday(when: EventDate) -> str:
    """Say a date for whoever typed it, to check it by: days with their weekday, "Saturday 28 November 2026"."""
    if when.start is None or when.end is None or when.last_day is None or when.is_coarse:
        return date_in_words(when)
    around = "around " if when.approximate else ""
    days = [f"{WEEKDAYS[day.weekday()]} {day_in_words(day)}" for day in (when.start, when.last_day)]
    at = [f", {time:%H:%M}" if time else "" for time in (when.start_time, when.end_time)]
    if days[0] == days[1]:
        return f"{around}{days[0]}{at[0]}{at[1].replace(', ', '–')}"
    return f"{around}{days[0]}{at[0]} – {days[1]}{at[1]}"


def _years_in_words(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _months_in_words(start: date, end: date, *, short: bool) -> str:
    """Say a month, or several without saying a year twice: "March–May 2019", "December 2019 – February 2020"."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    first, last = (MONTHS[day.month - 1][: 3 if short else None] for day in (start, end))
    first_year = "" if start.year == end.year else f" {start.year}"
    return f"{first}{first_year}{' – ' if first_year else '–'}{last} {end.year}"


def _times_in_words(when: EventDate, start: date, start_time: time, last_day: date) -> str:
    """Say days and times; of several days each with its own time, or it would read as every evening."""
    end_time = "" if when.end_time is None else "24:00" if last_day != when.end else f"{when.end_time:%H:%M}"
    first = f"{day_in_words(start)}, {start_time:%H:%M}"
    if start == last_day:
        return f"{first}–{end_time}" if end_time else first
    last = day_in_words(last_day)
    if last_day.year == start.year:
        last = last.removesuffix(f" {last_day.year}")
    return f"{first} – {last}, {end_time}" if end_time else f"{first} – {last}"


def date_note(when: EventDate) -> str:
    """Say what the source leaves open about the date; "" where it leaves nothing open."""
    if not when.is_known:
        return "no source gives the day"
    note = PRECISION_NOTES.get(when.precision, "")
    if (when.has_whole_months or when.has_whole_years) and "/" in when.edtf:
        note = f"the source gives the {when.precision}s, not the day"
    return f"{note}; about then" if note and when.approximate else note or ("about then" if when.approximate else "")


def place_in_words(place: Place, location: Location | None) -> str:
    """Say where an event was: the resolved name with its country, else the words as written."""
    if location is None:
        return place.text or "place not known"
    country = country_name(location.country)
    name = location.name or place.text
    if not name or name == country:
        return country or "place not known"
    return f"{name}, {country}" if country else name


def place_note(place: Place, location: Location | None) -> str:
    """Say how the place is written in the source, and how exactly and how surely it is known."""
    parts = [f"source says “{place.text}”"] if place.text else []
    if location is None:
        parts.append("not found on the map" if place.text else "no source gives the place")
    else:
        parts.append(PLACE_NOTES[location.precision])
        if location.confidence < SURE_CONFIDENCE:
            parts.append("not certain that this is the place meant")
        credit = SERVICE_CREDITS.get(location.method.removeprefix("service:"))
        if credit:
            parts.append(f"place by {credit}")
    return " · ".join(parts)


def crowd_in_words(claim: CrowdClaim) -> str:
    """Say one crowd estimate as its source gives it: "2,500", "800–1,000", "“hundreds”", "200 expected"."""
    return _size_in_words(claim) + (" expected" if claim.is_expected else "")


def _size_in_words(claim: CrowdClaim) -> str:
    if claim.words and _numbers_in(claim.words) >= {claim.low, claim.high} - {None}:
        return f"“{claim.words}”"
    if claim.low is not None and claim.high is not None:
        low, high = f"{claim.low:,}", f"{claim.high:,}"
        number = low if low == high else f"{low}–{high}"
    elif claim.low is not None:
        number = f"at least {claim.low:,}"
    else:
        number = f"at most {claim.high or 0:,}"
    return f"{number} (“{claim.words}”)" if claim.words else number


def _numbers_in(words: str) -> set[int]:
    return {int(re.sub(r"\D", "", digits)) for digits in re.findall(r"\d[\d.,\u00a0\u202f]*", words)}


def source_in_words(event: Event) -> str:
    """Say who vouches for an event."""
    if event.sources:
        return "1 source" if len(event.sources) == 1 else f"{len(event.sources)} sources"
    return "reported by its organiser" if event.by_organiser else "no source given"


def day_from_epoch(days: int) -> date:
    """Return the calendar day `days` after 1970-01-01."""
    return date(1970, 1, 1) + timedelta(days=days)


def ago_in_words(then: datetime, now: datetime) -> str:
    """Say how long ago a moment was: "just now", "5 minutes ago", "3 days ago"."""
    seconds = max(0.0, (now.astimezone(UTC) - then.astimezone(UTC)).total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(seconds // size)
        if count:
            return f"{format_unit(count, f'duration-{unit}', locale='en')} ago"
    return "just now"
