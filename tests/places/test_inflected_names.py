"""Inflected town names after "in", or with "in" as an ending."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Kurmanji
        ("li Amedê", "Diyarbakır"), ("li Hewlêrê", "Erbil"), ("li Stenbolê", "Istanbul"), ("li Berlînê", "Berlin"),
        ("li Silêmaniyê", "Sulaymaniyah"), ("li Qamişloyê", "Al Qāmishlī"), ("ji Mêrdînê", "Mardin"),
        ("li Efrînê", "‘Afrīn"), ("li pêşiya şaredariya Amedê", "Diyarbakır"), ("Qelata Hewlêrê", "Erbil"),
        # Estonian
        ("Vene saatkonna ees, Tallinnas", "Tallinn"),
        # Sorani
        ("قونسلخانەی تورکیا لە هەولێر", "Erbil"),
        # Turkish, with each apostrophe and without
        ("Kölnʼde", "Köln"), ("Ankarada", "Ankara"), ("İzmirdeki konsolosluk önünde", "İzmir"),
        # Finnish
        ("Tampereella", "Tampere"), ("Rovaniemellä", "Rovaniemi"), ("Lahdessa", "Lahti"), ("Turkuun", "Turku"),
        # Hungarian
        ("Pécsett", "Pécs"), ("Bécsbe", "Vienna"), ("Szegedről", "Szeged"),
        # Lithuanian, Latvian
        ("Klaipėdoje", "Klaipėda"), ("Kaune", "Kaunas"), ("Šiauliuose", "Šiauliai"), ("Daugavpilī", "Daugavpils"),
        # Slavic languages
        ("w Łodzi", "Łódź"), ("w Zielonej Górze", "Zielona Góra"), ("v Brně", "Brno"), ("v Ostravě", "Ostrava"),
        ("v Košiciach", "Košice"), ("v Českých Budějovicích", "České Budějovice"), ("u Zagrebu", "Zagreb"),
        ("u Novom Sadu", "Novi Sad"), ("u Splitu", "Split"), ("в Нижнем Новгороде", "Nizhniy Novgorod"),
        ("у Празі", "Prague"), ("у Скопљу", "Skopje"), ("Амбасада Русије у Скопљу", "Skopje"),
        # Georgian, Armenian, Kazakh
        ("ბათუმში", "Batumi"), ("ირანის საელჩო თბილისში", "Tbilisi"), ("პარლამენტთან თბილისში", "Tbilisi"),
        ("Երևանում", "Yerevan"), ("Ռուսաստանի դեսպանատունը Երևանում", "Yerevan"), ("Алматыда", "Almaty"),
        # After a word for the event
        ("აქცია ბათუმში", "Batumi"), ("ցույց Գյումրիում", "Gyumri"), ("mitingas Kaune", "Kaunas"),
        ("tüntetés Szegeden", "Szeged"), ("meeleavaldus Tartus", "Tartu"),
    ],
)  # fmt: skip
def test_an_inflected_town_is_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.confidence > SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [("Sevilla", "Sevilla", "ES"), ("Breda", "Breda", "NL"), ("Lodi, California", "Lodi", "US"),
     ("Marbella", "Marbella", "ES"), ("Nice", "Nice", "FR"), ("Estrada, Madrid", "Madrid", "ES")],
)  # fmt: skip
def test_a_name_that_ends_like_a_case_stays(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


@pytest.mark.parametrize("text", ["Tante", "Musée", "Osada", "Bande", "Karte"])
def test_a_word_with_a_case_ending_is_not_a_certain_town(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "name", "country"), [("بارلين", "Berlin", "DE"), ("بارس", "Paris", "FR"), ("باكاو", "Baku", "AZ")]
)
def test_a_vowel_letter_more_or_less_leads_to_the_great_city_first(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == (name, country)
    assert first.confidence < SURE_CONFIDENCE


def test_three_letters_are_too_few_to_draw_a_great_city(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("برغ"))[0].confidence < DRAWN_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("администрация Нижнего Новгорода", "Nizhniy Novgorod"), ("мэрия Великого Новгорода", "Velikiy Novgorod"),
        ("суд Нижнего Тагила", "Nizhny Tagil"), ("Мэрия Набережных Челнов", "Naberezhnyye Chelny"),
        ("мітинг у Дніпрі", "Dnipro"), ("Urząd Miasta Poznania", "Poznań"),
        ("Urząd Miasta Zielonej Góry", "Zielona Góra"), ("Lahden oikeustalo", "Lahti"),
        ("Tartu Ülikooli peahoone", "Tartu"), ("Narva linnavalitsus", "Narva"),
        ("Daugavpils pilsētas dome", "Daugavpils"),
        ("Vilniaus arkikatedra", "Vilnius"), ("Kína budapesti nagykövetsége", "Budapest"),
        ("the embassy of Cuba to Mexico", "Mexico City"),
    ],
)  # fmt: skip
def test_the_town_in_the_genitive_of_an_institution_is_found(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), text
    assert answer.candidate.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("20 km na południe od Krakowa", "Kraków"), ("15 km od Brna", "Brno"), ("nedaleko od Beograda", "Belgrade"),
        ("20 km al sur de Sevilla", "Sevilla"), ("unweit von Graz", "Graz"),
    ],
)  # fmt: skip
def test_the_town_after_a_distance_is_found_in_its_case(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located), text
    assert answer.candidate.name == name
    assert answer.candidate.radius_m > 15_000


def test_a_finnish_word_for_a_square_is_not_a_town(resolver: Resolver) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve("torilla")))


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("u Puli", "Pula", "HR"), ("w Jaworznie", "Jaworzno", "PL"), ("в Орле", "Orël", "RU"),
        ("w Cieszynie", "Cieszyn", "PL"), ("w Oświęcimiu", "Oświęcim", "PL"), ("w Zakopanem", "Zakopane", "PL"),
        ("v Táboře", "Tábor", "CZ"), ("v Hodoníně", "Hodonín", "CZ"), ("v Michalovciach", "Michalovce", "SK"),
        ("v Levoči", "Levoča", "SK"), ("u Vukovaru", "Vukovar", "HR"), ("у Трускавці", "Truskavets", "UA"),
        ("във Велико Търново", "Veliko Tŭrnovo", "BG"), ("u Zadru", "Zadar", "HR"), ("у Чачку", "Čačak", "RS"),
        ("v Novem mestu", "Novo Mesto", "SI"), ("Demonstrace v Lounech", "Louny", "CZ"),
    ],
)  # fmt: skip
def test_a_small_town_is_found_in_the_countries_of_its_preposition(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


@pytest.mark.parametrize("text", ["w parku", "v sobotu", "u crkvi", "в парке", "στο πάρκο", "w Nowhereville"])
def test_a_noun_after_a_preposition_is_no_small_town(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("w województwie śląskim", "Silesian", "PL"), ("v Jihomoravském kraji", "South Moravian", "CZ"),
        ("v Košickom kraji", "Košice", "SK"), ("u Splitsko-dalmatinskoj županiji", "Split-Dalmatia", "HR"),
        ("Van ilinde", "Van", "TR"), ("dans le département du Nord", "Nord", "FR"),
        ("no estado do Paraná", "Paraná", "BR"), ("in provincia di Bergamo", "Bergamo", "IT"),
        ("Pirkanmaalla", "Tampere", "FI"), ("Pest megyében", "Pest", "HU"), ("Regione Lombardia", "Lombardia", "IT"),
        ("w powiecie cieszyńskim", "Cieszyn", "PL"),
    ],
)  # fmt: skip
def test_a_word_for_a_division_excludes_towns_and_namesakes_elsewhere(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.precision is LocationPrecision.REGION


def test_a_quarter_after_in_is_in_its_city(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("vor der Botschaft von Eritrea in Berlin-Wilmersdorf"))[0]
    assert (first.name, first.admin1) == ("Wilmersdorf", "Berlin")


def test_a_district_that_is_not_known_is_at_its_seat_but_unsure(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("im Landkreis Görlitz"))[0]
    assert (first.name, first.country) == ("Görlitz", "DE")
    assert DRAWN_CONFIDENCE <= first.confidence < SURE_CONFIDENCE
