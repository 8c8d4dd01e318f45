"""The first start fills the store; later ones leave it alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap.errors import EventNotFoundError
from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.places import default_resolver
from rallymap.settings import Settings
from rallymap.store import EventStore
from rallymap.workflows.importing import import_table
from rallymap.workflows.seeding import seed_if_empty

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
def settings(tmp_path: Path) -> Settings:
    bundled = Settings.from_env({}).data_dir
    shutil.copytree(bundled, tmp_path / "data")
    return Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(tmp_path / "data")})


@pytest.fixture
def store(settings: Settings) -> Iterator[EventStore]:
    opened = EventStore.open(settings.database_url)
    yield opened
    opened.close()


def public_ids(store: EventStore) -> set[str]:
    return {row.id for rows in store.public_rows() for row in rows}


def test_first_start_publishes_all_nine_with_their_places(store: EventStore, settings: Settings) -> None:
    lines: list[str] = []
    assert seed_if_empty(store, settings, RESOLVER, lines.append) == []
    assert lines == ["Filling the new database with 9 events ...", "9 events are in, 9 with a place."]
    countries = {row.id: row.country for rows in store.public_rows() for row in rows}
    assert countries.keys() == NINE
    assert sorted(countries.values()) == ["CA", "CA", "DK", "FR", "NO", "NO", "NO", "SE", "SE"]
    assert store.places_to_check() == []


def test_later_starts_say_and_do_nothing(store: EventStore, settings: Settings) -> None:
    seed_if_empty(store, settings, RESOLVER)
    event = store.get("oslo-2020-02")
    store.edit(event.changed(title="Better title"), actor=ADMIN, expected_revision=1, nonce="a-nonce-of-enough-letters")
    lines: list[str] = []
    assert seed_if_empty(store, settings, RESOLVER, lines.append) == []
    assert (lines, store.get("oslo-2020-02").title) == ([], "Better title")


def test_data_folder_changed_later_does_not_matter(store: EventStore, settings: Settings) -> None:
    seed_if_empty(store, settings, RESOLVER)
    (settings.data_dir / "events.csv").unlink()
    assert seed_if_empty(store, settings, RESOLVER) == []


def test_event_imported_before_the_first_start_is_left_as_it_is(
    store: EventStore, settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,title,source_url\noslo-2020-02,Our own words,https://example.org\n", "utf-8")
    import_table(store, RESOLVER, table)
    seed_if_empty(store, settings, RESOLVER)
    assert (public_ids(store), store.get("oslo-2020-02").title) == (NINE, "Our own words")


def test_missing_file_starts_an_empty_map_and_is_tried_again(store: EventStore, settings: Settings) -> None:
    file = settings.data_dir / "events.csv"
    content = file.read_bytes()
    file.unlink()
    (sentence,) = seed_if_empty(store, settings, RESOLVER)
    assert sentence == (
        "The bundled events cannot be read, so the map starts without them. "
        "The file events.csv cannot be read: No such file or directory."
    )
    assert public_ids(store) == set()
    file.write_bytes(content)
    assert seed_if_empty(store, settings, RESOLVER) == []
    assert public_ids(store) == NINE


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04", b"\xff\xfe\xfd", b"<html>", b'"'])
def test_corrupt_file_is_said_in_words(store: EventStore, settings: Settings, content: bytes) -> None:
    (settings.data_dir / "events.csv").write_bytes(content)
    (sentence,) = seed_if_empty(store, settings, RESOLVER)
    assert sentence.startswith("The bundled events cannot be read, so the map starts without them. ")
    assert public_ids(store) == set()


def test_row_with_a_mistake_is_said_and_the_others_shown(store: EventStore, settings: Settings) -> None:
    file = settings.data_dir / "events.csv"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace("2018-06-30", "30 Juni"), "utf-8")
    (sentence,) = seed_if_empty(store, settings, RESOLVER)
    assert sentence == (
        "events.csv in the data folder has mistakes; its other events are shown. Row 2, column “date”: "
        "“30 Juni” is not a date; write 2020-02-01, 2020-02-01/2020-02-02, 2022-06~ or 2018."
    )
    assert public_ids(store) == NINE - {"paris-2018-06"}
    file.write_text(whole, "utf-8")
    lines: list[str] = []
    assert seed_if_empty(store, settings, RESOLVER, lines.append) == []
    assert (public_ids(store), lines[0]) == (NINE, "Filling the new database with 1 events ...")


def test_event_without_a_place_waits_for_a_moderator(store: EventStore, settings: Settings) -> None:
    (settings.data_dir / "events.csv").write_text(
        "id,title,place,source_url\nabc,Rally,Springfield,https://example.org\n", "utf-8"
    )
    seed_if_empty(store, settings, RESOLVER)
    assert [(item.event.id, item.check.outcome) for item in store.places_to_check()] == [("abc", "ambiguous")]
    assert store.get("abc").review is ReviewStatus.PUBLISHED


def test_nothing_is_invented(store: EventStore, settings: Settings) -> None:
    seed_if_empty(store, settings, RESOLVER)
    with pytest.raises(EventNotFoundError):
        store.get("villepinte-2018-06")
