"""Files of events go into a real store: the plan, the batch, undoing it."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rallymap.errors import IntakeError, StoreError
from rallymap.events import Disclosure, Event, Kind, LocationPrecision, ReviewStatus, Translation
from rallymap.intake.options import ImportOptions
from rallymap.language import find_language, languages, say, use_language
from rallymap.moderation import Account, Decision, Role, TakedownReason
from rallymap.places import default_resolver
from rallymap.store import Database, ImportedNote
from rallymap.store.events import get_event, get_events, public_rows, read_public_changes
from rallymap.store.import_undo import undo_import
from rallymap.store.imports import list_import_events, list_imported_notes, list_imports, list_row_counts
from rallymap.store.place_checks import list_place_checks
from rallymap.store.search import find_search_ids
from rallymap.workflows import imports
from rallymap.workflows.decisions import decide
from rallymap.workflows.edits import store_edit
from rallymap.workflows.import_files import open_for_import
from rallymap.workflows.import_plan import ImportPlan, RowOutcome, plan_import
from rallymap.workflows.imported_rows import figure_of_imported_rows
from rallymap.workflows.imports import ImportSummary, explain_no_events, report_csv, write_import
from rallymap.workflows.place_checks import set_location
from rallymap.workflows.takedown import delete_event

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RESOLVER = default_resolver()
ADMIN = Account("ada", Role.ADMINISTRATOR)
KEY = "a-key-of-enough-letters"
HEADER = "id,title,date,place,country,about,source_url\n"
TABLE = (
    HEADER
    + "oslo-1,Rally A,2020-02-01,Oslo,NO,Words,https://example.org/a\n"
    + "spring-1,Rally B,2020-02-02,Springfield,US,Words,https://example.org/b\n"
    + "none-1,Rally C,2020-02-03,Xyzzyqqburg,,Words,https://example.org/c\n"
    + "bare-1,Rally D,2020-02-04,,,Words,\n"
    + "bad-1,Rally E,soon,Oslo,NO,Words,javascript:x\n"
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    yield opened
    opened.close()


@pytest.fixture
def run(db: Database, tmp_path: Path) -> Runner:
    return Runner(db, tmp_path / "events.csv")


class Runner:
    """Imports texts as one file."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db, self.path = db, path

    def plan(self, text: str, options: ImportOptions | None = None, **more: Any) -> ImportPlan:
        self.path.write_text(text, "utf-8")
        return plan_import(self.db, RESOLVER, open_for_import(self.path), options, **more)

    def __call__(self, text: str, options: ImportOptions | None = None, **more: Any) -> ImportSummary:
        return write_import(self.db, self.plan(text, options, **more), actor="operator")

    def get(self, event_id: str) -> Event:
        return self.db.read(get_event, event_id)


def test_every_row_has_one_outcome_and_the_sum_is_the_rows_read(run: Runner) -> None:
    plan = run.plan(TABLE + ",,,,,,\n" + "oslo-1,Rally A,2020-02-01,Oslo,NO,Words,https://example.org/a\n")
    assert [(row.result.number, row.outcome.value) for row in plan.rows] == [
        (2, "new"),
        (3, "place to check"),
        (4, "place to check"),
        (5, "new"),
        (6, "new"),
        (8, "possible duplicate"),
    ]
    assert sum(plan.counts.values()) == len(plan.rows) == 6


def test_imported_events_are_found_by_a_search_until_the_import_is_undone(run: Runner) -> None:
    first = run(TABLE)
    public = [row.search_id for rows in public_rows(run.db) for row in rows]
    assert sorted(run.db.read(find_search_ids, "Rally").tolist()) == sorted(public)
    assert len(run.db.read(find_search_ids, "Oslo")) == 1
    with run.db.writing() as tx:
        undo_import(tx, first.batch_id, actor="operator")
    assert len(run.db.read(find_search_ids, "Rally")) == 0


def test_figure_of_imported_rows_adds_up_what_was_not_undone(run: Runner) -> None:
    assert figure_of_imported_rows(run.db.read(list_row_counts)) is None
    first = run(TABLE)
    run(HEADER + "kiel-1,Rally K,2020-05-01,Kiel,DE,Words,https://example.org/k\n,,,,,Sum: 1,\n")
    figure = figure_of_imported_rows(run.db.read(list_row_counts))
    assert figure is not None
    assert figure.rows == (("new", 4), ("place to check", 2), ("not an event", 1))
    assert figure.sentence.startswith("Rows of imported tables that gave no event: 1 of 7 (14")
    with run.db.writing() as tx:
        undo_import(tx, first.batch_id, actor="operator")
    figure = figure_of_imported_rows(run.db.read(list_row_counts))
    assert figure is not None
    assert figure.rows == (("new", 1), ("not an event", 1))


