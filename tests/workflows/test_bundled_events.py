"""The first start fills the store; later ones leave it alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rallymap.errors import EventNotFoundError
from rallymap.events import ReviewStatus
from rallymap.intake.table import read_table
from rallymap.moderation import Account, Role, TakedownReason
from rallymap.places import default_resolver
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event, public_rows
from rallymap.store.place_checks import list_place_checks
from rallymap.store.schema import tombstones
from rallymap.workflows.bundled_events import SeedSummary, add_bundled_events, seed_if_empty
from rallymap.workflows.edits import store_edit
from rallymap.workflows.import_files import open_for_import
from rallymap.workflows.import_plan import RowOutcome, plan_import
from rallymap.workflows.imports import import_file, write_import
from rallymap.workflows.takedown import delete_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RESOLVER = default_resolver()
ADMIN = Account("ada", Role.ADMINISTRATOR)
NINE = {
    "paris-2018-06",
    "ottawa-2020-02",
    "toronto-2020-02",
    "oslo-2020-02",
    "gothenburg-2020-02",
    "malmo-2020-02",
    "aarhus-2020-02",
    "oslo-2022-06",
    "oslo-bookstand-undated",
}


@pytest.fixture
def settings(tmp_path: Path, nine_events: Path) -> Settings:
    shutil.copytree(nine_events, tmp_path / "data")
    return Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(tmp_path / "data")})


@pytest.fixture
def db(settings: Settings) -> Iterator[Database]:
    opened = Database.open(settings.database_url)
    yield opened
    opened.close()


def public_ids(db: Database) -> set[str]:
    return {row.id for rows in public_rows(db) for row in rows}


def test_first_start_publishes_all_nine_with_their_places(db: Database, settings: Settings) -> None:
    lines: list[str] = []
    assert seed_if_empty(db, settings, RESOLVER, lines.append) == []
    assert lines == ["Filling the database with 9 bundled events ...", "9 events are in, 9 with a place."]
    countries = {row.id: row.country for rows in public_rows(db) for row in rows}
    assert countries.keys() == NINE
    assert sorted(countries.values()) == ["CA", "CA", "DK", "FR", "NO", "NO", "NO", "SE", "SE"]
    assert db.read(list_place_checks) == []


def retitle_oslo(db: Database) -> None:
    """Give the event of Oslo a better title, as a moderator may after the start."""
    event = db.read(get_event, "oslo-2020-02")
    store_edit(
        db,
        event.changed(title="Better title"),
        account=ADMIN,
        expected_revision=1,
        idempotency_key="a-key-of-enough-letters",
    )


def test_later_starts_say_and_do_nothing(db: Database, settings: Settings) -> None:
    seed_if_empty(db, settings, RESOLVER)
    retitle_oslo(db)
    lines: list[str] = []
    assert seed_if_empty(db, settings, RESOLVER, lines.append) == []
    assert (lines, db.read(get_event, "oslo-2020-02").title) == ([], "Better title")


def test_data_folder_changed_later_does_not_matter(db: Database, settings: Settings) -> None:
    seed_if_empty(db, settings, RESOLVER)
    (settings.data_dir / "events.csv").unlink()
    assert seed_if_empty(db, settings, RESOLVER) == []


def test_event_imported_before_the_first_start_is_left_as_it_is(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,title,source_url\noslo-2020-02,Our own words,https://example.org\n", "utf-8")
    import_file(db, RESOLVER, table)
    seed_if_empty(db, settings, RESOLVER)
    assert (public_ids(db), db.read(get_event, "oslo-2020-02").title) == (NINE, "Our own words")


def test_missing_file_starts_an_empty_map_and_is_tried_again(db: Database, settings: Settings) -> None:
    file = settings.data_dir / "events.csv"
    content = file.read_bytes()
    file.unlink()
    (sentence,) = seed_if_empty(db, settings, RESOLVER)
    assert sentence == (
        "The bundled events cannot be read, so the map starts without them. "
        "The file events.csv cannot be read: No such file or directory."
    )
    assert public_ids(db) == set()
    file.write_bytes(content)
    assert seed_if_empty(db, settings, RESOLVER) == []
    assert public_ids(db) == NINE


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"\xff\xfe\xfd", b"<html>", b'"'])
def test_corrupt_file_is_said_in_words(db: Database, settings: Settings, content: bytes) -> None:
    (settings.data_dir / "events.csv").write_bytes(content)
    (sentence,) = seed_if_empty(db, settings, RESOLVER)
    assert sentence.startswith("The bundled events cannot be read, so the map starts without them. ")
    assert public_ids(db) == set()


def test_row_with_an_error_is_reported_and_the_others_shown(db: Database, settings: Settings) -> None:
    file = settings.data_dir / "events.csv"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("2018-06-30", "30 Juni"), "utf-8")
    (sentence,) = seed_if_empty(db, settings, RESOLVER)
    assert sentence == (
        "events.csv in the data folder has errors; its other events are shown. Row 2, column “date”: "
        "Write “30 Juni” with its year in four digits, such as 2026."
    )
    assert public_ids(db) == NINE - {"paris-2018-06"}
    file.write_text(whole, "utf-8")
    lines: list[str] = []
    assert seed_if_empty(db, settings, RESOLVER, lines.append) == []
    assert (public_ids(db), lines[0]) == (NINE, "Filling the database with 1 bundled events ...")


def test_event_without_a_place_waits_for_a_moderator(db: Database, settings: Settings) -> None:
    (settings.data_dir / "events.csv").write_text(
        "id,title,place,source_url\nabc,Rally,Springfield,https://example.org\n", "utf-8"
    )
    seed_if_empty(db, settings, RESOLVER)
    assert [(item.event.id, item.check.outcome) for item in db.read(list_place_checks)] == [("abc", "ambiguous")]
    assert db.read(get_event, "abc").review is ReviewStatus.PUBLISHED


@pytest.fixture
def with_rallies(settings: Settings) -> Settings:
    for name in ("rallies.csv", "places.csv"):
        shutil.copy(Settings.from_env({}).data_dir / name, settings.data_dir)
    return settings


class NoResolver:
    """Stands in for the geocoder where it must not be asked."""

    def resolve(self, text: str, **_options: Any) -> None:
        pytest.fail(f"the geocoder was asked for {text}")


def test_places_of_the_bundled_events_need_no_geocoder(db: Database, with_rallies: Settings) -> None:
    assert seed_if_empty(db, with_rallies, NoResolver()) == []  # type: ignore[arg-type]
    rows = [row for rows in public_rows(db) for row in rows]
    assert (len(rows), sum(row.lat is None for row in rows)) == (674, 0)
    assert db.read(list_place_checks) == []
    event = db.read(get_event, "oslo-2009-04-11-tamil")
    assert (event.location.name, event.location.precision, event.location.method) == ("Oslo", "venue", "well-known")
    assert (event.when.zone, event.location.country) == ("Europe/Oslo", "NO")


def test_place_that_was_changed_since_is_geocoded(db: Database, with_rallies: Settings) -> None:
    file = with_rallies.data_dir / "rallies.csv"
    file.write_text(file.read_text("utf-8").replace('"Narvik, Norway"', '"Bergen, Norway"'), "utf-8")
    assert seed_if_empty(db, with_rallies, RESOLVER) == []
    assert db.read(get_event, "narvik-2025-03-serbia").location.name == "Bergen"


def test_damaged_places_are_said_and_looked_up(db: Database, with_rallies: Settings) -> None:
    file = with_rallies.data_dir / "places.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith('"Narvik'))
    lines[at] = lines[at].replace("68.", "168.")
    file.write_text("".join(lines), "utf-8")
    assert seed_if_empty(db, with_rallies, RESOLVER) == [
        f"Row {at + 1} of places.csv is left out, and its place is looked up instead."
    ]
    assert 68 < db.read(get_event, "narvik-2025-03-serbia").location.lat < 69
    assert seed_if_empty(db, with_rallies, RESOLVER) == []  # the events are whole: nothing is left to do


def test_existing_database_gets_later_events_by_command_alone(db: Database, settings: Settings) -> None:
    seed_if_empty(db, settings, RESOLVER)
    retitle_oslo(db)
    delete_event(
        db, "malmo-2020-02", TakedownReason.UNTRUE, account=ADMIN, expected_revision=1, idempotency_key="n" * 24
    )
    for name in ("rallies.csv", "places.csv"):
        shutil.copy(Settings.from_env({}).data_dir / name, settings.data_dir)
    assert seed_if_empty(db, settings, RESOLVER) == []
    assert public_ids(db) == NINE - {"malmo-2020-02"}
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(added=665, known=8, withdrawn=1)
    assert len(public_ids(db)) == 673
    assert db.read(get_event, "oslo-2020-02").title == "Better title"
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(added=0, known=673, withdrawn=1)


def test_event_that_was_taken_down_stays_away_when_its_tombstone_is_gone(db: Database, settings: Settings) -> None:
    seed_if_empty(db, settings, RESOLVER)
    delete_event(db, "malmo-2020-02", TakedownReason.RISK, account=ADMIN, expected_revision=1, idempotency_key="n" * 24)
    with db.writing() as tx:  # what an operator's limit for tombstones does after its days
        tx.conn.execute(sa.delete(tombstones))
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(added=0, known=8, withdrawn=1)
    plan = plan_import(db, RESOLVER, open_for_import(settings.data_dir / "events.csv"), review=ReviewStatus.PUBLISHED)
    assert sorted(row.outcome for row in plan.rows) == [RowOutcome.TAKEN_DOWN] + [RowOutcome.UNCHANGED] * 8
    write_import(db, plan, actor="operator")
    assert public_ids(db) == NINE - {"malmo-2020-02"}


def test_nothing_is_invented(db: Database, settings: Settings) -> None:
    seed_if_empty(db, settings, RESOLVER)
    with pytest.raises(EventNotFoundError):
        db.read(get_event, "villepinte-2018-06")


def test_ids_that_an_operators_table_lacks_confirm_no_guess_of_a_place(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    row = b"title,date,place,source_url\nRally,2020-02-01,Oslo,https://example.org\n"
    (settings.data_dir / "events.csv").write_bytes(row)
    (made,) = read_table(row).events
    assert seed_if_empty(db, settings, RESOLVER) == []
    (here,) = public_ids(db)
    assert here[:17] == made.id[:17] == "rally-2020-02-01-"
    assert here != made.id
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(known=1)
    elsewhere = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    seed_if_empty(elsewhere, settings, RESOLVER)
    assert public_ids(elsewhere) not in ({here}, {made.id})
    elsewhere.close()


def test_event_under_an_id_that_reading_made_stays_one_event(db: Database, settings: Settings) -> None:
    row = b"title,date,place,source_url\nRally,2020-02-01,Oslo,https://example.org\n"
    (made,) = read_table(row).events
    add_many(db, [made.changed(review=ReviewStatus.PUBLISHED)], actor="rallymap")  # as versions before did
    (settings.data_dir / "events.csv").write_bytes(row)
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(known=1)
    assert public_ids(db) == {made.id}


def test_second_process_that_starts_changes_nothing_of_what_the_first_one_filled(
    db: Database, settings: Settings
) -> None:
    lines: list[str] = []

    def go_on_once_the_first_is_open(line: str) -> None:
        lines.append(line)
        if len(lines) == 1:  # before this one looks up the places
            seed_if_empty(db, settings, RESOLVER)
            retitle_oslo(db)
            delete_event(
                db, "malmo-2020-02", TakedownReason.REQUEST, account=ADMIN, expected_revision=1,
                idempotency_key="another-key-of-letters",
            )  # fmt: skip

    seed_if_empty(db, settings, RESOLVER, go_on_once_the_first_is_open)
    assert lines == ["Filling the database with 9 bundled events ..."]
    now = db.read(get_event, "oslo-2020-02")
    assert (now.title, now.revision) == ("Better title", 2)
    assert public_ids(db) == NINE - {"malmo-2020-02"}
    assert add_bundled_events(db, settings, RESOLVER) == SeedSummary(known=8, withdrawn=1)
