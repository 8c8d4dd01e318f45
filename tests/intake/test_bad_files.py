"""A short run of ``benchmarks.import_bad_files``: damaged files are read or rejected with a sentence."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile

import pytest

from benchmarks.import_bad_files import bad_files
from benchmarks.import_bombs import bombs
from benchmarks.import_samples import good_files
from rallymap.errors import IntakeError
from rallymap.intake.readers.calendar_file import read_calendar
from rallymap.intake.reading import read_events

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

HEAVY = {"bad rows", "zip bomb", "one huge cell", "many rows", "open quotation mark", "zeros", "many columns"}
"""Decompression bombs of megabytes; only the benchmark uses them."""
UNCLOSED = {"comments of a page", "tags of a page", "spans of a page", "mail addresses", "stars"}
"""They took minutes when each letter began another search."""


def sentence_of(content: bytes) -> str:
    """Return the sentence with which a file is rejected, "." if it is read."""
    try:
        read_events(content)
    except IntakeError as err:
        return err.user_message
    return "."


_MEASURE = r"""
import re, sys
from pathlib import Path
from rallymap.errors import IntakeError
from rallymap.intake.reading import read_events
def peak():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024
read_events(b'[{"title": "a", "date": "2023-04-01"}]')
content = sys.stdin.buffer.read()
before = peak()
try:
    read_events(content)
except IntakeError:
    pass
print((peak() - before) / len(content))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give the peak of memory elsewhere")
def test_large_json_file_in_one_line_is_parsed_once_and_in_little_memory() -> None:
    days = b", ".join([b'{"value": "2023-04-01", "end_value": "2023-04-02"}'] * 250_000)
    content = b'[{"title": "x", "field_when": [' + days + b"]}]"
    done = subprocess.run([sys.executable, "-c", _MEASURE], input=content, capture_output=True, check=True)

    assert float(done.stdout) < 8.5  # 7.3; 9.8 with two passes


@pytest.mark.timeout(900)
def test_bombs_are_read_or_refused_with_a_sentence(subtests: pytest.Subtests) -> None:
    seen = set()
    for name, content in bombs():  # one after the other: together they are 90 MB
        seen.add(name)
        if name in HEAVY:
            continue
        with subtests.test(name):
            before = time.process_time()
            assert sentence_of(content).endswith(".")
            assert name not in UNCLOSED or time.process_time() - before < 1.5
    assert seen >= HEAVY | UNCLOSED


@pytest.mark.parametrize("name", [name for name in good_files() if name != "chat"])
def test_each_format_of_the_benchmark_is_read(name: str) -> None:
    assert read_events(good_files()[name]).events


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    kml = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "Rally">]><kml><Placemark><name>&a;</name></Placemark></kml>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", kml.encode(encoding))
    assert sentence_of(packed.getvalue()) == "This file declares entities; export it again without them."


@pytest.mark.parametrize("span", ["9" * 5000, "0" * 5000 + "9999"])
def test_span_of_thousands_of_digits_is_refused_with_a_sentence(span: str) -> None:
    page = f"<table><tr><th>Date<th>Place<tr><td>2020-02-01<td colspan={span}>Oslo</table>"
    assert sentence_of(page.encode()) == "This table has 301 columns; at most 300 are read."


def test_long_words_of_a_table_are_read_fast() -> None:
    table = "title,date,city\n" + f"Rally,{'a' * 19_000},Oslo\n" * 3
    before = time.process_time()
    sentence_of(table.encode())
    assert time.process_time() - before < 3  # 12 s when each letter began another search


def test_page_keeps_its_cells_between_comments_and_declarations() -> None:
    page = (
        "<!DOCTYPE html><html><!-- <table> --><table><tr><th>Date<th>Place<![if !x]><tr><td>2020-02-01"
        "<!-- a -- b --><td>Oslo<tr><td>2020-02-02<td>Bergen &lt; Voss<?xml x?></table><!-- never closed <table>"
    )
    read = read_events(page.encode())
    assert [row.cells for row in read.rows] == [("2020-02-01", "Oslo"), ("2020-02-02", "Bergen < Voss")]


def test_megabytes_of_commas_are_refused_before_each_becomes_a_cell() -> None:
    commas = next(content for name, content in bombs() if name == "commas")
    assert sentence_of(commas) == "This table has 7000001 columns; at most 300 are read."


def test_damaged_files_are_read_or_refused_with_a_sentence() -> None:
    files = [(name, content) for name, content in bad_files(80, seed=7) if name[0].isdecimal()]
    # Only the benchmark damages workbooks: each starts a process.
    said = {name: sentence_of(content) for name, content in files if "xlsx" not in name}
    assert [name for name, sentence in said.items() if not sentence.endswith((".", ".”"))] == []


def calendar_of(rule: str) -> bytes:
    event = (
        f"BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20200101\nRRULE:{rule}\nSUMMARY:Vigil\nLOCATION:Oslo\nEND:VEVENT\n"
    )
    return f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n".encode()


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=SECONDLY;COUNT=999999999", 1),
        ("FREQ=minutely", 1),
        ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("FREQ=DAILY", 400),
        ("FREQ=DAILY;COUNT=100000000", 400),
        ("FREQ=YEARLY;COUNT=12", 12),
    ],
)
def test_calendar_cannot_ask_for_endless_work(rule: str, days: int) -> None:
    before = time.process_time()
    read = read_events(calendar_of(rule))
    assert (len(read.rows), time.process_time() - before < 8) == (days, True)


def test_days_of_a_daily_event_of_whole_days_are_all_kept_once() -> None:
    read = read_calendar(calendar_of("FREQ=DAILY;UNTIL=20200430"))
    starts = [cells[1] for _, cells in read.tables[0].rows]
    assert (len(starts), len(set(starts)), starts[0], starts[-1]) == (121, 121, "2020-01-01", "2020-04-30")


def test_time_for_repeats_of_a_calendar_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rallymap.intake.readers.calendar_file.MAX_REPEATS_S", -1.0)
    read = read_calendar(calendar_of("FREQ=WEEKLY;COUNT=3"))
    assert [str(remark) for remark in read.remarks] == [
        "How “Vigil” repeats cannot be read; only its first day is kept."
    ]
