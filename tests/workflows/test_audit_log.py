"""The whole log: everything in the order of time, by who, act and event, and as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rallymap.moderation import Decision
from rallymap.store.accounts import add_account, close_account
from rallymap.store.audit_log import LogEntry
from rallymap.workflows import audit_log
from rallymap.workflows.audit_log import list_actors, list_log, log_as_csv
from rallymap.workflows.decisions import decide
from tests.workflows.moderated import ADA, MIRA, World, event, new_key, open_world, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two events and an account: submitted, sent back with a formula as the reason, published; made and closed."""
    opened = open_world(tmp_path / "rallymap.db")
    opened.db.write(add_account, "mira", "no hash", MIRA.role)
    submit(opened.db, event("first"))
    submit(opened.db, event("second"))
    opened.clock.now += timedelta(minutes=90)
    decide(
        opened.db, "first", Decision.SEND_BACK, account=MIRA, expected_revision=1, reason='=HYPERLINK("x"), which day?',
        idempotency_key=new_key(),
    )  # fmt: skip
    publish(opened.db, "second", ADA)
    opened.db.write(close_account, "mira", actor="ada")
    yield opened
    opened.db.close()


def said(entries: list[LogEntry]) -> list[tuple[str, str, str]]:
    return [(entry.actor, entry.action, entry.event_id or entry.reason) for entry in entries]


def test_log_is_in_the_order_of_time_the_newest_first(world: World) -> None:
    found = list_log(world.db, ADA, limit=99)

    assert said(found) == [
        ("ada", "account closed", "mira"),
        ("ada", "published", "second"),
        ("mira", "sent back", "first"),
        ("submitter", "submitted", "second"),
        ("submitter", "submitted", "first"),
        ("operator", "account made", "mira: moderator"),
    ]
    assert found[2].at == world.now
    assert found[3].at == world.now - timedelta(minutes=90)
    assert list_log(world.db, ADA, limit=2) == found[:2]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"actor": "mira"}, [("mira", "sent back", "first")]),
        ({"action": "published"}, [("ada", "published", "second")]),
        ({"event_id": "first"}, [("mira", "sent back", "first"), ("submitter", "submitted", "first")]),
        ({"actor": "submitter", "event_id": "second"}, [("submitter", "submitted", "second")]),
        ({"actor": "visitor"}, []),
        ({"actor": "mir"}, []),
        ({"actor": "%"}, []),
    ],
)
def test_log_by_who_act_and_event(world: World, wanted: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert said(list_log(world.db, ADA, limit=99, **wanted)) == expected
    rows = list(csv.DictReader("".join(log_as_csv(world.db, ADA, **wanted)).splitlines()))
    in_file = [("organiser" if who == "submitter" else who, act, about) for who, act, about in expected]
    assert [(row["who"], row["act"], row["event"] or row["reason"]) for row in rows] == in_file


def test_everybody_who_is_named_in_the_log_is_listed(world: World) -> None:
    assert list_actors(world.db, ADA) == ["ada", "mira", "operator", "submitter"]


def test_table_defuses_formulas_and_says_the_time_in_utc(world: World) -> None:
    lines = "".join(log_as_csv(world.db, ADA)).split("\r\n")

    assert lines[:5] == [
        "time,who,act,event,revision,status,reason",
        "2026-06-01T13:30:00+00:00,ada,account closed,,,,mira",
        "2026-06-01T13:30:00+00:00,ada,published,second,2,published,",
        '2026-06-01T13:30:00+00:00,mira,sent back,first,2,sent_back,"\'=HYPERLINK(""x""), which day?"',
        "2026-06-01T12:00:00+00:00,organiser,submitted,second,1,pending,",
    ]


def test_table_read_in_pieces_is_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = "".join(log_as_csv(world.db, ADA))
    for size in (1, 2, 3, 6, 7):
        monkeypatch.setattr(audit_log, "_AT_ONCE", size)
        assert "".join(log_as_csv(world.db, ADA)) == whole
