"""Places as worded in announcements: place in the town, surrounding words, language."""

from __future__ import annotations

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import Ambiguous, Located, Resolver, candidates_of

DRAWN = 0.4
SURE = 0.8


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Demo in Köln am Heumarkt", "Köln", "DE"),
        ("Mahnwache in Nürnberg am Markt", "Nuremberg", "DE"),
        ("protesta en Madrid frente a la embajada", "Madrid", "ES"),
        ("manifestazione a Roma in Piazza del Popolo", "Rome", "IT"),
        ("manifestation à Paris devant l'ambassade de Chine", "Paris", "FR"),
        ("presidio a Milano", "Milan", "IT"),
        ("Innenstadt Genf", "Geneva", "CH"),
        ("Hamburg und Umgebung", "Hamburg", "DE"),
        ("centrum Antwerpen", "Antwerp", "BE"),
        ("binnenstad van Den Haag", "The Hague", "NL"),
        ("Beç, Trg slobode", "Vienna", "AT"),
        ("navenda bajarê Silêmanî", "Sulaymaniyah", "IQ"),
        ("ناوەندی شاری ڤیەننا", "Vienna", "AT"),
        ("مرکز شهر لس‌آنجلس", "Los Angeles", "US"),
        ("لاہور میں", "Lahore", "PK"),
        ("दिल्ली रेलवे स्टेशन", "Delhi", "IN"),
        ("சென்னை பல்கலைக்கழகம்", "Chennai", "IN"),
        ("አዲስ አበባ፣ መስቀል አደባባይ", "Addis Ababa", "ET"),
        ("ရန်ကုန် မြို့", "Yangon", "MM"),
        ("上海火車站", "Shanghai", "CN"),
        ("名古屋で集会", "Nagoya", "JP"),
        ("駐ニューヨーク中国領事館", "New York City", "US"),
        ("주도쿄 러시아 총영사관", "Tokyo", "JP"),
        ("Rusiya səfirliyi, Gəncə", "Ganja", "AZ"),
        ("Zanîngeha Kobanê", "‘Ayn al ‘Arab", "SY"),
        ("UiT, Bergen", "Bergen", "NO"),
        ("Vorplatz Hbf Hannover", "Hannover", "DE"),
        ("Dam, A'dam", "Amsterdam", "NL"),
        ("R’dam", "Rotterdam", "NL"),
        ("Kbh, Rådhuspladsen", "Copenhagen", "DK"),
        ("Piazza Maggiore 6, 40124 Bologna BO", "Bologna", "IT"),
        ("davanti al consolato russo di Milano", "Milan", "IT"),
        ("Рочестер, штат Нью-Йорк", "Rochester", "US"),
        ("Баффало, Нью-Йорк", "Buffalo", "US"),
        ("Сіракузи, штат Нью-Йорк", "Syracuse", "US"),
        ("ایرواین، کالیفرنیا", "Irvine", "US"),
        ("واشنگتن دی‌سی، مقابل کاخ سفید", "Washington", "US"),
        ("Ֆրեզնո, Կալիֆորնիա", "Fresno", "US"),
    ],
)
def test_the_town_of_an_announcement_is_drawn(resolver: Resolver, text: str, name: str, country: str) -> None:
    candidate = candidates_of(resolver.resolve(text))[0]
    assert (candidate.name, candidate.country) == (name, country)
    assert candidate.confidence >= DRAWN


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("München Bürgerhaus", "Munich", "DE"),
        ("Ginebra", "Geneva", "CH"),
        ("Мілвокі", "Milwaukee", "US"),
        ("爾灣", "Irvine", "US"),
        ("Милуоки", "Milwaukee", "US"),
        ("Лийдс", "Leeds", "GB"),
        ("Дзюсельдорф", "Düsseldorf", "DE"),
        ("نەشڤیل", "Nashville", "US"),
        ("დიუსელდორფი", "Düsseldorf", "DE"),
        ("Սեիթլ", "Seattle", "US"),
        ("Вашингтон", "Washington", "US"),
        ("واشنگتن", "Washington", "US"),
        ("Torino", "Turin", "IT"),
        ("ڕوها", "Şanlıurfa", "TR"),
        ("آبادان", "Abadan", "IR"),
        ("پرث", "Perth", "AU"),
        ("မန္တလေး", "Mandalay", "MM"),
        ("הוד השרון", "Hod HaSharon", "IL"),
        ("NYC", "New York City", "US"),
        ("Bylakuppe", "Bylakuppe", "IN"),
        ("Puerto Madero, Buenos Aires", "Buenos Aires", "AR"),
        ("Kurla", "Kurla", "IN"),
    ],
)
def test_cities_and_quarters_are_found_by_everyday_names(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    candidate = candidates_of(resolver.resolve(text))[0]
    assert (candidate.name, candidate.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "venue", "city"),
    [
        ("Rynek Główny", "Main Market Square", "Kraków"),
        ("Place de la République", "Place de la République", "Paris"),
        ("Piazza Venezia", "Piazza Venezia", "Rome"),
        ("the White House", "White House", "Washington"),
        ("Westlake Park", "Westlake Park", "Seattle"),
    ],
)
def test_a_landmark_without_its_town_is_offered_and_not_drawn(
    resolver: Resolver, text: str, venue: str, city: str
) -> None:
    candidates = candidates_of(resolver.resolve(text))
    assert (candidates[0].venue, candidates[0].name) == (venue, city)
    assert all(candidate.confidence < DRAWN for candidate in candidates)


