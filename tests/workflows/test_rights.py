"""Every permission of every workflow, called as every role, cell by cell against the rights table."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType

import pytest

from rallymap.errors import RightsError
from rallymap.events import ReviewStatus
from rallymap.moderation import (
    RIGHTS,
    VISITOR,
    Account,
    Decision,
    Permission,
    ReportKind,
    ReportOutcome,
    Role,
    TakedownReason,
)
from rallymap.workflows import accounts, auditing, correcting, messages, picturing, reporting, reviewing, settling
from rallymap.workflows.submitting import submit_event
from tests.workflows.moderated import ADA, MIRA, RESOLVER, World, new_key

Act = Callable[[World, Account], object]
MODULES: tuple[ModuleType, ...] = (reviewing, messages, correcting, settling, picturing, reporting, accounts, auditing)
ACCOUNTS = {
    Role.VISITOR: VISITOR,
    Role.ORGANISER: Account("omid", Role.ORGANISER),
    Role.MODERATOR: MIRA,
    Role.ADMINISTRATOR: ADA,
}
FIELDS = {
    "title": "Vigil",
    "kind": "vigil",
    "precision": "day",
    "start": "2024-05-03",
    "place_text": "Oslo",
    "source_url": "https://example.org/1",
}


def _edit(world: World, account: Account) -> object:
    return correcting.edit_event(
        world.store,
        world.resolver,
        world.waiting,
        {"title": "Other words"},
        account=account,
        expected_revision=1,
        idempotency_key=new_key(),
    )


def _settle(world: World, account: Account) -> object:
    doubtful = world.store.get(world.doubtful)
    return settling.settle_place(
        world.store,
        world.resolver,
        doubtful,
        (59.91, 10.74),
        account=account,
        remember=False,
        idempotency_key=new_key(),
    )


def _decide(world: World, account: Account) -> object:
    return reviewing.decide(
        world.store,
        world.waiting,
        Decision.PUBLISH,
        account=account,
        expected_revision=1,
        reason="",
        idempotency_key=new_key(),
    )


def _stage(world: World, account: Account) -> object:
    return reviewing.stage(
        world.store, world.waiting, Decision.PUBLISH, account=account, expected_revision=1, reason=""
    )


def _proposal(world: World, account: Account) -> object:
    return correcting.settle_proposal(
        world.store,
        world.public,
        accept=True,
        account=account,
        expected_revision=2,
        reason="",
        idempotency_key=new_key(),
    )


def _merge(world: World, account: Account) -> object:
    kept, gone = world.store.get(world.public), world.store.get(world.waiting)
    return correcting.merge_events(world.store, kept, gone, account=account, idempotency_key=new_key())


def _split(world: World, account: Account) -> object:
    return correcting.split_event(
        world.store, world.store.get(world.public), account=account, idempotency_key=new_key()
    )


def _take_down(world: World, account: Account) -> object:
    return correcting.take_down(
        world.store,
        RESOLVER,
        world.public,
        TakedownReason.RISK,
        account=account,
        expected_revision=2,
        idempotency_key=new_key(),
    )


def _report(world: World, account: Account) -> object:
    return reporting.report_event(
        world.store,
        world.public,
        ReportKind.OTHER,
        "",
        account=account,
        address="192.0.2.1",
        now=world.now,
        idempotency_key=new_key(),
    )


def _close_report(world: World, account: Account) -> object:
    [report] = world.store.open_reports()
    return reporting.close_report(world.store, report, ReportOutcome.SHOW, account=account, idempotency_key=new_key())


def _restore(world: World, account: Account) -> object:
    return auditing.restore_revision(
        world.store, world.public, 1, account=account, expected_revision=2, idempotency_key=new_key()
    )


# On one event, so that a limit to countries holds for them.
ON_EVENTS: dict[Callable[..., object], tuple[Permission, Act]] = {
    reviewing.open_case: (Permission.SEE_QUEUE, lambda w, a: reviewing.open_case(w.store, a, w.waiting)),
    reviewing.decide: (Permission.DECIDE, _decide),
    reviewing.stage: (Permission.DECIDE, _stage),
    reviewing.unstage: (Permission.DECIDE, lambda w, a: reviewing.unstage(w.store, w.waiting, account=a)),
    messages.close_messages: (
        Permission.NOTE,
        lambda w, a: messages.close_messages(w.store, w.waiting, account=a, idempotency_key=new_key()),
    ),
    messages.add_note: (
        Permission.NOTE,
        lambda w, a: messages.add_note(w.store, w.waiting, "Called them.", account=a, idempotency_key=new_key()),
    ),
    correcting.edit_event: (Permission.EDIT, _edit),
    correcting.settle_proposal: (Permission.EDIT, _proposal),
    correcting.merge_events: (Permission.MERGE, _merge),
    correcting.split_event: (Permission.MERGE, _split),
    correcting.take_down: (Permission.TAKE_DOWN, _take_down),
    settling.settle_place: (Permission.SETTLE_PLACE, _settle),
    picturing.reviewed_picture_url: (
        Permission.SEE_QUEUE,
        lambda w, a: picturing.reviewed_picture_url(w.store, a, w.store.get(w.waiting)),
    ),
    picturing.remove_picture: (
        Permission.EDIT,
        lambda w, a: picturing.remove_picture(w.store, w.store.get(w.waiting), account=a, idempotency_key=new_key()),
    ),
    reporting.close_report: (Permission.CLOSE_REPORT, _close_report),
    auditing.read_history: (Permission.RESTORE, lambda w, a: auditing.read_history(w.store, w.waiting, account=a)),
    auditing.restore_revision: (Permission.RESTORE, _restore),
}
LISTS: dict[Callable[..., object], tuple[Permission, Act]] = {
    reviewing.list_queue: (
        Permission.SEE_QUEUE,
        lambda w, a: reviewing.list_queue(w.store, a, [ReviewStatus.PENDING]),
    ),
    reviewing.list_published: (Permission.SEE_QUEUE, lambda w, a: reviewing.list_published(w.store, w.snapshot(), a)),
    reviewing.count_queue: (Permission.SEE_QUEUE, lambda w, a: reviewing.count_queue(w.store, a)),
    reviewing.list_staged: (Permission.DECIDE, lambda w, a: reviewing.list_staged(w.store, a)),
    correcting.list_proposals: (Permission.EDIT, lambda w, a: correcting.list_proposals(w.store, a)),
    correcting.list_follow_up: (Permission.EDIT, lambda w, a: correcting.list_follow_up(w.store, a, w.now)),
    settling.list_places: (Permission.SETTLE_PLACE, lambda w, a: settling.list_places(w.store, a)),
    messages.list_messages: (Permission.NOTE, lambda w, a: messages.list_messages(w.store, a)),
    reporting.list_reports: (Permission.CLOSE_REPORT, lambda w, a: reporting.list_reports(w.store, a)),
}
OTHERS: dict[Callable[..., object], tuple[Permission, Act]] = {
    reviewing.carry_out_staged: (
        Permission.DECIDE,
        lambda w, a: reviewing.carry_out_staged(w.store, account=a, idempotency_key=new_key()),
    ),
    reporting.automatic_hiding: (Permission.CLOSE_REPORT, lambda w, a: reporting.automatic_hiding(w.store, a, w.now)),
    reporting.report_event: (Permission.REPORT, _report),
    accounts.list_accounts: (Permission.MANAGE_ACCOUNTS, lambda w, a: accounts.list_accounts(w.store, a)),
    accounts.invite: (Permission.MANAGE_ACCOUNTS, lambda w, a: accounts.invite(w.store, Role.MODERATOR, (), account=a)),
    accounts.change_role: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: accounts.change_role(w.store, "omid", Role.MODERATOR, ["NO"], account=a),
    ),
    accounts.close_account: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: accounts.close_account(w.store, "omid", account=a),
    ),
    accounts.list_own_events: (Permission.LIST_OWN, lambda w, a: accounts.list_own_events(w.store, a)),
    auditing.read_log: (Permission.SEE_AUDIT, lambda w, a: auditing.read_log(w.store, w.public, account=a)),
    submit_event: (
        Permission.SUBMIT,
        lambda w, a: submit_event(w.store, w.resolver, FIELDS, idempotency_key=new_key(), actor=a, now=w.now),
    ),
    # For everyone, whoever asks.
    World.snapshot: (Permission.READ, lambda w, _: w.store.get_public(w.public, w.now)),
}
ACTS = ON_EVENTS | LISTS | OTHERS
# Not asked of an account: the secret of a link is the right, and tables are imported on the command line.
WITHOUT_ACCOUNT = {Permission.EDIT_OWN, Permission.IMPORT}
# Held by what the case shows, see below.
SHOWN = {Permission.SEE_EXACT_PLACE, Permission.SEE_CONTACT}


def _named(acts: dict[Callable[..., object], tuple[Permission, Act]]) -> list[object]:
    return [pytest.param(permission, act, id=function.__name__) for function, (permission, act) in acts.items()]


def test_every_workflow_that_takes_an_account_is_called_here() -> None:
    found = {
        function
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "account" in inspect.signature(function).parameters
    }
    # These say only what an account may see or do.
    assert found - {reviewing.within, settling.scope_of_wording} == {
        function for function in ACTS if function.__module__.startswith("rallymap")
    } - {submit_event}


def test_every_verb_of_the_table_is_called_here() -> None:
    assert {permission for permission, _ in ACTS.values()} | WITHOUT_ACCOUNT | SHOWN == set(Permission)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("permission", "act"), _named(ACTS))
def test_cell_of_the_rights_table(world: World, role: Role, permission: Permission, act: Act) -> None:
    if permission in RIGHTS[role]:
        act(world, ACCOUNTS[role])
        return
    with pytest.raises(RightsError, match=r"Please sign in for this\.|may not"):
        act(world, ACCOUNTS[role])


@pytest.mark.parametrize(("permission", "act"), _named(ON_EVENTS))
def test_moderator_of_another_country_may_not(world: World, permission: Permission, act: Act) -> None:
    del permission
    with pytest.raises(RightsError, match="This event is in Norway; your account is for France and Sweden only"):
        act(world, Account("sam", Role.MODERATOR, ("FR", "SE")))
    act(world, Account("nora", Role.MODERATOR, ("NO",)))


@pytest.mark.parametrize(("permission", "act"), _named(LISTS))
def test_lists_hold_nothing_of_other_countries(world: World, permission: Permission, act: Act) -> None:
    _stage(world, MIRA)
    del permission
    assert not act(world, Account("sam", Role.MODERATOR, ("FR", "SE")))
    assert act(world, MIRA)


def test_refused_deeds_leave_no_trace(world: World) -> None:
    before = [world.store.history(event_id) for event_id in (world.waiting, world.public, world.doubtful)]
    for permission, act in ACTS.values():
        if permission not in RIGHTS[Role.ORGANISER]:
            with pytest.raises(RightsError):
                act(world, ACCOUNTS[Role.ORGANISER])
    assert [world.store.history(event_id) for event_id in (world.waiting, world.public, world.doubtful)] == before
    assert [entry.active for entry in world.store.list_accounts()] == [True, True, True]


def test_case_shows_exact_place_and_contact_to_moderators_only(world: World) -> None:
    case = reviewing.open_case(world.store, MIRA, world.waiting)
    assert case.event == world.store.get(world.waiting)
    assert case.item is not None
    assert case.item.contact == "someone@example.org"
    with pytest.raises(RightsError):
        reviewing.open_case(world.store, VISITOR, world.waiting)
