"""Data model: an event, its date and place, and who reports it. Every instance is validated when created.

This room uses no database and no pages. Dates are calendar days at the place of the event; an `end` is inclusive. There
is no field for participants, and there must never be one.
"""

from rallymap.events.campaign import ID_PATTERN, Campaign, read_id
from rallymap.events.choices import (
    AttendanceMode,
    ClaimKind,
    Disclosure,
    EventStatus,
    Kind,
    LocationPrecision,
    ReviewStatus,
)
from rallymap.events.coverage import CoverageEntry
from rallymap.events.crowd_givers import CrowdGiver, counted_claims, crowd_givers, giver_of
from rallymap.events.event import Event
from rallymap.events.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Location, Place
from rallymap.events.reports import MAX_PEOPLE, Claim, CrowdClaim, Picture, Source
from rallymap.events.routes import MAX_WAYPOINTS, Waypoint, line_of
from rallymap.events.texts import MAX_DESCRIPTION, MAX_ITEMS, MAX_NAME, MAX_QUOTE, MAX_TEXT, MAX_TITLE, clean_text
from rallymap.events.translations import Translation

__all__ = [
    "DRAWN_CONFIDENCE",
    "ID_PATTERN",
    "MAX_DESCRIPTION",
    "MAX_ITEMS",
    "MAX_NAME",
    "MAX_PEOPLE",
    "MAX_QUOTE",
    "MAX_TEXT",
    "MAX_TITLE",
    "MAX_WAYPOINTS",
    "SURE_CONFIDENCE",
    "AttendanceMode",
    "Campaign",
    "Claim",
    "ClaimKind",
    "CoverageEntry",
    "CrowdClaim",
    "CrowdGiver",
    "Disclosure",
    "Event",
    "EventStatus",
    "Kind",
    "Location",
    "LocationPrecision",
    "Picture",
    "Place",
    "ReviewStatus",
    "Source",
    "Translation",
    "Waypoint",
    "clean_text",
    "counted_claims",
    "crowd_givers",
    "giver_of",
    "line_of",
    "read_id",
]
