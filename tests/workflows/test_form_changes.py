"""A form that is opened and sent unchanged changes nothing; a changed field changes what it says and no more."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate, parse_edtf
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Claim,
    ClaimKind,
    CrowdClaim,
    Disclosure,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Picture,
    Place,
    Source,
    Translation,
    Waypoint,
)
from rallymap.intake.filled_form import fields_of_event
from rallymap.places import Candidate, Resolver
from rallymap.store.audit import list_audit
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event
from rallymap.store.place_checks import list_place_checks
from rallymap.workflows import form_changes
from rallymap.workflows.edit_links import change_own
from rallymap.workflows.edits import edit_event
from rallymap.workflows.form_changes import Changed
from rallymap.workflows.form_events import draft_event
from rallymap.workflows.place_answers import candidates_of, find_place, name_choice
from rallymap.workflows.proposals import settle_proposal
from rallymap.workflows.submissions import submit_event
from tests.workflows.moderated import MIRA, OSLO, RESOLVER, World, event, new_key, publish

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
METHODS = ("pin", "given", "gazetteer", "well-known", "override", "service:nominatim")
WORDS = st.text(st.sampled_from("abc é,;:\"'&<>$`\\{}~/-\n\u200cآ"), max_size=12)
NAMES = st.lists(WORDS, max_size=4).map(tuple)
ZONES = st.sampled_from(["", "Europe/Oslo", "Asia/Tehran", "America/New_York"])
MOMENTS = st.integers(0, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))


@st.composite
def dates(draw: st.DrawFn) -> EventDate:
    precision = draw(st.sampled_from(DatePrecision))
    if precision is DatePrecision.UNKNOWN:
        return EventDate(zone=draw(ZONES), approximate=draw(st.booleans()))
    start = draw(st.dates(date(1800, 1, 1), date(2190, 1, 1)))
    end = draw(st.sampled_from([start, start + timedelta(draw(st.integers(0, 900)))]))
    if precision in (DatePrecision.MONTH, DatePrecision.YEAR) and draw(st.booleans()):
        start, end = start.replace(day=1), end.replace(day=1) + timedelta(31)
        end = end.replace(day=1) - timedelta(1)
    at = draw(TIMES) if precision is DatePrecision.MINUTE else None
    until = draw(st.none() | TIMES) if at is not None and end > start else None
    zone = draw(ZONES) or ("Europe/Oslo" if at else "")
    return EventDate(start, end, precision, at, until, zone, draw(st.booleans()))


PLACES = st.builds(
    Place,
    st.sampled_from(["", "Oslo", "Hamilton", "Springfield", "Göteborg", "Xqzzthorpe", "Paris, Texas", "online"]),
    st.sampled_from(["", "Stortinget", "Sergels torg", "in front of the embassy"]),
    st.sampled_from(["", "NO", "GB", "IR", "XK", "ZZ"]),
)
LOCATIONS = st.builds(
    Location,
    st.floats(-90, 90) | st.just(59.91273),
    st.floats(-180, 180) | st.just(10.74609),
    st.sampled_from(LocationPrecision),
    st.floats(0, 500_000),
    st.floats(0, 1),
    st.sampled_from(METHODS),
    name=st.sampled_from(["", "Hamilton", "Oslo"]),
    admin1=st.sampled_from(["", "Scotland"]),
    country=st.sampled_from(["", "GB", "NO"]),
)
SOURCES = st.lists(
    st.builds(
        Source,
        st.sampled_from(["", "https://news.example/a?b=c", "http://example.org/ö"]),
        WORDS,
        st.just("Paper"),
        st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        st.sampled_from(["", "https://archive.example/1"]),
    ),
    max_size=8,
).map(tuple)


ROUTES = st.just(()) | st.lists(
    st.builds(Waypoint, WORDS.map(lambda text: f"x{text}"), st.none() | LOCATIONS)
    | st.builds(Waypoint, st.just(""), LOCATIONS),
    min_size=2,
    max_size=4,
).map(tuple)


TAGS = st.sampled_from(["en", "fa", "nb", "zh-Hant", "ckb"])


@st.composite
def translations(draw: st.DrawFn, language: str) -> tuple[Translation, ...]:
    tags = draw(st.lists(TAGS.filter(lambda tag: tag != language), unique=True, max_size=3))
    words = st.sampled_from(["x", "یک تجمع", "", "two\nlines"])
    said = [Translation(tag, title, draw(words)) for tag in tags if (title := draw(words))]
    return tuple(said)


@st.composite
def events(draw: st.DrawFn) -> Event:
    sources, language = draw(SOURCES), draw(st.just("") | TAGS)
    source = st.none() | st.integers(0, len(sources) - 1) if sources else st.none()
    claim = st.builds(Claim, st.sampled_from(ClaimKind), WORDS.map(lambda text: f"x{text}"), WORDS, source)
    crowd = st.builds(
        lambda low, more, words, by, named, expected: CrowdClaim(low, low + more, words, by, named, expected),
        st.integers(0, 10**7),
        st.integers(0, 10**6),
        WORDS,
        WORDS,
        source,
        st.booleans(),
    ) | st.builds(CrowdClaim, st.none(), st.none(), st.just("many"), WORDS, source)
    return Event(
        "event-1",
        draw(WORDS.map(lambda text: f"x{text}")),
        draw(st.sampled_from(Kind)),
        draw(dates()),
        place=draw(PLACES),
        location=draw(st.none() | LOCATIONS),
        route=draw(ROUTES),
        organisers=draw(NAMES),
        communities=draw(NAMES),
        about=draw(WORDS),
        topics=draw(NAMES),
        claims=draw(st.lists(claim, max_size=8).map(tuple)),
        crowd=draw(st.lists(crowd, max_size=8).map(tuple)),
        sources=sources,
        picture=draw(st.none() | st.just(Picture("0" * 32, "A banner", 40, 30))),
        by_organiser=draw(st.booleans()),
        status=draw(st.sampled_from(EventStatus)),
        attendance_mode=draw(st.sampled_from(AttendanceMode)),
        disclosure=draw(st.sampled_from(Disclosure)),
        disclosed_from=draw(st.none() | MOMENTS),
        campaign=draw(st.none() | st.just(Campaign("day-of-action", "Day of action"))),
        language=language,
        translations=draw(translations(language)),
        revision=draw(st.integers(1, 9)),
    )


def changed_event(
    resolver: Resolver, before: Event, fields: Mapping[str, str], *, now: datetime, shows_point: bool
) -> form_changes.Changed:
    answer = find_place(resolver, fields.get("place_text", ""), fields.get("country", ""))
    return form_changes.changed_event(resolver, before, fields, answer=answer, now=now, shows_point=shows_point)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events())
def test_form_sent_unchanged_changes_nothing(before: Event) -> None:
    fields = fields_of_event(before)
    for shows_point in (True, False):
        changed = changed_event(RESOLVER, before, fields, now=NOW, shows_point=shows_point)
        assert changed == Changed(before, {})
    draft = draft_event(RESOLVER, fields | {"contact": "", "form_step": "Send"}, before=before, now=NOW)
    assert (draft.event, draft.errors, draft.to_check) == (before, {}, None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events(), st.sampled_from(["title", "about", "organisers", "topics"]))
def test_one_changed_field_changes_nothing_else(before: Event, name: str) -> None:
    changed = changed_event(RESOLVER, before, fields_of_event(before) | {name: "New words"}, now=NOW, shows_point=True)
    words: object = "New words" if name in ("title", "about") else ("New words",)
    assert changed == Changed(before.changed(**{name: words}), {})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events())
def test_added_report_leaves_all_earlier_ones(before: Event) -> None:
    number = "" if not before.sources else str(len(before.sources) + 1)
    fields = fields_of_event(before) | {f"source{number}_url": "https://later.example/"}
    changed = changed_event(RESOLVER, before, fields, now=NOW, shows_point=True)
    assert changed.errors == {}
    assert changed.event == before.changed(sources=(*before.sources, Source("https://later.example/")))


@pytest.mark.parametrize(
    ("edtf", "precision", "fields"),
    [
        ("2019-03/2019-05", "month", ("2019-03", "2019-05")),
        ("2019-12/2020-01", "month", ("2019-12", "2020-01")),
        ("2019-03", "month", ("2019-03", "")),
        ("2018/2019", "year", ("2018", "2019")),
        ("2022-06~", "month", ("around 2022-06", "")),
        ("2022-06~/2022-08~", "month", ("around 2022-06", "2022-08")),
        ("2020-02-01/2020-02-02", "weekend", ("2020-02-01", "")),
        ("2020-01-31/2020-02-02", "weekend", ("2020-01-31", "2020-02-02")),
        ("2020-02-03/2020-02-09", "week", ("2020-02-03", "")),
        ("2020-02-05/2020-02-11", "week", ("2020-02-05", "2020-02-11")),
        ("2020-02-01/2020-02-02", "day", ("2020-02-01", "2020-02-02")),
    ],
)
def test_date_is_shown_as_coarsely_as_it_is_known_and_reads_back(
    edtf: str, precision: str, fields: tuple[str, str]
) -> None:
    before = event("oslo-1", when=parse_edtf(edtf, precision, "Europe/Oslo"))
    filled = fields_of_event(before)
    assert (filled["start"], filled.get("end", "")) == fields
    # Another day and back: each is read again.
    other = changed_event(RESOLVER, before, filled | {"start": "2001-01-06", "end": ""}, now=NOW, shows_point=True)
    assert other.event is not None
    assert other.event.when != before.when
    back = changed_event(RESOLVER, other.event, filled, now=NOW, shows_point=True)
    assert back == Changed(before, {})


def test_time_of_day_keeps_its_zone_and_the_last_day() -> None:
    when = EventDate(date(2024, 5, 3), date(2024, 5, 4), DatePrecision.MINUTE, time(18), time(2), "Asia/Tehran")
    before = event("oslo-1", when=when)
    fields = fields_of_event(before) | {"start_time": "19:30"}
    changed = changed_event(RESOLVER, before, fields, now=NOW, shows_point=True)
    assert changed == Changed(before.changed(when=dataclasses.replace(when, start_time=time(19, 30))), {})


def hamilton(country: str = "GB") -> tuple[dict[str, str], Candidate]:
    fields = {"place_text": "Hamilton"}
    [found] = [one for one in candidates_of(find_place(RESOLVER, "Hamilton")) if one.country == country]
    return fields | {"place_chosen": name_choice(found, fields)}, found


def send(world: World, **fields: str) -> tuple[str, Event]:
    """Send a form; return the edit link's token and the event."""
    texts = {"title": "Vigil", "precision": "day", "start": "2024-05-03"} | fields
    sent = submit_event(world.db, RESOLVER, texts, idempotency_key=new_key(), now=world.now)
    assert sent.errors == {}
    return sent.receipts[0].edit_token, world.db.read(get_event, sent.receipts[0].event_id)


