"""One event with everything that concerns it, found by its id."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from benchmarks.statements import collect_statements
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, EventStatus, Location, LocationPrecision, Place, ReviewStatus, Source
from rallymap.moderation import VISITOR, Account, ReportKind, Role
from rallymap.moderation.text_flags import FlagKind, TextFlag
from rallymap.store import PlaceCheck
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.workflows.cases import open_case
from rallymap.workflows.edits import store_edit
from rallymap.workflows.reports import report_event
from tests.workflows.moderated import (
    HAMILTONS,
    MIRA,
    PARIS,
    World,
    event,
    new_key,
    submit,
)

PENDING = [ReviewStatus.PENDING]
NORA = Account("nora", Role.MODERATOR, ("NO",))


def test_case_holds_what_bears_on_the_event(world: World) -> None:
    case = open_case(world.db, MIRA, world.public)
    assert case.item is None
    assert [report.kind for report in case.reports] == [ReportKind.WRONG_PLACE]
    assert case.proposal is not None
    assert case.proposal.proposed.title == "A better title"
    assert [duplicate.event.id for duplicate in case.duplicates] == ["oslo-waiting"]
    doubtful = open_case(world.db, MIRA, world.doubtful)
    assert doubtful.check is not None
    assert doubtful.check.outcome == "ambiguous"


def test_case_of_an_event_that_was_public_shows_what_the_public_saw(world: World) -> None:
    report_event(
        world.db,
        world.over,
        ReportKind.RISK,
        "",
        idempotency_key=new_key(),
        account=VISITOR,
        address="",
        now=world.db.now(),
    )
    assert open_case(world.db, MIRA, world.over).last_public is None
    hidden = world.db.read(get_event, world.over)
    store_edit(
        world.db,
        hidden.changed(title="Safer words"),
        account=MIRA,
        expected_revision=hidden.revision,
        idempotency_key=new_key(),
    )
    case = open_case(world.db, MIRA, world.over)
    assert case.last_public is not None
    assert (case.last_public.title, case.event.title) == ("Rally oslo-over", "Safer words")


def test_case_leaves_out_duplicates_of_other_countries(world: World) -> None:
    source = world.db.read(get_event, world.waiting).sources
    submit(world.db, event("paris-2", place=Place("Paris"), location=PARIS, sources=source))
    assert "paris-2" in [d.event.id for d in open_case(world.db, MIRA, world.waiting).duplicates]
    assert "paris-2" not in [d.event.id for d in open_case(world.db, NORA, world.waiting).duplicates]


def test_case_names_the_fields_that_give_the_venue_away(world: World) -> None:
    place = Place("Stortinget, Oslo", "Stortinget", "NO")
    submit(world.db, event("venue", title="Rally before Stortinget", place=place))
    assert open_case(world.db, MIRA, "venue").mentions == ("title",)


@pytest.mark.slow
def test_case_is_found_by_id_among_many(world: World) -> None:
    """The last of 260 events, each with an open place check: nothing is missing, and it takes no more statements."""
    check = PlaceCheck("ambiguous", HAMILTONS)
    many = [event(f"many-{number:03}", title=f"Rally {number}", review=ReviewStatus.PENDING) for number in range(260)]
    alone = _statements(world, world.doubtful)
    add_many(world.db, many, actor="import", place_checks={each.id: check for each in many})
    last = open_case(world.db, MIRA, "many-259")
    assert (last.check, last.item and last.item.event) == (check, many[-1])
    assert _statements(world, "many-259") == alone <= 12


def _statements(world: World, event_id: str) -> int:
    """Return how many statements opening a case sends to the database."""
    with collect_statements() as sent:
        open_case(world.db, MIRA, event_id)
    return len([statement for statement, _ in sent if statement.startswith("SELECT")])


def test_words_that_may_identify_a_person_are_pointed_out_field_by_field(world: World) -> None:
    source = Source(url="https://example.org/@paper", title="Ask for Anna Nowak")
    submit(world.db, event("told", about="Call +47 912 34 567", organisers=("Frau Petra Gruppe",), sources=(source,)))
    assert open_case(world.db, MIRA, "told").flags == (
        TextFlag(FlagKind.PHONE, "about", "+47 912 34 567"),
        TextFlag(FlagKind.NAME, "sources", "Anna Nowak"),
    )


def test_words_of_a_proposed_change_are_looked_at_in_place_of_those_it_changes(world: World) -> None:
    public = world.db.read(get_event, world.public)
    proposal = open_case(world.db, MIRA, world.public).proposal
    assert proposal is not None
    assert public.title != proposal.proposed.title
    assert open_case(world.db, MIRA, world.public).flags == ()


VENUE = Location(59.9139, 10.7522, LocationPrecision.VENUE, 50, 0.9, "landmark", "Youngstorget", "Oslo", "NO")


def vigil(event_id: str, weeks: int, **changes: Any) -> Event:
    """A vigil on a Wednesday, so many weeks after the present of these tests."""
    when = EventDate(date(2026, 6, 3) + timedelta(weeks=weeks), precision=DatePrecision.DAY, zone="Europe/Oslo")
    return event(
        event_id, when=when, location=VENUE, place=Place("Oslo", "Youngstorget", "NO"), review=ReviewStatus.PUBLISHED
    ).changed(**changes)


def test_withheld_venue_that_earlier_weeks_betray_is_pointed_out(world: World) -> None:
    far = Location(59.93, 10.80, LocationPrecision.VENUE, 50, 0.9, "landmark", "Far", "Oslo", "NO")
    add_many(
        world.db,
        [
            vigil("before-1", -1),
            vigil("before-2", -2),
            vigil("thursday", -3).changed(
                when=EventDate(date(2026, 5, 14), precision=DatePrecision.DAY), organisers=("Others",)
            ),
            vigil("elsewhere", -4, location=far),
            vigil("long-ago", -13),
            vigil("next", 1, status=EventStatus.ANNOUNCED),
        ],
        actor="import",
    )
    submit(world.db, vigil("upcoming", 0, status=EventStatus.ANNOUNCED, review=ReviewStatus.PENDING))
    assert open_case(world.db, MIRA, "upcoming").at_same_venue == 2
    assert open_case(world.db, MIRA, "before-1").at_same_venue == 0
