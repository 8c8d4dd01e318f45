"""The other cities of a form: each row is an event like the form's, and only what cannot be read is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from rallymap.errors import EventNotFoundError
from rallymap.events import Disclosure, Event, EventStatus
from rallymap.intake.city_table import CityRow, write_cities
from rallymap.moderation import TakedownReason
from rallymap.places import Ambiguous
from rallymap.store.edit_links import list_own_campaign, read_own_event
from rallymap.store.events import get_event
from rallymap.store.place_checks import get_place_check
from rallymap.wording import date_in_words
from rallymap.workflows.campaign_cities import City, count_events, draft_cities, with_choice
from rallymap.workflows.edit_links import change_own
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.place_answers import candidates_of, name_choice
from rallymap.workflows.review_queue import list_queue
from rallymap.workflows.submissions import Sent, submit_event
from rallymap.workflows.takedown import delete_event
from tests.workflows.moderated import MIRA, NOW, RESOLVER, World, new_key

FORM = {
    "title": "Day of action", "kind": "rally", "status": "announced", "precision": "minute", "start": "2026-07-04",
    "start_time": "16:00", "end_time": "18:00", "place_text": "Oslo", "venue": "Stortinget",
    "organisers": "Iran United", "crowd_low": "200", "source_url": "https://example.org/call", "disclosure": "city",
}  # fmt: skip


def form(*rows: CityRow, **fields: str) -> dict[str, str]:
    return FORM | {"cities": write_cities(rows)} | fields


def cities(*rows: CityRow, **fields: str) -> list[City]:
    return draft_cities(RESOLVER, form(*rows, **fields), now=NOW)


def only(row: CityRow, **fields: str) -> tuple[Event, tuple[str, ...]]:
    [city] = cities(row, **fields)
    assert city.draft.event is not None, city.draft.errors
    return city.draft.event, city.notes


def send(world: World, *rows: CityRow, **fields: str) -> Sent:
    return submit_event(world.db, RESOLVER, form(*rows, **fields), idempotency_key=new_key(), now=world.now)


def test_row_takes_from_the_form_what_it_does_not_say() -> None:
    event, notes = only(CityRow("Paris"))
    assert notes == ()
    assert date_in_words(event.when) == "4 July 2026, 16:00–18:00 (Paris time)"
    assert (event.title, event.organisers, event.status) == ("Day of action", ("Iran United",), EventStatus.ANNOUNCED)
    assert (event.place.text, event.place.venue, event.crowd) == ("Paris", "", ())
    assert [source.url for source in event.sources] == ["https://example.org/call"]
    assert (event.location and event.location.name, event.disclosure) == ("Paris", Disclosure.CITY)


def test_form_without_a_place_sends_only_the_rows_of_its_table(world: World) -> None:
    nowhere = {"place_text": "", "venue": "", "precision": "day", "start_time": "", "end_time": ""}
    sent = send(world, CityRow("Paris"), CityRow("Vienna"), **nowhere)
    stored = [world.db.read(get_event, receipt.event_id) for receipt in sent.receipts]
    assert [event.place.text for event in stored] == ["Paris", "Vienna"]
    fields = form(CityRow("Paris"), CityRow("Vienna"), **nowhere)
    own = draft_event(RESOLVER, fields, now=NOW).event
    assert own is not None
    assert count_events(own, draft_cities(RESOLVER, fields, now=NOW), fields) == 2

    # An event online has no place, and a form without a table may leave it unknown.
    online = send(world, CityRow("Paris"), **nowhere, attendance_mode="online", online_url="https://example.org/room")
    assert len(online.receipts) == 2, online.errors
    assert len(send(world, **nowhere).receipts) == 1


def test_row_says_place_day_time_and_organiser() -> None:
    row = CityRow("Hamilton", "City Hall", "5 July 2026", "2 pm", "Hamilton Group", "Canada", "America/Toronto")
    event, notes = only(row)
    assert notes == ()
    assert date_in_words(event.when) == "5 July 2026, 14:00 (Toronto time)"
    assert event.organisers == ("Iran United", "Hamilton Group")
    assert (event.place.text, event.place.venue, event.place.country_hint) == ("Hamilton", "City Hall", "CA")


def test_event_of_several_days_lasts_as_long_elsewhere() -> None:
    event, _ = only(CityRow("Paris", date="2026-07-10"), precision="day", start_time="", end_time="", end="2026-07-05")
    assert date_in_words(event.when) == "10–11 July 2026"


@pytest.mark.parametrize("end", ["", "2026-07-05"])
@pytest.mark.parametrize(
    ("row", "when"),
    [
        (CityRow("Paris"), "4 July 2026, 22:00 – 5 July, 01:30 (Paris time)"),
        (CityRow("Paris", date="2026-07-10"), "10 July 2026, 22:00 – 11 July, 01:30 (Paris time)"),
        (CityRow("Paris", time="19:00-21:00"), "4 July 2026, 19:00–21:00 (Paris time)"),
        (CityRow("Paris", date="2026-07-10", time="20:00"), "10 July 2026, 20:00 (Paris time)"),
        (CityRow("Paris", time="21:00-01:00"), "4 July 2026, 21:00 – 5 July, 01:00 (Paris time)"),
    ],
)
def test_evening_past_midnight_ends_by_the_times_of_each_city(row: CityRow, when: str, end: str) -> None:
    event, notes = only(row, start_time="22:00", end_time="01:30", end=end)
    assert (date_in_words(event.when), notes) == (when, ())


@pytest.mark.parametrize(
    ("row", "when", "note"),
    [
        (CityRow("Paris", date="32 Mai"), "date not known", "“32 Mai” is not a date that can be read here."),
        (CityRow("Paris", time="noonish"), "4 July 2026", "“noonish” is not a time of day"),
        (CityRow("Xqzzthorpe"), "4 July 2026", "The time is left out: its time zone is only known once the place is."),
        (CityRow("Paris", zone="Mars"), "4 July 2026, 16:00–18:00 (Paris time)", "This time zone is not known;"),
        (CityRow("Paris", country="Gondor"), "4 July 2026, 16:00–18:00 (Paris time)", "“Gondor” is not a country"),
        (CityRow("Paris", "x" * 201), "4 July 2026, 16:00–18:00 (Paris time)", "This text has 201 characters;"),
    ],
)  # fmt: skip
def test_unreadable_detail_is_left_out_and_said_never_its_row(row: CityRow, when: str, note: str) -> None:
    event, [said] = only(row)
    assert date_in_words(event.when) == when
    assert said.startswith(note)
    assert event.place.text == row.city


def test_ambiguous_text_is_chosen_once_for_all_its_rows() -> None:
    rows = (
        CityRow("Hamilton", "City Hall", time="14:00"),
        CityRow("Lyon"),
        CityRow("Hamilton", "Gore Park", time="15:00"),
    )
    first, *_ = cities(*rows)
    assert isinstance(first.draft.answer, Ambiguous)
    canada = next(c for c in candidates_of(first.draft.answer) if c.country == "CA")
    chosen = with_choice("", name_choice(canada, first.fields))
    found = [city.draft.event for city in cities(*rows, cities_chosen=chosen)]
    assert [event and event.location and event.location.country for event in found] == ["CA", "FR", "CA"]
    assert [event and event.when.zone for event in found] == ["America/Toronto", "Europe/Paris", "America/Toronto"]
    assert with_choice(chosen, name_choice(canada, first.fields)) == chosen


def test_row_that_is_there_twice_is_sent_once(world: World) -> None:
    rows = (CityRow("Paris"), CityRow("Oslo", "Stortinget"), CityRow("Paris"), CityRow("Paris", "Bastille"))
    assert [city.repeats for city in cities(*rows)] == [False, True, True, False]
    assert len(send(world, *rows).receipts) == 3


def test_errors_of_the_form_are_said_there_and_not_in_each_row() -> None:
    [city] = cities(CityRow("Paris"), title="", start="32 Mai")
    assert city.notes == ()
    assert city.draft.errors == {}


def test_one_receipt_and_one_link_for_all_cities(world: World) -> None:
    sent = send(world, CityRow("Paris"), CityRow("Hamilton"))
    assert sent.errors == {}
    assert len({receipt.code for receipt in sent.receipts}) == len({r.campaign_token for r in sent.receipts}) == 1
    token = sent.receipts[0].campaign_token
    ids = [receipt.event_id for receipt in sent.receipts]
    found = world.db.read(list_own_campaign, token)
    assert sorted(event.id for event in found) == sorted(ids)
    assert len({event.campaign for event in found}) == 1
    assert found[0].campaign is not None
    assert found[0].campaign.name == "Day of action"
    assert [world.db.read(get_place_check, one) is not None for one in ids] == [False, False, True]

    own = world.db.read(read_own_event, f"{token}~{ids[1]}")
    assert (own.event.place.text, own.code) == ("Paris", sent.receipts[0].code)
    assert world.db.read(read_own_event, sent.receipts[1].edit_token).event == own.event
    changed, _ = change_own(
        world.db,
        RESOLVER,
        f"{token}~{ids[1]}",
        {"title": "Rally in Paris"},
        expected_revision=1,
        idempotency_key=new_key(),
    )
    assert changed is not None
    assert changed.campaign == own.event.campaign

    for wrong in (token, f"{token}~{world.public}", f"{sent.receipts[0].edit_token}~{ids[1]}", f"x~{ids[1]}"):
        with pytest.raises(EventNotFoundError):
            world.db.read(read_own_event, wrong)
    delete_event(world.db, ids[0], TakedownReason.RISK, account=MIRA, expected_revision=1, idempotency_key=new_key())
    assert sorted(event.id for event in world.db.read(list_own_campaign, token)) == sorted(ids[1:])


def test_form_sent_again_gives_the_same_receipts(world: World) -> None:
    key, fields = new_key(), form(CityRow("Paris"))
    first, second = (submit_event(world.db, RESOLVER, fields, idempotency_key=key, now=world.now) for _ in range(2))
    assert first.receipts == second.receipts
    assert second.was_sent_before


def test_dates_and_cities_multiply_up_to_the_limit(world: World) -> None:
    sent = send(
        world, CityRow("Paris"), repeat="weekly", repeat_end="times", repeat_times="3", repeat_without="2026-07-11"
    )
    days = [world.db.read(get_event, receipt.event_id).when.start for receipt in sent.receipts]
    assert [f"{day:%m-%d}" for day in days if day] == ["07-04", "07-18", "07-04", "07-18"]
    refused = send(world, CityRow("Paris"), repeat="weekly", repeat_end="times", repeat_times="31")
    assert refused.receipts == ()
    assert refused.errors == {
        "cities": "These are 62 events; one form sends at most 60. Send the other cities with a second form."
    }


def test_campaign_is_one_entry_of_the_queue(world: World) -> None:
    send(world, CityRow("Paris"), CityRow("Lyon"))
    items = list_queue(world.db, MIRA, [world.db.read(get_event, world.waiting).review])
    assert [item.in_campaign for item in items if item.event.title == "Day of action"] == [3]


def test_time_of_disclosure_is_local_in_each_city() -> None:
    event, _ = only(CityRow("New York"), disclosure="from_time", disclosed_from="2026-07-04 12:00")
    assert event.disclosed_from == datetime(2026, 7, 4, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "moment", "note"),
    [
        ("2026-07-11", datetime(2026, 7, 10, 16, 0, tzinfo=UTC), ()),
        # Local time stays what it is though the clocks go back in between.
        ("7 November 2026", datetime(2026, 11, 6, 17, 0, tzinfo=UTC), ()),
        # Its own time has passed: the city alone is public.
        ("2026-06-01", None, ("This time has passed",)),
    ],
)
def test_time_of_disclosure_moves_with_the_day_of_a_city(
    day: str, moment: datetime | None, note: Sequence[str]
) -> None:
    event, notes = only(CityRow("New York", date=day), disclosure="from_time", disclosed_from="2026-07-03 12:00")
    assert event.disclosed_from == moment
    assert event.disclosure is (Disclosure.FROM_TIME if moment else Disclosure.CITY)
    assert [said[: len(begin)] for said, begin in zip(notes, note, strict=True)] == list(note)