def change(world: World, token: str, **fields: str) -> Event:
    own = world.db.read(read_own_event, token)
    texts = fields_of_event(own.proposed or own.event) | fields
    changed, draft = change_own(
        world.db, RESOLVER, token, texts, expected_revision=own.event.revision, idempotency_key=new_key()
    )
    assert draft.errors == {}
    assert changed is not None
    return changed


def test_chosen_place_stays_when_the_title_is_changed(world: World) -> None:
    fields, _ = hamilton()
    token, sent = send(world, **fields)
    changed = change(world, token, title="Vigil at noon")
    assert changed == sent.changed(title="Vigil at noon", revision=2)
    assert changed.location is not None
    assert (changed.location.admin1, changed.location.country) == ("Scotland", "GB")


@pytest.mark.parametrize(
    "fields",
    [
        hamilton()[0],
        {"place_text": "Springfield"},
        {"place_text": "Xqzzthorpe"},
        {"place_text": "Oslo", "coordinates": "59.9130, 10.7402"},
        {"place_text": "Stortinget, Oslo", "precision": "minute", "start_time": "18:00"},
        {"place_text": "Oslo", "precision": "month", "start": "2019-03", "end": "2019-05"},
        {"status": "moved_online", "about": "On the web."},
    ],
    ids=str,
)
def test_own_form_sent_unchanged_leaves_no_trace(world: World, fields: dict[str, str]) -> None:
    token, sent = send(world, **fields)
    listed = [(one.event.id, one.check) for one in world.db.read(list_place_checks)]
    history = world.db.read(list_audit, sent.id)
    assert change(world, token) == sent
    publish(world.db, sent.id)
    public, version = world.db.read(get_event, sent.id), world.db.dataset_version()
    assert change(world, token) == public
    edited = edit_event(world.db, RESOLVER, sent.id, {}, account=MIRA, expected_revision=2, idempotency_key=new_key())
    assert edited.event == public
    assert world.db.read(read_own_event, token).proposed is None
    assert len(world.db.read(list_audit, sent.id)) == len(history) + 1
    assert world.db.dataset_version() == version
    assert [(one.event.id, one.check) for one in world.db.read(list_place_checks)] == listed


