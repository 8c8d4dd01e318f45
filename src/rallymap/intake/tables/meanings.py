"""What the meanings of columns are called."""

from __future__ import annotations

from rallymap.intake.tables.columns import NOTE
from rallymap.intake.tables.tagged_headings import TAGGED
from rallymap.language import language_name, mark_c, tr, trc

LABELS = {
    NOTE: mark_c("meaning of a column", "Keep as a note"),
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


def meaning_label(name: str) -> str:
    """Return what a meaning is called."""
    if (tagged := TAGGED.fullmatch(name)) is not None:
        text = trc("meaning of a column", LABELS[tagged[1]])
        return tr("{text} ({note})", text=text, note=language_name(tagged[2]))
    label = LABELS.get(name)
    return trc("meaning of a column", label) if label else name.replace("_", " ")
