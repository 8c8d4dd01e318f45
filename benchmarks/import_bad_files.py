"""Import generated bad files: ``python -m benchmarks.import_bad_files [--files 10000] [--seed 1]``.

Good files of every format and program are truncated, overwritten, filled with random bytes, joined, enlarged; values
are replaced by those of another type, words by difficult ones; some files are bombs that claim gigabytes. Each must be
imported or rejected with one message, in at most 5 seconds and 300 MB, without a traceback. Prints the slowest
file and the failures; exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator

from benchmarks.import_bombs import bombs
from benchmarks.import_samples import good_files
from rallymap.errors import IntakeError
from rallymap.intake.reading import read_events

MAX_SECONDS = 5.0
MAX_MB = 300


def bad_files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield bad files: the bombs first, then mutations of good files."""
    yield from bombs()
    chance = random.Random(seed)
    good = good_files()
    ways: tuple[Callable[[random.Random, bytes], bytes], ...] = (
        _cut, _overwrite, _insert, _shuffle_lines, _repeat, _random_bytes, _swap_cells, _drop_lines, _swap_types,
        _swap_words, _join,
    )  # fmt: skip
    for number in range(count - sum(1 for _ in bombs())):
        name = chance.choice(list(good))
        way = chance.choice(ways)
        yield f"{number} {name} {way.__name__.strip('_')}", way(chance, good[name])


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


_OTHER_TYPES = ("null", "true", "0", "-1.5", "1e308", f"{10**30}", '""', f'"{"x" * 3000}"', "[]", "{}", "[[]]", "[{}]",
                "[null]", '{"value": []}')  # fmt: skip
_WORDS = (
    "1990s", "anos 90", "Mitte der 1980er", "every second Friday of 2023-13", "31. 9. 2021 - 3.", "24:60 - 25.00 Uhr",
    "1403/13/40", "2023-W60-9", "9" * 5000, "1/2/3/4/5/6", "1. + 2. + 3. + 33. Mai", "ca. 1e5 bis -", "٣١٫٠٢٫٢٠٢٠",
    "[1](https://a.example/)" * 200, "<td>" * 300, "{{cite|" * 300, "🇺🇳" * 500, "\u202e\u0000\ud800", "-" * 4000,
    "a@b.example; " * 300, "01:00–" * 900, "March " * 900, "moved to 5 May, then moved to 4 May (cancelled)",
)  # fmt: skip


def _swap_types(chance: random.Random, content: bytes) -> bytes:
    """Replace some values of a JSON file by values of other types; other files get a JSON value inside."""
    try:
        value = json.loads(content)
    except ValueError:
        return _insert_text(chance, content, chance.choice(_OTHER_TYPES))
    for _ in range(chance.randrange(1, 8)):
        inside: object = value
        while isinstance(inside, (dict, list)) and inside:
            key = chance.choice(list(inside) if isinstance(inside, dict) else range(len(inside)))
            below = inside[key]
            if not isinstance(below, (dict, list)) or not below or chance.random() < 0.3:
                inside[key] = json.loads(chance.choice(_OTHER_TYPES))
                break
            inside = below
    return json.dumps(value).encode()


def _swap_words(chance: random.Random, content: bytes) -> bytes:
    """Replace a word or a number everywhere by a difficult one."""
    words = sorted(set(re.findall(rb"[A-Za-z]{4,}|\d[\d.:/-]*\d", content)))
    if not words:
        return content
    word = chance.choice(_WORDS).encode("utf-8", "surrogatepass")
    return content.replace(chance.choice(words), word, chance.choice((1, 5, -1)))


def _insert_text(chance: random.Random, content: bytes, text: str) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + text.encode("utf-8", "surrogatepass") + content[at:]


def _join(chance: random.Random, content: bytes) -> bytes:
    """Put a part of another format behind a part of this one."""
    other = chance.choice(list(good_files().values()))
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


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
