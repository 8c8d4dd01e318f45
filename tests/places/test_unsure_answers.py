"""Texts that name less than they seem to: the answer is correct or uncertain."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import DRAWN_CONFIDENCE, SURE_CONFIDENCE, Located, NoMatch, Resolver, candidates_of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Khajauli, Bihar", "Bihār, India"),
        ("Karvandeh, Gilan, Iran", "Gilan, Iran"),
        ("Blorptown, Bavaria", "Bayern, Germany"),
        ("Nowherabad, Punjab, Pakistan", "Punjab, Pakistan"),
        ("Xyzzyville, OH", "Ohio, United States"),
    ],
)
def test_an_unknown_town_in_a_known_region_is_the_region(resolver: Resolver, text: str, label: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.label, answer.candidate.precision) == (label, LocationPrecision.REGION)
    assert answer.candidate.confidence < DRAWN_CONFIDENCE


@pytest.mark.parametrize("text", ["Encitas, CA", "Claymoco, MO"])
def test_letters_left_out_or_swapped_are_a_typo_of_the_town(resolver: Resolver, text: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].precision is LocationPrecision.CITY


@pytest.mark.parametrize(
    "text",
    [
        "Gare de Lyon",
        "Lincoln University",
        "Victoria University",
        "Capitol Hill",
        "Dearborn, IL",
        "Dam",
        "طرابلس",
        "جبيل",
        "London, CA",
        "Salem, IN",
        "Warren, Bristol",
    ],
)
def test_a_name_that_often_means_another_place_is_not_certain(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Independence Square", "Parliament House", "London Bridge", "Berliner Platz",
        "House of Commons",
        "Municipio de San José Poaquil", "Roma community centre", "Corner store", "University of Ghana, Lagoz",
    ],
)  # fmt: skip
def test_a_name_that_many_towns_have_is_not_drawn(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Jordanian embassy Copenhagen", "Copenhagen", "DK"),
        ("Ambasada Ukrainy w Pradze", "Prague", "CZ"),
        ("中国大使馆 伦敦", "London", "GB"),
        ("Opernplatz Hannover", "Hannover", "DE"),
        ("Hannover Opernplatz", "Hannover", "DE"),
        ("Bremer Rathaus", "Bremen", "DE"),
        ("Tampereen rautatieasema", "Tampere", "FI"),
        ("Pennsylvania Ave NW, Washington DC", "Washington", "US"),
        ("SW1A 1AA London", "London", "GB"),
        ("Toronto M5V 2T6", "Toronto", "CA"),
        ("New York, NY 10001", "New York City", "US"),
        ("Stavanger sentrum", "Stavanger", "NO"),
        ("Stortinget in Bergen", "Bergen", "NO"),
        ("Old Town Square, Prague", "Prague", "CZ"),
    ],
)
def test_the_town_of_a_venue_is_found(resolver: Resolver, text: str, city: str, country: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == (city, country)
    assert first.confidence >= SURE_CONFIDENCE


def test_a_larger_town_of_a_territory_makes_the_states_town_uncertain(resolver: Resolver) -> None:
    found = candidates_of(resolver.resolve("San Juan", "US"))
    assert {candidate.country for candidate in found[:2]} == {"US", "PR"}
    assert found[0].confidence < SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Congo", "Two countries have this name; say which of them, or give the town."),
        ("Scandinavia", "This is a part of the world, too large to be put on the map; give a country or a town."),
    ],
)
def test_a_name_of_no_one_place_has_a_reason(resolver: Resolver, text: str, reason: str) -> None:
    assert resolver.resolve(text) == NoMatch(text, reason)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("East Timor", "Timor-Leste"),
        ("Korea, Republic of", "South Korea"),
        ("Dili, East Timor", "Dili, Díli, Timor-Leste"),
        ("Torino (TO)", "Turin, Piemonte, Italy"),
        ("Milano (MI)", "Milan, Lombardia, Italy"),
        ("Milan, MI", "Milan, Michigan, United States"),
        ("Cagliari CA", "Cagliari, Sardegna, Italy"),
        ("Winterthur ZH", "Winterthur, Zürich, Switzerland"),
        ("سفارة تركيا، حلب", "Aleppo, Syria"),
        ("devant l’ambassade d’Espagne à Rabat", "Rabat, Rabat-Salé-Kénitra, Morocco"),
        ("West Berlin", "Berlin, Germany"),
        ("Start: Hauptbahnhof, Ende: Marktplatz, Jena", "Jena, Thüringen, Germany"),
        ("Ende, Indonesia", "Ende, Nusa Tenggara Timur, Indonesia"),
        ("Café Berlin, Köln", "Cologne, Nordrhein-Westfalen, Germany"),
    ],
)
def test_countries_and_codes_of_provinces_are_read(resolver: Resolver, text: str, label: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.label == label
    assert answer.candidate.confidence >= SURE_CONFIDENCE


def test_a_town_named_like_a_part_of_a_great_city_is_not_sure(resolver: Resolver) -> None:
    assert candidates_of(resolver.resolve("East London"))[0].confidence < SURE_CONFIDENCE
    assert candidates_of(resolver.resolve("East London, South Africa"))[0].confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(("text", "name"), [("سبوكان", "Spokane"), ("גרנד רפידס", "Grand Rapids")])
def test_a_name_in_a_script_without_vowels_is_a_lead(resolver: Resolver, text: str, name: str) -> None:
    assert name in [candidate.name for candidate in candidates_of(resolver.resolve(text))]


@pytest.mark.parametrize("text", ["at home", "Zentrum", "伯明罕"])
def test_a_common_word_and_a_name_listed_for_a_smaller_namesake_only_are_not_drawn(
    resolver: Resolver, text: str
) -> None:
    answer = resolver.resolve(text)

    assert all(candidate.confidence < DRAWN_CONFIDENCE for candidate in candidates_of(answer)[:1])


@pytest.mark.parametrize(
    ("text", "name"),
    [("Qamishli, Syria", "Al Qāmishlī"), ("Qamishli, Rojava", "Al Qāmishlī"), ("Simferopl, Ukraine", "Simferopol")],
)
def test_similar_spellings_are_searched_in_the_whole_claiming_country(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert answer.candidate.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("中國駐多倫多總領事館", "Toronto"), ("中国驻柏林大使馆前", "Berlin"), ("驻英国大使馆，伦敦", "London")],
)
def test_the_seat_in_a_chinese_word_for_a_mission_is_its_town(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert answer.candidate.name == name


def test_a_region_in_several_countries_is_not_a_province_with_its_name(resolver: Resolver) -> None:
    found = candidates_of(resolver.resolve("Kurdistan"))[0]
    assert (found.country, found.admin1, found.radius_m > 400_000) == ("", None, True)


def test_another_consonant_makes_another_name_in_a_script_without_vowels(resolver: Resolver) -> None:
    # A Persian name of Chișinău, one letter from that of Kuching in Malaysia.
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve("کیشینف")))


def test_a_city_is_found_with_a_vowel_letter_more_in_a_long_name(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("مونتيفيديو"))[0]
    assert (first.name, first.country) == ("Montevideo", "UY")


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [("שאטנוגה", "", "Chattanooga"), ("לודרדייל", "", "Fort Lauderdale"), ("רושל", "FR", "La Rochelle")],
)
def test_a_name_by_sound_is_the_town_with_the_same_vowels(
    resolver: Resolver, text: str, country: str, name: str
) -> None:
    first = candidates_of(resolver.resolve(text, country or None))[0]
    assert first.name == name


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Ottowa", "Ottawa", "CA"),  # listed only for towns in the United States
        ("Sulaimania, Kurdistan", "Sulaymaniyah", "IQ"),  # the region is also the name of an Iranian province
        ("Gaza Strip", "Gaza Strip", "PS"),
        ("Demo Köln 15 Uhr Neumarkt", "Köln", "DE"),
        ("Kundgebung Bonn 18h30 Münsterplatz", "Bonn", "DE"),
        ("Champs-Élysées", "Paris", "FR"),
    ],
)
def test_the_first_candidate_is_the_intended_place(resolver: Resolver, text: str, name: str, country: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == (name, country)


@pytest.mark.parametrize(
    "text",
    [
        "Bar Havana",
        "Kafe Kabul",
        "Kebab Tehran",
        "Salon Istanbul",
        "Saal Wien",
        "Sala Berlin",
        "رستوران شیراز",
        "مطعم دمشق",
    ],
)
def test_a_room_or_restaurant_named_after_a_city_is_not_there(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < 0.4 for candidate in candidates_of(resolver.resolve(text)))


def test_a_quarter_before_its_city_is_unsurely_in_the_city(resolver: Resolver) -> None:
    first = candidates_of(resolver.resolve("نازی‌آباد تهران"))[0]
    assert (first.name, first.country, first.confidence) == ("Tehran", "IR", 0.6)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("40 km od Krakowa", "Kraków"), ("30 km od Prahy", "Prague"), ("30 km-re Budapesttől", "Budapest"),
        ("la 30 km de Iași", "Iaşi"), ("距北京30公里", "Beijing"), ("서울에서 30km", "Seoul"),
        ('על 20 ק"מ מחיפה', "Haifa"), ("ca. 15 km norr om Uppsala", "Uppsala"), ("approx. 20 km from Graz", "Graz"),
    ],
)  # fmt: skip
def test_a_distance_in_any_language_widens_the_radius_around_the_town(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.radius_m > 15_000
    assert answer.candidate.confidence < SURE_CONFIDENCE


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Panama City, PA", "Panama City", "PA"),
        ("University of Jordan, Salt", "As Salţ", "JO"),
        ("Edinburgh Sheriff Court", "Edinburgh", "GB"),
        ("Perth Cultural Centre", "Perth", "AU"),
        ("Roma pride, Prague", "Prague", "CZ"),
        ("Austin texas", "Austin", "US"),
        ("مراكش", "Marrakesh", "MA"),
        ("مراکش", "Morocco", "MA"),
    ],
)
def test_words_around_a_town_decide_what_it_means(resolver: Resolver, text: str, name: str, country: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == (name, country)
    assert first.confidence >= DRAWN_CONFIDENCE


@pytest.mark.parametrize(
    "text",
    [
        "Iran and Iraq", "USA and Canada", "Syria, Iraq", "Irak und Iran", "Armenia & Azerbaijan", "ایران و عراق",
        "USA / Canada", "India-Pakistan", "Niger / Nigeria", "Luxembourg / Belgium", "Georgia and USA",
        "China and Hong Kong", "Panama, Costa Rica", "Puerto Rico, USA, Canada", "Ireland/Northern Ireland",
    ],
)  # fmt: skip
def test_several_countries_are_not_a_small_town_of_their_name(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, NoMatch)
    assert "several places" in answer.reason


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Georgia, USA", "Georgia"), ("Armenia, Colombia", "Armenia"), ("Trinidad and Tobago", "Trinidad & Tobago"),
        ("Panama, Panama", "Panama City"), ("Gibraltar, UK", "Gibraltar"), ("Hong Kong, China", "Hong Kong"),
        ("Georgia / USA", "Georgia"), ("USA / Georgia", "Georgia"), ("Georgia + USA", "Georgia"),
        ("Guinea-Bissau", "Guinea-Bissau"), ("Trinidad/Tobago", "Trinidad & Tobago"), ("England/UK", "England"),
    ],
)  # fmt: skip
def test_a_country_next_to_a_place_in_it_or_with_and_in_its_name_is_found(
    resolver: Resolver, text: str, name: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert answer.candidate.confidence >= SURE_CONFIDENCE


def test_two_cities_joined_by_a_hyphen_are_not_a_city_and_its_quarter(resolver: Resolver) -> None:
    found = candidates_of(resolver.resolve("Mannheim-Heidelberg"))
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in found)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Puerto Rico, USA", "PR"), ("Guam, USA", "GU"), ("Jersey, UK", "JE"), ("Grönland, Dänemark", "GL"),
        ("Faroe Islands, Denmark", "FO"), ("Aruba, Netherlands", "AW"), ("Cayman Islands (UK)", "KY"),
        ("Macau / China", "MO"), ("Martinique / France", "MQ"), ("USA / Puerto Rico", "PR"), ("Gibraltar / UK", "GI"),
        ("Denmark, Greenland", "GL"), ("Kosovo, Serbia", "XK"), ("Falkland Islands, Argentina", "FK"),
        ("Taiwan, China", "TW"), ("Western Sahara, Morocco", "EH"),
    ],
)  # fmt: skip
def test_a_territory_next_to_its_state_is_one_place(resolver: Resolver, text: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.country == country


@pytest.mark.parametrize(
    "text",
    [
        "Israel/Palestine", "Palestine and Israel", "Israel & Palestine", "Israel, Palestine", "Israel-Palestine",
        "فلسطين / إسرائيل", "Serbia and Kosovo", "Kosovo / Serbia", "Serbia, Kosovo", "Morocco / Western Sahara",
        "Western Sahara and Morocco", "China and Taiwan", "Taiwan / China", "Falklands and Argentina",
        "Falkland Islands / UK",
    ],
)  # fmt: skip
def test_a_disputed_territory_and_a_state_that_claims_it_are_two(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, NoMatch)
    assert "several places" in answer.reason


@pytest.mark.parametrize("text", ["مراكش", "تجمع ايرانيان مراكش", "ايرانيان مقيم مراكش", "تظاهرات در مراكش"])
def test_a_name_in_persian_typed_with_arabic_letters_is_not_surely_the_arabic_city(
    resolver: Resolver, text: str
) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == ("Marrakesh", "MA")
    assert DRAWN_CONFIDENCE <= first.confidence < SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["مظاهرة في مراكش", "وقفة أمام القنصلية، مراكش", "مراكش، المغرب"])
def test_an_arabic_text_names_the_arabic_city(resolver: Resolver, text: str) -> None:
    first = candidates_of(resolver.resolve(text))[0]
    assert (first.name, first.country) == ("Marrakesh", "MA")
    assert first.confidence >= SURE_CONFIDENCE


@pytest.mark.parametrize(("text", "name"), [("Barcalona", "Barcelona"), ("Monteral", "Montréal")])
def test_a_misspelt_city_is_not_a_village_with_such_an_alias(resolver: Resolver, text: str, name: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == name


@pytest.mark.parametrize(("text", "name"), [("Park City, UT", "Park City"), ("Harbor City, CA", "Harbor City")])
def test_a_small_town_with_common_words_is_drawn_in_its_state(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name
    assert DRAWN_CONFIDENCE <= answer.candidate.confidence < SURE_CONFIDENCE


@pytest.mark.parametrize("text", ["Frankfurt/O.", "Frankfurt (O.)", "Frankfurt (O), Brandenburg", "Frankfurt (Oder)"])
def test_frankfurt_on_the_oder_may_be_abbreviated(resolver: Resolver, text: str) -> None:
    assert [candidate.name for candidate in candidates_of(resolver.resolve(text))] == ["Frankfurt (Oder)"]


@pytest.mark.parametrize("text", ["مدينة زرقونيا", "شهر زرقونی", "The Strand", "Australia House, The Strand"])
def test_a_word_for_a_city_or_an_article_is_not_a_sure_town(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < SURE_CONFIDENCE for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize("text", ["مدينة بودو", "شهر بودو"])
def test_only_one_prefix_is_taken_from_a_name(resolver: Resolver, text: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == "Bodø"
