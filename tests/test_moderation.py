"""The rights table, cell by cell, and the transitions of the review status."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import ModerationError, RightsError
from rallymap.events import Event, Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import (
    RIGHTS,
    TRANSITIONS,
    VISITOR,
    Account,
    Decision,
    Permission,
    Role,
    country_of,
    has_permission,
    next_review,
    possible_decisions,
    require,
    rights_table,
)

# Written by hand, so that an accidentally granted permission is noticed. Columns: visitor, organiser, moderator,
# administrator.
TABLE = """
READ            yes yes yes yes
SUBMIT          yes yes yes yes
REPORT          yes yes yes yes
EDIT_OWN        yes yes yes yes
LIST_OWN        no  yes yes yes
OWN_ACCOUNT     no  yes yes yes
SEE_QUEUE       no  no  yes yes
SEE_FIGURES     no  no  yes yes
SEE_EXACT_PLACE no  no  yes yes
SEE_CONTACT     no  no  yes yes
DECIDE          no  no  yes yes
EDIT            no  no  yes yes
SETTLE_PLACE    no  no  yes yes
NOTE            no  no  yes yes
MERGE           no  no  yes yes
RESTORE         no  no  yes yes
CLOSE_REPORT    no  no  yes yes
TAKE_DOWN       no  no  yes yes
RECORD_COVERAGE no  no  yes yes
IMPORT          no  no  no  yes
SEE_AUDIT       no  no  no  yes
SET_REASONS     no  no  no  yes
MANAGE_ACCOUNTS no  no  no  yes
"""
CELLS = [
    (role, Permission[name], answer == "yes")
    for name, *answers in (line.split() for line in TABLE.split("\n") if line)
    for role, answer in zip(Role, answers, strict=True)
]
OSLO = Event(
    "oslo",
    "Rally in Oslo",
    Kind.RALLY,
    EventDate(date(2020, 2, 1), precision=DatePrecision.DAY),
    location=Location(59.91, 10.75, LocationPrecision.CITY, 9000, 0.9, "gazetteer", country="NO"),
)
PARIS = OSLO.changed(id="paris", location=None, place=Place("Paris", country_hint="FR"))
NOWHERE = OSLO.changed(id="nowhere", location=None)
FOR_NORWAY = Account("nora", Role.MODERATOR, ("NO",))


@pytest.mark.parametrize(("role", "permission", "allowed"), CELLS, ids=lambda value: str(value))
def test_right_of_role(role: Role, permission: Permission, allowed: bool) -> None:
    account = Account("someone", role)

    assert has_permission(account, permission) is allowed
    assert has_permission(account, permission, OSLO) is allowed
    if allowed:
        require(account, permission, OSLO)
    else:
        with pytest.raises(RightsError) as raised:
            require(account, permission, OSLO)
        assert raised.value.user_message == f"Your account has the role “{role}”, which may not {permission}."


def test_rights_table_has_every_cell() -> None:
    assert {(role, permission) for role, permission, _ in CELLS} == {
        (role, permission) for role in Role for permission in Permission
    }
    assert list(RIGHTS) == list(Role)


def test_rights_table_is_printed_row_by_row() -> None:
    lines = rights_table().splitlines()

    assert lines[:3] == [
        "| | visitor | organiser | moderator | administrator |",
        "|---|---|---|---|---|",
        "| read published events | yes | yes | yes | yes |",
    ]
    assert lines[-1] == "| invite, limit, close and reopen accounts, reset passwords | – | – | – | yes |"
    assert len(lines) == 2 + len(Permission)


def test_visitor_is_asked_to_sign_in() -> None:
    with pytest.raises(RightsError, match=r"^Please sign in for this\."):
        require(VISITOR, Permission.DECIDE, OSLO)


def test_moderator_for_norway_sees_oslo_not_paris() -> None:
    assert has_permission(FOR_NORWAY, Permission.DECIDE, OSLO)
    assert not has_permission(FOR_NORWAY, Permission.DECIDE, PARIS)
    with pytest.raises(RightsError) as raised:
        require(FOR_NORWAY, Permission.DECIDE, PARIS)
    assert raised.value.user_message == "This event is in France; your account is for Norway only."


def test_moderator_for_norway_and_an_event_without_country() -> None:
    with pytest.raises(RightsError) as raised:
        require(FOR_NORWAY, Permission.EDIT, NOWHERE)
    assert raised.value.user_message == "This event has no country yet; your account is for Norway only."


def test_moderator_for_norway_may_report_anywhere() -> None:
    assert has_permission(FOR_NORWAY, Permission.REPORT, PARIS)


def test_country_of_event_prefers_the_resolved_one() -> None:
    assert country_of(OSLO.changed(place=Place("Oslo", country_hint="SE"))) == "NO"
    assert country_of(PARIS) == "FR"
    assert country_of(NOWHERE) == ""


@pytest.mark.parametrize("review", ReviewStatus)
@pytest.mark.parametrize("decision", Decision)
def test_decision_from_status(review: ReviewStatus, decision: Decision) -> None:
    if (review, decision) in TRANSITIONS:
        assert next_review(review, decision, "A reason.") is TRANSITIONS[review, decision]
        assert decision in possible_decisions(review)
    else:
        with pytest.raises(ModerationError):
            next_review(review, decision, "A reason.")
        assert decision not in possible_decisions(review)


def test_publishing_twice_is_refused_in_words() -> None:
    with pytest.raises(ModerationError) as raised:
        next_review(ReviewStatus.PUBLISHED, Decision.PUBLISH)
    assert raised.value.user_message == "This event is published; it cannot be published now."


@pytest.mark.parametrize("decision", [Decision.SEND_BACK, Decision.REJECT, Decision.WITHDRAW])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_decision_without_its_reason(decision: Decision, reason: str) -> None:
    with pytest.raises(ModerationError, match="Please say why"):
        next_review(ReviewStatus.PENDING, decision, reason)


def test_decision_with_an_endless_reason() -> None:
    with pytest.raises(ModerationError, match="1001 characters; at most 1000"):
        next_review(ReviewStatus.PENDING, Decision.REJECT, "x" * 1001)
