"""Properties that hold for any text."""

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rallymap.countries import is_within
from rallymap.places import Ambiguous, Candidate, Located, Resolver, default_resolver
from rallymap.places.gazetteer import load_gazetteer
from rallymap.places.parse import split_segments

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

RESOLVER: Resolver = default_resolver()
GAZETTEER = load_gazetteer()

rows = st.integers(min_value=0, max_value=len(GAZETTEER) - 1)
names = st.one_of(
    rows.map(GAZETTEER.name),
    st.sampled_from(["Göteborg", "پاریس", "Århus", "São Paulo", "Łódź", "Αθήνα", "Київ", "İzmir", "NRW", "Calif."]),
)
venues = st.sampled_from(["Stortinget", "Town Hall", "in front of the parliament", "Hauptbahnhof", "میدان"])
texts = st.one_of(
    names,
    st.tuples(names, names).map(", ".join),
    st.tuples(venues, names).map(", ".join),
    st.tuples(names, names).map(" near ".join),
    st.tuples(venues, names).map(" in ".join),
)
countries = st.sampled_from(["US", "GB", "FR", "DE", "IR", "CA", "SE", "NO", "IQ", "TR", "ME", "AD"])


def candidates_of(text: str, country: str | None = None) -> tuple[Candidate, ...]:
    answer = RESOLVER.resolve(text, country)
    if isinstance(answer, Located):
        return (answer.candidate, *answer.alternatives)
    return answer.candidates if isinstance(answer, Ambiguous) else ()


def without_venue(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    # The venue is kept as written, so case and accents may differ.
    return [dataclasses.replace(candidate, venue=None) for candidate in candidates]


def drop_accents(text: str) -> str:
    kept = (c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", "".join(kept))


@given(st.one_of(st.text(max_size=500), texts))
@settings(max_examples=300, deadline=None)
def test_any_text_has_an_answer_in_range(text: str) -> None:
    for candidate in candidates_of(text):
        assert -90 <= candidate.lat <= 90
        assert -180 <= candidate.lon <= 180
        assert 0 <= candidate.confidence <= 1
        assert candidate.radius_m >= 0
        assert candidate.label


@given(texts)
@settings(max_examples=200, deadline=None)
def test_case_does_not_matter(text: str) -> None:
    # Except codes, which count only in capitals ("BIS" is an airport's, "bis" is German for "until").
    assume(all(len("".join(segment.words)) > 3 for segment in split_segments(text)))
    assume(not any(word.isupper() and 1 < len(word) <= 3 for word in text.split()))
    expected = without_venue(candidates_of(text))
    assert without_venue(candidates_of(text.upper())) == expected
    assert without_venue(candidates_of(text.lower())) == expected


def test_a_code_in_a_text_all_in_capitals_is_a_name() -> None:
    expected = without_venue(candidates_of("Town Hall in Mir"))
    assert [candidate.country for candidate in expected] == ["BY"]
    assert without_venue(candidates_of("TOWN HALL IN MIR")) == expected  # MIR is the airport of Monastir


def test_lower_case_words_are_parts_of_names() -> None:
    answer = RESOLVER.resolve("Town Hall in São Pedro da Água Branca")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == ("São Pedro da Água Branca", "BR")


def test_an_unknown_word_before_a_town_is_part_of_its_name() -> None:
    # Nad-e Ali is in Afghanistan; there is an Ali near Delhi.
    assert all(candidate.confidence < 0.4 for candidate in candidates_of("Town Hall in Nād ‘Alī"))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_accents_do_not_matter(text: str) -> None:
    assert without_venue(candidates_of(drop_accents(text))) == without_venue(candidates_of(text))


@given(texts, st.sampled_from([" ", "   ", "\u00a0"]))
@settings(max_examples=200, deadline=None)
def test_spaces_do_not_matter(text: str, space: str) -> None:
    spaced = space + text.replace(" ", space) + space
    assert without_venue(candidates_of(spaced)) == without_venue(candidates_of(text))


@given(st.one_of(texts, st.text(max_size=80)))
@settings(max_examples=200, deadline=None)
def test_unicode_forms_do_not_matter(text: str) -> None:
    expected = without_venue(candidates_of(unicodedata.normalize("NFC", text)))
    assert without_venue(candidates_of(unicodedata.normalize("NFD", text))) == expected


@given(st.one_of(texts, st.text(max_size=80)), countries)
@settings(max_examples=300, deadline=None)
def test_a_hint_never_moves_the_answer_out_of_its_country(text: str, country: str) -> None:
    assert all(is_within(candidate.country, country) for candidate in candidates_of(text, country))


@given(st.one_of(texts, st.text(max_size=80)))
@settings(max_examples=200, deadline=None)
def test_suggestions_never_fail_and_keep_to_the_limit(text: str) -> None:
    assert len(RESOLVER.suggest(text, limit=5)) <= 5
