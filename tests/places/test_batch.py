"""Whole tables: all columns are kept, places are added, repeated names are looked up once."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from rallymap.errors import IntakeError, PlaceServiceError
from rallymap.places import Candidate, Resolver, default_resolver
from rallymap.places.batch import ADDED_COLUMNS, BatchSummary, geocode_csv, geocode_rows

TABLE = "id,place,note\n1,Oslo,a\n2,Hamilton,b\n3,Xqzzyvkw,c\n4,,d\n5,Oslo,e\n"


def geocode(resolver: Resolver, text: str, **options: Any) -> tuple[list[dict[str, str]], BatchSummary]:
    target = io.StringIO(newline="")
    summary = geocode_csv(io.StringIO(text, newline=""), target, resolver, **{"text_column": "place", **options})
    return list(csv.DictReader(io.StringIO(target.getvalue()))), summary


def test_geocode_csv_keeps_columns_and_adds_places(resolver: Resolver) -> None:
    rows, summary = geocode(resolver, TABLE)
    assert list(rows[0]) == ["id", "place", "note", *ADDED_COLUMNS]
    assert [row["outcome"] for row in rows] == ["located", "ambiguous", "no_match", "empty", "located"]
    assert [row["note"] for row in rows] == ["a", "b", "c", "d", "e"]
    oslo = rows[0]
    assert (oslo["matched_name"], oslo["country"], oslo["location_precision"]) == ("Oslo", "NO", "city")
    assert float(oslo["lat"]) == pytest.approx(59.91, abs=0.05)
    assert float(oslo["confidence"]) > 0.9
    assert (summary.rows, summary.distinct) == (5, 4)
    assert summary.outcomes == {"located": 2, "ambiguous": 1, "no_match": 1, "empty": 1}


def test_geocode_csv_ambiguous_row_has_candidates_and_no_coordinates_if_asked(resolver: Resolver) -> None:
    row = geocode(resolver, TABLE, likeliest=False)[0][1]
    assert [row[column] for column in ADDED_COLUMNS[:-2]] == [""] * 7
    candidates = json.loads(row["candidates"])
    assert len(candidates) >= 2
    assert (candidates[0]["name"], candidates[0]["country"]) == ("Hamilton", "CA")


def test_geocode_csv_ambiguous_row_has_its_most_likely_candidate(resolver: Resolver) -> None:
    row = geocode(resolver, TABLE)[0][1]
    first = json.loads(row["candidates"])[0]
    assert (row["outcome"], row["country"], float(row["lat"])) == ("ambiguous", "CA", first["lat"])
    assert float(row["confidence"]) == first["confidence"] < 0.8


class Silent:
    """A service that does not answer."""

    def look_up(self, text: str, country: str) -> tuple[Candidate, ...]:
        raise PlaceServiceError("It does not answer.", retry_after_s=60)


def test_geocode_csv_row_is_pending_if_the_service_does_not_answer() -> None:
    rows, summary = geocode(default_resolver(service=Silent()), TABLE)
    assert [row["outcome"] for row in rows] == ["located", "ambiguous", "pending", "empty", "located"]
    assert [rows[2][column] for column in ADDED_COLUMNS] == ["", "", "", "", "", "", "", "pending", ""]
    assert (summary.outcomes["pending"], summary.by_service) == (1, 0)


def test_geocode_csv_unknown_row_has_nothing_made_up(resolver: Resolver) -> None:
    row = geocode(resolver, TABLE)[0][2]
    assert [row[column] for column in ADDED_COLUMNS] == ["", "", "", "", "", "", "", "no_match", ""]


@pytest.mark.parametrize("country", ["NZ", "nzl", "New Zealand", "Neuseeland"])
def test_geocode_csv_country_column_accepts_codes_and_names(resolver: Resolver, country: str) -> None:
    text = f"place,where\nHamilton,{country}\n"
    rows, _ = geocode(resolver, text, country_column="where")
    assert (rows[0]["outcome"], rows[0]["country"]) == ("located", "NZ")


def test_geocode_csv_country_column_with_a_region_helps_too(resolver: Resolver) -> None:
    rows, _ = geocode(resolver, "place,where\nHamilton,Ontario\n", country_column="where")
    assert (rows[0]["outcome"], rows[0]["admin1"]) == ("located", "Ontario")


def test_geocode_csv_existing_columns_are_not_overwritten(resolver: Resolver) -> None:
    rows, summary = geocode(resolver, "place,country,lat\nHamilton,NZ,mine\n", country_column="country")
    assert (rows[0]["lat"], rows[0]["geocoded_country"]) == ("mine", "NZ")
    assert summary.renamed == {"lat": "geocoded_lat", "country": "geocoded_country"}


def test_geocode_csv_names_a_missing_column_before_writing_anything(resolver: Resolver) -> None:
    target = io.StringIO(newline="")
    with pytest.raises(IntakeError, match="no column 'place'; it has: 'town'"):
        geocode_csv(io.StringIO("town\nOslo\n"), target, resolver, text_column="place")
    assert target.getvalue() == ""


@pytest.mark.parametrize("separator", [";", "\t"])
def test_geocode_csv_other_separators_and_byte_order_mark(resolver: Resolver, separator: str) -> None:
    target = io.StringIO(newline="")
    source = io.StringIO(f"\ufeffplace{separator}n\nOslo{separator}1\n", newline="")
    geocode_csv(source, target, resolver, text_column="place")
    head, row = target.getvalue().splitlines()
    assert head.split(separator)[:3] == ["place", "n", "lat"]
    assert row.split(separator)[:2] == ["Oslo", "1"]


def test_geocode_csv_cells_with_line_breaks_and_short_rows(resolver: Resolver) -> None:
    rows, _ = geocode(resolver, 'place,note\nOslo,"two\nlines"\nMalmo\n')
    assert [row["note"] for row in rows] == ["two\nlines", ""]
    assert [row["country"] for row in rows] == ["NO", "SE"]


@pytest.mark.parametrize(("text", "lines"), [("", 0), ("place\n", 1)])
def test_geocode_csv_without_rows(resolver: Resolver, text: str, lines: int) -> None:
    target = io.StringIO(newline="")
    summary = geocode_csv(io.StringIO(text, newline=""), target, resolver, text_column="place")
    assert (summary.rows, len(target.getvalue().splitlines())) == (0, lines)


def test_geocode_rows_reports_progress_and_the_end(resolver: Resolver) -> None:
    seen: list[int] = []
    rows = ({"place": "Oslo"} for _ in range(1201))
    done = list(geocode_rows(rows, ["place"], resolver, text_column="place", progress=seen.append))
    assert len(done) == 1201
    assert seen == [500, 1000, 1201]
