"""Words of the app's own pages for columns, kinds, statuses and attendance modes, in each language.

People use words from the form and the import page as headings of their tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.language import languages, mark_c, tr, trc, use_language
from rallymap.wording import KIND_LABELS, STATUS_LABELS

COLUMN_CONTEXT = "meaning of a column"
COLUMN_LABELS = {
    "note": mark_c("meaning of a column", "Keep as a note"),
    "": mark_c("meaning of a column", "Leave out"),
    "title": mark_c("meaning of a column", "Title"),
    "language": mark_c("meaning of a column", "Language of the title"),
    "date": mark_c("meaning of a column", "Date"),
    "start": mark_c("meaning of a column", "First day"),
    "end": mark_c("meaning of a column", "Last day"),
    "time": mark_c("meaning of a column", "Time"),
    "start_time": mark_c("meaning of a column", "Start time"),
    "end_time": mark_c("meaning of a column", "End time"),
    "place": mark_c("meaning of a column", "Place"),
    "city": mark_c("meaning of a column", "Town"),
    "venue": mark_c("meaning of a column", "Exact place"),
    "route_start": mark_c("meaning of a column", "Start of a route"),
    "route_end": mark_c("meaning of a column", "End of a route"),
    "region": mark_c("meaning of a column", "State or region"),
    "county": mark_c("meaning of a column", "District"),
    "country": mark_c("meaning of a column", "Country"),
    "coordinates": mark_c("meaning of a column", "Coordinates (both)"),
    "lat": mark_c("meaning of a column", "Latitude"),
    "lon": mark_c("meaning of a column", "Longitude"),
    "kind": mark_c("meaning of a column", "Kind of event"),
    "mark": mark_c("meaning of a column", "Mark (x) for a kind"),
    "status": mark_c("meaning of a column", "Status"),
    "attendance_mode": mark_c("meaning of a column", "In person, online or both"),
    "flag": mark_c("meaning of a column", "Yes or no: cancelled, held …"),
    "communities": mark_c("meaning of a column", "Community"),
    "topics": mark_c("meaning of a column", "Topic"),
    "organisers": mark_c("meaning of a column", "Organiser"),
    "crowd": mark_c("meaning of a column", "Participants"),
    "crowd_actual": mark_c("meaning of a column", "Participants counted"),
    "crowd_registered": mark_c("meaning of a column", "Participants registered"),
    "crowd_low": mark_c("meaning of a column", "Participants, at least"),
    "crowd_high": mark_c("meaning of a column", "Participants, at most"),
    "crowd_words": mark_c("meaning of a column", "Participants in words"),
    "crowd_by": mark_c("meaning of a column", "Who counted"),
    "crowd_police": mark_c("meaning of a column", "Participants, by the police"),
    "crowd_organisers": mark_c("meaning of a column", "Participants, by the organisers"),
    "about": mark_c("meaning of a column", "Description"),
    "source_url": mark_c("meaning of a column", "Link to the source"),
    "source_title": mark_c("meaning of a column", "Title of the source"),
    "source_publisher": mark_c("meaning of a column", "Publisher of the source"),
    "source_published": mark_c("meaning of a column", "Date of the source"),
    "campaign": mark_c("meaning of a column", "Id of the campaign"),
    "campaign_name": mark_c("meaning of a column", "Campaign"),
    "claim_text": mark_c("meaning of a column", "Slogan"),
    "year": mark_c("meaning of a column", "Year"),
    "month": mark_c("meaning of a column", "Month"),
    "day": mark_c("meaning of a column", "Day of the month"),
    "end_day": mark_c("meaning of a column", "Last day: day of the month"),
    "end_month": mark_c("meaning of a column", "Last day: month"),
    "end_year": mark_c("meaning of a column", "Last day: year"),
    "duration": mark_c("meaning of a column", "Duration"),
    "zone": mark_c("meaning of a column", "Time zone"),
    "all_day": mark_c("meaning of a column", "Yes or no: all day"),
    "contact": mark_c("meaning of a column", "E-mail or telephone (not kept)"),
    "id": mark_c("meaning of a column", "Id"),
    "precision": mark_c("meaning of a column", "How exact the date is"),
    "approximate": mark_c("meaning of a column", "Yes or no: date is approximate"),
    "location_precision": mark_c("meaning of a column", "How exact the point is"),
    "by_organiser": mark_c("meaning of a column", "Yes or no: reported by the organiser"),
    "location_name": mark_c("meaning of a column", "Name of the point"),
    "location_admin1": mark_c("meaning of a column", "State or region of the point"),
    "location_country": mark_c("meaning of a column", "Country of the point"),
    "location_confidence": mark_c("meaning of a column", "How sure the point is"),
    "location_method": mark_c("meaning of a column", "How the point was found"),
    "radius_m": mark_c("meaning of a column", "Radius of the point in metres"),
}
_ASKED = frozenset({"", "mark", "flag"})
"""Meanings whose column requires certain words in the heading."""
_OF_VALUES: Mapping[str, Mapping[Any, str]] = {
    "kinds": KIND_LABELS,
    "statuses": STATUS_LABELS,
    "attendance_modes": ATTENDANCE_LABELS,
}


def page_words(name: str) -> Iterator[tuple[str, str]]:
    """Yield meaning and word from the app's pages for a list, in each language of the pages."""
    for language in languages():
        with use_language(language):
            if name == "headings":
                for meaning, label in COLUMN_LABELS.items():
                    if meaning not in _ASKED:
                        yield meaning, trc(COLUMN_CONTEXT, label)
            for value, label in _OF_VALUES.get(name, {}).items():
                yield value.value, tr(label)
