"""A form that is sent twice is one write, whatever it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import EventNotFoundError, RightsError, StoreError, StoreUnavailableError
from rallymap.events import Campaign, Event, EventStatus, Source
from rallymap.moderation import Account, Decision, ReportKind, ReportOutcome, Role, TakedownReason
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.imports import list_imports
from rallymap.store.reports import list_open_reports
from rallymap.store.schema import metadata
from rallymap.workflows import (
    audit,
    calling_off,
    campaigns,
    damaged_events,
    decisions,
    edit_links,
    edits,
    import_decisions,
    import_files,
    import_plan,
    import_rights,
    merges,
    messages,
    pictures,
    place_checks,
    proposals,
    reports,
    selection,
    submissions,
    takedown,
)
from tests.workflows.moderated import ADA, MIRA, OSLO, World, damage, event, new_key, publish, statuses, submit

Send = Callable[[str], object]
"""Sends one form, filled in once, with an idempotency key."""
OMID, PIA = Account("omid", Role.ORGANISER), Account("pia", Role.MODERATOR, ("FR",))
PICTURE = GivenPicture(CleanPicture(b"not looked at here", "image/png", 3, 2), "A banner")


def _close_report(world: World) -> Send:
    [report] = world.db.read(list_open_reports)
    return lambda key: reports.close_report(world.db, report, ReportOutcome.SHOW, account=MIRA, idempotency_key=key)


def _restore_damaged(world: World) -> Send:
    damage(world)
    return lambda key: damaged_events.restore_damaged(
        world.db, world.public, account=MIRA, expected_revision=2, idempotency_key=key
    )


def _merge(world: World) -> Send:
    kept, gone = (world.db.read(get_event, event_id) for event_id in (world.public, world.over))
    return lambda key: merges.merge_events(world.db, kept, gone, account=MIRA, idempotency_key=key)


def _undo_merge(world: World) -> Send:
    kept, gone = (world.db.read(get_event, event_id) for event_id in (world.public, world.over))
    after = merges.merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    return lambda key: merges.undo_merge(world.db, after, gone, account=MIRA, idempotency_key=key)


def _call_off(world: World) -> Send:
    coming = EventDate(date(2199, 5, 1), precision=DatePrecision.DAY, zone="Europe/Oslo")
    token = submit(world.db, event("coming", when=coming, status=EventStatus.ANNOUNCED))
    return lambda key: calling_off.call_off(
        world.db, token, EventStatus.CANCELLED, expected_revision=1, idempotency_key=key
    )


TABLE = b"id,title,start,place,country\na-1,Rally A,2020-02-01,Oslo,NO\nb-1,Rally B,2020-02-08,Oslo,NO\n"


def planned(world: World) -> import_plan.ImportPlan:
    return import_plan.plan_import(world.db, world.resolver, import_files.open_for_import(TABLE, "table.csv"))


def imported(world: World) -> str:
    return import_rights.import_as(world.db, planned(world), ADA, idempotency_key=new_key()).batch_id


def _import(world: World) -> Send:
    plan = planned(world)
    return lambda key: import_rights.import_as(world.db, plan, ADA, idempotency_key=key)


def _undo_import(world: World) -> Send:
    batch = imported(world)
    return lambda key: import_rights.undo_as(world.db, batch, ADA, idempotency_key=key)


def _decide_import(world: World) -> Send:
    batch = imported(world)
    return lambda key: import_decisions.decide_batch(
        world.db, batch, Decision.PUBLISH, account=MIRA, reason="", idempotency_key=key
    )


def _rename_campaign(world: World) -> Send:
    before = world.db.read(get_event, world.waiting)
    edits.store_edit(
        world.db,
        before.changed(campaign=Campaign("spring", "Spring")),
        account=MIRA,
        expected_revision=1,
        idempotency_key=new_key(),
    )
    return lambda key: campaigns.rename_campaign(world.db, "spring", f"Name {key}", account=MIRA, idempotency_key=key)


_SAME_RESULT = ("import", "undo an import", "decide about an import")
"""Forms whose page says in numbers what was done."""


def _undo(world: World) -> Send:
    after = publish(world.db, world.waiting)
    seen = {after.id: after.revision}
    return lambda key: decisions.undo_decisions(world.db, seen, account=MIRA, idempotency_key=key)


def _undo_refusal(world: World) -> Send:
    proposals.settle_proposal(
        world.db,
        world.public,
        accept=False,
        account=MIRA,
        expected_revision=2,
        reason="In no source.",
        idempotency_key=new_key(),
    )
    return lambda key: proposals.undo_refusal(world.db, world.public, account=MIRA, idempotency_key=key)


FORMS: dict[str, Callable[[World], Send]] = {
    "submit": lambda w: lambda key: submissions.send_events(w.db, [event("one-more")], idempotency_key=key),
    "report": lambda w: (
        lambda key: reports.report_event(
            w.db, w.over, ReportKind.OTHER, "", account=MIRA, address="", now=w.now, idempotency_key=key
        )
    ),
    "offer a source": lambda w: (
        lambda key: proposals.offer_source(
            w.db, w.over, Source("https://other.example/1"), address="", now=w.now, idempotency_key=key
        )
    ),
    "decide": lambda w: (
        lambda key: decisions.decide(
            w.db, w.waiting, Decision.PUBLISH, account=MIRA, expected_revision=1, idempotency_key=key
        )
    ),
    "decide about several": lambda w: (
        lambda key: decisions.decide_all(
            w.db, {w.waiting: 1, w.doubtful: 1}, Decision.PUBLISH, account=MIRA, idempotency_key=key
        )
    ),
    "decide about each": lambda w: (
        lambda key: selection.decide_each(
            w.db, {w.waiting: 1, w.doubtful: 1}, Decision.PUBLISH, account=MIRA, idempotency_key=key
        )
    ),
    "undo": _undo,
    "undo refusal": _undo_refusal,
    "carry out": lambda w: lambda key: decisions.apply_staged_decisions(w.db, account=MIRA, idempotency_key=key),
    "edit": lambda w: (
        lambda key: edits.store_edit(
            w.db,
            w.db.read(get_event, w.waiting).changed(title=f"Title of {key}"),
            account=MIRA,
            expected_revision=1,
            idempotency_key=key,
        )
    ),
    "rename a campaign": _rename_campaign,
    "settle a place": lambda w: (
        lambda key: place_checks.set_location(
            w.db, w.doubtful, OSLO, account=MIRA, expected_revision=1, idempotency_key=key
        )
    ),
    "accept a change": lambda w: (
        lambda key: proposals.settle_proposal(
            w.db, w.public, accept=True, account=MIRA, expected_revision=2, idempotency_key=key
        )
    ),
    "note": lambda w: lambda key: messages.add_note(w.db, w.waiting, "Called them.", account=MIRA, idempotency_key=key),
    "read a message": lambda w: (
        lambda key: messages.close_messages(w.db, w.doubtful, account=MIRA, idempotency_key=key)
    ),
    "close a report": _close_report,
    "restore": lambda w: (
        lambda key: audit.restore_revision(w.db, w.public, 1, account=MIRA, expected_revision=2, idempotency_key=key)
    ),
    "restore a damaged event": _restore_damaged,
    "give a picture": lambda w: (
        lambda key: pictures.set_picture(
            w.db, w.db.read(get_event, w.waiting), PICTURE, account=MIRA, idempotency_key=key
        )
    ),
    "merge": _merge,
    "undo a merge": _undo_merge,
    "split": lambda w: (
        lambda key: merges.split_event(w.db, w.db.read(get_event, w.public), account=MIRA, idempotency_key=key)
    ),
    "take down": lambda w: (
        lambda key: takedown.delete_event(
            w.db, w.over, TakedownReason.RISK, account=MIRA, expected_revision=2, idempotency_key=key
        )
    ),
    "change one's own": lambda w: (
        lambda key: edit_links.store_own(
            w.db, w.edit_token, event("own", title="Mine"), expected_revision=1, idempotency_key=key
        )
    ),
    "give one's own a picture": lambda w: (
        lambda key: edit_links.change_own_picture(w.db, w.edit_token, PICTURE, idempotency_key=key)
    ),
    "call one's own off": _call_off,
    "import": _import,
    "undo an import": _undo_import,
    "decide about an import": _decide_import,
    "answer": lambda w: lambda key: edit_links.answer_moderators(w.db, w.edit_token, "At noon.", idempotency_key=key),
}


def content(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the database, by table."""
    with world.db.reading() as tx:
        return {
            table.name: sorted((tuple(row) for row in tx.conn.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_form_sent_twice_is_one_write(world: World, name: str) -> None:
    world.edit_token = submit(world.db, event("own"))
    decisions.stage(world.db, world.waiting, Decision.PUBLISH, account=MIRA, expected_revision=1)
    before, key, send = content(world), new_key(), FORMS[name](world)
    first = send(key)
    once = content(world)
    assert once != before
    second = send(key)
    assert content(world) == once
    if name in _SAME_RESULT:
        assert second == first


_FOR_ANYBODY = (
    *("submit", "report", "offer a source", "answer", "import"),
    *("change one's own", "give one's own a picture", "call one's own off"),
)
_OF_NO_COUNTRY = (*_FOR_ANYBODY, "carry out", "take down", "undo an import", "decide about an import")
"""Also acts of which a repeat cannot know the country: of the staged decisions, of a deleted event, of a file."""
_IN_THE_RESULT = "decide about each"
"""This act says in its result which events the account may not decide about."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "who"),
    [
        *((name, OMID) for name in FORMS if name not in _FOR_ANYBODY),
        *((name, PIA) for name in FORMS if name not in (*_OF_NO_COUNTRY, _IN_THE_RESULT)),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_form_sent_again_answers_only_accounts_with_the_permission(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, who: Account
) -> None:
    decisions.stage(world.db, world.waiting, Decision.PUBLISH, account=MIRA, expected_revision=1)
    key, send = new_key(), FORMS[name](world)
    send(key)
    monkeypatch.setitem(globals(), "MIRA", who)
    monkeypatch.setitem(globals(), "ADA", who)
    with pytest.raises(RightsError):
        send(key)


@pytest.mark.slow
def test_import_sent_with_another_key_is_another_import(world: World) -> None:
    plan = planned(world)
    import_rights.import_as(world.db, plan, ADA, idempotency_key=new_key())
    import_rights.import_as(world.db, plan, ADA, idempotency_key=new_key())
    assert len(world.db.read(list_imports)) == 2


@pytest.mark.parametrize(
    ("error", "tried"), [(StoreUnavailableError("Busy."), 1), (EventNotFoundError("taken-down"), 2)]
)
def test_decision_about_an_import_counts_what_it_decided_and_says_what_is_left(
    world: World, monkeypatch: pytest.MonkeyPatch, error: StoreError, tried: int
) -> None:
    batch, asked = imported(world), list[str]()

    def fail_first(db: Database, event_id: str, *args: Any, **options: Any) -> Event:
        asked.append(event_id)
        if len(asked) == 1:
            raise error
        return decisions.decide(db, event_id, *args, **options)

    monkeypatch.setattr(import_decisions, "decide", fail_first)
    result = import_decisions.decide_batch(
        world.db, batch, Decision.PUBLISH, account=MIRA, reason="", idempotency_key=new_key()
    )
    assert (len(asked), result.decided, result.left, result.reason) == (tried, tried - 1, 3 - tried, error.user_message)


@pytest.mark.slow
def test_interrupted_decision_about_an_import_goes_on_and_counts_all(world: World) -> None:
    batch = imported(world)
    key = new_key()

    def stop(done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_decisions.decide_batch(
            world.db, batch, Decision.PUBLISH, account=MIRA, reason="", idempotency_key=key, progress=stop
        )
    assert sorted(statuses(world.db, "a-1", "b-1")) == ["pending", "published"]
    result = import_decisions.decide_batch(
        world.db, batch, Decision.PUBLISH, account=MIRA, reason="", idempotency_key=key
    )
    assert (statuses(world.db, "a-1", "b-1"), result.decided) == (["published", "published"], 2)