def test_damaged_event_is_left_as_it_is_and_named_in_the_report(run: Runner) -> None:
    run(TABLE)
    with run.db.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE revisions SET document = '{' WHERE event_id = 'oslo-1'")
    plan = run.plan(TABLE.replace("Words", "Other words"))
    row = plan.rows[0]
    said = "What is stored of this event is damaged. The import does not change it; ask the operator."
    assert (row.outcome, row.event, say(row.reason)) == (RowOutcome.UNCHANGED, None, said)
    assert f"2,unchanged,{said},oslo-1" in report_csv(plan).decode("utf-8-sig")

    summary = write_import(run.db, plan, actor="operator")
    assert (summary.written, summary.changed_meanwhile) == (4, 0)
    assert run.get("bare-1").about == "Other words"


def test_the_other_towns_of_a_column_say_the_country(run: Runner) -> None:
    run(
        "id,title,date,town,time,source_url\nbrest,A,2023-01-19,Brest,10:30,https://example.org/a\n"
        "tours,B,2023-01-19,Tours,10:00,https://example.org/b\nnice,C,2023-01-19,Nice,10:00,https://example.org/c\n"
    )

    event = run.get("brest")
    assert (event.location and event.location.country, event.when.edtf) == ("FR", "2023-01-19T10:30:00")
    assert run.db.read(list_imported_notes, "brest") == [
        ImportedNote("town", "Brest", "No country is given. The other towns of the column are in France.")
    ]


def test_a_province_called_like_its_town_and_a_country_is_no_country(run: Runner) -> None:
    run("id,title,date,ciudad,provincia\ngranada,A,2024-05-10,Granada,Granada\nmadrid,B,2024-05-01,Madrid,Madrid\n")

    location = run.get("granada").location
    assert location is None or location.country == "ES"


def test_event_stays_where_a_detail_cannot_be_read(run: Runner) -> None:
    run(TABLE)
    event = run.get("bad-1")
    assert (event.title, event.when.is_known, event.place.text, event.sources) == ("Rally E", False, "Oslo", ())
    assert run.db.read(list_imported_notes, "bad-1") == [
        ImportedNote("date", "soon", "Left out. This is not a date that can be read."),
        ImportedNote("source_url", "javascript:x", "Left out. This is not the address of a web page."),
    ]


def test_only_what_somebody_vouches_for_is_published(run: Runner) -> None:
    summary = run(TABLE)
    assert [run.get(event_id).review.value for event_id in ("oslo-1", "bare-1", "bad-1")] == [
        "published",
        "pending",
        "pending",
    ]
    assert (summary.written, summary.held_back) == (5, 2)
    assert {item.event.id: item.check.outcome for item in run.db.read(list_place_checks)} == {
        "spring-1": "ambiguous",
        "none-1": "no-match",
    }


def test_second_import_changes_nothing_and_makes_no_batch(run: Runner) -> None:
    first = run(TABLE)
    before = run.db.dataset_version()
    plan = run.plan(TABLE)
    assert plan.counts["unchanged"] == 5
    assert [batch.id for batch in plan.earlier] == [first.batch_id]
    assert write_import(run.db, plan, actor="operator").batch_id == ""
    assert (run.get("oslo-1").revision, run.db.dataset_version()) == (1, before)


def test_changed_row_shows_its_differences_and_updates_the_event(run: Runner) -> None:
    run(TABLE)
    changed = HEADER + "oslo-1,Rally A2,2020-02-01,Oslo,NO,Words,https://example.org/a\n"
    (row,) = run.plan(changed).rows
    assert (row.outcome.value, row.changes) == ("changed", {"title": ("Rally A", "Rally A2")})
    assert run(changed).written == 1
    assert (run.get("oslo-1").title, run.get("oslo-1").revision) == ("Rally A2", 2)


