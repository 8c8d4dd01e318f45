"""What the meanings of columns are called on the Import page, in the order in which they are offered."""

from __future__ import annotations

import re

from rallymap.intake.tables.columns import FIELDS, NOTE

LABELS = {
    NOTE: "Keep as a note",
    "": "Leave out",
    "title": "Title",
    "date": "Date",
    "start": "First day",
    "end": "Last day",
    "time": "Time",
    "start_time": "Start time",
    "end_time": "End time",
    "place": "Place",
    "city": "Town",
    "venue": "Exact place",
    "route_start": "Start of a route",
    "route_end": "End of a route",
    "region": "State or region",
    "county": "District",
    "country": "Country",
    "coordinates": "Coordinates (both)",
    "lat": "Latitude",
    "lon": "Longitude",
    "kind": "Kind of event",
    "mark": "Mark (x) for a kind",
    "status": "Status",
    "flag": "Yes or no: cancelled, held …",
    "communities": "Community",
    "topics": "Topic",
    "organisers": "Organiser",
    "crowd": "Participants",
    "crowd_actual": "Participants counted",
    "crowd_registered": "Participants registered",
    "crowd_low": "Participants, at least",
    "crowd_high": "Participants, at most",
    "crowd_words": "Participants in words",
    "crowd_by": "Who counted",
    "crowd_police": "Participants, by the police",
    "crowd_organisers": "Participants, by the organisers",
    "about": "Description",
    "source_url": "Link to the source",
    "source_title": "Title of the source",
    "source_publisher": "Publisher of the source",
    "source_published": "Date of the source",
    "claim_text": "Slogan",
    "year": "Year",
    "month": "Month",
    "day": "Day of the month",
    "zone": "Time zone",
    "all_day": "Yes or no: all day",
    "contact": "E-mail or telephone (not kept)",
    "id": "Id",
    "precision": "How exact the date is",
    "approximate": "Yes or no: date is approximate",
    "location_precision": "How exact the point is",
    "by_organiser": "Yes or no: reported by the organiser",
}
_SIGNS = re.compile(r"[\W_]+")
CHOICES = (*LABELS, *sorted(FIELDS - LABELS.keys()))


def words_alone(text: str, *, most: int = 60) -> str:
    """Return the words of a text without signs, for labels that only screen readers say and that read Markdown."""
    return " ".join(_SIGNS.sub(" ", text).split())[:most]


def meaning_label(name: str) -> str:
    """Return what a meaning is called."""
    return LABELS.get(name, name.replace("_", " "))
