from __future__ import annotations

import csv
import io

from rallymap.places import Ambiguous, Located, Resolver, candidates_of, decide_codes, resolve_column
from rallymap.places.batch import geocode_csv

AMERICAN = [
    "Seattle, WA",
    "Tacoma, WA",
    "Tipton, IA",
    "Tama, IA",
    "Lynwood, WA",
    "Winthrop, WA",
    "Aurora, CA",
    "South Bay, CA",
]


def test_the_rows_of_a_column_decide_whose_codes_they_use() -> None:
    assert decide_codes(AMERICAN).scheme == "US"
    assert decide_codes(["Belo Horizonte, MG", "Olinda, PE", "Recife/PE", "Salvador, BA"]).scheme == "BR"
    assert decide_codes(["Toronto, CA", "Paris, FR", "Berlin, DE", "Melbourne, AU"]).scheme == "*"
    assert decide_codes(["Perth, WA", "Fremantle, WA", "Adelaide, SA"]).scheme == "AU"
    assert decide_codes(["Oslo", "Paris, France"]).scheme == ""
    assert decide_codes([]).scheme == ""


def test_no_row_of_an_american_column_is_elsewhere(resolver: Resolver) -> None:
    for answer in resolve_column(resolver, AMERICAN):
        assert {candidate.country for candidate in candidates_of(answer)} <= {"US"}


def test_a_code_alone_is_ambiguous_without_a_column(resolver: Resolver) -> None:
    assert isinstance(resolver.resolve("Winthrop, WA"), Ambiguous)
    [answer] = resolve_column(resolver, ["Winthrop, WA", *AMERICAN])[:1]
    assert isinstance(answer, Located)
    assert answer.candidate.admin1 == "Washington"


def test_codes_of_countries_are_not_states(resolver: Resolver) -> None:
    answers = resolve_column(resolver, ["Toronto, CA", "Paris, FR", "Berlin, DE", "Melbourne, AU", "Salem, DE"])
    assert [candidates_of(answer)[0].country for answer in answers[:4]] == ["CA", "FR", "DE", "AU"]
    assert {candidate.country for candidate in candidates_of(answers[4])} <= {"DE"}


def test_a_column_of_states_next_to_the_places_is_not_a_country_column(resolver: Resolver) -> None:
    answers = resolve_column(resolver, ["Seattle", "Tipton", "Portland", "Gary"], ["WA", "IA", "ME", "IN"])
    assert [candidates_of(answer)[0].label for answer in answers] == [
        "Seattle, Washington, United States",
        "Tipton, Iowa, United States",
        "Portland, Maine, United States",
        "Gary, Indiana, United States",
    ]


def test_hints_are_countries_in_any_notation(resolver: Resolver) -> None:
    answers = resolve_column(resolver, ["Hamilton", "Hamilton", "Hamilton"], ["New Zealand", "CAN", "Bermuda"])
    assert [candidates_of(answer)[0].country for answer in answers] == ["NZ", "CA", "BM"]


def test_geocode_reads_a_table_as_one_column(resolver: Resolver) -> None:
    target = io.StringIO()
    geocode_csv(
        io.StringIO("place\n" + "\n".join(f'"{text}"' for text in AMERICAN)), target, resolver, text_column="place"
    )
    rows = list(csv.DictReader(io.StringIO(target.getvalue())))
    assert {row["country"] for row in rows} <= {"US", ""}
    assert rows[5]["admin1"] == "Washington"


def test_a_town_next_to_a_country_code_is_not_in_a_state_with_this_code(resolver: Resolver) -> None:
    column = ["London, CA", "Victoria, CA", "Hamilton, CA", "Cordoba, AR", "Delhi, IN", "Cali, CO"]  # Cabañas is SV-CA
    countries = [candidates_of(answer)[0].country for answer in resolve_column(resolver, column)]
    assert countries == ["CA", "CA", "CA", "AR", "IN", "CO"]


def test_codes_without_a_comma_vote_as_well() -> None:
    assert decide_codes(["Salem OR", "Columbus GA", "Wilmington DE", "Gary IN"]).scheme == "US"


def test_a_code_of_a_country_with_a_larger_town_is_no_foreign_division(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("Victoria, CA"))[0]  # CA is also Cabañas, with a town Victoria
    assert (first.admin1, first.confidence) == ("British Columbia", 0.7)
