"""Score the parsing of tables against a perfect importer: ``python -m benchmarks.import_shapes``.

The cases are twenty-one files in the shape of real ones, with the expected events next to them (FILE.expected.csv).
They are outside this repository, in ``../shared/cases/shapes``. If they are missing, this says so and measures nothing.

A row is *right* if every value is as expected; *noted* if a value is missing or differs and a note on the row says so;
*refused* if its event is lost; *misread* if a value differs and nothing says so.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rapidfuzz.fuzz import partial_ratio

from rallymap.dates import DatePrecision, EventDate, parse_edtf
from rallymap.events import Event
from rallymap.intake.findings import NoteKind, RowFate, RowResult
from rallymap.intake.lexicon import fold, without_accents
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events
from rallymap.places import Resolver, country_of_towns, default_resolver
from rallymap.workflows.locations import Outcome, locate
from rallymap.workflows.zones import zone_finder

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "shapes"
DEFAULTS: dict[str, ImportOptions] = {
    "nepac": ImportOptions({"country": "BR"}, missing={n: frozenset({"99"}) for n in ("N_Part", "Capilaridade")}),
    "fora_collor": ImportOptions({"country": "BR"}),
    "womens": ImportOptions({"title": "Rivers Day March", "date": "2018-09-22"}),
    "trump": ImportOptions({"country": "US", "kind": "rally"}),
    "covid": ImportOptions({"country": "US", "kind": "rally"}),
    "hk": ImportOptions({"country": "HK"}),
    "lebanon": ImportOptions({"date": "2021-06"}),
    "zbeul": ImportOptions({"country": "FR"}),
    "hotel": ImportOptions({"country": "GB"}),
    "dresden": ImportOptions({"place": "Leipzig", "country": "DE"}),
    "berlin": ImportOptions({"place": "Hamburg", "country": "DE"}),
    "bremen": ImportOptions({"place": "Hannover", "country": "DE"}),
    "kiel": ImportOptions({"place": "Rostock", "country": "DE"}),
    "magdeburg": ImportOptions({"place": "Erfurt", "country": "DE"}),
    "muenchen": ImportOptions({"place": "Nürnberg", "country": "DE"}),
    "mannheim": ImportOptions({"place": "Mannheim", "country": "DE", "year": "2021"}),
}
_EITHER_COUNTRY = {("PR", "US"), ("US", "PR")}


@dataclass
class Score:
    """The results of one file's rows."""

    rows: int = 0
    events: int = 0
    right: int = 0
    noted: int = 0
    refused: int = 0
    misread: int = 0
    invented: int = 0
    abroad: int = 0
    unplaced: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def score_file(path: Path, resolver: Resolver) -> Score:
    """Import one file and compare it row by row."""
    options = next((options for name, options in DEFAULTS.items() if path.name.startswith(name)), ImportOptions())
    reading = read_events(
        path,
        options,
        find_zone=zone_finder(resolver),
        find_country=partial(country_of_towns, resolver),
    )
    with Path(f"{path}.expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    largest = max(reading.tables, key=lambda one: len(one.table.rows)).table.name
    found: dict[tuple[str, int], list[RowResult]] = {}
    for result in reading.rows:
        found.setdefault((result.sheet, result.number), []).append(result)
    score = Score()
    for line in expected:
        results = found.pop(
            (line["sheet"] if line["sheet"] in {s for s, _ in found} else largest, int(line["row"])), []
        )
        _score_row(line, results, resolver, score)
    for results in found.values():
        score.invented += sum(result.fate is RowFate.EVENT for result in results)
    return score


def _score_row(line: dict[str, str], results: list[RowResult], resolver: Resolver, score: Score) -> None:
    score.rows += 1
    result = results[0] if results else None
    name = f"{line['sheet']}:{line['row']}"
    if line["outcome"] != "event":
        if result is not None and result.fate is RowFate.EVENT:
            score.invented += 1
            score.lines.append(f"{name} INVENTED {result.event.title if result.event else ''} | {line['notes']}")
        return
    score.events += 1
    if result is None or result.fate is RowFate.NOT_AN_EVENT or result.event is None:
        score.refused += 1
        score.lines.append(f"{name} REFUSED {result.reason if result else 'no such row'} | {line['title']}")
        return
    has_days = "/" in line["date"]
    placed = locate(_with_all_days(result.event, results) if has_days else result.event, resolver)
    wrong = list(_differences(line, placed.event, result))
    location = placed.event.location
    if location is None:
        score.unplaced += 1
    elif (
        line["country"]
        and location.country not in ("", line["country"])
        and (location.country, line["country"]) not in _EITHER_COUNTRY
    ):
        score.abroad += 1
        score.lines.append(f"{name} ABROAD {location.name} {location.country} for {line['place']}, {line['country']}")
    noted = {note.field for note in result.notes if note.kind is not NoteKind.KEPT}
    if placed.outcome is Outcome.POINT_ELSEWHERE:
        noted |= {"lat", "country"}  # the point contradicts the text: the place gets a place check
    silent = [text for what, text in wrong if not _is_noted(what, noted, result)]
    for what, _ in wrong:
        score.fields[what] += 1
    if not wrong:
        score.right += 1
    elif silent:
        score.misread += 1
        score.lines.append(f"{name} MISREAD {'; '.join(silent)}")
    else:
        score.noted += 1
        score.lines.append(f"{name} noted {'; '.join(text for _, text in wrong)}")


def _is_noted(what: str, noted: set[str], result: RowResult) -> bool:
    if result.fate is RowFate.REPEATED:
        return True
    groups = {
        "date": {"date", "start", "end", "day", "time"},
        "time": {"date", "start", "end", "time", "start_time", "end_time"},
        "crowd": {"crowd", "crowd_low", "crowd_high", "crowd_registered", "crowd_actual", "organisers", "crowd_words"},
        "place": {"place", "venue", "city", "region", "route_start"},
        "country": {"country", "region"},
        "point": {"lat", "lon", "coordinates"},
        "status": {"status", "place", "venue", "organisers", "title", "crowd"},
        "title": {"title", "about"},
    }
    return bool(groups[what] & noted)


def _with_all_days(event: Event, results: list[RowResult]) -> Event:
    """Return the event of a row, covering all days for which the row gives separate events, as in the cases."""
    days = [other.event.when for other in results if other.event is not None and other.event.when.end is not None]
    if len(days) < 2:
        return event
    return event.changed(when=EventDate(days[0].start, days[-1].end, DatePrecision.DAY))


def _differences(line: dict[str, str], event: Event, result: RowResult):
    want = line["title"]
    if not want.startswith("made from") and fold(event.title)[:60] != fold(want)[:60]:
        series = fold(want).startswith(fold(event.title)) and len(event.title) > 10
        if not series:
            yield "title", f"title {event.title[:60]!r} for {want[:60]!r}"
    when = event.when
    start, _, end = line["date"].partition("/")
    first, last = parse_edtf(start), parse_edtf(end) if end not in ("", "..") else None
    if when.start != first.start or (when.is_known and first.is_coarse != when.is_coarse):
        yield "date", f"date {when.edtf or 'none'} for {line['date'] or 'none'}"
    elif last is not None and when.end != last.end:
        yield "date", f"date {when.edtf} for {line['date']}"
    at = f"{when.start_time:%H:%M}" if when.start_time else ""
    until = f"{when.end_time:%H:%M}" if when.end_time else ""
    multi = bool(end) and end != ".."
    if at != line["start_time"] and not (multi and not line["start_time"]):
        yield "time", f"start {at or 'none'} for {line['start_time'] or 'none'}"
    if until != line["end_time"] and not (multi and not line["end_time"]):
        yield "time", f"end {until or 'none'} for {line['end_time'] or 'none'}"
    words = without_accents(fold(f"{event.place.venue} {event.place.text}"))
    missing = [word for word in without_accents(fold(line["place"])).split() if word not in words]
    if missing and partial_ratio(without_accents(fold(line["place"])), words) < 85:
        yield "place", f"place {event.place.venue!r} + {event.place.text!r} for {line['place']!r}"
    hint = event.place.country_hint or (event.location.country if event.location else "")
    if hint != line["country"] and (hint, line["country"]) not in _EITHER_COUNTRY and (hint or line["country"]):
        yield "country", f"country {hint or 'none'} for {line['country'] or 'none'}"
    point = event.location if event.location and event.location.method == "given" else None
    if line["lat"] and (
        point is None or abs(point.lat - float(line["lat"])) > 1e-4 or abs(point.lon - float(line["lon"])) > 1e-4
    ):
        yield "point", f"point {point and (point.lat, point.lon)} for {line['lat']}, {line['lon']}"
    claim = event.crowd[0] if event.crowd else None
    low, high = (claim.low, claim.high) if claim else (None, None)
    wanted = tuple(round(float(line[name])) if line[name] else None for name in ("crowd_low", "crowd_high"))
    if (low, high) != wanted:
        yield "crowd", f"crowd {low}-{high} for {line['crowd_low']}-{line['crowd_high']}"
    if line["status"] and event.status != line["status"]:
        yield "status", f"status {event.status} for {line['status']}"
    if event.status in ("cancelled", "postponed") and event.status != line["status"]:
        yield "status", f"status {event.status} for {line['status'] or 'none'}"


def main() -> None:
    """Print one line per file, and with ``-v`` one per row that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="beginnings of file names")
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    if not CASES.is_dir():
        print(f"The cases are not here ({CASES.name}); nothing was measured.")
        sys.exit(0)
    resolver = default_resolver()
    total = Score()
    print(
        f"{'file':24}{'rows':>6}{'events':>8}{'right':>7}{'noted':>7}{'refused':>9}{'misread':>9}{'invented':>10}{'abroad':>8}{'unplaced':>10}{'s':>6}"
    )
    for path in sorted(CASES.iterdir()):
        if not Path(f"{path}.expected.csv").exists() or (args.only and not path.name.startswith(tuple(args.only))):
            continue
        began = time.perf_counter()
        score = score_file(path, resolver)
        _print(path.name, score, time.perf_counter() - began)
        if args.verbose:
            print("\n".join(f"    {text}" for text in score.lines))
        for name in ("rows", "events", "right", "noted", "refused", "misread", "invented", "abroad", "unplaced"):
            setattr(total, name, getattr(total, name) + getattr(score, name))
        total.fields += score.fields
    _print("all", total, 0.0)
    print("Fields that differ, noted or not:", dict(total.fields.most_common()))


def _print(name: str, score: Score, seconds: float) -> None:
    print(
        f"{name:24}{score.rows:>6}{score.events:>8}{score.right:>7}{score.noted:>7}{score.refused:>9}"
        f"{score.misread:>9}{score.invented:>10}{score.abroad:>8}{score.unplaced:>10}{seconds:>6.1f}"
    )


if __name__ == "__main__":
    main()
