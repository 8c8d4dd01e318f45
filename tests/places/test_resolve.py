"""Meaning of a place text, through the public interface."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.countries import country_name
from rallymap.distances import measure_km
from rallymap.events import LocationPrecision
from rallymap.language import Language, add_wording, catalogue, find_language, languages, unisolated, use_language
from rallymap.places import Ambiguous, Located, NoMatch, Resolver, candidates_of, describe_candidate


def locate(resolver: Resolver, text: str, country: str | None = None) -> tuple[str, str | None, str]:
    answer = resolver.resolve(text, country)
    assert isinstance(answer, Located), answer
    return answer.candidate.name, answer.candidate.admin1, answer.candidate.country


@pytest.mark.parametrize("text", ["Gothenburg, Sweden", "Göteborg", "GÖTEBORG", "Goeteborg", "Gøteborg", "گوتنبرگ"])
def test_resolve_any_spelling_of_gothenburg(resolver: Resolver, text: str) -> None:
    assert locate(resolver, text) == ("Gothenburg", "Västra Götaland", "SE")


@pytest.mark.parametrize("text", ["Arhus", "Århus", "Aarhus, Denmark"])
def test_resolve_shows_aarhus_as_the_city_writes_itself(resolver: Resolver, text: str) -> None:
    assert locate(resolver, text) == ("Aarhus", "Central Denmark", "DK")


@pytest.mark.parametrize("code", ["DK", "HK", "PS", "US"])
def test_resolve_names_countries_as_the_rest_of_rallymap_does(resolver: Resolver, code: str) -> None:
    answer = resolver.resolve(country_name(code), code)
    assert country_name(code) in {candidate.name for candidate in candidates_of(answer)}


@pytest.mark.parametrize(
    ("text", "lat", "lon", "country"),
    [
        ("Oslo", 59.91, 10.74, "NO"),
        ("Arhus", 56.16, 10.21, "DK"),
        ("Aarhus", 56.16, 10.21, "DK"),
        ("Malmo", 55.61, 13.04, "SE"),
        ("پاریس", 48.86, 2.35, "FR"),
        ("Den Haag", 52.08, 4.31, "NL"),
        ("Paris, Texas", 33.67, -95.55, "US"),
        ("London, Ontario", 42.98, -81.25, "CA"),
        ("HAMMOND, Ind.", 41.58, -87.5, "US"),
        ("Washington D.C.", 38.9, -77.02, "US"),
        ("Villepinte near Paris", 48.96, 2.54, "FR"),
        ("Ottawa", 45.41, -75.7, "CA"),
        ("Toronto", 43.7, -79.42, "CA"),
        ("Austin Texas", 30.27, -97.74, "US"),
        ("Köln, NRW", 50.94, 6.95, "DE"),
        ("St Louis, MO", 38.63, -90.2, "US"),
        ("Rotterdam (Netherlands)", 51.92, 4.48, "NL"),
        ("Sydney NSW", -33.87, 151.21, "AU"),
    ],
)
def test_resolve_places_of_rally_reports(resolver: Resolver, text: str, lat: float, lon: float, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.country == country
    assert measure_km(answer.candidate.lat, answer.candidate.lon, lat, lon) < 10


@pytest.mark.parametrize(
    ("text", "first"), [("Birmingham", "GB"), ("Hamilton", "CA"), ("Springfield", "US"), ("Georgia", "GE")]
)
def test_resolve_namesakes_is_ambiguous_and_ranked(resolver: Resolver, text: str, first: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert answer.candidates[0].country == first
    confidences = [candidate.confidence for candidate in answer.candidates]
    assert len(confidences) >= 2
    assert confidences == sorted(confidences, reverse=True)
    assert confidences[0] < 0.9


def test_resolve_country_hint_settles_namesakes(resolver: Resolver) -> None:
    assert locate(resolver, "Hamilton", "NZ")[2] == "NZ"
    assert locate(resolver, "Birmingham", "us") == ("Birmingham", "Alabama", "US")


def test_resolve_region_in_text_settles_namesakes(resolver: Resolver) -> None:
    assert locate(resolver, "Birmingham, Alabama") == ("Birmingham", "Alabama", "US")
    assert locate(resolver, "Springfield, Ill.") == ("Springfield", "Illinois", "US")


def test_resolve_other_places_of_the_event_settle_namesakes(resolver: Resolver) -> None:
    plain = resolver.resolve("Hamilton")
    near = resolver.resolve("Hamilton", near=[(-37.0, 175.0)])
    assert isinstance(plain, Ambiguous)
    assert isinstance(near, Located | Ambiguous)
    first = near.candidate if isinstance(near, Located) else near.candidates[0]
    assert first.country == "NZ"


def test_resolve_place_outside_the_hinted_country_is_no_match(resolver: Resolver) -> None:
    answer = resolver.resolve("Gothenburg", "JP")
    assert answer == NoMatch(
        "Gothenburg",
        "No place called “{words}” is known in {country}; check the spelling or add the town.",
        "Gothenburg",
        "JP",
    )
    assert answer.reason == "No place called “Gothenburg” is known in Japan; check the spelling or add the town."


def test_resolve_unknown_hint_says_so(resolver: Resolver) -> None:
    answer = resolver.resolve("Oslo", "ZZ")
    assert isinstance(answer, NoMatch)
    assert (answer.query, answer.reason) == ("Oslo", "'ZZ' is not the two-letter code of a country.")


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Trafalgar Place 3, Uppsala", "Trafalgar Place 3"),
        ("Uppsala, Stora torget", "Stora torget"),
        ("outside the embassy in Uppsala", "outside the embassy"),
        ("Uppsala", None),
    ],
)
def test_resolve_keeps_venue_words_apart(resolver: Resolver, text: str, venue: str | None) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue) == ("Uppsala", venue)
    assert answer.candidate.precision is LocationPrecision.CITY


@pytest.mark.parametrize("text", ["in front of the Norwegian parliament, Oslo", "Stortinget", "Oslo, Stortinget"])
def test_resolve_landmarks_rally_place_gives_its_spot(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    candidate = answer.candidate
    assert (candidate.name, candidate.venue, candidate.method) == ("Oslo", "Stortinget", "well-known")
    assert candidate.precision is LocationPrecision.VENUE
    assert candidate.radius_m <= 300


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Sweden", LocationPrecision.COUNTRY),
        ("Schweden", LocationPrecision.COUNTRY),
        ("سوئد", LocationPrecision.COUNTRY),
        ("Ontario", LocationPrecision.REGION),
        ("Bavaria, Germany", LocationPrecision.REGION),
        ("Henry County, TN", LocationPrecision.REGION),
        ("Tehran", LocationPrecision.CITY),
        ("New York", LocationPrecision.CITY),
    ],
)
def test_resolve_gives_the_precision(resolver: Resolver, text: str, precision: LocationPrecision) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located | Ambiguous)
    first = answer.candidate if isinstance(answer, Located) else answer.candidates[0]
    assert first.precision is precision


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pendelton, OR", "Pendleton"),
        ("Shenectady, NY", "Schenectady"),
        ("Stockhlom, Sweden", "Stockholm"),
        ("Gaithersberg, MD", "Gaithersburg"),
        ("Traverse, MI", "Traverse City"),
    ],
)
def test_resolve_one_or_two_typos(resolver: Resolver, text: str, name: str) -> None:
    assert locate(resolver, text)[0] == name


def test_resolve_region_of_an_unknown_village_is_unsure(resolver: Resolver) -> None:
    answer = resolver.resolve("Qwrtzplk, Alberta")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == ("Alberta", LocationPrecision.REGION)
    assert answer.candidate.confidence < 0.5


@pytest.mark.parametrize("text", ["", "   ", "…", "!!!", "\u200c"])
def test_resolve_text_without_a_name_is_no_match(resolver: Resolver, text: str) -> None:
    assert resolver.resolve(text) == NoMatch(text, "There is no place name in this text.")


def test_resolve_very_long_text_is_no_match_at_once(resolver: Resolver) -> None:
    answer = resolver.resolve("Oslo " * 2_000_000)
    assert isinstance(answer, NoMatch)
    assert "longer than 400 characters" in answer.reason


def test_resolve_unknown_name_says_what_to_do(resolver: Resolver) -> None:
    answer = resolver.resolve("Xqzzyvkw")
    assert isinstance(answer, NoMatch)
    assert answer.query == "Xqzzyvkw"
    assert answer.reason == "No place called “Xqzzyvkw” is known; check the spelling or add the town."


def test_resolve_cached_answer_is_translated_for_each_reader(
    resolver: Resolver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_own", [])
    sentence = "No place called “{words}” is known; check the spelling or add the town."
    (tmp_path / "be.po").write_text(f'msgid "{sentence}"\nmsgstr "⟦{{words}}⟧"\n', "utf-8")
    assert isinstance(first := resolver.resolve("Xqzzyvkx"), NoMatch)
    assert first.reason == "No place called “Xqzzyvkx” is known; check the spelling or add the town."
    add_wording(tmp_path)
    belarusian = find_language("be", languages(tmp_path))
    assert belarusian is not None
    with use_language(belarusian):
        assert isinstance(again := resolver.resolve("Xqzzyvkx"), NoMatch)
        assert again.reason == "⟦Xqzzyvkx⟧"


def test_label_follows_the_reader_but_is_kept_in_english(resolver: Resolver) -> None:
    assert isinstance(answer := resolver.resolve("Göteborg"), Located)
    with use_language(Language("be", "Беларуская", "ltr")):
        assert answer.candidate.label == "Gothenburg, Västra Götaland, Швецыя"
    with use_language(Language("fa", "", "rtl")):
        assert unisolated(answer.candidate.label) == "گوتنبرگ، Västra Götaland، سوئد"
    with use_language(Language("be", "Беларуская", "ltr")):
        assert describe_candidate(answer.candidate)["label"] == "Gothenburg, Västra Götaland, Sweden"


def test_label_is_for_people(resolver: Resolver) -> None:
    answer = resolver.resolve("Göteborg")
    assert isinstance(answer, Located)
    assert answer.candidate.label == "Gothenburg, Västra Götaland, Sweden"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Online", "This says that it took place online; there is no place to put on the map."),
        ("(national)", "This says that it took place in several places; give each of them its own event."),
        ("Unknown", "This says that the place is not known."),
        ("Europe", "This is a part of the world, too large to be put on the map; give a country or a town."),
    ],
)
def test_resolve_words_that_name_no_place_are_no_match(resolver: Resolver, text: str, reason: str) -> None:
    assert resolver.resolve(text) == NoMatch(text, reason)


def test_resolve_two_towns_is_ambiguous(resolver: Resolver) -> None:
    answer = resolver.resolve("Oslo and Bergen")
    assert isinstance(answer, Ambiguous)
    assert [candidate.name for candidate in answer.candidates] == ["Oslo", "Bergen"]
    assert all(candidate.confidence <= 0.5 for candidate in answer.candidates)


@pytest.mark.parametrize(("text", "country"), [("Bosnia and Herzegovina", "BA"), ("Trinidad and Tobago", "TT")])
def test_resolve_and_in_a_name_is_part_of_it(resolver: Resolver, text: str, country: str) -> None:
    assert locate(resolver, text)[2] == country


def test_resolve_suburb_next_to_its_city_is_the_suburb(resolver: Resolver) -> None:
    assert locate(resolver, "Richmond Hill, Toronto")[0] == "Richmond Hill"
    assert locate(resolver, "Toronto, Richmond Hill")[0] == "Richmond Hill"


@pytest.mark.parametrize(("text", "name"), [("10117 Berlin", "Berlin"), ("Los Angeles, CA 90024", "Los Angeles")])
def test_resolve_ignores_postcodes(resolver: Resolver, text: str, name: str) -> None:
    assert locate(resolver, text)[0] == name


def test_resolve_venue_word_that_is_also_a_hamlet_is_unsure(resolver: Resolver) -> None:
    answer = resolver.resolve("Hauptbahnhof")
    assert not (isinstance(answer, Located) and answer.candidate.confidence > 0.5)


def test_resolve_alias_does_not_beat_a_primary_name_unasked(resolver: Resolver) -> None:
    answer = resolver.resolve("Vienne")
    assert isinstance(answer, Ambiguous)
    assert {"Vienne", "Vienna"} <= {candidate.name for candidate in answer.candidates}


def test_resolve_name_in_a_script_without_it_is_read_by_its_letters(resolver: Resolver) -> None:
    answer = resolver.resolve("Կունգսբակա")  # no source contains the Armenian name of Kungsbacka
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == ("Kungsbacka", "SE")
    assert answer.candidate.confidence < 0.8
