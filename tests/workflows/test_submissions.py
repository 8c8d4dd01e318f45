from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rallymap.errors import EventNotFoundError, ModerationError, RateLimitError, RightsError, StaleEventError
from rallymap.events import AttendanceMode, Disclosure, Kind, LocationPrecision, ReviewStatus
from rallymap.intake.filled_form import fields_of_event
from rallymap.moderation import VISITOR, Account, Decision, Role
from rallymap.places import Ambiguous, Located, NoMatch, Resolver, default_resolver
from rallymap.store import Database
from rallymap.store.events import get_event, get_public_event
from rallymap.store.place_checks import list_place_checks
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import edit_event
from rallymap.workflows.form_events import draft_event, new_event_id
from rallymap.workflows.place_answers import Suggested, candidates_of, chosen_of, find_place, name_choice
from rallymap.workflows.place_problems import check_places
from rallymap.workflows.review_queue import list_queue
from rallymap.workflows.submissions import Sent, submit_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RESOLVER = default_resolver()
KEY = "a-key-of-enough-letters"
MODERATOR = Account("mira", Role.MODERATOR)
FIELDS = {
    "title": "Vigil for political prisoners",
    "kind": "vigil",
    "precision": "day",
    "start": "2024-05-03",
    "place_text": "Gothenburg",
    "organisers": "Group A, Group B",
    "source_url": "https://example.org/report",
    "contact": "someone@example.org",
}
PAYLOAD = '<img src=x onerror="alert(1)">'


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


def submit(db: Database, changes: dict[str, str], key: str = KEY, **options: Any) -> Sent:
    return submit_event(db, RESOLVER, FIELDS | changes, idempotency_key=key, now=datetime.now(UTC), **options)


def send(db: Database, key: str = KEY, **changes: str) -> str:
    sent = submit(db, changes, key)
    assert sent.errors == {}
    return sent.receipts[0].event_id


@pytest.mark.parametrize(
    ("place", "day", "time", "exists"),
    [
        ("Gothenburg", "2027-03-28", "02:30", False),
        ("Gothenburg", "2027-03-28", "03:00", True),
        ("Gothenburg", "2026-10-25", "02:30", True),  # twice: the first is meant
        ("Ottawa", "2027-03-14", "02:00", False),
        ("Ottawa", "2027-03-28", "02:30", True),
        ("Beirut", "2027-03-28", "00:00", False),
        ("Sydney", "2026-10-04", "02:59", False),
    ],
)
def test_time_over_which_clocks_are_put_forward_is_refused(place: str, day: str, time: str, *, exists: bool) -> None:
    fields = FIELDS | {"place_text": place, "precision": "minute", "start": day, "start_time": time}
    draft = draft_event(RESOLVER, fields | {"status": "announced"}, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert list(draft.errors) == ([] if exists else ["start_time"])
    assert exists or f"There is no {time} on " in draft.errors["start_time"]
    ends = fields | {"status": "announced", "start": "2026-01-02", "end": day, "end_time": time}
    found = draft_event(RESOLVER, ends, now=datetime(2026, 1, 1, tzinfo=UTC)).errors
    assert list(found) == ([] if exists else ["end_time"])


def test_clocks_are_looked_at_for_each_date_of_a_series_and_for_what_is_changed() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    weekly = FIELDS | {
        "status": "announced", "precision": "minute", "start": "2027-03-21", "start_time": "02:30", "repeat": "weekly",
        "repeat_end": "times", "repeat_times": "3",
    }  # fmt: skip
    assert "on 28 March 2027 in Europe/Stockholm" in draft_event(RESOLVER, weekly, now=now).errors["start_time"]
    assert draft_event(RESOLVER, weekly | {"repeat_without": "2027-03-28"}, now=now).errors == {}
    once = draft_event(RESOLVER, weekly | {"repeat": "never"}, now=now).event
    assert once is not None
    changed = fields_of_event(once) | {"start": "2027-03-28"}
    assert list(draft_event(RESOLVER, changed, now=now, before=once).errors) == ["start_time"]


def test_submitted_event_waits_located_and_unseen(db: Database) -> None:
    event = db.read(get_event, send(db))
    assert (event.review, event.kind, event.organisers) == (ReviewStatus.PENDING, Kind.VIGIL, ("Group A", "Group B"))
    assert event.location is not None
    assert (event.location.name, event.location.country, event.location.precision) == (
        "Gothenburg",
        "SE",
        LocationPrecision.CITY,
    )
    assert event.when.zone == "Europe/Stockholm"
    with pytest.raises(EventNotFoundError):
        db.read(get_public_event, event.id, datetime.now(UTC))


def test_contact_reaches_moderators_and_never_the_event(db: Database) -> None:
    send(db)
    [item] = list_queue(db, MODERATOR, [ReviewStatus.PENDING])
    assert item.contact == "someone@example.org"
    assert "someone@example.org" not in repr(item.event)


def test_the_same_form_sent_twice_is_one_event(db: Database) -> None:
    assert submit(db, {}).receipts == submit(db, {}).receipts
    assert len(list_queue(db, MODERATOR, [ReviewStatus.PENDING])) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"start": "soon"}, "start"),
        ({"start": "2024-02-31"}, "start"),
        ({"start": "2024-05-03", "end": "2024-05-01"}, "end"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "data:text/html,x"}, "source_url"),
        ({"source_url": "https://zoom.us/j/123?pwd=x"}, "source_url"),
        ({"source2_url": "https://meet.google.com/abc-defg-hij"}, "source2_url"),
        ({"crowd_low": "many"}, "crowd_low"),
        ({"crowd_low": "500", "crowd_high": "20"}, "crowd_low"),
        ({"country": "Atlantis"}, "country"),
        ({"about": "x" * 10_000_000}, "about"),
        ({"contact": "x" * 301}, "contact"),
    ],
)
def test_error_is_shown_at_its_field_and_nothing_is_saved(db: Database, changes: dict[str, str], field: str) -> None:
    sent = submit(db, changes)
    assert sent.receipts == ()
    assert list(sent.errors) == [field]
    assert sent.errors[field].endswith(".")
    assert list_queue(db, MODERATOR, [ReviewStatus.PENDING]) == []


