"""The columns that maps, counts and filters need of one public event."""

from __future__ import annotations

from typing import NamedTuple


class EventRow(NamedTuple):
    """One public event as columns, already passed through :func:`rallymap.query.public_view.public_view`.

    Attributes
    ----------
    id
        The event's id.
    kind, date_precision, location_precision, status
        Values of the enums of the same name; `location_precision` is "" where there is no location.
    start_day, end_day
        Days since 1970-01-01, inclusive; None where the date is not known.
    lat, lon
        Decimal degrees, WGS 84; None where there is no location.
    country
        ISO 3166-1 alpha-2, or "".
    organisers, communities
        Names as the sources give them.
    view_changes_at
        Unix time (s) at which the public view of this event changes by itself (a venue is disclosed, the event is
        over), or None.
    radius_m
        Metres around the point within which the event took place; None: whatever is usual for its precision.
    city
        Name of the city, or "".
    topics, publishers
        Short keywords, and the publishers of the sources.
    crowd_low, crowd_high
        Lowest and highest estimate of people; both None where none gives a number, the second where there is no upper
        limit.
    has_source
        Whether any source is given.
    search_id
        Number in the full-text index, or 0; never shown to anybody.
    attendance_mode
        Value of the enum of the same name.
    campaign
        Id of its campaign, or "".
    crowd_by
        Who gives its numbers of people: values of :class:`~rallymap.events.CrowdGiver`.
    changed_in
        Dataset version of the latest change that the public can notice.
    """

    id: str
    kind: str
    start_day: int | None
    end_day: int | None
    date_precision: str
    lat: float | None
    lon: float | None
    location_precision: str
    country: str
    status: str
    organisers: tuple[str, ...]
    communities: tuple[str, ...]
    view_changes_at: float | None
    radius_m: float | None = None
    city: str = ""
    topics: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    crowd_low: int | None = None
    crowd_high: int | None = None
    has_source: bool = False
    search_id: int = 0
    attendance_mode: str = "in_person"
    campaign: str = ""
    crowd_by: tuple[str, ...] = ()
    changed_in: int = 0
