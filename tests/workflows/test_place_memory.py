"""What is remembered of a place serves nobody while the place is withheld, and goes with the event."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.errors import StaleEventError
from rallymap.events import Event, EventStatus, LocationPrecision, Place
from rallymap.moderation import Decision, TakedownReason
from rallymap.places import Candidate, Located, Resolver, candidates_of, default_resolver
from rallymap.places.service_answer_cache import ServiceAnswerCache
from rallymap.query.snapshot import SnapshotKeeper
from rallymap.store.edit_links import read_own_event
from rallymap.store.events import get_event, get_events, public_rows, read_public_changes, read_public_rows
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.place_checks import settle_place
from rallymap.workflows.place_memory import may_remember, open_places, open_places_of, tidy_overrides
from rallymap.workflows.submissions import submit_event
from rallymap.workflows.takedown import delete_event, take_down
from tests.store.acts import merge
from tests.workflows.moderated import MIRA, World, event, new_key, publish, submit

POINT = (59.91301, 10.73999)
WORDS = "the usual corner, Oslo"
OLD_HEADER = "text,country,lat,lon,precision,radius_m,name,admin1,place_country,venue,note,found_by\n"


class Site:
    """One app: its files, and a resolver as the app makes it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.file, self.answers = world, folder / "place-overrides.csv", folder / "place-answers.db"
        db = world.db
        self.keeper = SnapshotKeeper(
            load=lambda: public_rows(db),
            changes_since=lambda version: db.read(read_public_changes, version),
            rows_for=lambda ids: db.read(read_public_rows, ids),
            version=db.dataset_version,
            clock=lambda: world.now.timestamp(),
            wall_clock_s=lambda: world.now.timestamp(),
        )
        self.resolver = default_resolver(self.file, is_open=open_places(self.keeper), answers_path=self.answers)

    def later(self, **duration: float) -> None:
        self.world.clock.now += timedelta(**duration)

    def settle(self, event_id: str, *, remember: bool = True) -> tuple[Event, str]:
        db = self.world.db
        return settle_place(
            db,
            self.resolver,
            db.read(get_event, event_id),
            POINT,
            account=MIRA,
            remember=remember,
            idempotency_key=new_key(),
        )

    def take_down(self, event_id: str) -> str:
        revision = self.world.db.read(get_event, event_id).revision
        return take_down(
            self.world.db,
            self.resolver,
            event_id,
            TakedownReason.RISK,
            account=MIRA,
            expected_revision=revision,
            idempotency_key=new_key(),
        )

    @property
    def text(self) -> str:
        return self.file.read_text("utf-8") if self.file.exists() else ""


@pytest.fixture
def site(world: World, tmp_path: Path) -> Site:
    return Site(world, tmp_path)