def test_turnout_changes_status_crowd_and_source_alone(world: World) -> None:
    fields, _ = hamilton()
    ahead = {"status": "announced", "precision": "minute", "start": "2026-07-03", "start_time": "18:00"}
    token, _ = send(world, **fields, **ahead, crowd_low="500")
    public = publish(world.db, world.db.read(read_own_event, token).event.id)
    assert (public.when.zone, public.location is not None) == ("Europe/London", True)
    world.clock.now = NOW + timedelta(days=60)
    report = {"status": "held", "crowd2_low": "200", "crowd2_by": "police", "source_url": "https://paper.example/1"}
    own = world.db.read(read_own_event, token)
    draft = draft_event(RESOLVER, fields_of_event(own.event) | report, before=own.event, now=world.clock.now)
    assert draft.errors == {}
    assert draft.event == public.changed(
        status=EventStatus.HELD,
        crowd=(CrowdClaim(500, is_expected=True), CrowdClaim(200, by="police")),
        sources=(Source("https://paper.example/1"),),
    )


def test_number_that_was_expected_counts_as_turnout_once_somebody_says_so(world: World) -> None:
    token, sent = send(world, status="announced", start="2026-07-03", crowd_low="500")
    assert sent.crowd == (CrowdClaim(500, is_expected=True),)
    world.clock.now = NOW + timedelta(days=60)
    assert change(world, token, status="held").crowd == sent.crowd
    assert change(world, token, crowd_expected="no").crowd == (CrowdClaim(500),)


