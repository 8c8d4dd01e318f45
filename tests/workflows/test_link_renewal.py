"""A new edit link in place of an old one: who may get it, and that the old one, its feed and its receipt end."""

from __future__ import annotations

import pytest

from rallymap.errors import (
    EventNotFoundError,
    InvalidEventError,
    ModerationError,
    RateLimitError,
    RightsError,
    SignInError,
)
from rallymap.events import Place
from rallymap.moderation import Account, Role
from rallymap.passwords import verify_password
from rallymap.store import Database
from rallymap.store.audit import list_audit
from rallymap.store.edit_links import IN_CAMPAIGN, read_own_event
from rallymap.store.own_feed import own_feed_name, read_own_feed
from rallymap.store.submissions import list_receipts
from rallymap.workflows import link_renewal
from rallymap.workflows.link_renewal import (
    choose_phrase,
    has_phrase,
    recover_link,
    renew_link,
    replace_own_link,
)
from rallymap.workflows.rate_limits import RECOVERIES_AN_HOUR
from rallymap.workflows.submissions import send_events
from tests.workflows.moderated import ADA, MIRA, PARIS, World, event, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PHRASE = "Quiet lamp  over Rivers"


def opens(db: Database, token: str) -> str:
    return db.read(read_own_event, token).event.id


def is_dead(db: Database, token: str) -> bool:
    try:
        opens(db, token)
    except EventNotFoundError:
        return True
    return False


def test_holder_replaces_the_link_at_once(world: World) -> None:
    token = submit(world.db, event("mine"))
    feed = world.db.read(own_feed_name, token)
    new = replace_own_link(world.db, token)
    assert opens(world.db, new) == "mine"
    assert is_dead(world.db, token)
    with pytest.raises(EventNotFoundError):
        world.db.read(read_own_feed, feed)
    assert world.db.read(read_own_feed, world.db.read(own_feed_name, new))[1] == []
    with pytest.raises(EventNotFoundError):
        replace_own_link(world.db, token)
    assert world.db.read(list_audit, "mine")[-1].action == "edit link replaced"


def test_receipt_shows_no_link_that_was_replaced(world: World) -> None:
    key = "a-form-of-this-test-123"
    [receipt] = send_events(world.db, [event("mine")], idempotency_key=key)
    replace_own_link(world.db, receipt.edit_token)
    [again] = world.db.read(list_receipts, key)
    assert (again.code, again.edit_token) == (receipt.code, "")


def test_receipt_and_phrase_bring_a_new_link(world: World) -> None:
    token = submit(world.db, event("mine"))
    code = world.db.read(read_own_event, token).code
    assert not has_phrase(world.db, token)
    choose_phrase(world.db, token, PHRASE)
    assert has_phrase(world.db, token)
    for wrong_code, wrong_phrase in ((code, "quiet lamp over river"), ("AAAAA-AAAAA", PHRASE), (code, "")):
        with pytest.raises(SignInError, match="The receipt or the recovery phrase is wrong"):
            recover_link(world.db, wrong_code, wrong_phrase, address="192.0.2.1")
    new = recover_link(world.db, f" {code.lower()} ", "quiet lamp over rivers", address="192.0.2.1")
    assert opens(world.db, new) == "mine"
    assert is_dead(world.db, token)
    assert has_phrase(world.db, new)


def test_without_a_phrase_no_receipt_brings_a_link(world: World) -> None:
    token = submit(world.db, event("mine"))
    code = world.db.read(read_own_event, token).code
    with pytest.raises(SignInError):
        recover_link(world.db, code, "", address="")
    assert opens(world.db, token) == "mine"


def test_phrase_is_chosen_once_and_long_enough(world: World) -> None:
    token = submit(world.db, event("mine"))
    with pytest.raises(InvalidEventError, match="at least 12 characters"):
        choose_phrase(world.db, token, "short   one")
    choose_phrase(world.db, token, PHRASE)
    with pytest.raises(ModerationError, match="kept already"):
        choose_phrase(world.db, token, "another phrase of a thief")


