"""Import generated bad files: ``python -m benchmarks.import_bad_files [--files 10000] [--seed 1]``.

Good files of every format are truncated, overwritten, filled with random bytes, renamed, nested, enlarged; some are
bombs that claim gigabytes. Each must be imported or rejected with one message, in at most 5 seconds and 300 MB, without
a traceback. Prints the slowest files and the failures; exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator

import openpyxl

from rallymap.errors import IntakeError
from rallymap.intake.reading import read_events

MAX_SECONDS = 5.0
MAX_MB = 300
_ROWS = "Datum;Uhrzeit;Thema;Ort;Teilnehmer\n" + "05.03.2022;18.00-20.00 Uhr;Kundgebung für Ruhe;Kiel;ca. 200\n" * 40
_ICS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\nBEGIN:VEVENT\nUID:a\nDTSTART:20220305T180000Z\n"
    "RRULE:FREQ=DAILY;COUNT=20\nSUMMARY:Vigil\nLOCATION:Oslo\nEND:VEVENT\nEND:VCALENDAR\n"
)
_YAML = "---\ntitle: Page\nevents:\n" + "  - city: Oslo\n    date: 2022-03-05\n    time: '18:00'\n" * 20 + "---\nText\n"
_KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    + "<Placemark><name>Rally</name><Point><coordinates>10.7,59.9</coordinates></Point></Placemark>" * 20
    + "</Document></kml>"
)


def good_files() -> dict[str, bytes]:
    """Return one small good file of each format."""
    book = openpyxl.Workbook()
    for line in _ROWS.splitlines():
        book.active.append(line.split(";"))
    out = io.BytesIO()
    book.save(out)
    features = [
        {"type": "Feature", "properties": {"name": "Rally", "date": "2022-03-05"},
         "geometry": {"type": "Point", "coordinates": [10.7, 59.9]}}
    ] * 20  # fmt: skip
    return {
        "csv": _ROWS.encode(),
        "latin": _ROWS.encode("cp1252"),
        "utf16": _ROWS.encode("utf-16"),
        "xlsx": out.getvalue(),
        "json": json.dumps([{"title": "Rally", "date": "2022-03-05", "place": {"city": "Oslo"}}] * 20).encode(),
        "geojson": json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        "jsonl": b'{"title": "Rally", "date": "2022-03-05"}\n' * 20,
        "ics": _ICS.encode(),
        "md": _YAML.encode(),
        "kml": _KML.encode(),
    }


def bad_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield bad files: the bombs first, then mutations of good files."""
    yield from bombs()
    chance = random.Random(seed)
    good = good_files()
    ways: tuple[Callable[[random.Random, bytes], bytes], ...] = (
        _cut, _overwrite, _insert, _shuffle_lines, _repeat, _random_bytes, _swap_cells, _drop_lines,
    )  # fmt: skip
    for number in range(count - len(list(bombs()))):
        name = chance.choice(list(good))
        way = chance.choice(ways)
        yield f"{number} {name} {way.__name__.strip('_')}", way(chance, good[name])


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield small files that claim or expand to very large sizes."""
    yield "zip bomb", _zip_bomb()
    yield "far cell", _sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield (
        "far cell with a near one",
        _sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="KN1048576"><v>1</v></c></row>'),
    )
    yield "many parts", _zip({f"xl/{number}.xml": b"" for number in range(3000)})
    yield "deep json", b"[" * 200_000
    yield "deep object", b'{"a":' * 50_000
    yield (
        "yaml aliases",
        b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)),
    )
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    yield "xml entities", b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY l0 "lol">%s]><kml>&l9;</kml>' % entities
    yield "endless calendar", _ICS.replace("RRULE:FREQ=DAILY;COUNT=20", "RRULE:FREQ=SECONDLY").encode()
    yield "calendar of long ago", _ICS.replace("20220305T180000Z", "00010101T000000Z").encode()
    yield "one huge cell", b"title,date\n" + b"x" * (20 << 20)
    yield "open quotation mark", b'title,date\n"' + b"a,2020-02-01\n" * 200_000
    yield "many columns", b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + b"1," * 100_000
    yield "commas", b"title,date\n" + b"," * 7_000_000
    yield "bad rows", b"title,date,place\n" + b"x,never,\n" * 5_000
    yield "many rows", b"title,date\n" + b"a,2020-02-01\n" * 400_000
    yield "many json keys", json.dumps([{f"k{n}": n for n in range(5_000)}] * 50).encode()
    yield "zeros", bytes(5 << 20)
    yield "comments of a page", b"<html><table>" + b"<!--" * 40_000
    yield "tags of a page", b"<html><table>" + b"<a " * 40_000
    yield "spans of a page", b"<html>" + (b"<table><tr><td rowspan=1000 colspan=300>x" + b"<tr>" * 999) * 20
    yield "stars", b"title,date\nx,2020-02-01\n" + b"*" * 20_000 + b",2020-02-01\n"
    yield "mail addresses", b"title,date,organisers\nx,2020-02-01,b\nx,2020-02-01," + b"a@" * 5_000
    yield "same heading", b"date," * 250 + b"\n" + b"2020-02-01," * 250
    yield "long words", b"date,title\n" + b"1 " * 90 + b",x\n" + ("ä" * 190 + ",y\n").encode() * 500


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(200):  # in chunks, because the memory of this process is measured
            part.write(b" " * (1 << 20))
    return out.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _sheet(rows: str) -> bytes:
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    parts = {}
    with zipfile.ZipFile(out) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    name = "xl/worksheets/sheet1.xml"
    head, _, tail = parts[name].partition(b"<sheetData")
    parts[name] = (
        head + f"<sheetData>{rows}</sheetData>".encode() + tail.partition(b">")[2].removeprefix(b"</sheetData>")
    )
    return _zip(parts)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _overwrite(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 60)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.randrange(1, 200)) + content[at:]


def _shuffle_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _drop_lines(chance: random.Random, content: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if chance.random() < 0.6)


def _repeat(chance: random.Random, content: bytes) -> bytes:
    return content * chance.randrange(2, 30)


def _random_bytes(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(12)] + chance.randbytes(chance.randrange(1, 4000))


def _swap_cells(chance: random.Random, content: bytes) -> bytes:
    signs = [
        b"99999999999999999999",
        b"-1",
        b"\xff",
        b"0000-00-00",
        b"31.02.2020",
        b"1e309",
        b"NaN",
        b"\x00",
        b"''",
        b"{[(",
    ]
    return content.replace(chance.choice([b"2022", b"18", b"Oslo", b"Kiel", b";", b","]), chance.choice(signs))


def main() -> None:
    """Read all files, and print a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    slowest = (0.0, "")
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, content in bad_files(args.files, args.seed):
        began = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        try:
            reading = read_events(content)
            outcomes["read"] += 1
            assert sum(1 for _ in reading.rows) == len(reading.rows)
        except IntakeError as err:
            outcomes["refused"] += 1
            if not err.user_message.endswith((".", ".”")) or "\n" in err.user_message:
                failures.append(f"{name}: {err.user_message!r} is not a sentence")
        except Exception:  # noqa: BLE001 - finding these is what the benchmark is for
            failures.append(f"{name}: {traceback.format_exc()[-600:]}")
        took = time.process_time() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began
        slowest = max(slowest, (took, name))
        if took > MAX_SECONDS:
            failures.append(f"{name}: {took:.1f} s")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if max(own, child) > MAX_MB:
        failures.append(f"memory: {own:.0f} MB, worker {child:.0f} MB")
    print(f"{args.files} files: {dict(outcomes)}, {len(failures)} failures")
    print(
        f"slowest {slowest[0]:.2f} s of CPU ({slowest[1]}); peak {own:.0f} MB (from {base:.0f}), worker {child:.0f} MB"
    )
    print("\n".join(failures[:20]))
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