def test_every_error_is_shown_at_once(db: Database) -> None:
    changes = {"title": "", "start": "soon", "source_url": "javascript:alert(1)"}
    assert set(draft_event(RESOLVER, FIELDS | changes).errors) == {"title", "start", "source_url"}


@pytest.mark.parametrize(
    "field", ["title", "place_text", "venue", "organisers", "communities", "about", "source_title"]
)
def test_payload_is_kept_as_text(db: Database, field: str) -> None:
    event = db.read(get_event, send(db, **{field: PAYLOAD}))
    assert PAYLOAD in repr(event).replace("\\'", "'")


def test_ambiguous_place_is_left_open_for_a_moderator(db: Database) -> None:
    event_id = send(db, place_text="Springfield")
    assert db.read(get_event, event_id).location is None
    [entry] = db.read(list_place_checks)
    assert (entry.event.id, entry.check.outcome) == (event_id, "ambiguous")


def test_chosen_candidate_settles_an_ambiguous_place(db: Database) -> None:
    answer = find_place(RESOLVER, "Birmingham")
    assert isinstance(answer, Ambiguous)
    [alabama] = [place for place in candidates_of(answer) if place.admin1 == "Alabama"]
    fields = {"place_text": "Birmingham"}
    sent = submit(db, fields | {"place_chosen": name_choice(alabama, fields)})
    location = db.read(get_event, sent.receipts[0].event_id).location
    assert location is not None
    assert (location.admin1, location.country) == ("Alabama", "US")
    assert db.read(list_place_checks) == []


def test_choice_counts_for_its_own_words_and_country_only() -> None:
    answer = find_place(RESOLVER, "Birmingham")
    fields = {"place_text": "Birmingham"}
    [alabama] = [place for place in candidates_of(answer) if place.admin1 == "Alabama"]
    chosen = fields | {"place_chosen": name_choice(alabama, fields)}
    assert chosen_of(answer, chosen) == candidates_of(answer).index(alabama)
    for other in ({"place_text": "Birmingham, Alabama"}, {"country": "US"}, {"place_chosen": "0.00000,0.00000,city"}):
        assert chosen_of(answer, chosen | other) is None
        assert chosen_of(find_place(RESOLVER, "Oslo"), chosen | other) is None


def test_choice_made_before_the_last_letters_were_typed_counts() -> None:
    early = {"place_text": "Hamilt"}
    [scotland] = [one for one in candidates_of(find_place(RESOLVER, "Hamilt")) if one.country == "GB"]
    chosen = {"place_chosen": name_choice(scotland, early)}
    answer = find_place(RESOLVER, "Hamilton")
    index = chosen_of(answer, chosen | {"place_text": "Hamilton"})
    assert index is not None
    assert candidates_of(answer)[index].country == "GB"
    for other in ("Hamilton, Ontario", "Hamilton Ontario", "Hamil"):
        assert chosen_of(answer, chosen | {"place_text": other}) is None


