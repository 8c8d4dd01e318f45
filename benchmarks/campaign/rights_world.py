"""The database in which the rights table is called: each account has its own event of each kind."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import CoverageEntry, Event, Kind, Location, LocationPrecision, Place, Source
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, Role
from rallymap.places import default_resolver
from rallymap.store import Database, PlaceCheck, new_draft_token
from rallymap.store.accounts import add_account
from rallymap.store.drafts import save_draft
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event
from rallymap.workflows.coverage import record_coverage
from rallymap.workflows.decisions import decide
from rallymap.workflows.edit_links import store_own
from rallymap.workflows.import_files import open_for_import
from rallymap.workflows.import_plan import plan_import
from rallymap.workflows.import_rights import import_as
from rallymap.workflows.reports import report_event
from rallymap.workflows.submissions import send_events

PEOPLE = {name: Account(name, role) for name, role in zip(("ole", "mina", "ada"), list(Role)[1:], strict=True)}
_OSLO = Location(59.91273, 10.74609, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Oslo", "Oslo", "NO")
_SQUARE = Location(59.91487, 10.74913, LocationPrecision.VENUE, 50, 1.0, "pin", "Oslo", "", "NO")
_HAMILTON = {
    "label": "Hamilton, Ohio, United States", "name": "Hamilton", "admin1": "Ohio", "country": "US",
    "lat": 39.4, "lon": -84.56, "precision": "city", "radius_m": 6000, "confidence": 0.2,
}  # fmt: skip


def add_people(db: Database) -> None:
    """Add an account of each role."""
    for name, account in PEOPLE.items():
        db.write(add_account, name, "no hash, nobody signs in here", account.role)


def fill_world(db: Database, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Add events for each credential.

    Returns
    -------
    named
        By name of a credential: "who", which ends the ids of its events; the token of an edit link, "key"; and that of
        a form that is filled in, "draft".
    """
    named = {}
    for name in names:
        who = name.replace(" ", "-")
        named[name] = {"who": who, "key": _fill_events(db, who), "draft": _draft(db)}
    for name in PEOPLE:
        _record(db, name)
    return named


def _new_key() -> str:
    return secrets.token_urlsafe(18)


def _event(event_id: str) -> Event:
    return Event(
        event_id,
        f"Rally {event_id}",
        Kind.RALLY,
        EventDate(date(2020, 2, 1), precision=DatePrecision.DAY, zone="Europe/Oslo"),
        Place("Oslo", country_hint="NO"),
        _OSLO,
        sources=(Source(f"https://news.example/{event_id}"),),
    )


def _send(db: Database, event: Event, *, account: Account = VISITOR, check: PlaceCheck | None = None) -> str:
    sent = send_events(
        db,
        [event],
        idempotency_key=_new_key(),
        contact="someone@example.org",
        account=account,
        place_checks={event.id: check} if check else {},
    )
    return sent[0].edit_token


def _fill_events(db: Database, who: str) -> str:
    for kind in ("waiting", "noted"):
        _send(db, _event(f"{kind}-{who}"))
    if who in PEOPLE:
        _send(db, _event(f"own-{who}"), account=PEOPLE[who])
    ahead = datetime.now(UTC).date() + timedelta(days=60)
    future = _event(f"future-{who}").changed(
        when=EventDate(ahead, precision=DatePrecision.DAY, zone="Europe/Oslo"),
        place=Place("Oslo", "Secret Square", "NO"),
        location=_SQUARE,
    )
    _send(db, future)
    doubtful = _event(f"doubtful-{who}").changed(place=Place("Hamilton", country_hint="NO"), location=None)
    _send(db, doubtful, check=PlaceCheck("ambiguous", (_HAMILTON,)))
    token = _send(db, _event(f"public-{who}"))
    _publish(db, f"public-{who}")
    own = db.read(read_own_event, token).event
    proposed = own.changed(about="More about it.")
    store_own(db, token, proposed, expected_revision=own.revision, idempotency_key=_new_key())
    report_event(
        db,
        own.id,
        ReportKind.WRONG_PLACE,
        "It was in Bergen.",
        account=VISITOR,
        address="",
        now=db.now(),
        idempotency_key=_new_key(),
    )
    return token


def _publish(db: Database, event_id: str) -> None:
    revision = db.read(get_event, event_id).revision
    decide(
        db,
        event_id,
        Decision.PUBLISH,
        account=PEOPLE["ada"],
        expected_revision=revision,
        idempotency_key=_new_key(),
    )


def _draft(db: Database) -> str:
    token = new_draft_token()
    fields = {"title": "Vigil", "precision": "day", "start": "2024-05-03", "place_text": "Oslo", "form_step": "Send"}
    db.write(save_draft, token, fields, expected_revision=0)
    return token


def _record(db: Database, who: str) -> None:
    """Record a period that was looked at, and an import that only an administrator may undo."""
    seen = CoverageEntry("NO", "", date(2020, 1, 1), date(2020, 12, 31), date(2021, 3, 1), who, "Herald")
    record_coverage(db, seen, account=PEOPLE["ada"])
    text = f"title,date,place,country\nImported by {who},2020-02-01,Oslo,NO\n"
    plan = plan_import(db, default_resolver(), open_for_import(text.encode(), f"{who}.csv"))
    import_as(db, plan, PEOPLE["ada"], idempotency_key=_new_key())