def test_what_the_table_has_no_column_for_stays(run: Runner) -> None:
    run(TABLE)
    before = run.get("oslo-1")
    assert run("id,title\noslo-1,New title\n").written == 1
    assert run.get("oslo-1") == before.changed(title="New title", revision=2)


def test_column_of_one_language_says_nothing_of_the_others(run: Runner) -> None:
    run(TABLE)
    run("id,title,language,title (fa),about (fa),title_uk\noslo-1,Rally A,en,تجمع,درباره,Мітинг\n")
    run("id,title,title_fa,title (nb)\noslo-1,Rally A,گردهمایی,Markering\n")
    assert run.get("oslo-1").language == "en"
    assert run.get("oslo-1").translations == (
        Translation("fa", "گردهمایی", "درباره"),
        Translation("nb", "Markering"),
        Translation("uk", "Мітинг"),
    )
    run("id,title (en),title_uk\noslo-1,Rally A,\n")
    assert [one.language for one in run.get("oslo-1").translations] == ["fa", "nb"]


def test_column_in_the_language_of_the_original_is_no_translation(run: Runner) -> None:
    run("id,title,language,date,place\noslo-1,Rally A,fa,2020-02-01,Oslo\n")
    run("id,title,title_fa,title_nb\noslo-1,Rally B,تجمع,Markering\n")
    assert (run.get("oslo-1").title, run.get("oslo-1").language) == ("Rally B", "fa")
    assert run.get("oslo-1").translations == (Translation("nb", "Markering"),)


def test_empty_cell_of_a_column_empties_the_field(run: Runner) -> None:
    run(TABLE)
    run("id,title,about\noslo-1,Rally A,\n")
    assert run.get("oslo-1").about == ""


def test_disclosure_that_the_organiser_chose_stays(run: Runner) -> None:
    run(TABLE)
    event = run.get("oslo-1").changed(disclosure=Disclosure.PUBLIC)
    store_edit(run.db, event, account=ADMIN, expected_revision=1, idempotency_key=KEY)
    run(TABLE)
    assert run.get("oslo-1").disclosure is Disclosure.PUBLIC


@pytest.mark.slow
def test_place_that_a_moderator_settled_stays_while_its_words_do(run: Runner) -> None:
    run(TABLE)
    oslo = run.get("oslo-1").location
    assert oslo is not None
    settled = dataclasses.replace(oslo, lat=39.8, lon=-89.6, name="Springfield", country="US", method="pin")
    set_location(run.db, "spring-1", settled, account=ADMIN, expected_revision=1, idempotency_key=KEY)
    assert run.plan(TABLE).counts["place to check"] == 0
    run(TABLE)
    assert run.get("spring-1").location == settled
    run(TABLE.replace("Springfield,US", "Toronto,CA"))
    assert run.get("spring-1").location != settled


@pytest.mark.slow
def test_review_status_that_a_moderator_gave_stays(run: Runner) -> None:
    run(TABLE)
    decide(
        run.db,
        "oslo-1",
        Decision.WITHDRAW,
        account=ADMIN,
        expected_revision=1,
        reason="It did not happen.",
        idempotency_key=KEY,
    )
    run(TABLE.replace("Rally A", "Rally A2"))
    assert (run.get("oslo-1").title, run.get("oslo-1").review) == ("Rally A2", ReviewStatus.WITHDRAWN)


@pytest.mark.slow
def test_event_that_was_taken_down_stays_so(run: Runner) -> None:
    run(TABLE)
    delete_event(run.db, "oslo-1", TakedownReason.RISK, account=ADMIN, expected_revision=1, idempotency_key=KEY)
    plan = run.plan(TABLE)
    assert (plan.counts["unchanged"], plan.counts["taken down before"]) == (4, 1)
    write_import(run.db, plan, actor="operator")
    assert run.db.read(get_events, ["oslo-1"]) == []


def test_pending_import_publishes_nothing(run: Runner) -> None:
    summary = run(TABLE, review=ReviewStatus.PENDING)
    assert (summary.written, summary.held_back) == (5, 5)
    assert list(public_rows(run.db)) in ([], [[]])


def test_event_reported_by_its_organiser_needs_no_source(run: Runner) -> None:
    run("id,title,by_organiser\nabc,Rally,yes\n")
    assert run.get("abc").review is ReviewStatus.PUBLISHED