@pytest.mark.slow
def test_unknown_place_is_sent_all_the_same(db: Database) -> None:
    assert isinstance(find_place(RESOLVER, "Xqzzthorpe"), NoMatch)
    event = db.read(get_event, send(db, place_text="Xqzzthorpe"))
    assert (event.location, event.place.text) == (None, "Xqzzthorpe")


@pytest.mark.slow
def test_online_event_needs_no_place_and_is_on_no_list(db: Database) -> None:
    nowhere = db.read(get_event, send(db, place_text="", attendance_mode="online"))
    assert (nowhere.attendance_mode, nowhere.location, nowhere.place.text) == (AttendanceMode.ONLINE, None, "")
    unknown = {"place_text": "Xyzzyqqburg", "title": "Talk"}
    talk = send(db, "another-key-of-enough-letters", **unknown, attendance_mode="online")
    assert db.read(list_place_checks) == []
    in_person = {"attendance_mode": "in_person"}
    edit_event(db, RESOLVER, talk, in_person, account=MODERATOR, expected_revision=1, idempotency_key=f"{KEY}-1")
    assert [found.event.id for found in db.read(list_place_checks)] == [talk]
    online = {"attendance_mode": "online"}
    edit_event(db, RESOLVER, talk, online, account=MODERATOR, expected_revision=2, idempotency_key=f"{KEY}-2")
    assert db.read(list_place_checks) == []
    assert [problem.event.id for problem in check_places(db, RESOLVER)] == []


@pytest.mark.slow
def test_place_that_is_still_being_typed_is_completed_for_a_person_to_choose(db: Database) -> None:
    answer = find_place(RESOLVER, "Gothenb")
    assert isinstance(answer, Suggested)
    assert candidates_of(answer)[0].label.startswith("Gothenburg, ")
    assert db.read(get_event, send(db, place_text="Gothenb")).location is None
    fields = {"place_text": "Gothenb"}
    choice = {"place_chosen": name_choice(candidates_of(answer)[0], fields)}
    chosen = submit(db, fields | choice, f"{KEY}-chosen")
    location = db.read(get_event, chosen.receipts[0].event_id).location
    assert location is not None
    assert (location.name, location.country) == ("Gothenburg", "SE")


def test_find_place_of_empty_text_asks_nothing() -> None:
    assert find_place(RESOLVER, "  ") is None
    assert isinstance(find_place(RESOLVER, "Oslo"), Located)


def test_new_event_id_names_the_city_and_never_the_venue(db: Database) -> None:
    event_id = send(db, place_text="Stortinget, Oslo", start="2199-01-01")
    assert event_id.startswith("oslo-")
    assert send(db, place_text="Grünerløkka, Oslo", start="2199-01-01").startswith("oslo-")
    assert new_event_id("Göteborg").startswith("goteborg-")
    assert new_event_id("").startswith("event-")


def test_published_event_is_public_and_raises_the_version(db: Database) -> None:
    event_id = send(db)
    version = db.dataset_version()
    decide(
        db,
        event_id,
        Decision.PUBLISH,
        account=MODERATOR,
        expected_revision=1,
        reason="",
        idempotency_key="another-key-here-1",
    )
    assert db.read(get_public_event, event_id, datetime.now(UTC)).title == FIELDS["title"]
    assert db.dataset_version() > version


def test_decision_needs_the_right_the_reason_and_the_newest_revision(db: Database) -> None:
    event_id = send(db)

    def attempt(account: Account, decision: Decision, revision: int = 1, reason: str = "") -> None:
        key = f"key-for-{account.name}-{decision}-{revision}"
        decide(db, event_id, decision, account=account, expected_revision=revision, reason=reason, idempotency_key=key)

    with pytest.raises(RightsError):
        attempt(VISITOR, Decision.PUBLISH)
    with pytest.raises(RightsError, match="This event is in Sweden; your account is for Norway only"):
        attempt(Account("nora", Role.MODERATOR, ("NO",)), Decision.PUBLISH)
    with pytest.raises(ModerationError, match="say why"):
        attempt(MODERATOR, Decision.REJECT)
    with pytest.raises(StaleEventError):
        attempt(MODERATOR, Decision.PUBLISH, revision=7)
    assert db.read(get_event, event_id).review is ReviewStatus.PENDING


