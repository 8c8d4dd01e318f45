"""A moderator's limit to countries, act by act: own country, another one before the act, another one after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rallymap.errors import RightsError
from rallymap.events import Event, Location, LocationPrecision, Place, ReviewStatus
from rallymap.moderation import VISITOR, Account, Decision, ReportKind, ReportOutcome, Role, TakedownReason
from rallymap.places import Candidate, Located, Resolver, default_resolver
from rallymap.store.audit import list_audit
from rallymap.store.events import get_event
from rallymap.store.reports import list_open_reports
from rallymap.workflows import audit, decisions, edits, merges, place_checks, proposals, reports, takedown
from rallymap.workflows.decisions import stage
from rallymap.workflows.edit_links import store_own
from rallymap.workflows.edits import store_edit
from rallymap.workflows.reports import report_event
from tests.workflows.moderated import MIRA, OSLO, PARIS, RESOLVER, World, event, new_key, publish, submit

NORA = Account("nora", Role.MODERATOR, ("NO",))
LINA = Account("lina", Role.MODERATOR, ("DK", "NO"))
WHERE: dict[str, dict[str, Any]] = {
    "NO": {"place": Place("Oslo", country_hint="NO"), "location": OSLO},
    "FR": {"place": Place("Paris", country_hint="FR"), "location": PARIS},
    "DK": {
        "place": Place("Copenhagen", country_hint="DK"),
        "location": Location(55.6759, 12.5655, LocationPrecision.CITY, 9000, 0.9, "gazetteer", "Copenhagen", "", "DK"),
    },
    "": {"place": Place(), "location": None},
}
POINTS = {"NO": (59.91301, 10.73999), "FR": (48.8606, 2.3376), "DK": (55.6761, 12.5683)}
BEFORE = "This event is in France; your account is for Norway only"
AFTER = "Nothing was changed: the event would then (be in|lie outside) "
Do = Callable[[Account], object]


def _candidate(country: str) -> Candidate:
    place = WHERE[country]["location"]
    assert isinstance(place, Location)
    return Candidate(place.lat, place.lon, place.name, None, country, LocationPrecision.CITY, 9000, 0.9)


def _put(world: World, country: str, *, published: bool = True, **changes: Any) -> Event:
    submit(world.db, event("moved", **WHERE[country] | changes))
    return publish(world.db, "moved") if published else world.db.read(get_event, "moved")


def _edit(world: World, before: str, after: str) -> Do:
    seen = _put(world, before)
    place = WHERE[after]["place"]
    assert isinstance(place, Place)
    fields = {"title": "Other words"}
    if after != before:
        fields |= {"place_text": place.text, "country": after}
    return lambda account: edits.edit_event(
        world.db,
        RESOLVER,
        "moved",
        fields,
        account=account,
        expected_revision=seen.revision,
        idempotency_key=new_key(),
    )


def _edit_country_only(world: World, before: str, after: str) -> Do:
    seen = _put(world, before, location=None)
    return lambda account: edits.edit_event(
        world.db,
        RESOLVER,
        "moved",
        {"country": after, "place_text": "Somewhere"},
        account=account,
        expected_revision=seen.revision,
        idempotency_key=new_key(),
    )


def _restore(world: World, before: str, after: str) -> Do:
    first = _put(world, after, title="As it was first")
    now = store_edit(
        world.db,
        first.changed(**WHERE[before], title="As it is now"),
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    return lambda account: audit.restore_revision(
        world.db, "moved", 1, account=account, expected_revision=now.revision, idempotency_key=new_key()
    )


def _settle_candidate(world: World, before: str, after: str) -> Do:
    seen = _put(world, before, location=None)
    return lambda account: place_checks.settle_place(
        world.db, RESOLVER, seen, _candidate(after), account=account, remember=False, idempotency_key=new_key()
    )


def _settle_pin(world: World, before: str, after: str) -> Do:
    seen = _put(world, before, location=None)
    return lambda account: place_checks.settle_place(
        world.db, RESOLVER, seen, POINTS[after], account=account, remember=False, idempotency_key=new_key()
    )


def _settle_pin_near_a_candidate(world: World, before: str, after: str) -> Do:
    seen = _put(world, before)
    lat, lon = POINTS[after]
    # The list may hold a place at hand that says it lies in the moderator's country.
    near = Candidate(lat + 0.01, lon, "Nearby", None, "NO", LocationPrecision.CITY, 9000, 0.9)
    return lambda account: place_checks.settle_place(
        world.db,
        RESOLVER,
        seen,
        (lat, lon),
        account=account,
        nearby=(near,),
        remember=False,
        idempotency_key=new_key(),
    )


def _accept_proposal(world: World, before: str, after: str) -> Do:
    token = submit(world.db, event("moved", **WHERE[before]))
    seen = publish(world.db, "moved")
    proposed = seen.changed(**WHERE[after], about="What the organiser proposes.")
    store_own(world.db, token, proposed, expected_revision=2, idempotency_key=new_key())
    return lambda account: proposals.settle_proposal(
        world.db, "moved", accept=True, account=account, expected_revision=2, reason="", idempotency_key=new_key()
    )


def _merge(world: World, before: str, after: str) -> Do:
    kept = _put(world, before, location=None if before != after else WHERE[before]["location"])
    # Coordinates as somebody gave them, and no country beside them.
    given = Location(*POINTS[after], LocationPrecision.VENUE, 50, 1.0, "given")
    submit(world.db, event("gone", place=Place("Oslo", country_hint="NO"), location=given))
    return lambda account: merges.merge_events(
        world.db, kept, world.db.read(get_event, "gone"), account=account, idempotency_key=new_key()
    )


MOVES = {
    "edit": _edit,
    "edit of the country": _edit_country_only,
    "restore": _restore,
    "settle by a candidate": _settle_candidate,
    "settle by a pin": _settle_pin,
    "settle by a pin near a candidate": _settle_pin_near_a_candidate,
    "accept a proposal": _accept_proposal,
    "merge": _merge,
}


@dataclass(frozen=True)
class Stay:
    """An act that leaves the event where it is; `of` makes it ready in a country."""

    of: Callable[[World, str], Do]


def _split(world: World, country: str) -> Do:
    seen = _put(world, country)
    return lambda account: merges.split_event(world.db, seen, account=account, idempotency_key=new_key())


def _refuse_proposal(world: World, country: str) -> Do:
    _accept_proposal(world, country, country)
    return lambda account: proposals.settle_proposal(
        world.db,
        "moved",
        accept=False,
        account=account,
        expected_revision=2,
        reason="No.",
        idempotency_key=new_key(),
    )


def _decide(decision: Decision) -> Callable[[World, str], Do]:
    def ready(world: World, country: str) -> Do:
        seen = _put(world, country, published=False)
        return lambda account: decisions.decide(
            world.db,
            "moved",
            decision,
            account=account,
            expected_revision=seen.revision,
            reason="Because.",
            idempotency_key=new_key(),
        )

    return ready


def _carry_out(world: World, country: str) -> Do:
    _put(world, country, published=False)
    stage(world.db, "moved", Decision.PUBLISH, account=Account("nora", Role.MODERATOR), expected_revision=1)
    return lambda account: decisions.apply_staged_decisions(world.db, account=account, idempotency_key=new_key())


def _close(outcome: ReportOutcome) -> Callable[[World, str], Do]:
    def ready(world: World, country: str) -> Do:
        _put(world, country)
        report_event(
            world.db,
            "moved",
            ReportKind.OTHER,
            "",
            idempotency_key=new_key(),
            account=VISITOR,
            address="",
            now=world.db.now(),
        )
        [report] = world.db.read(list_open_reports, event_id="moved")
        return lambda account: reports.close_report(
            world.db, report, outcome, account=account, idempotency_key=new_key()
        )

    return ready


def _take_down(world: World, country: str) -> Do:
    _put(world, country)
    return lambda account: takedown.take_down(
        world.db,
        RESOLVER,
        "moved",
        TakedownReason.SPAM,
        account=account,
        expected_revision=2,
        idempotency_key=new_key(),
    )


def _leave_without_place(world: World, country: str) -> Do:
    seen = _put(world, country)
    return lambda account: place_checks.settle_place(
        world.db, RESOLVER, seen, None, account=account, idempotency_key=new_key()
    )


STAYS = {
    "split": _split,
    "refuse a proposal": _refuse_proposal,
    **{f"decide: {decision}": _decide(decision) for decision in Decision},
    "carry out a staged decision": _carry_out,
    **{f"close a report: {outcome}": _close(outcome) for outcome in ReportOutcome},
    "take down": _take_down,
    "leave without a place": _leave_without_place,
}


@pytest.mark.parametrize("act", MOVES)
def test_own_country_before_and_after(world: World, act: str) -> None:
    MOVES[act](world, "NO", "NO")(NORA)
    assert world.db.read(list_audit, "moved")[-1].actor == "nora"


@pytest.mark.parametrize("act", [act for act in MOVES if act != "merge"])
def test_one_own_country_to_another(world: World, act: str) -> None:
    MOVES[act](world, "NO", "DK")(LINA)
    assert world.db.read(list_audit, "moved")[-1].actor == "lina"


@pytest.mark.parametrize("after", ["NO", "FR"])
@pytest.mark.parametrize("act", MOVES)
def test_another_country_before(world: World, act: str, after: str) -> None:
    do = MOVES[act](world, "FR", after)
    before = world.db.read(list_audit, "moved")
    with pytest.raises(RightsError, match=BEFORE):
        do(NORA)
    assert world.db.read(list_audit, "moved") == before


@pytest.mark.parametrize("after", ["FR", "DK"])
@pytest.mark.parametrize("act", MOVES)
def test_another_country_after(world: World, act: str, after: str) -> None:
    do = MOVES[act](world, "NO", after)
    before = world.db.read(list_audit, "moved")
    with pytest.raises(RightsError, match=AFTER):
        do(NORA)
    assert world.db.read(list_audit, "moved") == before
    do(MIRA)
    assert world.db.read(list_audit, "moved")[-1].actor == "mira"


@pytest.mark.parametrize("act", STAYS)
def test_act_that_moves_nothing(world: World, act: str) -> None:
    do = STAYS[act](world, "NO")
    do(NORA)


@pytest.mark.parametrize("act", STAYS)
def test_act_that_moves_nothing_in_another_country(world: World, act: str) -> None:
    do = STAYS[act](world, "FR")
    before = world.db.read(list_audit, "moved")
    with pytest.raises(RightsError, match=BEFORE):
        do(NORA)
    assert world.db.read(list_audit, "moved") == before


def test_merge_with_an_event_of_another_country(world: World) -> None:
    kept = _put(world, "NO")
    submit(world.db, event("gone", **WHERE["FR"]))
    with pytest.raises(RightsError, match=BEFORE):
        merges.merge_events(world.db, kept, world.db.read(get_event, "gone"), account=NORA, idempotency_key=new_key())


def test_event_cannot_be_left_without_any_country(world: World) -> None:
    do = _edit_country_only(world, "NO", "")
    with pytest.raises(RightsError) as raised:
        do(NORA)
    assert raised.value.user_message == (
        "Nothing was changed: the event would then have no country; your account is for Norway only. "
        "Choose its country, or ask a moderator without this limit."
    )


def test_sentence_names_both_countries(world: World) -> None:
    do = _settle_pin(world, "NO", "FR")
    with pytest.raises(RightsError) as raised:
        do(NORA)
    assert raised.value.user_message == (
        "Nothing was changed: the event would then be in France; your account is for Norway only. "
        "For this, ask a moderator without this limit."
    )


def test_pin_takes_the_country_that_it_is_in(world: World) -> None:
    seen = _put(world, "NO", location=None)
    after, _ = place_checks.settle_place(
        world.db, RESOLVER, seen, POINTS["FR"], account=MIRA, remember=False, idempotency_key=new_key()
    )
    assert after.location is not None
    assert (after.location.country, after.location.method) == ("FR", "pin")


def test_event_moved_by_others_stays_with_their_moderators(world: World) -> None:
    seen = _put(world, "NO", published=False)
    stage(world.db, "moved", Decision.PUBLISH, account=NORA, expected_revision=1)
    store_edit(world.db, seen.changed(**WHERE["FR"]), account=MIRA, expected_revision=1, idempotency_key=new_key())
    with pytest.raises(RightsError):
        decisions.decide(
            world.db,
            "moved",
            Decision.PUBLISH,
            account=NORA,
            expected_revision=2,
            reason="",
            idempotency_key=new_key(),
        )
    assert world.db.read(get_event, "moved").review is ReviewStatus.PENDING


@pytest.fixture
def resolver(tmp_path: Path) -> Resolver:
    return default_resolver(tmp_path / "overrides.csv")


def _meaning(resolver: Resolver, text: str, country: str | None = None) -> tuple[float, float]:
    answer = resolver.resolve(text, country=country)
    assert isinstance(answer, Located)
    return round(answer.candidate.lat, 3), round(answer.candidate.lon, 3)


def test_remembered_wording_of_a_limited_moderator_holds_in_their_country_alone(
    world: World, resolver: Resolver
) -> None:
    paris = _meaning(resolver, "Paris")
    submit(world.db, event("farm", place=Place("Paris"), location=OSLO))
    hamar = Candidate(60.7945, 11.0680, "Hamar", None, "NO", LocationPrecision.CITY, 5000, 0.9)
    _, problem = place_checks.settle_place(
        world.db,
        resolver,
        world.db.read(get_event, "farm"),
        hamar,
        account=NORA,
        remember=True,
        idempotency_key=new_key(),
    )
    assert problem == ""
    assert _meaning(resolver, "Paris") == paris
    assert _meaning(resolver, "Paris", "FR") == paris
    assert resolver.overrides.find("Paris", "NO") is not None
    assert resolver.overrides.find("Paris", "") is None


def test_moderator_without_limit_decides_for_texts_of_every_country(world: World, resolver: Resolver) -> None:
    submit(world.db, event("farm", place=Place("Paris"), location=OSLO))
    place_checks.settle_place(
        world.db,
        resolver,
        world.db.read(get_event, "farm"),
        _candidate("NO"),
        account=MIRA,
        remember=True,
        idempotency_key=new_key(),
    )
    assert _meaning(resolver, "Paris") == (59.913, 10.746)


@pytest.mark.parametrize("choice", [_candidate("FR"), POINTS["FR"]], ids=["candidate", "pin"])
def test_limited_moderator_sets_no_wording_elsewhere(
    world: World, resolver: Resolver, choice: Candidate | tuple[float, float]
) -> None:
    seen = _put(world, "NO", location=None)
    with pytest.raises(RightsError, match=AFTER):
        place_checks.settle_place(
            world.db, resolver, seen, choice, account=NORA, remember=True, idempotency_key=new_key()
        )
    assert resolver.overrides.find("Oslo", "NO") is None
    assert resolver.overrides.find("Oslo", "") is None
