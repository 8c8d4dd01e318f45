"""Every permission of every workflow, called as every role, cell by cell against the rights table."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import ModuleType

import pytest

from rallymap.errors import RightsError, SignInError
from rallymap.events import Campaign, CoverageEntry, ReviewStatus, Source
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
from rallymap.store.account_mail import MailPace
from rallymap.store.accounts import close_account, list_accounts, reopen_account
from rallymap.store.audit import list_audit
from rallymap.store.events import get_event, get_public_event
from rallymap.store.reports import list_open_reports
from rallymap.workflows import (
    account_mail,
    accounts,
    audit,
    audit_log,
    campaigns,
    cases,
    coverage,
    damaged_events,
    decisions,
    edits,
    figures,
    follow_up,
    invitations,
    link_renewal,
    mail_problems,
    merges,
    messages,
    own_account,
    password_resets,
    pictures,
    place_checks,
    proposals,
    reasons,
    reports,
    review_queue,
    selection,
    submissions,
    takedown,
    waiting,
)
from tests.workflows.moderated import ADA, MIRA, OSLO, RESOLVER, World, damage, event, new_key, publish, submit

Act = Callable[[World, Account], object]
MODULES: tuple[ModuleType, ...] = (
    account_mail,
    accounts,
    audit,
    audit_log,
    campaigns,
    cases,
    coverage,
    damaged_events,
    decisions,
    edits,
    figures,
    follow_up,
    invitations,
    link_renewal,
    mail_problems,
    merges,
    messages,
    own_account,
    password_resets,
    pictures,
    place_checks,
    proposals,
    reasons,
    reports,
    review_queue,
    selection,
    submissions,
    takedown,
    waiting,
)
ACCOUNTS = {
    Role.VISITOR: VISITOR,
    Role.ORGANISER: Account("omid", Role.ORGANISER),
    Role.MODERATOR: MIRA,
    Role.ADMINISTRATOR: ADA,
}
LOOKED = CoverageEntry("NO", "", date(2020, 1, 1), date(2020, 12, 31), date(2021, 3, 1), "Editors", "Herald")
FIELDS = {
    "title": "Vigil",
    "kind": "vigil",
    "precision": "day",
    "start": "2024-05-03",
    "place_text": "Oslo",
    "source_url": "https://example.org/1",
}


def _remove_coverage(world: World, account: Account) -> object:
    number = coverage.record_coverage(world.db, LOOKED, account=ADA)
    return coverage.remove_coverage(world.db, number, account=account)


def _edit(world: World, account: Account) -> object:
    return edits.edit_event(
        world.db,
        world.resolver,
        world.waiting,
        {"title": "Other words"},
        account=account,
        expected_revision=1,
        idempotency_key=new_key(),
    )


def _rename_campaign(world: World, account: Account) -> object:
    campaign = Campaign(f"spring-{secrets.token_hex(4)}", "Spring")
    submit(world.db, event(f"of-{campaign.id}", campaign=campaign))
    return campaigns.rename_campaign(world.db, campaign.id, "Autumn", account=account, idempotency_key=new_key())


def _store_edit(world: World, account: Account) -> object:
    changed = world.db.read(get_event, world.waiting).changed(title="Other words")
    return edits.store_edit(world.db, changed, account=account, expected_revision=1, idempotency_key=new_key())


def _set_location(world: World, account: Account) -> object:
    return place_checks.set_location(
        world.db, world.doubtful, OSLO, account=account, expected_revision=1, idempotency_key=new_key()
    )


def _delete_event(world: World, account: Account) -> object:
    return takedown.delete_event(
        world.db,
        world.public,
        TakedownReason.RISK,
        account=account,
        expected_revision=2,
        idempotency_key=new_key(),
    )


def _settle(world: World, account: Account) -> object:
    doubtful = world.db.read(get_event, world.doubtful)
    return place_checks.settle_place(
        world.db,
        world.resolver,
        doubtful,
        (59.91, 10.74),
        account=account,
        remember=False,
        idempotency_key=new_key(),
    )


def _decide(world: World, account: Account) -> object:
    return decisions.decide(
        world.db,
        world.waiting,
        Decision.PUBLISH,
        account=account,
        expected_revision=1,
        reason="",
        idempotency_key=new_key(),
    )


def _stage(world: World, account: Account) -> object:
    return decisions.stage(world.db, world.waiting, Decision.PUBLISH, account=account, expected_revision=1, reason="")


def _proposal(world: World, account: Account) -> object:
    return proposals.settle_proposal(
        world.db,
        world.public,
        accept=True,
        account=account,
        expected_revision=2,
        reason="",
        idempotency_key=new_key(),
    )


def _undo_refusal(world: World, account: Account) -> object:
    with suppress(RightsError):  # those that may not refuse may not undo it either
        proposals.settle_proposal(
            world.db,
            world.public,
            accept=False,
            account=account,
            expected_revision=2,
            reason="In no source.",
            idempotency_key=new_key(),
        )
    return proposals.undo_refusal(world.db, world.public, account=account, idempotency_key=new_key())


def _merge(world: World, account: Account) -> object:
    kept, gone = world.db.read(get_event, world.public), world.db.read(get_event, world.waiting)
    return merges.merge_events(world.db, kept, gone, account=account, idempotency_key=new_key())


def _undo_merge(world: World, account: Account) -> object:
    ids = [f"{name}-{new_key()[-6:]}" for name in ("kept", "gone")]
    for event_id in ids:
        submit(world.db, event(event_id))
    kept, gone = (world.db.read(get_event, event_id) for event_id in ids)
    after = merges.merge_events(world.db, kept, gone, account=MIRA, idempotency_key=new_key())
    return merges.undo_merge(world.db, after, gone, account=account, idempotency_key=new_key())


def _split(world: World, account: Account) -> object:
    return merges.split_event(
        world.db, world.db.read(get_event, world.public), account=account, idempotency_key=new_key()
    )


def _take_down(world: World, account: Account) -> object:
    return takedown.take_down(
        world.db,
        RESOLVER,
        world.public,
        TakedownReason.RISK,
        account=account,
        expected_revision=2,
        idempotency_key=new_key(),
    )


def _report(world: World, account: Account) -> object:
    return reports.report_event(
        world.db,
        world.public,
        ReportKind.OTHER,
        "",
        account=account,
        address="192.0.2.1",
        now=world.now,
        idempotency_key=new_key(),
    )


def _close_report(world: World, account: Account) -> object:
    [report] = world.db.read(list_open_reports)
    return reports.close_report(world.db, report, ReportOutcome.SHOW, account=account, idempotency_key=new_key())


def _wrong_password(act: Callable[[], object]) -> None:
    with pytest.raises(SignInError, match="The current password is wrong"):
        act()


def _change_password(world: World, account: Account) -> None:
    _wrong_password(
        lambda: accounts.change_password(world.db, current="guess", new="quiet lamp over rivers", account=account)
    )


def _reopen(world: World, account: Account) -> None:
    world.db.write(close_account, "omid")
    try:
        accounts.reopen_account(world.db, "omid", account=account)
    except RightsError:
        world.db.write(reopen_account, "omid")  # as it was
        raise


def _undo(world: World, account: Account) -> object:
    decided = world.db.read(get_event, world.waiting)
    with suppress(RightsError):  # those that may not decide are refused below too
        decided = publish(world.db, world.waiting, account)
    return decisions.undo_decisions(
        world.db, {decided.id: decided.revision}, account=account, idempotency_key=new_key()
    )


def _restore(world: World, account: Account) -> object:
    return audit.restore_revision(
        world.db, world.public, 1, account=account, expected_revision=2, idempotency_key=new_key()
    )


def _find_readable(world: World, account: Account) -> object:
    damage(world)
    return damaged_events.find_readable(world.db, world.public, account=account)


def _restore_damaged(world: World, account: Account) -> object:
    damage(world)
    return damaged_events.restore_damaged(
        world.db, world.public, account=account, expected_revision=2, idempotency_key=new_key()
    )


# On one event, so that a limit to countries holds for them.
ON_EVENTS: dict[Callable[..., object], tuple[Permission, Act]] = {
    cases.open_case: (Permission.SEE_QUEUE, lambda w, a: cases.open_case(w.db, a, w.waiting)),
    decisions.decide: (Permission.DECIDE, _decide),
    decisions.stage: (Permission.DECIDE, _stage),
    decisions.decide_all: (
        Permission.DECIDE,
        lambda w, a: decisions.decide_all(w.db, {w.waiting: 1}, Decision.PUBLISH, account=a, idempotency_key=new_key()),
    ),
    decisions.undo_decisions: (Permission.DECIDE, _undo),
    decisions.unstage: (Permission.DECIDE, lambda w, a: decisions.unstage(w.db, w.waiting, account=a)),
    messages.close_messages: (
        Permission.NOTE,
        lambda w, a: messages.close_messages(w.db, w.waiting, account=a, idempotency_key=new_key()),
    ),
    messages.add_note: (
        Permission.NOTE,
        lambda w, a: messages.add_note(w.db, w.waiting, "Called them.", account=a, idempotency_key=new_key()),
    ),
    campaigns.rename_campaign: (Permission.EDIT, _rename_campaign),
    edits.edit_event: (Permission.EDIT, _edit),
    proposals.settle_proposal: (Permission.EDIT, _proposal),
    proposals.undo_refusal: (Permission.EDIT, _undo_refusal),
    edits.store_edit: (Permission.EDIT, _store_edit),
    place_checks.set_location: (Permission.SETTLE_PLACE, _set_location),
    takedown.delete_event: (Permission.TAKE_DOWN, _delete_event),
    merges.merge_events: (Permission.MERGE, _merge),
    merges.split_event: (Permission.MERGE, _split),
    merges.undo_merge: (Permission.MERGE, _undo_merge),
    merges.list_merged: (
        Permission.MERGE,
        lambda w, a: merges.list_merged(w.db, w.db.read(get_event, w.public), a),
    ),
    takedown.take_down: (Permission.TAKE_DOWN, _take_down),
    place_checks.settle_place: (Permission.SETTLE_PLACE, _settle),
    pictures.reviewed_picture_url: (
        Permission.SEE_QUEUE,
        lambda w, a: pictures.reviewed_picture_url(w.db, a, w.db.read(get_event, w.waiting)),
    ),
    pictures.set_picture: (
        Permission.EDIT,
        lambda w, a: pictures.set_picture(
            w.db, w.db.read(get_event, w.waiting), None, account=a, idempotency_key=new_key()
        ),
    ),
    reports.close_report: (Permission.CLOSE_REPORT, _close_report),
    link_renewal.renew_link: (Permission.EDIT, lambda w, a: link_renewal.renew_link(w.db, w.waiting, account=a)),
    audit.read_history: (Permission.RESTORE, lambda w, a: audit.read_history(w.db, w.waiting, account=a)),
    audit.restore_revision: (Permission.RESTORE, _restore),
    damaged_events.find_readable: (Permission.RESTORE, _find_readable),
    damaged_events.restore_damaged: (Permission.RESTORE, _restore_damaged),
    decisions.list_staged_by_others: (
        Permission.DECIDE,
        lambda w, a: decisions.list_staged_by_others(w.db, a, w.db.read(get_event, w.waiting)),
    ),
}
LISTS: dict[Callable[..., object], tuple[Permission, Act]] = {
    review_queue.list_queue: (
        Permission.SEE_QUEUE,
        lambda w, a: review_queue.list_queue(w.db, a, [ReviewStatus.PENDING]),
    ),
    review_queue.list_published: (
        Permission.SEE_QUEUE,
        lambda w, a: review_queue.list_published(w.db, w.snapshot(), a),
    ),
    review_queue.list_marks: (
        Permission.SEE_QUEUE,
        lambda w, a: review_queue.list_marks(w.db, a, [w.db.read(get_event, w.waiting)], w.now),
    ),
    audit.changes_since: (Permission.SEE_QUEUE, lambda w, a: audit.changes_since(w.db, {w.waiting: 0}, account=a)),
    review_queue.count_queue: (Permission.SEE_QUEUE, lambda w, a: review_queue.count_queue(w.db, a)),
    decisions.list_staged: (Permission.DECIDE, lambda w, a: decisions.list_staged(w.db, a)),
    proposals.list_proposals: (Permission.EDIT, lambda w, a: proposals.list_proposals(w.db, a)),
    follow_up.list_follow_up: (Permission.EDIT, lambda w, a: follow_up.list_follow_up(w.db, a, w.now)),
    place_checks.list_place_checks: (Permission.SETTLE_PLACE, lambda w, a: place_checks.list_place_checks(w.db, a)),
    messages.list_messages: (Permission.NOTE, lambda w, a: messages.list_messages(w.db, a)),
    reports.list_reports: (Permission.CLOSE_REPORT, lambda w, a: reports.list_reports(w.db, a)),
    waiting.count_lists: (Permission.SEE_QUEUE, lambda w, a: any(waiting.count_lists(w.db, a, w.now).values())),
    waiting.count_for_top_bar: (Permission.SEE_QUEUE, lambda w, a: waiting.count_for_top_bar(w.db, a)),
}
OTHERS: dict[Callable[..., object], tuple[Permission, Act]] = {
    campaigns.list_campaign_cases: (
        Permission.SEE_QUEUE,
        lambda w, a: campaigns.list_campaign_cases(w.db, a, w.db.read(get_event, w.waiting)),
    ),
    campaigns.with_campaign_cases: (
        Permission.SEE_QUEUE,
        lambda w, a: campaigns.with_campaign_cases(w.db, a, [w.db.read(get_event, w.waiting)]),
    ),
    selection.decide_each: (
        Permission.DECIDE,
        lambda w, a: selection.decide_each(
            w.db, {w.waiting: 1}, Decision.PUBLISH, account=a, idempotency_key=new_key()
        ),
    ),
    coverage.record_coverage: (
        Permission.RECORD_COVERAGE,
        lambda w, a: coverage.record_coverage(w.db, LOOKED, account=a),
    ),
    coverage.remove_coverage: (Permission.RECORD_COVERAGE, _remove_coverage),
    reasons.list_reasons: (Permission.DECIDE, lambda w, a: reasons.list_reasons(w.db, a)),
    reasons.set_reasons: (Permission.SET_REASONS, lambda w, a: reasons.set_reasons(w.db, "Which day?", account=a)),
    decisions.apply_staged_decisions: (
        Permission.DECIDE,
        lambda w, a: decisions.apply_staged_decisions(w.db, account=a, idempotency_key=new_key()),
    ),
    reports.automatic_hiding: (Permission.CLOSE_REPORT, lambda w, a: reports.automatic_hiding(w.db, a)),
    reports.report_event: (Permission.REPORT, _report),
    proposals.offer_source: (
        Permission.REPORT,
        lambda w, a: proposals.offer_source(
            w.db,
            w.public,
            Source("https://news.example/other"),
            address="",
            now=w.now,
            account=a,
            idempotency_key=new_key(),
        ),
    ),
    submissions.send_events: (
        Permission.SUBMIT,
        lambda w, a: submissions.send_events(w.db, [event("one-more")], account=a, idempotency_key=new_key()),
    ),
    accounts.list_accounts: (Permission.MANAGE_ACCOUNTS, lambda w, a: accounts.list_accounts(w.db, a)),
    invitations.invite: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: invitations.invite(w.db, Role.MODERATOR, (), account=a),
    ),
    accounts.change_role: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: accounts.change_role(w.db, "omid", Role.MODERATOR, ["NO"], account=a),
    ),
    accounts.close_account: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: accounts.close_account(w.db, "omid", account=a),
    ),
    invitations.list_invitations: (Permission.MANAGE_ACCOUNTS, lambda w, a: invitations.list_invitations(w.db, a)),
    invitations.withdraw_invitation: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: invitations.withdraw_invitation(w.db, "none", account=a),
    ),
    accounts.reopen_account: (Permission.MANAGE_ACCOUNTS, _reopen),
    password_resets.make_reset: (
        Permission.MANAGE_ACCOUNTS,
        lambda w, a: _wrong_password(lambda: password_resets.make_reset(w.db, "omid", current="guess", account=a)),
    ),
    accounts.change_password: (Permission.OWN_ACCOUNT, _change_password),
    own_account.recovery_codes_left: (Permission.OWN_ACCOUNT, lambda w, a: own_account.recovery_codes_left(w.db, a)),
    own_account.set_second_factor: (
        Permission.OWN_ACCOUNT,
        lambda w, a: _wrong_password(
            lambda: own_account.set_second_factor(w.db, "ABCD", current="guess", code="", session="", account=a)
        ),
    ),
    own_account.remove_second_factor: (
        Permission.OWN_ACCOUNT,
        lambda w, a: _wrong_password(
            lambda: own_account.remove_second_factor(w.db, current="guess", code="", session="", account=a)
        ),
    ),
    own_account.renew_recovery_codes: (
        Permission.OWN_ACCOUNT,
        lambda w, a: _wrong_password(
            lambda: own_account.renew_recovery_codes(w.db, current="guess", code="", account=a)
        ),
    ),
    own_account.list_sessions: (
        Permission.OWN_ACCOUNT,
        lambda w, a: own_account.list_sessions(w.db, "", account=a),
    ),
    own_account.end_session: (
        Permission.OWN_ACCOUNT,
        lambda w, a: own_account.end_session(w.db, "none", account=a),
    ),
    own_account.end_other_sessions: (
        Permission.OWN_ACCOUNT,
        lambda w, a: own_account.end_other_sessions(w.db, "", account=a),
    ),
    accounts.list_own_events: (Permission.LIST_OWN, lambda w, a: accounts.list_own_events(w.db, a)),
    account_mail.subscribe_to_mail: (
        Permission.SEE_QUEUE,
        lambda w, a: account_mail.subscribe_to_mail(
            w.db, "a@example.org", MailPace.DAILY, with_titles=False, account=a
        ),
    ),
    campaigns.list_campaigns: (
        Permission.SEE_QUEUE,
        lambda w, a: campaigns.list_campaigns(w.db, a, ReviewStatus.PENDING),
    ),
    account_mail.unsubscribe: (Permission.SEE_QUEUE, lambda w, a: account_mail.unsubscribe(w.db, account=a)),
    account_mail.read_mail_wish: (Permission.SEE_QUEUE, lambda w, a: account_mail.read_mail_wish(w.db, a)),
    mail_problems.count_given_up: (Permission.SEE_QUEUE, lambda w, a: mail_problems.count_given_up(w.db, a)),
    mail_problems.forget_given_up: (Permission.SEE_QUEUE, lambda w, a: mail_problems.forget_given_up(w.db, account=a)),
    waiting.make_feed: (Permission.SEE_QUEUE, lambda w, a: waiting.make_feed(w.db, a)),
    waiting.end_feed: (Permission.SEE_QUEUE, lambda w, a: waiting.end_feed(w.db, a)),
    waiting.feed_made_at: (Permission.SEE_QUEUE, lambda w, a: waiting.feed_made_at(w.db, a)),
    audit_log.list_log: (Permission.SEE_AUDIT, lambda w, a: audit_log.list_log(w.db, a, limit=1)),
    audit_log.list_actors: (Permission.SEE_AUDIT, lambda w, a: audit_log.list_actors(w.db, a)),
    audit_log.log_as_csv: (Permission.SEE_AUDIT, lambda w, a: audit_log.log_as_csv(w.db, a)),
    figures.read_figures: (Permission.SEE_FIGURES, lambda w, a: figures.read_figures(w.db, a)),
    audit.read_log: (Permission.SEE_AUDIT, lambda w, a: audit.read_log(w.db, w.public, account=a)),
    submissions.submit_event: (
        Permission.SUBMIT,
        lambda w, a: submissions.submit_event(
            w.db, w.resolver, FIELDS, idempotency_key=new_key(), account=a, now=w.now
        ),
    ),
    # For everyone, whoever asks.
    World.snapshot: (Permission.READ, lambda w, _: w.db.read(get_public_event, w.public, w.now)),
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
    # These are steps of an act, or say only what an account may see.
    steps = {
        decisions.apply_decision,
        review_queue.without_contact,
        place_checks.scope_of_wording,
        takedown.event_to_take_down,
    }
    assert found - steps == {function for function in ACTS if function.__module__.startswith("rallymap")}


def test_every_permission_of_the_table_is_called_here() -> None:
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


@pytest.mark.slow
def test_refused_acts_leave_no_trace(world: World) -> None:
    before = [world.db.read(list_audit, event_id) for event_id in (world.waiting, world.public, world.doubtful)]
    for permission, act in ACTS.values():
        if permission not in RIGHTS[Role.ORGANISER]:
            with pytest.raises(RightsError):
                act(world, ACCOUNTS[Role.ORGANISER])
    assert [world.db.read(list_audit, event_id) for event_id in (world.waiting, world.public, world.doubtful)] == before
    assert [entry.active for entry in world.db.read(list_accounts)] == [True, True, True]


def test_case_shows_exact_place_and_contact_to_moderators_only(world: World) -> None:
    case = cases.open_case(world.db, MIRA, world.waiting)
    assert case.event == world.db.read(get_event, world.waiting)
    assert case.item is not None
    assert case.item.contact == "someone@example.org"
    with pytest.raises(RightsError):
        cases.open_case(world.db, VISITOR, world.waiting)