def ahead(world: World, event_id: str = "ahead", days: int = 14, **changes: Any) -> Event:
    when = EventDate((world.now + timedelta(days=days)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo")
    made = event(event_id, when=when, place=Place(WORDS), location=None, status=EventStatus.ANNOUNCED)
    return made.changed(**changes)


def is_exact(resolver: Resolver, text: str = WORDS) -> bool:
    found = [*candidates_of(resolver.resolve(text)), *resolver.suggest(text)]
    return any((place.lat, place.lon) == POINT for place in found)


def sent_by_a_visitor(site: Site, words: str = WORDS) -> Event:
    """Return the event of a form that names these words, as its sender sees it behind the edit link."""
    fields = {"title": "Mine", "precision": "day", "start": "2020-02-01", "place_text": words}
    sent = submit_event(site.world.db, site.resolver, fields, idempotency_key=new_key(), now=site.world.now)
    return site.world.db.read(read_own_event, sent.receipts[0].edit_token).event


def test_words_of_a_withheld_place_are_never_remembered(site: Site) -> None:
    submit(site.world.db, ahead(site.world))
    after, problem = site.settle("ahead")
    assert (after.location is not None, problem) == (
        True,
        "Its words are not remembered, because its exact location is withheld.",
    )
    assert site.text == ""
    assert not is_exact(site.resolver)


@pytest.mark.parametrize(
    ("changes", "remembers"),
    [
        ({}, False),
        ({"status": EventStatus.HELD}, False),
        ({"status": EventStatus.POSTPONED}, False),
        ({"when": EventDate.unknown()}, False),
        ({"disclosure": "public"}, True),
        ({"when": event("x-1").when}, True),
        ({"when": event("x-1").when, "status": EventStatus.POSTPONED}, False),
    ],
)
def test_words_may_be_remembered_once_nothing_is_withheld(
    world: World, changes: dict[str, Any], remembers: bool
) -> None:
    assert may_remember(ahead(world, **changes), world.now) is remembers


@pytest.mark.slow
def test_exact_location_is_given_only_while_the_public_sees_it_in_its_event(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    assert not is_exact(site.resolver)  # it waits for review
    assert sent_by_a_visitor(site).location != site.world.db.read(get_event, "over").location
    publish(site.world.db, "over")
    site.later(seconds=2)
    assert is_exact(site.resolver)
    revision = site.world.db.read(get_event, "over").revision
    decide(
        site.world.db,
        "over",
        Decision.WITHDRAW,
        account=MIRA,
        expected_revision=revision,
        reason="They asked.",
        idempotency_key=new_key(),
    )
    site.later(seconds=2)
    assert not is_exact(site.resolver)


def test_event_that_moves_ahead_again_closes_what_was_remembered(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    publish(site.world.db, "over")
    site.later(seconds=2)
    assert is_exact(site.resolver)
    now = site.world.db.read(get_event, "over")
    store_edit(
        site.world.db,
        now.changed(when=ahead(site.world).when),
        account=MIRA,
        expected_revision=now.revision,
        idempotency_key=new_key(),
    )
    site.later(seconds=2)
    assert not is_exact(site.resolver)


def test_town_that_was_chosen_is_given_without_the_venue(site: Site) -> None:
    town = Candidate(59.91273, 10.74609, "Oslo", "Oslo", "NO", LocationPrecision.CITY, 9000, 0.9, venue="Youngstorget")
    site.resolver.store_override(WORDS, None, town, event_id=site.world.waiting)
    answer = site.resolver.resolve(WORDS)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue) == ("Oslo", None)


def test_operators_own_rows_are_always_given(site: Site) -> None:
    site.file.write_text(f"{OLD_HEADER}Our hall,,59.91301,10.73999,,,,,NO,,bought in 2019 for oslo\n", "utf-8")
    assert is_exact(site.resolver, "our hall")


@pytest.mark.slow
def test_takedown_before_the_event_leaves_nothing(site: Site) -> None:
    submit(site.world.db, ahead(site.world))
    site.settle("ahead")
    publish(site.world.db, "ahead")
    assert site.take_down("ahead") == ""
    assert site.text == ""
    assert not is_exact(site.resolver)
    site.later(days=30)
    assert not is_exact(site.resolver)


@pytest.mark.slow
def test_takedown_after_the_event_leaves_nothing(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    publish(site.world.db, "over")
    site.later(seconds=2)
    assert is_exact(site.resolver)
    site.resolver.store_override("Cologne", None, (50.94, 6.96))
    assert site.take_down("over") == ""
    assert not is_exact(site.resolver)
    location = sent_by_a_visitor(site).location
    assert location is None or (location.lat, location.lon) != POINT
    assert [line.split(",")[0] for line in site.text.splitlines()] == ["text", "Cologne"]


def test_takedown_deletes_what_earlier_versions_wrote(site: Site) -> None:
    site.file.write_text(
        f'{OLD_HEADER}"{WORDS}",,59.91301,10.73999,venue,150,Oslo,Oslo,NO,,mira for {site.world.public},\n'
        "Elsewhere,,1.0,2.0,venue,150,,,,,mira for another-event,\n",
        "utf-8",
    )
    site.take_down(site.world.public)
    assert [line.split(",")[0] for line in site.text.splitlines()] == ["text", "Elsewhere"]


@pytest.mark.slow
def test_takedown_of_a_merged_event_takes_both_with_it(site: Site) -> None:
    db = site.world.db
    submit(db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    kept, gone = db.read(get_event, site.world.public), db.read(get_event, "over")
    merge(
        db,
        kept.id,
        gone.id,
        account=MIRA,
        expected_revision=kept.revision,
        gone_revision=gone.revision,
        idempotency_key=new_key(),
    )
    site.take_down(kept.id)
    assert len(site.text.splitlines()) == 1


@pytest.mark.slow
def test_takedown_deletes_answers_of_services_to_every_text_the_event_ever_had(site: Site) -> None:
    db = site.world.db
    submit(db, event("over", place=Place("Old corner", "By the tree")))
    now = db.read(get_event, "over")
    store_edit(db, now.changed(place=Place("New corner")), account=MIRA, expected_revision=1, idempotency_key=new_key())
    texts = ("Old corner", "By the tree", "By the tree, Old corner", "NEW CORNER", "Elsewhere")
    with closing(ServiceAnswerCache(site.answers)) as answers:
        for text in texts:
            answers.keep("nominatim", text, "NO", ())
    site.take_down("over")
    with closing(ServiceAnswerCache(site.answers)) as answers:
        assert [text for text in texts if answers.find("nominatim", text, "NO") is not None] == ["Elsewhere"]
    assert b"corner" not in site.answers.read_bytes()


def test_stale_takedown_deletes_nothing(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    before = site.text
    with pytest.raises(StaleEventError):
        take_down(
            site.world.db,
            site.resolver,
            "over",
            TakedownReason.RISK,
            account=MIRA,
            expected_revision=1,
            idempotency_key=new_key(),
        )
    assert site.text == before


def test_takedown_says_what_could_not_be_deleted(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    site.file.unlink()
    site.file.mkdir()
    assert site.take_down("over") == (
        "The overrides file could not be changed: the operator has to delete the rows of this event in "
        "place-overrides.csv (over)."
    )
    assert site.world.db.read(get_events, ["over"]) == []


def test_file_names_no_moderator_and_is_tidied_at_start(site: Site) -> None:
    submit(site.world.db, event("over", place=Place(WORDS), location=None))
    site.settle("over")
    assert "mira" not in site.text
    gone = submit(site.world.db, event("gone"))
    assert gone
    delete_event(
        site.world.db, "gone", TakedownReason.RISK, account=MIRA, expected_revision=1, idempotency_key=new_key()
    )
    site.file.write_text(
        site.text
        + f"Here,,1.0,2.0,venue,150,,,,,mira for {site.world.public},\n"
        + "There,,1.0,2.0,venue,150,,,,,mira for gone,\n"
        + "Hall,,1.0,2.0,venue,150,,,,,bought for a song,\n",
        "utf-8",
    )
    assert tidy_overrides(site.world.db, site.resolver.overrides) == ""
    assert "mira" not in site.text
    rows = [line.rsplit(",", 3) for line in site.text.splitlines()[2:]]
    assert rows == [
        ["Here,,1.0,2.0,venue,150,,,,", "", "", site.world.public],
        ["Hall,,1.0,2.0,venue,150,,,,", "bought for a song", "", ""],
    ]


def test_commands_use_no_decision_about_a_withheld_place_either(site: Site) -> None:
    site.resolver.store_override(WORDS, None, POINT, event_id=site.world.waiting)
    assert is_exact(default_resolver(site.file))
    assert not is_exact(default_resolver(site.file, is_open=open_places_of(site.world.db)))
