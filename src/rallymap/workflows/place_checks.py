"""Place checks: a moderator confirms an event's place, and the place text is remembered."""

from __future__ import annotations

import math

from rallymap.borders import countries_around, country_at
from rallymap.errors import PlaceError, RightsError
from rallymap.events import Event, Location, LocationPrecision, clean_text
from rallymap.intake.coordinates import parse_coordinates
from rallymap.language import tr
from rallymap.moderation import Account, Permission, require, require_place
from rallymap.places import Candidate, Resolver
from rallymap.store import Database, EventPlaceCheck, PlaceCheck
from rallymap.store import place_checks as stored
from rallymap.store.audit import AuditEntry
from rallymap.workflows.locations import CHOSEN_CONFIDENCE, candidate_from_plain, resolve_place
from rallymap.workflows.permissions import event_to_change
from rallymap.workflows.place_answers import candidates_of
from rallymap.workflows.place_memory import may_remember
from rallymap.workflows.point_agreement import NEAR_KM
from rallymap.workflows.review_queue import LIST_LIMIT
from rallymap.workflows.second_moderator import store_change

PIN_RADIUS_M = 50.0
Point = tuple[float, float]
"""Latitude and longitude, decimal degrees."""


def list_place_checks(db: Database, account: Account, *, limit: int = LIST_LIMIT) -> list[EventPlaceCheck]:
    """Return events of the account's countries with an open place check, oldest first.

    Raises
    ------
    RightsError
        If the account may not confirm places.
    """
    require(account, Permission.SETTLE_PLACE)
    return db.read(stored.list_place_checks, countries=account.countries, limit=limit)


def places_to_choose(
    event: Event, check: PlaceCheck | None, resolver: Resolver, wording: str = ""
) -> tuple[Candidate, ...]:
    """Return candidates for an event's place, most likely first.

    Parameters
    ----------
    check
        The stored place check; its candidates take precedence over a new search.
    wording
        Another text to geocode; "" for the event's own.
    """
    if wording.strip():
        return candidates_of(resolver.resolve(wording, country=event.place.country_hint or None))
    if check is not None and check.candidates:
        return tuple(candidate_from_plain(plain) for plain in check.candidates)
    return candidates_of(resolve_place(event.place, resolver))


def read_point(text: str) -> Point:
    """Parse coordinates in any common notation to latitude, longitude.

    Raises
    ------
    InvalidEventError
        With a message for the field.
    """
    return parse_coordinates(clean_text("coordinates", text, max_length=200, required=True))


def wording_of(event: Event, choice: Candidate | Point | None) -> str:
    """Return the text to remember for this choice; "" if there is none.

    A point is remembered for the venue, if one is named: "Oslo" must not mean one square from then on.
    """
    if choice is None:
        return ""
    if isinstance(choice, Candidate) or not event.place.venue:
        return event.place.text or event.place.venue
    return ", ".join(part for part in (event.place.venue, event.place.text) if part)


def scope_of_wording(account: Account, event: Event, choice: Candidate | Point) -> str:
    """Return the country to which a remembered text is limited; "" if it applies to texts of any country.

    Only an account without a country limit decides for all countries.
    """
    hint = event.place.country_hint
    return _country(choice, hint) if account.countries else hint


