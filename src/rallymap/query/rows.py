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
        Values of the enums with the same name; `location_precision` is "" if there is no location.
    start_day, end_day
        Days since 1970-01-01, inclusive; None if the date is unknown.
    lat, lon
        Decimal degrees, WGS 84; None if there is no location.
    country
        ISO 3166-1 alpha-2, or "".
    organisers, communities
        Names as in the sources.
    view_changes_at
        Unix time (s) at which the public view of this event changes without an edit (a venue is disclosed, the event is
        over), or None.
    radius_m
        Radius in metres within which the event took place; None for the default of its precision.
    city
        Name of the city, or "".
    topics, publishers
        Short keywords, and the publishers of the sources.
    crowd_low, crowd_high
        Lowest and highest number of people that an estimate gives; both None without a number.
    crowd_open_below, crowd_open_above
        Whether an estimate has no lower limit, and whether one has no upper limit.
    has_source
        Whether the event has any source.
    search_id
        Id in the full-text index, or 0; never public.
    attendance_mode
        Value of the enum with the same name.
    campaign
        Id of its campaign, or "".
    crowd_by
        Who gives the numbers of people: values of :class:`~rallymap.events.CrowdGiver`.
    changed_in
        Dataset version of the latest change that is visible to the public.
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
    crowd_open_below: bool = False
    crowd_open_above: bool = False
    has_source: bool = False
    search_id: int = 0
    attendance_mode: str = "in_person"
    campaign: str = ""
    crowd_by: tuple[str, ...] = ()
    changed_in: int = 0
