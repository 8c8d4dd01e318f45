"""Common nouns that are also names of places."""

from __future__ import annotations

import pytest

from rallymap.places import SURE_CONFIDENCE, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    "text",
    ["مدينة", "مدينه", "في مدينة", "وادي", "ثورة", "דרך", "מזרח", "barış", "deniz", "мост", "в городе", "захід",
     "plage", "la plage", "Süden", "im Dorf", "lugar", "sul", "stad", "saari", "pusat", "中心", "दक्षिण", "כפר", "este",
     "河边", "na praia", "stranden", "luta", "sol", "vin", "утро", "žena", "élet", "taş", "ليل", "آب", "regen",
     "Frauen", "fala", "end", "Wirtshaus"],
)  # fmt: skip
def test_a_common_noun_names_no_town(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, NoMatch)
    assert answer.reason == "This names no town; add the town."


@pytest.mark.parametrize(
    ("text", "name", "is_sure"),
    [("Porto", "Porto", True), ("porto", "Porto", False), ("Rijeka", "Rijeka", True), ("مدینه", "Madinah", True),
     ("Norden", "Norden", False), ("Puerto", "El Puerto de Santa María", False), ("West", "West", False),
     ("Regen", "Regen", False), ("Batman", "Batman", True), ("nice", "Nice", True),
     ("split", "Split", True),
     ("آمل", "Āmol", True), ("山口", "Yamaguchi", True), ("טירה", "Eṭ Ṭīra", True), ("Hof", "Hof", False),
     ("Halle", "Halle (Saale)", False), ("Most", "Most", False)],
)  # fmt: skip
def test_a_noun_that_is_a_name_is_found(resolver: Resolver, text: str, name: str, is_sure: bool) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert first.name == name
    assert (first.confidence >= SURE_CONFIDENCE) is is_sure


def test_a_noun_in_the_given_country_is_the_town_with_this_name(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("بلد", "IQ"))[0].name == "Balad"
    assert isinstance(resolver.resolve("بلد"), NoMatch)
    assert candidates_of(resolver.resolve("Strand", "NO"))[0].confidence >= SURE_CONFIDENCE
    assert candidates_of(resolver.resolve("regen", "DE"))[0].name == "Regen"


def test_a_noun_in_the_given_country_is_the_commune_with_this_name(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("playa", "CU"))[0].name == "Playa"
    assert isinstance(resolver.resolve("playa", "ES"), NoMatch)


@pytest.mark.parametrize(
    ("text", "name"),
    [('ת"א', "Tel Aviv"), ("ת״א", "Tel Aviv"), ("ת''א", "Tel Aviv"), ("הפגנה בת״א", "Tel Aviv"), ("י-ם", "Jerusalem"),
     ("בי־ם", "Jerusalem"), ("ראשל״צ", "Rishon LeTsiyyon"), ("ב״ש", "Beersheba"), ("פ״ת", "Petaẖ Tiqva"),
     ('רחוב הרצל 5, ר"ג', "Ramat Gan")],
)  # fmt: skip
def test_an_abbreviated_town_in_hebrew_is_found(resolver: Resolver, text: str, name: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == (name, "IL")
    assert first.confidence >= SURE_CONFIDENCE


def test_other_abbreviations_in_hebrew_stay(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve('ארה"ב'))[0].country == "US"
    assert isinstance(resolver.resolve('חו"ל'), NoMatch)