def settle_place(
    db: Database,
    resolver: Resolver,
    event: Event,
    choice: Candidate | Point | None,
    *,
    account: Account,
    nearby: tuple[Candidate, ...] = (),
    remember: bool = False,
    idempotency_key: str,
) -> tuple[Event, str]:
    """Set the place that a moderator chose, and close the event's place check.

    Parameters
    ----------
    event
        The event as the moderator saw it.
    choice
        A candidate, the point of a dragged pin or typed coordinates, or None if the place is unknown.
    nearby
        Candidates that the moderator saw; the point takes the names of one near it.
    remember
        Whether the event's place text means this place from now on, for everyone; never while the exact location is
        withheld. If the account is limited to countries, it only applies to texts that name the place's country.

    Returns
    -------
    event, problem
        The updated event; and a message if the text could not be remembered, else "".

    Raises
    ------
    RightsError
        If the account may not confirm this event's place, or not in that country; nothing is changed then.
    StaleEventError
        If the event was changed since it was read.
    """
    near = _nearest(choice, nearby) if isinstance(choice, tuple) else None
    location = _location(choice, near, event.place.country_hint)
    settled = set_location(
        db, event.id, location, account=account, expected_revision=event.revision, idempotency_key=idempotency_key
    )
    wording = wording_of(event, choice)
    if not remember or choice is None or not wording:
        return settled, ""
    if not may_remember(settled, db.now()):
        return settled, tr("Its words are not remembered, because its exact location is withheld.")
    # Without a venue the text names the town, not the exact location.
    meant = near if near is not None and not event.place.venue else choice
    lat, lon = (meant.lat, meant.lon) if isinstance(meant, Candidate) else meant
    try:
        require_place(account, _country(meant, event.place.country_hint), lat, lon)
        scope = scope_of_wording(account, event, meant)
        resolver.store_override(wording, scope or None, meant, event_id=event.id)
    except (PlaceError, RightsError) as err:
        return settled, err.user_message
    return settled, ""


def set_location(
    db: Database,
    event_id: str,
    location: Location | None,
    *,
    account: Account,
    expected_revision: int,
    idempotency_key: str,
) -> Event:
    """Set the location of an event, or delete it (None), and close its place check.

    Raises
    ------
    RightsError, EventNotFoundError, StaleEventError
        If the account may not, there is no such event, or it was changed since it was read.
    """
    with db.write_once(idempotency_key) as tx:
        before = event_to_change(tx, event_id, Permission.SETTLE_PLACE, account, expected_revision)
        if tx.was_done:
            return before
        wanted = before.changed(location=location)
        entry = AuditEntry(account.name, "place settled")
        after = store_change(db, tx, Permission.SETTLE_PLACE, before, wanted, account, entry)
        if after.location == location:  # else it waits for a second moderator
            stored.delete_place_check(tx, event_id)
        return after


def _location(choice: Candidate | Point | None, near: Candidate | None, country_hint: str) -> Location | None:
    match choice:
        case None:
            return None
        case Candidate() as found:
            return Location(
                found.lat,
                found.lon,
                found.precision,
                found.radius_m,
                CHOSEN_CONFIDENCE,
                found.method,
                found.name,
                found.admin1 or "",
                found.country,
            )
        case (lat, lon):
            return Location(
                lat,
                lon,
                LocationPrecision.VENUE,
                PIN_RADIUS_M,
                1.0,
                "pin",
                near.name if near else "",
                (near.admin1 or "") if near else "",
                _country((lat, lon), country_hint, near),
            )


def _country(choice: Candidate | Point, hint: str, near: Candidate | None = None) -> str:
    """Return the country of a choice: a candidate's own; for a point, that around it, or the written one."""
    if isinstance(choice, Candidate):
        return choice.country
    return country_at(*choice, rather=[code for code in (hint, near.country if near else "") if code]) or hint


def _nearest(point: Point, candidates: tuple[Candidate, ...]) -> Candidate | None:
    # A town across a border does not name a point on this side.
    possible = countries_around(*point)
    same = [found for found in candidates if not possible or found.country in possible]
    measured = [(_distance_km(point, found) - found.radius_m / 1000, found) for found in same]
    close = [pair for pair in measured if pair[0] <= NEAR_KM]
    return min(close, key=lambda pair: pair[0])[1] if close else None


def _distance_km(point: Point, found: Candidate) -> float:
    """Return the planar distance; at some tens of kilometres the error is a few metres."""
    east = (found.lon - point[1] + 180) % 360 - 180  # the short way across the antimeridian
    return 111.32 * math.hypot(found.lat - point[0], east * math.cos(math.radians(point[0])))
