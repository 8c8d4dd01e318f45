"""Measure how many planted private details the review page flags: ``python -m benchmarks.text_flags``.

``benchmarks/cases/text_flags.tsv`` contains texts with one planted detail each, in the scripts of the pages, and
ordinary texts of events with none (``none``). The names are invented. The bundled events, which contain no private
details, show the rate of false warnings.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rallymap.moderation.text_flags import FlagKind, flagged_words

CASES = Path(__file__).parent / "cases" / "text_flags.tsv"
_DATA = Path(__file__).parents[1] / "data"
TABLES = (_DATA / "events.csv", _DATA / "rallies.csv")
_WORDS = ("title", "about")


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with a planted detail; `kind` is None if there is none."""

    kind: FlagKind | None
    words: str
    text: str


def read_cases() -> list[Planted]:
    """Read the planted texts."""
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Planted(None if row["kind"] == "none" else FlagKind(row["kind"]), row["words"], row["text"]) for row in rows
        ]


def is_found(case: Planted) -> bool:
    """Return whether the planted detail is flagged correctly: most of its words, under its kind."""
    wanted = _letters(case.words)
    return any(
        kind is case.kind and (wanted in _letters(words) or _letters(words) in wanted)
        for kind, words in flagged_words(case.text)
    )


def bundled_texts() -> Iterator[str]:
    """Yield the titles and texts of the bundled events."""
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from (row[name] for name in _WORDS if row.get(name))


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def main() -> None:
    """Print the table."""
    cases = read_cases()
    planted = Counter(case.kind for case in cases)
    found = Counter(case.kind for case in cases if case.kind is not None and is_found(case))
    for kind in FlagKind:
        sys.stdout.write(f"{kind:>10} {found[kind]:>4} of {planted[kind]:>4}\n")
    missed = [case.text for case in cases if case.kind is not None and not is_found(case)]
    false = [(case.text, list(flagged_words(case.text))) for case in cases if case.kind is None]
    wrong = [(text, flags) for text, flags in false if flags]
    sys.stdout.write(f"ordinary texts with a warning: {len(wrong)} of {planted[None]}\n")
    texts = list(bundled_texts())
    noisy = [(text, flags) for text in texts if (flags := list(flagged_words(text)))]
    sys.stdout.write(f"texts of bundled events with a warning: {len(noisy)} of {len(texts)}\n")
    for text in missed:
        sys.stdout.write(f"missed: {text}\n")
    for text, flags in [*wrong, *noisy]:
        sys.stdout.write(f"warned: {text[:100]} {[(str(kind), words) for kind, words in flags]}\n")


if __name__ == "__main__":
    main()
