"""Check whether the values of a column agree with the meaning of its heading."""

from __future__ import annotations

from rallymap.intake.tables.heading_sides import LONE_WORD, UNSURE
from rallymap.intake.tables.profiles import Profile

_PLACES = frozenset({"place", "city", "region", "county", "venue", "route_start", "route_end"})
CROWDS = frozenset(
    {"crowd", "crowd_actual", "crowd_registered", "crowd_low", "crowd_high", "crowd_police", "crowd_organisers"}
)
"""Fields of numbers of people."""
_OF_SIDES = frozenset({"crowd_police", "crowd_organisers"})
"""Fields whose headings can name only who was there; one person can be a crowd: "Participants: 1"."""
_MOMENTS = {
    "date": "time", "start": "start_time", "end": "end_time",
    "time": "time", "start_time": "start_time", "end_time": "end_time",
}  # fmt: skip
"""Fields of time columns, by the field of the heading."""
LEAST = 0.3
"""Minimum share of values that look like the meaning, if the heading agrees."""
MOST = 0.8
"""The same share if the heading says nothing, or something else."""
_SURE = 2.0
_SEVERAL = 2
_DAYS = 31
_UNKNOWN_DAY = 99
_LEAST_YEAR = 10
_LATEST_HOUR = 2400
_OLDEST_YEAR, _LATEST_YEAR = 1500, 2200
_FOOTNOTE = 5
"""Maximum length of markers such as "[12]"."""
_SHORT = 15
_CODE = 4
"""Mean length of the numbers of departments and provinces."""
_LABEL = 60
"""Maximum length of a name or a short label."""
A_STAMP = 1e8
"""Larger numbers are Unix times; 0 among them is a missing value."""