def test_plan_leaves_everything(run: Runner, tmp_path: Path) -> None:
    run(HEADER + "oslo-1,Rally A,2020-02-01,Oslo,NO,Words,https://example.org/a\n")
    before = run.db.dataset_version()
    run.plan(TABLE.replace("Rally A", "Rally A2"))
    assert (run.db.dataset_version(), run.get("oslo-1").title) == (before, "Rally A")
    assert len(run.db.read(list_imports)) == 1


@pytest.mark.slow
def test_time_gets_the_zone_of_its_place(run: Runner) -> None:
    run("id,title,start,start_time,place,country,source_url\nabc,Rally,2020-07-01,18:00,Toronto,CA,https://e.org\n")
    assert run.get("abc").when.zone == "America/Toronto"


def test_given_coordinates_are_kept(run: Runner) -> None:
    run("id,title,place,venue,lat,lon,source_url\nabc,Rally,Oslo,Stortinget,59.91303,10.74025,https://e.org\n")
    location = run.get("abc").location
    assert location is not None
    assert (location.lat, location.lon, location.method, location.precision, location.country) == (
        59.91303,
        10.74025,
        "given",
        LocationPrecision.VENUE,
        "NO",
    )


@pytest.mark.parametrize(
    ("point", "is_believed"),
    [
        ("52.5163,13.3777", True),
        ("13.4050,52.5200", False),
        ("33.8966,35.5031", False),
        ("52.39,13.06", True),
        ("47.99,7.85", False),
    ],
)
def test_point_that_contradicts_the_place_goes_to_the_moderators(run: Runner, point: str, is_believed: bool) -> None:
    run(f"id,title,place,country,lat,lon,source_url\nabc,Rally,Berlin,DE,{point},https://e.org\n")
    assert (run.get("abc").location is not None) is is_believed
    checks = run.db.read(list_place_checks)
    assert [len(item.check.candidates) > 1 for item in checks] == ([] if is_believed else [True])


def test_point_without_words_gets_its_country(run: Runner) -> None:
    run("id,title,date,lat,lon,source_url\nabc,Rally,2020-02-01,33.89,35.5,https://e.org\n")
    location = run.get("abc").location
    assert location is not None
    assert location.country == "LB"


def test_event_that_may_be_here_already_waits_for_a_moderator(run: Runner) -> None:
    run(TABLE)
    text = "title,date,place,country,source_url\nRally  A,2020-02-01,Oslo,NO,https://example.org/z\n"
    (row,) = run.plan(text).rows
    assert (row.outcome.value, row.reason) == ("possible duplicate", "This may be the event “Rally A”.")
    run(text)
    assert row.event is not None
    assert run.get(row.event.id).review is ReviewStatus.PENDING


HEADINGS = "title,date,place,source_url\n"
PAGES = "".join(f"Rally {n} for Iran,2025-02-0{n},Oslo,https://e.org/{n}\n" for n in range(1, 6))


@pytest.mark.slow
@pytest.mark.parametrize(
    "edited",
    [PAGES.replace("for Iran", "of solidarity"), PAGES.replace("2025-02", "2025-03")],
    ids=["titles", "dates"],
)
def test_file_that_comes_again_with_edited_titles_or_dates_is_known_by_its_sources(run: Runner, edited: str) -> None:
    run(HEADINGS + PAGES)
    assert run.plan(HEADINGS + edited).counts["possible duplicate"] == 5
    elsewhere = edited.replace("Oslo", "Hamburg")
    assert run.plan(HEADINGS + elsewhere).counts["new"] == 5


def test_page_that_names_several_events_makes_no_duplicates(run: Runner) -> None:
    one_page = re.sub(r"e.org/\d", "e.org/list", PAGES)
    run(HEADINGS + one_page)
    assert run.plan(HEADINGS + one_page.replace("for Iran", "of solidarity")).counts["new"] == 5
    site = HEADINGS + "Vigil,2025-04-01,Kiel,https://site.example.org/\n"
    run(site)
    assert run.plan(site.replace("Vigil", "March")).counts["new"] == 1


def test_same_title_and_day_at_another_venue_is_another_event(run: Runner) -> None:
    header = "title,date,venue,city,country,source_url\n"
    first = header + "Silent vigil,2022-03-05,Town hall steps,Kiel,DE,https://e.org\n"
    run(first)
    plan = run.plan(header + "Silent vigil,2022-03-05,Main station,Kiel,DE,https://e.org\n")
    assert plan.counts["new"] == 1
    both = run.plan(first + "Silent vigil,2022-03-05,Main station,Kiel,DE,https://e.org\n")
    assert (both.counts["unchanged"], both.counts["new"]) == (1, 1)


