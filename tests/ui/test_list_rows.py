"""Rows of the list are kept for all visitors, and never longer than the event is public as it stands in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.events import ReviewStatus, Translation
from rallymap.intake.filled_form import fields_of_event
from rallymap.language import find_language, languages, use_language
from rallymap.moderation import Decision
from rallymap.query.snapshot import keeper
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, get_public_events
from rallymap.ui.explore import list_rows
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import edit_event
from rallymap.workflows.services import running_services
from tests.ui.conftest import Open, run
from tests.workflows.moderated import ADA, event, new_key

pytestmark = pytest.mark.slow
PAGE = "explore_app.py"


def rows(page: AppTest) -> list[str]:
    return [button.label.split("**")[1] for button in page.button if (button.key or "").startswith("row-")]


@pytest.fixture(autouse=True)
def newest_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pages see at once what a test has put into the database."""
    monkeypatch.setattr(keeper, "POLL_S", 0.0)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Collect the ids of the events that lists read from the database."""
    found: list[list[str]] = []
    read: Callable[..., object] = get_public_events

    def reading(tx: object, ids: list[str], now: object) -> object:
        found.append(list(ids))
        return read(tx, ids, now)

    monkeypatch.setattr(list_rows, "get_public_events", reading)
    return found


def put(db: Database, *ids: str) -> None:
    add_many(db, [event(one).changed(review=ReviewStatus.PUBLISHED) for one in ids], actor="test")


def test_events_are_read_once_for_all_visitors(db: Database, open_script: Open, reads: list[list[str]]) -> None:
    put(db, "known", "other")
    assert sorted(rows(open_script(PAGE))) == ["Rally known", "Rally other"]
    assert sorted(rows(open_script(PAGE, country="NO"))) == ["Rally known", "Rally other"]
    assert [sorted(ids) for ids in reads] == [["known", "other"]]


def test_hidden_event_is_gone_with_the_next_run_although_the_snapshot_has_it(
    db: Database, open_script: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(db, "known", "other")
    page = open_script(PAGE)
    monkeypatch.setattr(keeper, "POLL_S", 3_600.0)  # nobody looks for a newer snapshot
    decide(
        db,
        "known",
        Decision.WITHDRAW,
        account=ADA,
        expected_revision=db.read(get_event, "known").revision,
        reason="A person asked.",
        idempotency_key=new_key(),
    )
    assert rows(run(page)) == ["Rally other"]
    assert rows(open_script(PAGE)) == ["Rally other"]


def test_edited_event_has_its_new_title_with_the_next_run(
    db: Database, open_script: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(db, "known")
    page = open_script(PAGE)
    monkeypatch.setattr(keeper, "POLL_S", 3_600.0)
    known = db.read(get_event, "known")
    fields = fields_of_event(known) | {"title": "Vigil"}
    edit_event(
        db,
        running_services().resolver,
        "known",
        fields,
        account=ADA,
        expected_revision=known.revision,
        idempotency_key=new_key(),
    )
    assert rows(run(page)) == ["Vigil"]


def test_each_language_has_rows_of_its_own(db: Database) -> None:
    made = event("known", translations=(Translation("de", title="Mahnwache"),))
    add_many(db, [made.changed(review=ReviewStatus.PUBLISHED)], actor="test")
    services = running_services()
    snapshot = services.keeper.current()
    labels = []
    for code in ("en", "de", "en"):
        language = find_language(code, languages())
        assert language is not None
        with use_language(language):
            labels += [row.label.split("**")[1] for row in list_rows.read_rows(services, snapshot, ["known"])]
    assert labels == ["Rally known", "Mahnwache", "Rally known"]
