"""Tables go into a real store."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from rallymap.errors import IntakeError
from rallymap.events import Disclosure, Event, LocationPrecision, ReviewStatus
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.places import default_resolver
from rallymap.store import EventStore
from rallymap.workflows import importing
from rallymap.workflows.importing import ImportSummary, import_table

RESOLVER = default_resolver()
ADMIN = Account("ada", Role.ADMINISTRATOR)
NONCE = "a-nonce-of-enough-letters"
HEADER = "id,title,date,place,country,about,source_url\n"
TABLE = (
    HEADER
    + "oslo-1,Rally A,2020-02-01,Oslo,NO,Words,https://example.org/a\n"
    + "spring-1,Rally B,2020-02-02,Springfield,US,Words,https://example.org/b\n"
    + "none-1,Rally C,2020-02-03,Xyzzyqqburg,,Words,https://example.org/c\n"
    + "bare-1,Rally D,2020-02-04,,,Words,\n"
    + "bad-1,,soon,Oslo,NO,Words,javascript:x\n"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EventStore]:
    opened = EventStore.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


@pytest.fixture
def run(store: EventStore, tmp_path: Path) -> Runner:
    return Runner(store, tmp_path / "events.csv")


class Runner:
    """Imports texts as one file."""

    def __init__(self, store: EventStore, path: Path) -> None:
        self.store, self.path = store, path

    def __call__(self, text: str, **options: object) -> ImportSummary:
        self.path.write_text(text, "utf-8")
        return import_table(self.store, RESOLVER, self.path, **options)  # type: ignore[arg-type]

    def get(self, event_id: str) -> Event:
        return self.store.get(event_id)


def test_summary_counts_everything(run: Runner, tmp_path: Path) -> None:
    summary = run(TABLE)
    assert dataclasses.replace(summary, errors=()) == ImportSummary(
        read=5,
        added=4,
        updated=0,
        unchanged=0,
        rejected=1,
        ambiguous=1,
        without_place=2,
        held_back=1,
        rejected_path=tmp_path / "events-rejected.csv",
    )
    assert [(error.row, error.field) for error in summary.errors] == [(6, "date"), (6, "source_url"), (6, "title")]
    assert [run.get(event_id).review for event_id in ("oslo-1", "bare-1")] == [
        ReviewStatus.PUBLISHED,
        ReviewStatus.PENDING,
    ]
    assert {item.event.id: item.check.outcome for item in run.store.places_to_check()} == {
        "spring-1": "ambiguous",
        "none-1": "no-match",
    }


def test_rejected_rows_go_in_once_they_are_mended(run: Runner) -> None:
    path = run(TABLE).rejected_path
    assert path is not None
    mended = (
        path.read_text("utf-8-sig")
        .replace("bad-1,,soon", "bad-1,Rally E,2020")
        .replace("javascript:x", "https://e.org")
    )
    path.write_text(mended, "utf-8")
    summary = import_table(run.store, RESOLVER, path)
    assert (summary.read, summary.added, summary.rejected_path) == (1, 1, None)
    assert run.get("bad-1").title == "Rally E"


def test_second_import_changes_nothing(run: Runner) -> None:
    run(TABLE)
    before = run.store.dataset_version()
    summary = run(TABLE)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 0, 4)
    assert (run.get("oslo-1").revision, run.store.dataset_version()) == (1, before)


def test_earlier_rejected_rows_are_not_written_over(run: Runner, tmp_path: Path) -> None:
    paths = [run(TABLE).rejected_path for _ in range(3)]
    assert paths == [tmp_path / f"events-rejected{n}.csv" for n in ("", "-2", "-3")]


def test_changed_row_updates_the_event(run: Runner) -> None:
    run(TABLE)
    summary = run(HEADER + "oslo-1,Rally A2,2020-02-01,Oslo,NO,Words,https://example.org/a\n")
    assert (summary.updated, summary.unchanged) == (1, 0)
    assert (run.get("oslo-1").title, run.get("oslo-1").revision) == ("Rally A2", 2)


def test_what_the_table_has_no_column_for_stays(run: Runner) -> None:
    run(TABLE)
    before = run.get("oslo-1")
    assert run("id,title\noslo-1,New title\n").updated == 1
    assert run.get("oslo-1") == before.changed(title="New title", revision=2)


def test_empty_cell_of_a_column_empties_the_field(run: Runner) -> None:
    run(TABLE)
    run("id,title,about\noslo-1,Rally A,\n")
    assert run.get("oslo-1").about == ""


def test_disclosure_that_the_organiser_chose_stays(run: Runner) -> None:
    run(TABLE)
    event = run.get("oslo-1").changed(disclosure=Disclosure.PUBLIC)
    run.store.edit(event, actor=ADMIN, expected_revision=1, nonce=NONCE)
    run(TABLE)
    assert run.get("oslo-1").disclosure is Disclosure.PUBLIC


def test_place_that_a_moderator_settled_stays_while_its_words_do(run: Runner) -> None:
    run(TABLE)
    oslo = run.get("oslo-1").location
    assert oslo is not None
    settled = dataclasses.replace(oslo, lat=39.8, lon=-89.6, name="Springfield", country="US", method="pin")
    run.store.settle_place("spring-1", settled, actor=ADMIN, expected_revision=1, nonce=NONCE)
    assert run(TABLE).ambiguous == 0
    assert run.get("spring-1").location == settled
    moved = TABLE.replace("Springfield,US", "Toronto,CA")
    assert run(moved).updated == 1
    assert run.get("spring-1").location != settled


def test_review_status_that_a_moderator_gave_stays(run: Runner) -> None:
    run(TABLE)
    run.store.decide(
        "oslo-1",
        Decision.WITHDRAW,
        actor=ADMIN,
        expected_revision=1,
        reason="It did not happen.",
        nonce=NONCE,
    )
    run(TABLE.replace("Rally A", "Rally A2"))
    assert (run.get("oslo-1").title, run.get("oslo-1").review) == ("Rally A2", ReviewStatus.WITHDRAWN)


def test_event_that_was_taken_down_stays_so(run: Runner) -> None:
    run(TABLE)
    run.store.take_down("oslo-1", TakedownReason.RISK, actor=ADMIN, expected_revision=1, nonce=NONCE)
    for dry_run in (True, False):
        summary = run(TABLE, dry_run=dry_run)
        assert (summary.unchanged, summary.added, summary.withdrawn) == (3, 0, 1)
    assert run.store.get_many(["oslo-1"]) == []


def test_pending_import_publishes_nothing(run: Runner) -> None:
    summary = run(TABLE, review=ReviewStatus.PENDING)
    assert (summary.added, summary.held_back) == (4, 0)
    assert list(run.store.public_rows()) in ([], [[]])


def test_event_reported_by_its_organiser_needs_no_source(run: Runner) -> None:
    run("id,title,by_organiser\nabc,Rally,yes\n")
    assert run.get("abc").review is ReviewStatus.PUBLISHED


def test_dry_run_counts_and_leaves_everything(run: Runner, tmp_path: Path) -> None:
    run(HEADER + "oslo-1,Rally A,2020-02-01,Oslo,NO,Words,https://example.org/a\n")
    before = run.store.dataset_version()
    summary = run(TABLE.replace("Rally A", "Rally A2"), dry_run=True)
    assert (summary.added, summary.updated, summary.unchanged, summary.rejected) == (3, 1, 0, 1)
    assert (summary.rejected_path, run.store.dataset_version(), run.get("oslo-1").title) == (None, before, "Rally A")
    assert run.store.places_to_check() == []
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".csv") == ["events.csv"]


def test_dry_run_says_what_the_run_then_does(run: Runner) -> None:
    run(TABLE)
    changed = TABLE.replace("Rally A", "Rally A2").replace("spring-1", "spring-2")
    told = run(changed, dry_run=True)
    done = run(changed)
    assert dataclasses.replace(told, rejected_path=done.rejected_path, errors=()) == dataclasses.replace(
        done, errors=()
    )


def test_time_gets_the_zone_of_its_place(run: Runner) -> None:
    run("id,title,start,start_time,place,country,source_url\nabc,Rally,2020-07-01,18:00,Toronto,CA,https://e.org\n")
    assert run.get("abc").when.zone == "America/Toronto"


def test_given_coordinates_are_kept(run: Runner) -> None:
    summary = run(
        "id,title,place,venue,lat,lon,source_url\nabc,Rally,Oslo,Stortinget,59.91303,10.74025,https://e.org\n"
    )
    location = run.get("abc").location
    assert location is not None
    assert (location.lat, location.lon, location.method, location.precision, location.country) == (
        59.91303,
        10.74025,
        "given",
        LocationPrecision.VENUE,
        "NO",
    )
    assert summary.without_place == 0


def test_progress_is_told_row_by_thousand(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    told: list[tuple[int, int]] = []
    run("title\n" + "".join(f"R{n}\n" for n in range(5)), progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_rejected_rows_that_cannot_be_written(run: Runner, tmp_path: Path) -> None:
    with pytest.raises(IntakeError) as caught:
        run(TABLE, rejected_path=tmp_path / "no" / "folder.csv")
    assert caught.value.user_message == (
        "The good rows are in, but the 1 rejected ones cannot be written to folder.csv: No such file or directory. "
        "Name another file with --rejected."
    )
    assert run.get("oslo-1").title == "Rally A"


def test_file_that_cannot_be_read_changes_nothing(run: Runner) -> None:
    with pytest.raises(IntakeError):
        run("name of it\nA\n")
    assert run.store.get_many(["oslo-1"]) == []


@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", "${alert(1)}", "C:\\users", "`", "{{7*7}}", "متن"])
def test_payloads_are_texts_in_every_column(run: Runner, payload: str) -> None:
    cell = '"' + payload + '"'
    run(
        "id,title,place,venue,organisers,communities,topics,about,claim1_text,claim1_by,source1_title,crowd1_words,"
        "crowd1_by\nabc," + ",".join([cell] * 12) + "\n"
    )
    event = run.get("abc")
    assert {
        event.title,
        event.place.text,
        event.place.venue,
        *event.organisers,
        *event.communities,
        *event.topics,
        event.about,
        event.claims[0].text,
        event.claims[0].by,
        event.sources[0].title,
        event.crowd[0].words,
        event.crowd[0].by,
    } == {payload}