def fitting_field(name: str, looks: Profile, score: float) -> str:
    """Return the field that a heading and its values agree on, "" if they contradict each other.

    Parameters
    ----------
    name
        Field that the heading may mean.
    looks
        Profile of the column's values.
    score
        Score of the heading for this field, from :func:`fields_of_heading`.
    """
    if looks.statuses >= MOST and looks.filled > 1 and name not in ("status", "note", "attendance_mode", "about"):
        return "status" if score < _SURE else ""
    if name == "region" and looks.statuses == 1.0:
        return "status"  # "Estado: suspendida"
    if not looks.filled or (score >= _SURE and name not in ("date", "start", "end", "country")):
        return name
    if looks.stamps >= MOST and name in _MOMENTS:
        return _MOMENTS[name]
    if name in ("date", "start", "end"):
        if looks.flags >= MOST and max(looks.dates, looks.numbers, looks.times) < LEAST:
            return ""  # "All day event: False"
        has_days = looks.days >= LEAST and looks.days + looks.numbers > 0.9 and looks.high <= _DAYS and name == "date"
        if (looks.days >= MOST or has_days) and looks.dates < LEAST and name != "end":
            return "day"  # "Sat 24" or "3, 10", next to a column for the month
        if looks.fractions >= MOST and looks.low > _OLDEST_YEAR and looks.high < _LATEST_YEAR:
            return ""  # "FractionDate: 2023.2110"
        if looks.dates >= LEAST or (
            looks.numbers > 0.5 and (looks.low > 15_000 or looks.high > A_STAMP or name == "date")
        ):
            # A two-digit number is not a date; 0 and 99 are unknown days in research data sets.
            days = (
                looks.numbers + looks.days > 0.9
                and not looks.fractions
                and looks.low >= 0
                and (looks.high <= _DAYS or looks.high == _UNKNOWN_DAY)
            )
            return "day" if days and looks.high >= 1 else name
        if score <= LONE_WORD and max(looks.dates, looks.dated_words, looks.days) < LEAST > looks.numbers:
            return ""  # the first name "Dan"
        if name == "date" and looks.dated_words >= LEAST:
            return name
        if looks.times >= 0.4:
            return {"date": "time", "start": "start_time", "end": "end_time"}[name]
        if name == "date" or score < 1.0:
            return "" if looks.length > 12 and score < 2.0 else name
        return {"start": "route_start", "end": "route_end"}[name] if looks.numbers < 0.5 else ""
    if name in ("day", "end_day"):
        # 0 is an unknown day in research data sets.
        is_day = looks.numbers >= LEAST and looks.low >= 0 and (1 <= looks.high <= _DAYS or looks.high == _UNKNOWN_DAY)
        return (
            name
            if is_day or looks.days >= MOST
            else ({"day": "start", "end_day": "end"}[name] if looks.dates >= LEAST else "")
        )
    if (
        name == "start_time"
        and looks.filled > 1
        and looks.times == 0
        and looks.numbers == 0
        and looks.length > _SHORT / 2
    ):
        return ""  # "Meet: City Hall"
    if name in ("time", "start_time", "end_time") and looks.dated_words >= MOST:
        return {"time": "date", "start_time": "start", "end_time": "end"}[name]  # "Date/heure fin: 2022-02-27 15h30"
    if name in ("time", "start_time", "end_time"):
        are_hours = 0 <= looks.low <= looks.high <= _LATEST_HOUR and looks.numbers > 0
        if score <= LONE_WORD and not are_hours and max(looks.times, looks.clocks, looks.dates) == 0:
            return ""  # "Val: Riksdagsval", "Sat: Demo"
        are_days = looks.dates >= MOST and looks.times < LEAST  # "Zeitraum bis: Mai 2022"
        if not are_days and (looks.times >= LEAST or looks.length <= 12):
            return name
        return {"time": "date", "start_time": "start", "end_time": "end"}[name] if looks.dates >= 0.5 else ""
    if name in ("lat", "lon"):
        if looks.degrees >= 0.6:
            return name
        limit = 90 if name == "lat" else 180
        return name if looks.numbers >= 0.6 and -limit <= looks.low and looks.high <= limit else ""
    if name == "coordinates":
        return name if looks.pairs >= LEAST else ""
    if name == "organisers" and looks.crowds >= MOST and looks.numbers >= LEAST:
        return "crowd_organisers"
    if name == "country" and looks.numbers >= MOST:
        return ""  # "country: 110" next to "country_txt: Lebanon"
    if name in _OF_SIDES and looks.filled > _SEVERAL and looks.numbers >= MOST and 0 <= looks.low <= looks.high <= 1:
        return ""  # "Policía: 1, 0" says whether the police came
    figures = looks.crowds if score > LONE_WORD else max(looks.numbers, looks.figures)
    if (name == "crowd_police" or (score == LONE_WORD and name in CROWDS)) and figures < LEAST:
        return ""
    if name in CROWDS:
        return name if looks.crowds >= LEAST or looks.length <= 15 else ("crowd_words" if name == "crowd" else "")
    if name == "crowd_words" and score <= UNSURE:
        return name if looks.crowds >= LEAST else ""
    if name == "crowd_by":
        return "source_url" if looks.urls >= 0.5 else name if looks.figures < LEAST and looks.length <= _LABEL else ""
    if name == "source_url":
        return name if looks.urls >= LEAST else "source_title"
    if name == "source_title":
        if looks.figures >= MOST and looks.length > _FOOTNOTE:
            return ""  # "Ref.: 2022-0013" is the number of a record
        return "source_url" if looks.urls >= 0.6 else name
    if name == "source_published" and looks.dates < LEAST and looks.flags >= MOST:
        return "note"  # "May we publish it? Yes"
    if name in ("year", "end_year") and looks.numbers >= MOST and looks.high < _LEAST_YEAR:
        return ""  # "arrests_any: 0, 1", where "any" is the year in Catalan
    if name in ("year", "month", "end_year", "end_month"):
        return name if looks.length <= 12 and not looks.urls and looks.clocks < LEAST else ""  # "Година: 12:00"
    if name in _PLACES:
        if looks.pairs >= MOST:
            return "coordinates"
        if looks.flags >= MOST and looks.distinct < 1.0:
            return ""
        if name in ("region", "county") and looks.length <= _CODE:
            return name  # departments and provinces have numbers
        are_figures = looks.crowds >= 0.6 and looks.figures >= LEAST and looks.numbers < MOST
        if are_figures and looks.filled > 1 and looks.length <= _SHORT:
            return ""  # "60-70", "some hundred" under "Oppmøte", which can be the place or the turnout
        return name if looks.numbers < 0.8 and looks.dates < 0.6 and looks.urls < 0.5 else ""
    if name == "attendance_mode" and looks.kinds >= MOST > looks.modes:
        return "kind"  # "Modalidad: marcha"
    if name == "attendance_mode":
        return name if looks.length <= 40 or looks.urls >= 0.5 else ""  # schema.org uses an address
    if name == "kind" and looks.modes >= MOST:
        return "attendance_mode"  # "Format: online, in person"
    if name == "kind" and score <= LONE_WORD and looks.kinds < LEAST:
        return ""  # "Tip: bring water"
    if name in ("title", "about", "organisers", "kind", "status"):
        if name == "status" and looks.urls >= 0.5 and score >= 0.9:
            return name  # schema.org uses https://schema.org/EventCancelled
        if looks.marks >= MOST and name == "title":
            return ""  # crosses below "Aktion"
        if looks.figures >= MOST and name in ("title", "organisers"):
            return ""  # "60 à 80" below "Nombre / Aantal"
        if looks.figures >= MOST and looks.numbers < MOST and name == "kind":
            return "crowd_words"  # "50-99" below "participants_category"
        is_text = name == "about" and looks.length > _LABEL / 2  # "Thu 19/01/2023 at 10.30, Market Square"
        are_moments = not is_text and max(looks.dates, looks.times) >= 0.6
        if looks.urls >= 0.5 or are_moments or (looks.numbers >= 0.7 and name != "kind"):
            return ""
        return "about" if name == "kind" and looks.length > 60 else name
    return name