def test_season_in_the_south_is_asked_about() -> None:
    fields = {"title": "Vigil", "precision": "month", "start": "spring 2019", "place_text": "Melbourne, Australia"}
    assert draft_event(RESOLVER, fields, now=NOW).errors == {
        "start": "South of the equator spring is from September to November. Write the months."
    }
    months = draft_event(RESOLVER, fields | {"start": "September 2019", "end": "November 2019"}, now=NOW)
    assert months.event is not None
    assert months.event.when.edtf == "2019-09/2019-11"
    north = draft_event(RESOLVER, fields | {"place_text": "Oslo"}, now=NOW)
    assert north.event is not None
    assert north.event.when.edtf == "2019-03/2019-05"
    changed = draft_event(RESOLVER, fields_of_event(months.event) | {"start": "spring 2019"}, before=months.event)
    assert set(changed.errors) == {"start"}


def test_new_place_is_looked_up_with_its_zone(world: World) -> None:
    token, _ = send(world, place_text="Oslo", precision="minute", start_time="18:00")
    changed = change(world, token, place_text="Teheran")
    assert changed.location is not None
    assert (changed.location.country, changed.when.zone, changed.when.start_time) == ("IR", "Asia/Tehran", time(18))


def test_new_place_that_is_not_sure_is_put_on_the_list(world: World) -> None:
    token, sent = send(world, place_text="Oslo")
    changed = change(world, token, place_text="Springfield")
    assert changed.location is None
    checks = {one.event.id: one.check.outcome for one in world.db.read(list_place_checks)}
    assert checks[sent.id] == "ambiguous"


