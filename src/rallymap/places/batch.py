"""Geocoding whole tables: rows in, the same rows with their places out, one at a time."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final, NamedTuple, TextIO

from rallymap.errors import IntakeError, PlaceServiceError
from rallymap.events import DRAWN_CONFIDENCE, SURE_CONFIDENCE
from rallymap.places.answers import Ambiguous, Candidate, Located, candidates_of, describe_candidate
from rallymap.places.columns import MAX_ROWS, ColumnCodes, decide_codes
from rallymap.places.resolve import Resolver

#: The columns that are added, in this order.
ADDED_COLUMNS: Final = (
    "lat", "lon", "location_precision", "confidence", "matched_name", "admin1", "country", "outcome", "candidates",
)  # fmt: skip
_KEPT_ANSWERS: Final = 50_000
_PROGRESS_EVERY: Final = 500


@dataclass(slots=True)
class BatchSummary:
    """What became of a table.

    Attributes
    ----------
    rows
        Rows read so far.
    outcomes
        Rows by outcome: ``located``, ``ambiguous``, ``no_match``, ``empty``, ``pending``.
    low_confidence
        Located rows with a confidence under 0.8, which deserve a look.
    by_service
        Rows with an answer of an online service, whose source must be named.
    distinct
        Different pairs of place and country that were looked up.
    renamed
        Added columns that got another name, as the table has one of theirs already.
    """

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    low_confidence: int = 0
    by_service: int = 0
    distinct: int = 0
    renamed: dict[str, str] = field(default_factory=dict)


class _Added(NamedTuple):
    """The added columns of one row, and what the summary counts of it."""

    columns: dict[str, str]
    is_low: bool = False
    by_service: bool = False


def name_added_columns(columns: Sequence[str]) -> dict[str, str]:
    """Name the added columns of a table: one that is taken gets ``geocoded_`` before it."""
    taken = set(columns)
    names = {}
    for column in ADDED_COLUMNS:
        name = column
        while name in taken:
            name = f"geocoded_{name}"
        names[column] = name
        taken.add(name)
    return names


def geocode_rows(
    rows: Iterable[Mapping[str, str]],
    columns: Sequence[str],
    resolver: Resolver,
    *,
    text_column: str,
    country_column: str | None = None,
    likeliest: bool = True,
    summary: BatchSummary | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[dict[str, str]]:
    """Give each row with its place added; only the first rows and the answers to repeated texts are kept in memory.

    The first 2 000 rows decide together whether two-letter codes are states or countries.

    An ambiguous row has its candidates and no coordinates: a map of the table would show a guess. A row
    is ``pending`` where an online service did not answer: the same call on another day fills it in.

    Parameters
    ----------
    rows, columns
        The table and the names of its columns.
    resolver
        Whom to ask.
    text_column, country_column
        The column of the place, and that of its country (alpha-2, alpha-3 or a name in any language), if there is one.
    likeliest
        Whether ambiguous rows, and those with a confidence under 0.4, get the coordinates of their likeliest
        candidate, with its confidence, as a lead.
    summary
        Filled while the rows go by.
    progress
        Called with the number of rows done, every 500 rows and at the end.

    Yields
    ------
    row
        All columns of the table, then the added ones; empty strings where nothing was found.

    Raises
    ------
    IntakeError
        If the table lacks a named column.
    PlaceRefusedError
        From an online service, if the resolver asks one.
    """
    for column in (text_column, country_column):
        if column is not None and column not in columns:
            raise IntakeError(
                1, column, f"The table has no column {column!r}; it has: {', '.join(map(repr, columns)) or 'none'}."
            )
    summary = summary if summary is not None else BatchSummary()
    names = name_added_columns(columns)
    summary.renamed = {column: name for column, name in names.items() if column != name}
    kept: dict[tuple[str, str], _Added] = {}
    rows = iter(rows)
    first = list(islice(rows, MAX_ROWS))
    codes = decide_codes(
        [row.get(text_column) or "" for row in first],
        [(row.get(country_column) or "") if country_column else "" for row in first],
    )
    for row in chain(first, rows):
        text = row.get(text_column) or ""
        place_country = (row.get(country_column) or "") if country_column else ""
        known = kept.get((text, place_country))
        if known is None:
            if len(kept) >= _KEPT_ANSWERS:
                kept.clear()
            known = _look_up(resolver, text, place_country, codes, names, likeliest=likeliest)
            kept[text, place_country] = known
            summary.distinct += 1
        summary.rows += 1
        summary.outcomes[known.columns[names["outcome"]]] += 1
        summary.low_confidence += known.is_low
        summary.by_service += known.by_service
        if progress is not None and summary.rows % _PROGRESS_EVERY == 0:
            progress(summary.rows)
        yield {**{column: row.get(column) or "" for column in columns}, **known.columns}
    if progress is not None:
        progress(summary.rows)


def geocode_csv(
    source: TextIO,
    target: TextIO,
    resolver: Resolver,
    *,
    text_column: str,
    country_column: str | None = None,
    likeliest: bool = True,
    progress: Callable[[int], None] | None = None,
) -> BatchSummary:
    """Read a CSV, write it with the places added (see `geocode_rows`), and sum up.

    `source` and `target` are opened with ``newline=""``; a byte order mark and ``;`` or tab as separator are
    recognised, the same separator is written. An empty source gives an empty target.

    Raises
    ------
    IntakeError
        If a named column is missing, or the file is no CSV; its row counts the header as 1.
    """
    first = source.readline().lstrip("\ufeff")
    separator = max(",;\t", key=first.count)
    lines = _Lines(first, source)
    reader = csv.DictReader(lines, delimiter=separator)
    summary = BatchSummary()
    if not first:
        return summary
    try:
        columns = [column for column in reader.fieldnames or () if column is not None]
        names = name_added_columns(columns)
        rows = geocode_rows(
            reader, columns, resolver,
            text_column=text_column, country_column=country_column, likeliest=likeliest,
            summary=summary, progress=progress,
        )  # fmt: skip
        writer = csv.DictWriter(target, [*columns, *names.values()], delimiter=separator, lineterminator="\n")
        first_row = next(rows, None)  # a wrong column name must not leave half a file
        writer.writeheader()
        if first_row is not None:
            writer.writerow(first_row)
            writer.writerows(rows)
    except csv.Error as err:
        raise IntakeError(reader.line_num, "", f"This line is not CSV: {err}.") from err
    return summary


class _Lines(Iterator[str]):
    """The lines of a file whose first one was read already."""

    def __init__(self, first: str, rest: TextIO) -> None:
        self._first: str | None = first
        self._rest = rest

    def __next__(self) -> str:
        first, self._first = self._first, None
        return next(self._rest) if first is None else first


def _look_up(
    resolver: Resolver, text: str, country: str, codes: ColumnCodes, names: Mapping[str, str], *, likeliest: bool
) -> _Added:
    added = dict.fromkeys(names.values(), "")
    if not text.strip():
        added[names["outcome"]] = "empty"
        return _Added(added)
    try:
        answer = codes.resolve(resolver, text, country)
    except PlaceServiceError:
        added[names["outcome"]] = "pending"
        return _Added(added)
    is_low = False
    best: Candidate | None = None
    others: tuple[Candidate, ...] = ()
    added[names["outcome"]] = "no_match"
    if isinstance(answer, Located):
        is_drawn = likeliest or answer.candidate.confidence >= DRAWN_CONFIDENCE
        best = answer.candidate if is_drawn else None
        others = answer.alternatives if is_drawn else candidates_of(answer)
        added[names["outcome"]] = "located"
        is_low = answer.candidate.confidence < SURE_CONFIDENCE
    elif isinstance(answer, Ambiguous):
        best, others = answer.candidates[0] if likeliest else None, answer.candidates
        added[names["outcome"]] = "ambiguous"
    if best is not None:
        added[names["lat"]] = f"{best.lat:.5f}"
        added[names["lon"]] = f"{best.lon:.5f}"
        added[names["location_precision"]] = str(best.precision)
        added[names["confidence"]] = f"{best.confidence:.3f}"
        added[names["matched_name"]] = best.name
        added[names["admin1"]] = best.admin1 or ""
        added[names["country"]] = best.country
    if others:
        added[names["candidates"]] = json.dumps([describe_candidate(other) for other in others], ensure_ascii=False)
    return _Added(added, is_low, any(found.method.startswith("service:") for found in candidates_of(answer)))