def test_guessing_ends_after_ten_attempts_whatever_the_network(world: World) -> None:
    token = submit(world.db, event("mine"))
    code = world.db.read(read_own_event, token).code
    choose_phrase(world.db, token, PHRASE)
    for number in range(RECOVERIES_AN_HOUR):
        with pytest.raises(SignInError):
            recover_link(world.db, code, "a guess that is long", address=f"192.0.{number}.1")
    with pytest.raises(RateLimitError, match="10 attempts to get a new edit link"):
        recover_link(world.db, code, PHRASE, address="198.51.100.1")


def test_moderator_makes_a_new_link_and_the_phrase_goes(world: World) -> None:
    token = submit(world.db, event("mine"))
    choose_phrase(world.db, token, PHRASE)
    new = renew_link(world.db, "mine", account=MIRA)
    assert opens(world.db, new) == "mine"
    assert is_dead(world.db, token)
    assert not has_phrase(world.db, new)
    assert world.db.read(list_audit, "mine")[-1].actor == "mira"
    assert opens(world.db, renew_link(world.db, "mine", account=ADA)) == "mine"


def test_link_that_opens_events_of_other_countries_is_not_made_by_a_limited_moderator(world: World) -> None:
    nora = Account("nora", Role.MODERATOR, ("NO",))
    sent = [event("one"), event("two", location=PARIS, place=Place("Paris", country_hint="FR"))]
    first, _ = send_events(world.db, sent, idempotency_key="a-form-of-this-test-789")
    with pytest.raises(RightsError, match="This event is in France; your account is for Norway only"):
        renew_link(world.db, "one", account=nora)
    assert opens(world.db, f"{first.campaign_token}{IN_CAMPAIGN}two") == "two"
    assert opens(world.db, first.edit_token) == "one"
    send_events(world.db, [event("three"), event("four")], idempotency_key="a-form-of-this-test-987")
    assert opens(world.db, f"{renew_link(world.db, 'three', account=nora)}{IN_CAMPAIGN}four") == "four"


def test_link_of_all_events_and_link_of_one_are_replaced_apart(world: World) -> None:
    key = "a-form-of-this-test-456"
    first, second = send_events(world.db, [event("one"), event("two")], idempotency_key=key)
    assert first.campaign_token
    in_first = f"{first.campaign_token}{IN_CAMPAIGN}one"
    assert has_phrase(world.db, first.edit_token) is None
    with pytest.raises(ModerationError):
        choose_phrase(world.db, first.edit_token, "a phrase of a local organiser")
    own = replace_own_link(world.db, first.edit_token)
    assert (opens(world.db, own), opens(world.db, in_first)) == ("one", "one")
    shared = replace_own_link(world.db, in_first)
    assert is_dead(world.db, in_first)
    assert {opens(world.db, f"{shared}{IN_CAMPAIGN}{name}") for name in ("one", "two")} == {"one", "two"}
    assert (opens(world.db, own), opens(world.db, second.edit_token)) == ("one", "two")
    choose_phrase(world.db, f"{shared}{IN_CAMPAIGN}two", PHRASE)
    recovered = recover_link(world.db, first.code, PHRASE, address="")
    assert is_dead(world.db, f"{shared}{IN_CAMPAIGN}one")
    assert opens(world.db, f"{recovered}{IN_CAMPAIGN}one") == "one"
    renewed = renew_link(world.db, "one", account=MIRA)
    assert opens(world.db, f"{renewed}{IN_CAMPAIGN}two") == "two"
    assert is_dead(world.db, own)
    assert [(receipt.edit_token != "", receipt.campaign_token) for receipt in world.db.read(list_receipts, key)] == [
        (False, ""),
        (True, ""),
    ]


def test_phrase_that_a_moderator_takes_away_while_it_is_checked_gives_no_link(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = submit(world.db, event("mine"))
    choose_phrase(world.db, token, PHRASE)
    receipt = world.db.read(read_own_event, token).code
    given: list[str] = []

    def verify_then_renew(phrase_hash: str | None, phrase: str) -> bool:
        is_right = verify_password(phrase_hash, phrase)
        given.append(renew_link(world.db, "mine", account=MIRA))
        return is_right

    monkeypatch.setattr(link_renewal, "verify_password", verify_then_renew)
    with pytest.raises(SignInError):
        recover_link(world.db, receipt, PHRASE, address="192.0.2.1")
    assert opens(world.db, given[0]) == "mine"
    replaced = [entry.actor for entry in world.db.read(list_audit, "mine") if entry.action == "edit link replaced"]
    assert replaced == [MIRA.name]
