"""Geocode whole tables as a stream: each row is returned with its place."""

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

#: The added columns, in this order.
ADDED_COLUMNS: Final = (
    "lat", "lon", "location_precision", "confidence", "matched_name", "admin1", "country", "outcome", "candidates",
)  # fmt: skip
_KEPT_ANSWERS: Final = 50_000
_PROGRESS_EVERY: Final = 500


@dataclass(slots=True)
class BatchSummary:
    """Summary of a geocoded table.

    Attributes
    ----------
    rows
        Number of rows read so far.
    outcomes
        Number of rows by outcome: ``located``, ``ambiguous``, ``no_match``, ``empty``, ``pending``.
    low_confidence
        Number of located rows with a confidence below 0.8, which should be checked.
    by_service
        Number of rows answered by an online service, whose source must be named.
    distinct
        Number of distinct pairs of place and country that were looked up.
    renamed
        Added columns that were renamed, because the table already has a column with this name.
    """

    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    low_confidence: int = 0
    by_service: int = 0
    distinct: int = 0
    renamed: dict[str, str] = field(default_factory=dict)


class _Added(NamedTuple):
    """The added columns of one row, and its values for the summary."""

    columns: dict[str, str]
    is_low: bool = False
    by_service: bool = False


def name_added_columns(columns: Sequence[str]) -> dict[str, str]:
    """Choose names for the added columns: a name that is already used gets the prefix ``geocoded_``."""
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
    """Yield each row with its place; only the first rows and answers to repeated texts are kept in memory.

    The first 2 000 rows together decide whether two-letter codes are states or countries.

    An ambiguous row has candidates but no coordinates, so that a map of the table does not show a guess. A row is
    ``pending`` if an online service did not answer; run the same call later to complete it.

    Parameters
    ----------
    rows, columns
        The table and the names of its columns.
    resolver
        Resolver that geocodes each place.
    text_column, country_column
        Column of the place, and column of its country (alpha-2, alpha-3 or a name in any language), if any.
    likeliest
        Whether ambiguous rows, and rows with a confidence below 0.4, get the coordinates and confidence of their most
        likely candidate, as a lead.
    summary
        Updated while rows are read.
    progress
        Called with the number of completed rows, every 500 rows and at the end.

    Yields
    ------
    row
        All columns of the table, then the added ones; empty strings for missing values.

    Raises
    ------
    IntakeError
        If the table lacks one of the given columns.
    PlaceRefusedError
        From an online service, if the resolver uses one.
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
    """Geocode a CSV file (see `geocode_rows`), write the result, and return a summary.

    Open `source` and `target` with ``newline=""``. A byte order mark and ``;`` or tab as separator are recognised; the
    output has the same separator. An empty source gives an empty target.

    Raises
    ------
    IntakeError
        If a given column is missing, or the file is not CSV; the header counts as row 1.
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
        first_row = next(rows, None)  # checked first, so that a wrong column name does not leave a partial file
        writer.writeheader()
        if first_row is not None:
            writer.writerow(first_row)
            writer.writerows(rows)
    except csv.Error as err:
        raise IntakeError(reader.line_num, "", f"This line is not CSV: {err}.") from err
    return summary


class _Lines(Iterator[str]):
    """Lines of a file whose first line was already read."""

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