@pytest.mark.slow
def test_queue_is_for_moderators_and_holds_their_countries_only(db: Database) -> None:
    gothenburg = send(db)
    oslo = send(db, key="second-key-of-letters", place_text="Oslo")
    with pytest.raises(RightsError):
        list_queue(db, VISITOR, [ReviewStatus.PENDING])
    nora = Account("nora", Role.MODERATOR, ("NO",))
    assert [item.event.id for item in list_queue(db, nora, [ReviewStatus.PENDING])] == [oslo]
    assert [item.event.id for item in list_queue(db, MODERATOR, [ReviewStatus.PENDING])] == [gothenburg, oslo]


AHEAD = {"status": "announced", "start": "2199-05-03", "place_text": "Stortinget, Oslo"}


def test_future_event_shows_its_city_only_unless_its_organiser_says_otherwise(db: Database) -> None:
    assert db.read(get_event, send(db, **AHEAD)).disclosure is Disclosure.CITY


def test_spot_before_the_event_needs_the_link_where_it_is_announced() -> None:
    fields = FIELDS | AHEAD | {"disclosure": "public"}
    assert draft_event(RESOLVER, fields | {"source_url": ""}).errors == {
        "disclosure": "To show the exact location before the event, give the link where it is already announced."
    }
    event = draft_event(RESOLVER, fields).event
    assert event is not None
    assert event.disclosure is Disclosure.PUBLIC


def test_spot_from_a_time_is_local_time_of_the_place() -> None:
    event = draft_event(
        RESOLVER, FIELDS | AHEAD | {"disclosure": "from_time", "disclosed_from": "2199-05-03 12:00"}
    ).event
    assert event is not None
    assert event.disclosed_from is not None
    assert event.disclosed_from.isoformat() == "2199-05-03T12:00:00+02:00"


@pytest.mark.parametrize("text", ["", "soon", "2199-13-40"])
def test_spot_from_an_unreadable_time_is_an_error(text: str) -> None:
    draft = draft_event(RESOLVER, FIELDS | AHEAD | {"disclosure": "from_time", "disclosed_from": text})
    assert draft.errors == {"disclosed_from": "Please write the day and time like 2026-05-03 12:00."}


def test_weekly_vigil_becomes_dated_events_with_receipts_of_their_own(db: Database) -> None:
    rule = {"repeat": "weekly", "repeat_until": "2024-05-17"}
    sent = submit(db, rule)
    days = [db.read(get_event, receipt.event_id).when.start for receipt in sent.receipts]
    assert [str(day) for day in days] == ["2024-05-03", "2024-05-10", "2024-05-17"]
    assert len({receipt.edit_token for receipt in sent.receipts}) == 3
    assert submit(db, rule).receipts == sent.receipts


def test_repetition_without_an_end_is_an_error(db: Database) -> None:
    sent = submit(db, {"repeat": "weekly"})
    assert (sent.receipts, sent.errors) == (
        (),
        {"repeat_until": "Please give the last day of the repetition."},
    )


@pytest.mark.slow
def test_form_sent_again_is_not_held_up_by_limits_honeypots_or_new_errors(db: Database) -> None:
    first = submit(db, {})
    for number in range(19):
        submit(db, {}, f"{KEY}-{number}", address="192.0.2.7")
    again = submit(db, {"title": "", "website": "x"}, address="192.0.2.7", opened=datetime.now(UTC))
    assert again == Sent(first.receipts, {}, was_sent_before=True)
    assert not first.was_sent_before


def test_network_may_send_twenty_events_an_hour(db: Database) -> None:
    for number in range(20):
        submit(db, {}, f"{KEY}-{number}", address="192.0.2.7")
    with pytest.raises(RateLimitError, match="20 forms were sent from your network within an hour"):
        submit(db, {}, f"{KEY}-more", address="192.0.2.7")
    assert submit(db, {}, f"{KEY}-other", address="192.0.2.8").receipts


def test_robots_that_fill_the_hidden_field_or_hurry_are_held_up(db: Database) -> None:
    with pytest.raises(RateLimitError):
        submit(db, {"website": "https://spam.example"})
    with pytest.raises(RateLimitError):
        submit(db, {}, opened=datetime.now(UTC) - timedelta(seconds=1))
    assert submit(db, {}, opened=datetime.now(UTC) - timedelta(seconds=30)).receipts


def test_place_of_a_form_is_looked_up_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    resolve = type(RESOLVER).resolve

    def counted(resolver: Resolver, text: str, **options: Any) -> object:
        asked.append(text)
        return resolve(resolver, text, **options)

    monkeypatch.setattr(type(RESOLVER), "resolve", counted)
    event = db.read(get_event, send(db, precision="minute", start_time="18:00"))
    assert (asked, event.when.zone) == (["Gothenburg"], "Europe/Stockholm")
