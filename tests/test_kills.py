"""The kill harness counts errors, and a short run of it finds none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks.kills import FAULTS, World, begin_forms, compare, measure
from rallymap.dates import EventDate
from rallymap.events import Event, Kind
from rallymap.pictures import GivenPicture
from rallymap.store import Database
from rallymap.store.drafts import form_key, get_draft
from rallymap.store.schema import audit, events, pictures, submissions
from rallymap.workflows.submissions import send_events
from tests.workflows.moderated import event


def series(name: str, many: int) -> list[Event]:
    when = EventDate.unknown()
    return [Event(f"{name}-{number}", "Vigil", Kind.VIGIL, when) for number in range(many)]


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[World, Database]]:
    """Three forms that were sent and acknowledged, the first one a series with pictures."""
    world = World(tmp_path)
    db = Database.open(world.url)
    begin_forms(world, db, 3)
    for number, form in enumerate(world.forms):
        kept = db.read(get_draft, form.token)
        assert kept is not None
        picture = GivenPicture(kept.picture, "A banner") if kept.picture else None
        receipts = send_events(
            db,
            series(f"form-{number}", form.events),
            idempotency_key=form_key(db.secret, form.token),
            picture=picture,
            draft=form.token,
        )
        form.told = tuple(receipt.code for receipt in receipts)
    yield world, db
    db.close()


def faults(world: World) -> dict[str, int]:
    compare(world)
    return {name: world.counts[name] for name in FAULTS if world.counts[name]}


@pytest.mark.slow
def test_complete_forms_are_not_a_fault(sent: tuple[World, Database]) -> None:
    assert faults(sent[0]) == {}


@pytest.mark.slow
def test_series_without_one_event_or_picture_is_counted(sent: tuple[World, Database]) -> None:
    world, db = sent
    with db.writing() as tx:
        tx.conn.execute(sa.delete(pictures).where(pictures.c.event_id == "form-0-2"))
    assert faults(world) == {"partial": 1}
    with db.writing() as tx:
        tx.conn.execute(sa.delete(submissions).where(submissions.c.event_id == "form-0-3"))
    assert faults(world)["lost"] == 1


@pytest.mark.slow
def test_receipt_without_its_event_and_decision_that_is_not_there_are_counted(sent: tuple[World, Database]) -> None:
    world, db = sent
    world.published.add("form-1-0")
    assert faults(world) == {"lost": 1}
    with db.writing() as tx:
        for table in (submissions, audit):
            tx.conn.execute(sa.delete(table).where(table.c.event_id == "form-2-0"))
        tx.conn.execute(sa.delete(events).where(events.c.id == "form-2-0"))
    assert faults(world) == {"lost": 3}


@pytest.mark.slow
def test_second_event_of_one_form_is_counted(sent: tuple[World, Database]) -> None:
    world, db = sent
    send_events(db, [event("form-1-0")], idempotency_key="another key for the same form")[0]
    assert faults(world) == {"doubled": 1}


@pytest.mark.slow
def test_killed_server_loses_doubles_and_halves_nothing(tmp_path: Path) -> None:
    counts = measure(2, tmp_path / "home", seed=0).counts
    assert {name: counts[name] for name in (*FAULTS, "without receipt")} == dict.fromkeys(
        (*FAULTS, "without receipt"), 0
    )
    assert counts["receipts"] >= counts["forms"] == 18
