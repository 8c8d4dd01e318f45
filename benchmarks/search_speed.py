"""Time full-text search and filter counts; compared with pandas, and a plain FTS5 table as in Datasette.

Run ``python -m benchmarks.search_speed [EVENTS]``; a million by default, which takes some minutes the first time.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.map_data import HOMES, synthetic_events
from rallymap.events import Event, Source
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.engine import newest_sqlite
from rallymap.workflows.data_frames import snapshot_of

DATA = Path(__file__).resolve().parents[1] / "data" / "rallies.csv"
ROUNDS = 7
WORDS_PER_TEXT = 24
QUESTIONS = {
    "a rare word": "4711",
    "the beginning of a word": "embas",
    "two words": "women oslo",
    "a phrase": '"in front of the"',
    "a word of many events": "march",
    "a word of all events": "number",
    "Persian": "زندگی",
}
PERSIAN = "زن، زندگی، آزادی", "تجمع ایرانیان برای آزادی زندانیان سیاسی"


def events_with_texts(count: int) -> Iterator[Event]:
    """Yield synthetic events with the word frequencies of the bundled rallies; one in twenty has Persian."""
    random = np.random.default_rng(2)
    words = re.findall(r"\w+", DATA.read_text("utf-8"))
    for number, event in enumerate(synthetic_events(count)):
        starts = random.integers(0, len(words) - 5, WORDS_PER_TEXT // 4).tolist()
        about = " ".join(" ".join(words[start : start + 4]) for start in starts)
        if number % 20 == 0:
            about += " " + PERSIAN[number // 20 % 2]
        source = Source(title="A synthetic leaflet", publisher=f"Paper {number % 97}")
        yield event.changed(about=about, sources=(source,))


def opened(count: int) -> Database:
    """Open the database with `count` events, filled at first use."""
    home = HOMES / f"texts-{count}"
    db = Database.open(f"sqlite:///{_made(home) / 'rallymap.db'}")
    if not (home / "ready").exists():
        begin = time.perf_counter()
        add_many(db, events_with_texts(count), actor="benchmark")
        seconds = time.perf_counter() - begin
        print(f"stored and indexed {count:,} events in {seconds:.0f} s", file=sys.stderr)
        (home / "ready").touch()
    return db


def _made(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    return home


def median_ms(ask: Callable[[], object]) -> float:
    """Return the median processor time of several calls in milliseconds, without the first.

    A call runs in one thread and does not wait, so on an idle machine this equals its duration.
    """
    ask()
    durations = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        ask()
        durations.append((time.process_time() - begin) * 1000)
    return sorted(durations)[ROUNDS // 2]


def measure_search(snapshot: Snapshot, texts: pd.Series, rival: Callable[[str], object]) -> None:
    """Print a row per query: its matches, our time, and the rivals'."""
    print("| Question | found | rallymap, ms | FTS5 ids, ms | pandas str.contains, ms |\n|---|--:|--:|--:|--:|")
    for name, text in QUESTIONS.items():
        fresh = dataclasses.replace(snapshot)  # with empty caches
        found = int(fresh.search.mask(text).sum())
        ours = median_ms(lambda: fresh.search.mask(text))  # noqa: B023
        theirs = median_ms(lambda: rival(text))  # noqa: B023
        words = text.replace('"', "").split()
        pandas_ms = median_ms(lambda: _contains(texts, [text.strip('"')] if '"' in text else words))  # noqa: B023
        print(f"| {name}: {text} | {found:,} | {ours:.0f} | {theirs:.0f} | {pandas_ms:.0f} |", flush=True)


def _contains(texts: pd.Series, words: list[str]) -> int:
    mask = np.ones(len(texts), bool)
    for word in words:
        mask &= texts.str.contains(word, case=False, regex=False).to_numpy()
    return int(mask.sum())


def measure_counts(snapshot: Snapshot) -> None:
    """Print how long a changed filter takes to all its counts: the selection and the facets, with empty caches."""
    filters = {
        "no filter": EventFilter(),
        "a year": EventFilter(period=(date(2015, 1, 1), date(2015, 12, 31))),
        "a country and two kinds": EventFilter(countries=("US",), kinds=("march", "vigil")),
        "three facets and a period": EventFilter(
            period=(date(2010, 1, 1), date(2020, 12, 31)),
            countries=("US", "GB"),
            communities=("Iran",),
            publishers=("Paper 1",),
        ),
        "a word, a circle, a source": EventFilter(text="women", near=(51.5, -0.12, 300.0), has_source=True),
        "a drawn area of 5 corners": EventFilter(area=((40, -5), (40, 10), (50, 15), (55, 5), (48, -8))),
    }
    print("\n| Filter to counts | left | ms |\n|---|--:|--:|")
    for name, wanted in filters.items():

        def count(wanted: EventFilter = wanted) -> int:
            fresh = dataclasses.replace(snapshot)
            selection = fresh.select(wanted)
            count_facets(fresh, wanted)
            return selection.total

        print(f"| {name} | {count():,} | {median_ms(count):.0f} |", flush=True)


def plain_fts(count: int, texts: pd.Series) -> Callable[[str], object]:
    """Return a search over a table from ``sqlite-utils enable-fts``, as in Datasette, which fetches all ids."""
    path = HOMES / f"texts-{count}" / "rival.db"
    driver = newest_sqlite()
    is_new = not path.exists()
    conn = driver.connect(path)
    if is_new:
        conn.execute("CREATE VIRTUAL TABLE fts USING fts5(words, tokenize='unicode61')")
        conn.executemany("INSERT INTO fts (words) VALUES (?)", ((text,) for text in texts))
        conn.commit()

    def find(text: str) -> int:
        words = [text] if '"' in text else [f'"{word}"*' for word in text.split()]
        return len(conn.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (" ".join(words),)).fetchall())

    return find


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=int, nargs="?", default=1_000_000)
    count = parser.parse_args().events
    db = opened(count)
    snapshot = snapshot_of(db)
    texts = pd.Series([f"{event.title} {event.about}" for event in events_with_texts(count)])
    measure_search(snapshot, texts, plain_fts(count, texts))
    measure_counts(snapshot)
    db.close()


if __name__ == "__main__":
    main()