def test_published_event_that_loses_its_place_by_an_accepted_change_is_put_on_the_list(world: World) -> None:
    token, sent = send(world, place_text="Oslo")
    publish(world.db, sent.id)
    change(world, token, place_text="Xqzzthorpe")
    settle_proposal(world.db, sent.id, accept=True, account=MIRA, expected_revision=2, idempotency_key=new_key())
    checks = {one.event.id: one.check.outcome for one in world.db.read(list_place_checks)}
    assert (world.db.read(get_event, sent.id).location, checks[sent.id]) == (None, "changed")


@pytest.mark.parametrize("shows_point", [True, False])
def test_country_and_spot_in_words_keep_a_place_that_fits(shows_point: bool) -> None:
    before = event("oslo-1", place=Place("Oslo"), location=OSLO)
    for fields, place in (
        ({"country": "NO"}, Place("Oslo", "", "NO")),
        ({"venue": "behind the station"}, Place("Oslo", "behind the station")),
    ):
        changed = changed_event(RESOLVER, before, fields_of_event(before) | fields, now=NOW, shows_point=shows_point)
        assert changed == Changed(before.changed(place=place), {})


def test_well_known_spot_is_found_when_it_is_added_and_left_when_it_goes() -> None:
    before = event("oslo-1", place=Place("Oslo"), location=OSLO)
    fields = fields_of_event(before)
    with_spot = changed_event(RESOLVER, before, fields | {"venue": "Stortinget"}, now=NOW, shows_point=True).event
    assert with_spot is not None and with_spot.location is not None  # noqa: PT018
    assert with_spot.location.precision is LocationPrecision.VENUE
    other = fields_of_event(with_spot) | {"venue": "behind the station"}
    without = changed_event(RESOLVER, with_spot, other, now=NOW, shows_point=True).event
    assert without is not None and without.location is not None  # noqa: PT018
    assert without.location.precision is LocationPrecision.CITY


def test_pin_stays_where_a_typing_error_in_its_place_is_corrected() -> None:
    pin = Location(57.7, 11.97, LocationPrecision.VENUE, 50, 1.0, "pin", "Gothenburg", "", "SE")
    before = event("gothenburg-1", place=Place("Gotheburg"), location=pin)
    corrected = fields_of_event(before) | {"place_text": "Gothenburg"}
    for shows_point in (True, False):
        changed = changed_event(RESOLVER, before, corrected, now=NOW, shows_point=shows_point)
        assert changed == Changed(before.changed(place=Place("Gothenburg")), {})


def test_another_place_never_keeps_the_old_pin() -> None:
    pin = Location(57.7, 11.97, LocationPrecision.VENUE, 50, 1.0, "pin", "Gothenburg", "", "SE")
    before = event("gothenburg-1", place=Place("Gothenburg"), location=pin)
    moved = fields_of_event(before) | {"place_text": "Oslo"}
    assert set(changed_event(RESOLVER, before, moved, now=NOW, shows_point=True).errors) == {"coordinates"}
    event_there = changed_event(RESOLVER, before, moved, now=NOW, shows_point=False).event
    assert event_there is not None and event_there.location is not None  # noqa: PT018
    assert (event_there.location.name, event_there.location.method) == ("Oslo", "gazetteer")


def test_hidden_fields_of_an_earlier_choice_do_not_count() -> None:
    before = event("oslo-1")
    fields = fields_of_event(before) | {"precision": "unknown"}
    draft = draft_event(RESOLVER, fields, before=before, now=NOW)
    assert draft.errors == {}
    assert draft.event == before.changed(when=EventDate.unknown())
