"""Embassies and consulates named by an adjective or without a preposition: the town is their location."""

from __future__ import annotations

import pytest

from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("consolato turco di Milano", "Milan", "IT"),
        ("consolato di Francoforte", "Frankfurt am Main", "DE"),
        ("consulado venezolano de Vigo", "Vigo", "ES"),
        ("embajada rusa de Madrid", "Madrid", "ES"),
        ("consulado brasileiro do Porto", "Porto", "PT"),
        ("consulat de Lyon", "Lyon", "FR"),
        ("consulat algérien Bobigny", "Bobigny", "FR"),
        ("Turkish consulate Milan", "Milan", "IT"),
        ("Turkish consulate Komotini", "Komotiní", "GR"),
        ("Consulate Milan", "Milan", "IT"),
        ("türkisches Konsulat Hamburg", "Hamburg", "DE"),
        ("Konsulat Hamburg", "Hamburg", "DE"),
        ("Turkse ambassade Den Haag", "The Hague", "NL"),
        ("russiske generalkonsulatet Kirkenes", "Kirkenes", "NO"),
        ("Turku konsulaatti", "Turku", "FI"),
        ("Hamburg Başkonsolosluğu", "Hamburg", "DE"),
        ("Türkiye Berlin Büyükelçiliği", "Berlin", "DE"),
        ("berlini nagykövetség", "Berlin", "DE"),
        ("ρωσική πρεσβεία Αθήνα", "Athens", "GR"),
        ("российское консульство Гамбург", "Hamburg", "DE"),
        ("قنصلية تركيا هامبورغ", "Hamburg", "DE"),
        ("השגרירות הרוסית תל אביב", "Tel Aviv", "IL"),
        ("Marokkaans consulaat Utrecht", "Utrecht", "NL"),
        ("Iranian embassy Kuwait", "Kuwait City", "KW"),
        ("consulado cubano de Santiago de Compostela", "Santiago de Compostela", "ES"),
        ("Mission Viejo", "Mission Viejo", "US"),
    ],
)
def test_the_town_in_a_missions_name_is_its_place(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(
    "text",
    ["embajada de México", "Embassy of Georgia", "ambassade de Panama", "consolato di Francia", "syrische Botschaft"],
)
def test_the_sending_country_is_not_the_place_of_a_mission(resolver: Resolver, text: str) -> None:
    assert isinstance(resolver.resolve(text), NoMatch)


@pytest.mark.parametrize(
    "text", ["from the White House to the Indian embassy", "from Little Armenia to the Turkish consulate"]
)
def test_a_march_to_a_mission_is_not_in_the_town_of_its_start(resolver: Resolver, text: str) -> None:
    assert all(found.confidence < DRAWN_CONFIDENCE for found in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["Kubas ambassade, Oslo", "Jamaican embassy, Oslo"])
def test_the_inflected_sending_country_of_a_mission_is_not_a_town(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == "Oslo"
    assert answer.candidate.confidence > SURE_CONFIDENCE
