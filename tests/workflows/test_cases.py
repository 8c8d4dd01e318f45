"""One event with everything that concerns it, found by its id."""

from __future__ import annotations

import sqlalchemy as sa

from rallymap.events import Place, ReviewStatus
from rallymap.moderation import VISITOR, Account, ReportKind, Role
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
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = world.db._engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        open_case(world.db, MIRA, event_id)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return len([statement for statement in sent if statement.startswith("SELECT")])
