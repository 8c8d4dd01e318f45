"""What an organiser may choose for the time before the event, and what must not slip through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from rallymap.events import Disclosure, EventStatus
from rallymap.intake.city_table import CityRow, write_cities
from rallymap.intake.filled_form import fields_of_event
from rallymap.places import default_resolver
from rallymap.store.events import get_event
from rallymap.workflows.campaign_cities import draft_cities
from rallymap.workflows.disclosure import may_be_upcoming
from rallymap.workflows.edit_links import change_own
from rallymap.workflows.edits import edit_event
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.submissions import submit_event
from tests.workflows.moderated import MIRA, World, event, new_key, submit

RESOLVER = default_resolver()
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
AHEAD = {
    "title": "Vigil",
    "status": "announced",
    "precision": "day",
    "start": "2026-06-15",
    "place_text": "Stortinget, Oslo",
}
PASSED = "This time has passed, so the exact location would be public at once. Choose a later time, or “the city only”."
TO_COME = "This date is still to come. For “When is it?”, choose “It is announced”, or correct the date."


def errors(now: datetime = NOW, **changes: str) -> Mapping[str, str]:
    return draft_event(RESOLVER, AHEAD | changes, now=now).errors


@pytest.mark.parametrize(
    "text",
    ["2020-05-03 12:00", "2026-06-01 13:59", "2026-06-01 14:00", "2026-06-01T12:00+00:00", "2026-05-31", "0001-01-01"],
)
def test_time_that_has_passed_is_refused_at_its_field(text: str) -> None:
    assert errors(disclosure="from_time", disclosed_from=text) == {"disclosed_from": PASSED}


@pytest.mark.parametrize(
    "text",
    ["2026-06-01 14:01", "2026-06-15 08:00", "2026-06-14T22:00-05:00", "14 June 2026, 10:00", "15. Juni 2026 um 8 Uhr"],
)
def test_time_to_come_is_taken(text: str) -> None:
    assert errors(disclosure="from_time", disclosed_from=text) == {}


@pytest.mark.parametrize(
    "text",
    [
        *("soon", "June 2026", "14-15 June 2026", "spring 2026", ""),
        *("ca. 14 June 2026", "2026-06-14 10:00~", "14 June 2026, 10:00-12:00", "14 June 2026 10:00 EST"),
    ],
)
def test_time_that_is_no_moment_is_refused_at_its_field(text: str) -> None:
    sentence = "Please write the day and time like 2026-05-03 12:00."
    assert errors(disclosure="from_time", disclosed_from=text) == {"disclosed_from": sentence}


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        *(("14 June 2026 10:00", 8), ("2026-06-14 10:00", 8), ("14 June 2026 10:00 UTC", 10)),
        *(("2026-06-14T10:00Z", 10), ("14 June 2026 10:00 GMT+3", 7), ("2026-06-14T10:00-05:00", 15)),
    ],
)
def test_location_is_not_public_before_the_written_time_with_or_without_an_offset(text: str, hour: int) -> None:
    made = draft_event(RESOLVER, AHEAD | {"disclosure": "from_time", "disclosed_from": text}, now=NOW).event
    assert made is not None
    assert made.disclosed_from == datetime(2026, 6, 14, hour, tzinfo=UTC)


def test_location_in_another_city_is_not_public_too_early_if_the_day_has_an_offset() -> None:
    shared = {"precision": "minute", "start": "2026-06-15T23:30-05:00", "place_text": "New York"}
    fields = AHEAD | shared | {"disclosure": "from_time", "disclosed_from": "2026-06-15 18:00"}
    fields |= {"cities": write_cities([CityRow("Boston, Massachusetts", date="2026-06-22")])}
    [city] = draft_cities(RESOLVER, fields, now=NOW)
    assert city.draft.event is not None
    assert f"{city.draft.event.disclosed_from}" == "2026-06-22 18:00:00-04:00"


def test_time_in_words_moves_with_the_day_of_another_city() -> None:
    fields = AHEAD | {"disclosure": "from_time", "disclosed_from": "14 June 2026 10:00"}
    fields |= {"cities": write_cities([CityRow("Bergen, Norway", date="2026-06-22")])}
    [city] = draft_cities(RESOLVER, fields, now=NOW)
    assert city.draft.event is not None
    assert f"{city.draft.event.disclosed_from:%m-%d %H:%M}" == "06-21 10:00"


def test_time_that_is_not_chosen_is_not_read() -> None:
    assert errors(disclosure="city", disclosed_from="2020-05-03 12:00") == {}


def test_time_that_passed_since_it_was_chosen_does_not_hold_up_another_change() -> None:
    before = draft_event(
        RESOLVER, AHEAD | {"disclosure": "from_time", "disclosed_from": "2026-06-02 12:00:30"}, now=NOW
    ).event
    assert before is not None
    later, fields = datetime(2026, 6, 10, tzinfo=UTC), fields_of_event(before)
    again = draft_event(RESOLVER, fields, now=later, before=before)
    assert again.errors == {}
    assert again.event is not None
    assert again.event.disclosed_from == before.disclosed_from
    assert draft_event(RESOLVER, fields | {"disclosed_from": "2026-06-03 12:00"}, now=later, before=before).errors == {
        "disclosed_from": PASSED
    }


@pytest.mark.parametrize("start", ["2026-06-15", "2026-06-03", "June 2027", "2027"])
def test_date_to_come_of_an_event_said_to_be_held_is_refused(start: str) -> None:
    precision = {"June 2027": "month", "2027": "year"}.get(start, "day")
    assert errors(status="held", start=start, precision=precision) == {"status": TO_COME}


@pytest.mark.parametrize("start", ["2026-06-01", "2026-05-31", "June 2026", "2026", ""])
def test_date_that_may_have_been_is_taken_as_held(start: str) -> None:
    precision = {"June 2026": "month", "2026": "year", "": "unknown"}.get(start, "day")
    assert errors(status="held", start=start, precision=precision) == {}


def test_form_without_a_status_takes_it_from_the_date() -> None:
    event = draft_event(RESOLVER, AHEAD | {"status": ""}, now=NOW).event
    assert event is not None
    assert event.status is EventStatus.ANNOUNCED


@pytest.mark.parametrize(
    ("fields", "ahead"),
    [
        ({"status": "held", "precision": "day", "start": "2026-06-15"}, True),
        ({"status": "cancelled", "precision": "day", "start": "2026-06-15"}, True),
        ({"precision": "minute", "start": "2026-06-15", "start_time": "18:00"}, True),
        ({"status": "announced", "precision": "unknown"}, True),
        ({"status": "announced", "precision": "day", "start": "soon"}, True),
        ({"status": "postponed", "precision": "day", "start": "2020-06-15"}, True),
        ({"status": "announced", "precision": "day", "start": "2020-06-15"}, False),
        ({"status": "held", "precision": "unknown"}, False),
        ({"status": "held", "precision": "day", "start": "soon"}, False),
        ({}, False),
    ],
)
def test_question_is_asked_for_every_event_that_may_lie_ahead(fields: dict[str, str], ahead: bool) -> None:
    assert may_be_upcoming(fields, NOW) is ahead


def test_series_discloses_each_event_at_its_own_time(world: World) -> None:
    fields = AHEAD | {
        "start": "2199-06-15",
        "disclosure": "from_time",
        "disclosed_from": "2199-06-15 08:00",
        "repeat": "weekly",
        "repeat_until": "2199-06-29",
    }
    sent = submit_event(world.db, RESOLVER, fields, idempotency_key=new_key(), now=NOW)
    times = [world.db.read(get_event, receipt.event_id).disclosed_from for receipt in sent.receipts]
    assert [f"{at:%m-%d %H:%M}" for at in times if at] == ["06-15 08:00", "06-22 08:00", "06-29 08:00"]


def test_series_that_began_in_the_past_took_place_and_is_announced_from_now_on(world: World) -> None:
    fields = AHEAD | {
        "status": "held",
        "start": "2026-05-18",
        "repeat": "weekly",
        "repeat_end": "times",
        "repeat_times": "4",
        "disclosure": "from_time",
        "disclosed_from": "2026-05-17 12:00",
    }
    assert may_be_upcoming(fields, NOW)
    sent = submit_event(world.db, RESOLVER, fields, idempotency_key=new_key(), now=NOW)
    made = [world.db.read(get_event, receipt.event_id) for receipt in sent.receipts]
    assert [one.status for one in made] == [EventStatus.HELD] * 3 + [EventStatus.ANNOUNCED]
    assert [str(one.disclosed_from)[:16] for one in made[2:]] == ["2026-05-31 12:00", "2026-06-07 12:00"]


def test_series_that_began_in_the_past_does_not_disclose_all_its_dates_at_once() -> None:
    series = {"start": "2026-05-18", "repeat": "weekly", "repeat_end": "times", "repeat_times": "4"}
    wrong = series | {"status": "held", "disclosure": "from_time", "disclosed_from": "2025-05-17 12:00"}
    assert draft_event(RESOLVER, AHEAD | wrong, now=NOW).errors == {"disclosed_from": PASSED}


def test_change_by_the_organiser_is_checked_too(world: World) -> None:
    token = submit(world.db, event("mine", when=event("x-1").when))
    fields = fields_of_event(world.db.read(get_event, "mine"))
    changed, draft = change_own(
        world.db, RESOLVER, token, fields | {"start": "2199-02-01"}, expected_revision=1, idempotency_key=new_key()
    )
    assert (changed, draft.errors) == (None, {"status": TO_COME})


def test_change_by_a_moderator_is_checked_too(world: World) -> None:
    submit(world.db, event("theirs"))
    for fields, errors in (
        ({"disclosure": "from_time", "disclosed_from": "2020-01-01 12:00"}, {"disclosed_from": PASSED}),
        ({"start": "2199-02-01"}, {"status": TO_COME}),
    ):
        edited = edit_event(
            world.db, RESOLVER, "theirs", fields, account=MIRA, expected_revision=1, idempotency_key=new_key()
        )
        assert (edited.event, edited.errors) == (None, errors)
    assert world.db.read(get_event, "theirs").disclosure is Disclosure.CITY