def test_rows_of_one_title_day_and_place_that_differ_elsewhere_are_different_events(run: Runner) -> None:
    text = "title,date,place,crowd\nRally,2022-03-05,Kiel,10\nRally,2022-03-05,Kiel,20\n"
    events = [row.event for row in run.plan(text).rows]
    assert len({event.id for event in events if event}) == 2
    assert [event.id for event in events if event] == [row.event.id for row in run.plan(text).rows if row.event]


class TestBatch:
    def test_is_listed_with_its_counts(self, run: Runner) -> None:
        summary = run(TABLE)
        (batch,) = run.db.read(list_imports)
        assert (batch.id, batch.name, batch.actor, batch.state) == (summary.batch_id, "events.csv", "operator", "done")
        assert batch.counts["new"] == 3
        assert run.db.read(list_import_events, batch.id) == ["bad-1", "bare-1", "none-1", "oslo-1", "spring-1"]

    def test_undo_removes_what_was_new(self, run: Runner) -> None:
        summary = run(TABLE)
        result = run.db.write(undo_import, summary.batch_id, actor="operator")
        assert (result.removed, result.restored, result.kept) == (5, 0, ())
        assert run.db.read(get_events, ["oslo-1", "bad-1"]) == []
        assert run.db.read(list_place_checks) == []
        assert list(public_rows(run.db)) in ([], [[]])

    def test_undo_is_seen_by_the_map(self, run: Runner) -> None:
        summary = run(TABLE)
        version = run.db.dataset_version()
        run.db.write(undo_import, summary.batch_id, actor="operator")
        assert sorted(run.db.read(read_public_changes, version).removed) == ["none-1", "oslo-1", "spring-1"]

    def test_undo_restores_what_was_changed(self, run: Runner) -> None:
        run(TABLE)
        before = run.get("oslo-1")
        summary = run(HEADER + "oslo-1,Rally A2,2020-02-01,Oslo,NO,Words,https://example.org/a\n")
        result = run.db.write(undo_import, summary.batch_id, actor="operator")
        assert (result.removed, result.restored) == (0, 1)
        assert run.get("oslo-1") == before.changed(revision=3)

    def test_undo_leaves_what_somebody_changed_since(self, run: Runner) -> None:
        summary = run(TABLE)
        store_edit(
            run.db,
            run.get("oslo-1").changed(title="Better"),
            account=ADMIN,
            expected_revision=1,
            idempotency_key=KEY,
        )
        result = run.db.write(undo_import, summary.batch_id, actor="operator")
        assert (result.removed, result.kept) == (4, ("oslo-1",))
        assert run.get("oslo-1").title == "Better"

    def test_undo_removes_what_a_moderator_only_decided_since(self, run: Runner) -> None:
        summary = run(TABLE)
        bad = run.get("bad-1")
        decide(
            run.db,
            "bad-1",
            Decision.REJECT,
            account=ADMIN,
            expected_revision=bad.revision,
            reason="No",
            idempotency_key=KEY,
        )
        left = run.db.write(undo_import, summary.batch_id, actor="omid", decided_too=False)
        assert (left.removed, left.kept) == (4, ("bad-1",))
        second = run(TABLE.replace("bad-1", "bad-2"))
        bad = run.get("bad-2")
        decide(
            run.db,
            "bad-2",
            Decision.REJECT,
            account=ADMIN,
            expected_revision=bad.revision,
            reason="No",
            idempotency_key=f"{KEY}2",
        )
        assert run.db.write(undo_import, second.batch_id, actor="operator").kept == ()

    def test_undone_import_can_be_done_again(self, run: Runner) -> None:
        first = run(TABLE)
        run.db.write(undo_import, first.batch_id, actor="operator")
        plan = run.plan(TABLE)
        assert (plan.earlier, plan.counts["new"]) == ((), 3)
        second = write_import(run.db, plan, actor="operator")
        assert second.batch_id != first.batch_id
        assert (run.get("oslo-1").title, run.get("oslo-1").revision) == ("Rally A", 1)

    def test_undo_twice(self, run: Runner) -> None:
        summary = run(TABLE)
        run.db.write(undo_import, summary.batch_id, actor="operator")
        with pytest.raises(StoreError) as caught:
            run.db.write(undo_import, summary.batch_id, actor="operator")
        assert caught.value.user_message == f"The import “{summary.batch_id}” was undone already."

    def test_event_that_somebody_changed_meanwhile_stays(self, run: Runner) -> None:
        run(TABLE)
        plan = run.plan(TABLE.replace("Rally A", "Rally A2"))
        store_edit(
            run.db,
            run.get("oslo-1").changed(title="Better"),
            account=ADMIN,
            expected_revision=1,
            idempotency_key=KEY,
        )
        summary = write_import(run.db, plan, actor="operator")
        assert (summary.written, summary.changed_meanwhile, run.get("oslo-1").title) == (0, 1, "Better")

    def test_interrupted_import_leaves_nothing_and_goes_on_under_its_name(
        self, run: Runner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = run.plan(TABLE)

        def stop(*_args: object, **_more: Any) -> int:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(imports, "finish_import", stop)
            with pytest.raises(KeyboardInterrupt):
                write_import(run.db, plan, actor="operator")
        assert run.db.read(get_events, ["oslo-1"]) == []
        (interrupted,) = run.db.read(list_imports)
        assert interrupted.state == "running"
        summary = write_import(run.db, run.plan(TABLE), actor="operator")
        assert summary.batch_id == interrupted.id
        assert [batch.state for batch in run.db.read(list_imports)] == ["done"]

    def test_mapping_is_remembered_for_the_same_headings(self, run: Runner) -> None:
        options = ImportOptions(columns={"Wer": "organisers", "Was": "title"})
        run("Was;Wer;Datum;Ort\nRally;Verein;05.03.2022;Kiel\n", options)
        (row,) = run.plan("Was;Wer;Datum;Ort\nOther rally;Club;06.03.2022;Kiel\n").rows
        assert row.event is not None
        assert (row.event.title, row.event.organisers) == ("Other rally", ("Club",))


def test_report_holds_the_rows_with_notes_and_why(run: Runner) -> None:
    rows = list(csv.reader(io.StringIO(report_csv(run.plan(TABLE)).decode("utf-8-sig"))))
    assert rows[0][:6] == ["Sheet", "Row", "Outcome", "Reason", "id", "title"]
    assert [row[:4] for row in rows[1:]] == [
        ["", "3", "place to check", "Several places have this name."],
        ["", "4", "place to check", "No place of this name is known."],
        [
            "",
            "6",
            "new",
            (
                "date: “soon”. This is not a date that can be read. source_url: “javascript:x”. This is not the "
                "address of a web page."
            ),
        ],
    ]


def test_report_is_in_the_readers_language(run: Runner) -> None:
    plan = run.plan(TABLE)
    german = find_language("de", languages())
    assert german is not None
    with use_language(german):
        rows = list(csv.reader(io.StringIO(report_csv(plan).decode("utf-8-sig"))))
    assert rows[0][:4] == ["Tabellenblatt", "Zeile", "Ergebnis", "Grund"]
    assert rows[1][2:4] == ["Ort zu prüfen", "Mehrere Orte haben diesen Namen."]


def test_a_column_without_a_heading_is_said_by_the_name_of_its_meaning(run: Runner) -> None:
    german = find_language("de", languages())
    assert german is not None
    with use_language(german):
        [remark] = run.plan("title,,city\nVigil,2022-09-24,Oslo\nMarch,2022-09-25,Bergen\n").reading.remarks
        assert say(remark) == "Spalte 2 hat keine Überschrift. Sie wurde gelesen als „Datum“."


def test_file_without_events_is_refused_with_the_reason(run: Runner) -> None:
    plan = run.plan("colour,weight\nred,12\nblue,13\n")
    with pytest.raises(IntakeError) as caught:
        write_import(run.db, plan, actor="operator")
    assert caught.value.user_message == (
        "Nothing can be imported, because no column is known as a date, a place or a title. Name them with --column "
        "HEADING=FIELD or on the Import page. The columns are: colour, weight."
    )
    assert run.db.read(list_imports) == []


def test_file_whose_rows_are_no_events_is_refused_with_the_first_row(run: Runner) -> None:
    plan = run.plan("date,title,city,colour\n,,,red\n,,,\n")
    assert explain_no_events(plan) == (
        "Nothing can be imported, because no row is an event. Row 2: This row has no date, place or text. The columns "
        "are: date, title, city, colour."
    )


@pytest.mark.slow
def test_own_columns_come_in_whole(run: Runner) -> None:
    run(
        "id,title,kind,start,end,precision,place,country,organisers,topics,source1_title,source1_url,source2_title,"
        "claim1_kind,claim1_text,claim1_by,claim1_source,crowd1_low,crowd1_words,crowd1_by,crowd1_source,status\n"
        "abc,Rally,march,2020-02-01,2020-02-02,weekend,Oslo,NO,A; B,x; y,One,https://e.org/1,Two,slogan,Free!,them,2,"
        "100,many,police,1,cancelled\n"
    )
    event = run.get("abc")
    assert (event.kind, event.when.precision.value, event.when.start, event.status.value) == (
        Kind.MARCH,
        "weekend",
        date(2020, 2, 1),
        "cancelled",
    )
    assert [(source.title, source.url) for source in event.sources] == [("One", "https://e.org/1"), ("Two", "")]
    assert [(claim.kind.value, claim.text, claim.by, claim.source) for claim in event.claims] == [
        ("slogan", "Free!", "them", 1)
    ]
    assert [(one.low, one.words, one.by, one.source) for one in event.crowd] == [(100, "many", "police", 0)]
    assert (event.organisers, event.topics) == (("A", "B"), ("x", "y"))


@pytest.mark.slow
@pytest.mark.parametrize("payload", ["<img src=x onerror=alert(1)>", "${alert(1)}", "C:\\users", "`", "{{7*7}}", "متن"])
def test_payloads_are_texts_in_every_column(run: Runner, payload: str) -> None:
    cell = '"' + payload + '"'
    venue = f'"{payload} 2"'  # the same words would say nothing beyond the place
    run(
        "id,title,place,venue,organisers,communities,topics,about,claim1_text,claim1_by,source1_title,crowd1_words,"
        "crowd1_by\nabc," + ",".join([cell, cell, venue] + [cell] * 9) + "\n"
    )
    event = run.get("abc")
    assert {
        event.title,
        event.place.text,
        event.place.venue.removesuffix(" 2"),
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


def test_swapped_columns_wait_in_places_to_check_with_both_readings(db: Database) -> None:
    text = b"title,date,lat,lon\nA,2022-03-01,-73.98,40.75\nB,2022-03-02,-118.24,34.05\n"

    plan = plan_import(db, RESOLVER, open_for_import(text))

    assert [(row.outcome, row.event.location) for row in plan.rows if row.event] == [
        (RowOutcome.PLACE_TO_CHECK, None)
    ] * 2
    assert [[(c["lat"], c["lon"], c["note"]) for c in row.check.candidates] for row in plan.rows if row.check] == [
        [(40.75, -73.98, "latitude and longitude swapped?"), (-73.98, 40.75, "as given")],
        [(34.05, -118.24, "latitude and longitude swapped?")],
    ]


def test_row_whose_venue_names_another_town_waits_and_says_which(run: Runner) -> None:
    text = "title,date,venue\nRally,2022-10-02,Iranisches Konsulat Hamburg\n"

    (row,) = run.plan(text, ImportOptions({"place": "Berlin, Germany"})).rows

    assert (row.outcome, say(row.reason)) == (
        RowOutcome.PLACE_TO_CHECK,
        "The exact place names another town: Hamburg, Germany.",
    )


@pytest.mark.parametrize("at", [1, 2])
def test_two_imports_of_one_file_at_once_write_its_events_once(
    db: Database, run: Runner, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    plans = [run.plan(TABLE) for _ in range(2)]
    write_once, begun = db.write_once, []
    summaries: list[ImportSummary] = []

    def write_once_after_another(key: str) -> Any:
        begun.append(key)
        if len(begun) == at:  # the other one is carried out whole before this transaction
            monkeypatch.setattr(db, "write_once", write_once)
            summaries.append(write_import(db, plans[1], actor="another"))
        return write_once(key)

    monkeypatch.setattr(db, "write_once", write_once_after_another)
    summaries.append(write_import(db, plans[0], actor="one"))
    assert [(one.written, one.changed_meanwhile) for one in summaries] == [(5, 0), (0, 5)]
    assert {batch.state for batch in db.read(list_imports)} == {"done"}