def test_all_landmarks_of_a_name_are_offered(resolver: Resolver) -> None:
    answer = resolver.resolve("Independence Square")
    assert isinstance(answer, Ambiguous)
    assert {"Kyiv", "Accra", "Minsk"} <= {candidate.name for candidate in answer.candidates}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("White House, Tennessee", "White House"),
        ("Place de la République, Lille", "Lille"),
        ("Koekamp Brussel", "Brussels"),
    ],
)
def test_a_town_next_to_the_name_of_a_landmark_elsewhere_wins(resolver: Resolver, text: str, name: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == name


@pytest.mark.parametrize(
    ("text", "at_most"),
    [
        ("Calle Córdoba y Avenida Santa Fe, Ginebra", SURE),
        ("Consulado de Nicaragua en San José", SURE),
        ("Salt River", SURE),  # an alias of Phoenix, a quarter of Cape Town
        ("Belgravia", SURE),  # a hamlet in Alberta
        ("Naziabad", SURE),  # Ghaziabad with two edits
        ("Darling Harbour", SURE),
        ("Armenian church", DRAWN),
        ("Hotel Vienna", DRAWN),
        ("сбор у метро", DRAWN),  # Metro in Indonesia
        ("Starbucks", DRAWN),  # Starbuck in Minnesota with a typo
        ("South Lamar, TX", DRAWN),
        ("Nariman Pointt", SURE),
        ("davanti alla prefettura", DRAWN),  # Al-Ula
        ("Preston", SURE),  # in Lancashire, and a suburb of Melbourne
        ("Kings Cross", DRAWN),  # in London and in Sydney
    ],
)
def test_a_weak_claim_is_not_sure(resolver: Resolver, text: str, at_most: float) -> None:
    answer = resolver.resolve(text)
    wrong = [c for c in candidates_of(answer) if c.name not in ("Geneva", "Darling Harbour", "Belgravia")]
    assert all(candidate.confidence < at_most for candidate in wrong)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Rice Village, TX", "Rice Village"), ("Rainier Beach, WA", "Rainier Beach"), ("Golden Hill, CA", "Golden Hill")],
)  # fmt: skip
def test_a_quarter_is_not_a_town_of_a_part_of_its_name(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Kingston, ON K7L", "Kingston", "CA"),
        ("a Roma", "Rome", "IT"),  # not Aroma
        ("a Napoli", "Naples", "IT"),  # not Annapolis, an alias of which is Anapoli
        ("Maison de Russie, Paris", "Paris", "FR"),
        ("Palestine House, Washington", "Washington", "US"),
        ("Kölner Innenstadt", "Köln", "DE"),
        ("Oulun keskusta", "Oulu", "FI"),
        ("Göteborgs centrum", "Gothenburg", "SE"),
        ("شهرداری قم", "Qom", "IR"),
        ("ベルリン大学", "Berlin", "DE"),
        ("Lãnh sự quán Trung Quốc, Sài Gòn", "Ho Chi Minh City", "VN"),
        ("Rusya'nın İstanbul Başkonsolosluğu", "Istanbul", "TR"),
    ],
)
def test_parts_of_a_text_make_no_other_name(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


@pytest.mark.parametrize("text", ["штат Нью-Йорк", "State of New York", "استان تهران", "estado de São Paulo"])
def test_a_state_with_the_name_of_its_city_is_the_state(resolver: Resolver, text: str) -> None:
    assert {candidate.precision for candidate in candidates_of(resolver.resolve(text))} == {LocationPrecision.REGION}


def test_downtown_is_a_part_of_the_following_city(resolver: Resolver) -> None:
    candidate = candidates_of(resolver.resolve("downtown Washington"))[0]
    assert (candidate.name, candidate.admin1) == ("Washington", "District of Columbia")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hamburg bzw. Berlin", {"Hamburg", "Berlin"}),
        ("Praha nebo Brno", {"Prague", "Brno"}),
        ("北京、上海和广州", {"Beijing", "Shanghai", "Guangzhou"}),
        ("з Києва до Львова", {"Kyiv", "Lviv"}),
        ("из Киева во Львов", {"Kyiv", "Lviv"}),
        ("din București la Cluj-Napoca", {"Bucharest", "Cluj-Napoca"}),
        ("de la Iași la București", {"Iaşi", "Bucharest"}),
        ("von Leipzig bis Dresden", {"Leipzig", "Dresden"}),
        ("από την Αθήνα στη Θεσσαλονίκη", {"Athens", "Thessaloníki"}),
        ("Berlin'den Hamburg'a", {"Berlin", "Hamburg"}),
        ("서울에서 부산까지", {"Seoul", "Busan"}),
        ("東京から大阪まで", {"Tokyo", "Osaka"}),
        ("从北京到上海", {"Beijing", "Shanghai"}),
        ("מתל אביב לירושלים", {"Tel Aviv", "Jerusalem"}),
    ],
)
def test_one_town_or_another_is_several(resolver: Resolver, text: str, names: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == names


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Bayerischer Landtag", "Munich"),
        ("Landtag NRW", "Düsseldorf"),
        ("Buckingham Palace", "London"),
        ("Nyhavn", "Copenhagen"),
    ],
)
def test_parliaments_of_the_german_states_and_more_landmarks_are_known(
    resolver: Resolver, text: str, city: str
) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.venue is not None) == (city, True)
