"""A clock that is set ahead and back, before a start and under the running site: nothing is shown or deleted early."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill
from benchmarks.campaign.preload import NO_COMPILER, build_library, moved
from benchmarks.campaign.server import Server
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.store import Database, new_draft_token
from rallymap.store.bulk import add_many
from rallymap.store.drafts import get_draft, save_draft
from rallymap.store.schema import drafts
from rallymap.store.transaction import put_meta

DAYS = 40
_AHEAD, _BACK = DAYS * 86_400, -DAYS * 86_400
_MOVES = (("right", 0), ("ahead", _AHEAD), ("right again", 0), ("back", _BACK), ("right at last", 0))
_SQUARE = Location(59.9117, 10.7332, LocationPrecision.VENUE, 100, 1.0, "given", "Secret Square", "Oslo", "NO")
_ROUTES = ("/events/ahead", "/events", "/api/v1/events", "/export/events.geojson", "/feeds/events.ics")
_WATCHED_S = 6.0
"""How long each clock is watched: longer than the site takes to notice that its snapshot is out of date."""


def move_clock(folder: Path) -> Outcome:
    """Start at wrong times, then move the clock of a running site ahead, back to the right time, and further back."""
    done = Outcome(f"the clock set {DAYS} days ahead and {DAYS} days back, before a start and under the running site")
    for days in (-DAYS, DAYS):
        _start_at(folder / f"clock{days}", days, done)
    library = build_library("moved_clock", folder)
    if library is None:
        done.notes.append(f"not tried under the running site: {NO_COMPILER}")
        return done
    home, offset = folder / "moved", folder / "offset"
    fill(home, PAYLOADS[:5])
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    add_many(db, [_event_ahead()], actor="import")
    token = new_draft_token()
    db.write(save_draft, token, {"title": "Kept"}, expected_revision=0)
    offset.write_text("0", "utf-8")
    with Server(home, moved(library, offset)) as site:
        for what, seconds in (
            ("right", 0),
            ("ahead", _AHEAD),
            ("right again", 0),
            ("back", _BACK),
            ("right at last", 0),
        ):
            offset.write_text(str(seconds), "utf-8")
            _watch(site, what, done)
        said = site.log.read_text("utf-8", "replace")
        done.check("jumped ahead by 40 days" in said, "the log does not mention the jump ahead")
        done.check("set back by" in said, "the log does not mention the jump back")
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    done.check(db.read(get_draft, token) is not None, "a draft is gone")
    db.close()
    done.notes.append(f"a venue that is withheld until in {DAYS // 2} days was asked for by {len(_ROUTES)} routes")
    return done


def _event_ahead() -> Event:
    """Return a public event of the future, whose square the public does not see yet."""
    ahead = datetime.now(UTC).date() + timedelta(days=DAYS // 2)
    event = Event(
        "ahead",
        "Rally ahead",
        Kind.RALLY,
        EventDate(ahead, precision=DatePrecision.DAY, zone="Europe/Oslo"),
        Place("Oslo", "Secret Square", "NO"),
        _SQUARE,
        sources=(Source("https://news.example/ahead"),),
    )
    return replace(event, review=ReviewStatus.PUBLISHED)


def _watch(site: Server, what: str, done: Outcome) -> None:
    end = time.monotonic() + _WATCHED_S
    while time.monotonic() < end:
        for route in _ROUTES:
            status, body = site.ask(route)
            done.check(status == 200, f"clock {what}: {route} answers {status}")
            done.check(
                b"Secret Square" not in body and b"59.9117" not in body, f"clock {what}: {route} shows the venue"
            )
        time.sleep(0.2)
    done.check(site.serves, f"clock {what}: health is not good")


def _start_at(home: Path, days: int, done: Outcome) -> None:
    """Start on a database that was last used some days from now; drafts of that time stay."""
    fill(home, PAYLOADS[:5])
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    token, then = new_draft_token(), db.now() + timedelta(days=days)
    db.write(save_draft, token, {"title": "Kept"}, expected_revision=0)
    with db.writing() as tx:
        put_meta(tx, "clock_seen", repr(then.timestamp()))
        tx.conn.execute(sa.update(drafts).values(saved_at=then.timestamp()))
    with Server(home) as site:
        done.check(site.serves, f"{days} days: not served")
        time.sleep(3)
        done.check(not site.tracebacks(), f"{days} days: {site.tracebacks()[:2]}")
    done.check(db.read(get_draft, token) is not None, f"{days} days: a draft is gone")
    db.close()
