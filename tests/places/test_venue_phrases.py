"""Phrases of rallies: which words name the town, which a venue in it, and which stay unknown."""

from __future__ import annotations

import pytest

from rallymap.distances import measure_km
from rallymap.places import Ambiguous, Located, NoMatch, Resolver, candidates_of

DRAWN = 0.4
SURE = 0.8


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Embassy of Georgia, Berlin", "Berlin", "DE"),
        ("Berlin, Embassy of Georgia", "Berlin", "DE"),
        ("Embassy of Georgia, Athens", "Athens", "GR"),
        ("Moravské náměstí Brno", "Brno", "CZ"),
        ("Marktplatz Basel", "Basel", "CH"),
        ("Rynek Kraków", "Kraków", "PL"),
        ("Stazione Centrale, Milano", "Milan", "IT"),
        ("인천공항", "Incheon", "KR"),
        ("Embassy of Poland, Minsk", "Minsk", "BY"),
        ("Consulate of China, Toronto", "Toronto", "CA"),
        ("Embassy of Peru Vienna", "Vienna", "AT"),
        ("Avenue du Maine, Paris", "Paris", "FR"),
        ("Rue du Texas, Paris", "Paris", "FR"),
        ("Place de Luxembourg (Brussels)", "Brussels", "BE"),
        ("Plaza Italia, Santiago", "Santiago", "CL"),
        ("Ubalozi wa Urusi, Nairobi", "Nairobi", "KE"),
        ("Сафорати Русия, Душанбе", "Dushanbe", "TJ"),
        ("Llysgenhadaeth Tsieina, Llundain", "London", "GB"),
        ("Ambasciata di Georgia, Roma", "Rome", "IT"),
        ("у посольства Литвы в Москве", "Moscow", "RU"),
        ("przed ambasadą Białorusi w Warszawie", "Warsaw", "PL"),
        ("سفارت ایران، پاریس", "Paris", "FR"),
        ("سفارة العراق، عمان", "Amman", "JO"),
        ("מול שגרירות צרפת בתל אביב", "Tel Aviv", "IL"),
        ("Berlin'deki İran Büyükelçiliği önünde", "Berlin", "DE"),
        ("Venäjän suurlähetystön edessä Helsingissä", "Helsinki", "FI"),
        ("Stockholms universitet", "Stockholm", "SE"),
        ("Universität zu Köln", "Köln", "DE"),
        ("200 South Capitol Avenue Indianapolis, Indiana", "Indianapolis", "US"),
    ],
)  # fmt: skip
def test_a_venue_names_no_other_town(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


@pytest.mark.parametrize("text", ["Embassy of Georgia, Berlin", "Rue de Londres, Paris", "Avenue du Maine, Paris"])
def test_a_venue_does_not_lower_the_confidence_in_its_town(resolver: Resolver, text: str) -> None:
    candidate = candidates_of(resolver.resolve(text))[0]
    assert candidate.confidence >= 0.95


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Athens, Georgia", "Athens", "US"),
        ("Tbilisi, Georgia", "Tbilisi", "GE"),
        ("Paris, Maine", "Paris", "US"),
        ("College Park, MD", "College Park", "US"),
        ("Averill Park, NY", "Averill Park", "US"),
        ("Richmond Hill, Toronto", "Richmond Hill", "CA"),
        ("downtown Chicago", "Chicago", "US"),
    ],
)
def test_a_town_with_a_venue_word_stays_a_town(resolver: Resolver, text: str, name: str, country: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton", "Jack London", "Sydney Sweeney", "Blue Heron Community Center", "Salle des fêtes",
        "Umzug vom Bahnhof zum Rathaus", "Kiosk Höhe Sparkasse", "Kundgebung am Nord", "Domsheide",
        "KL / SLF", "zum", "bis", "Russian mission to the United Nations", "Umhlanga Rocks, South Africa",
    ],
)  # fmt: skip
def test_unknown_words_place_no_event(resolver: Resolver, text: str) -> None:
    assert all(candidate.confidence < DRAWN for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Seattle, WA", "US"), ("Tipton, IA", "US"), ("Tama, IA", "US"), ("Lynwood, WA", "US"), ("Winthrop, WA", "US"),
        ("Aurora, CA", "US"), ("South Bay, CA", "US"), ("Olinda, PE", "BR"),
    ],
)  # fmt: skip
def test_a_code_of_two_countries_is_never_certain_for_the_rarer_one(resolver: Resolver, text: str, right: str) -> None:
    best = candidates_of(resolver.resolve(text))[0]
    assert best.country == right or best.confidence < SURE


@pytest.mark.parametrize(
    ("text", "hint", "name", "country"),
    [
        ("Hong Kong, China", None, "Hong Kong", "HK"), ("Hong Kong", "CN", "Hong Kong", "HK"),
        ("Macau, China", None, "Macau", "MO"), ("Nuuk", "DK", "Nuuk", "GL"),
        ("Nuuk, Greenland, Denmark", None, "Nuuk", "GL"),
        ("Gibraltar", "GB", "Gibraltar", "GI"), ("Ponce, Puerto Rico", "US", "Ponce", "PR"),
        ("Longyearbyen", "NO", "Longyearbyen", "SJ"), ("Saint-Denis, La Réunion", "FR", "Saint-Denis", "RE"),
        ("Sevastopol", "RU", "Sevastopol", "UA"), ("Hamilton", "GB", "Hamilton", "GB"),
    ],
)  # fmt: skip
def test_a_territory_is_found_under_its_state(
    resolver: Resolver, text: str, hint: str | None, name: str, country: str
) -> None:
    answer = resolver.resolve(text, hint)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.confidence >= 0.95


def test_former_states_are_answered_with_a_reason(resolver: Resolver) -> None:
    ended = resolver.resolve("USSR")
    assert isinstance(ended, NoMatch)
    assert (ended.query, ended.reason) == ("USSR", "Soviet Union (1922–1991) is no longer a country; give the town.")
    answer = resolver.resolve("GDR")
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == ("East Germany (1949–1990)", "DE")
    assert answer.candidate.confidence < SURE
    assert candidates_of(resolver.resolve("Leipzig, East Germany"))[0].confidence >= 0.95


@pytest.mark.parametrize(
    ("text", "name"),
    [("Mahabad, Kurdistan", "Mahābād"), ("Sevastopol, Crimea, Ukraine", "Sevastopol"), ("Tipton, IA", "Tipton")],
)
def test_an_exact_town_beats_a_fuzzy_one_in_the_region_next_to_it(resolver: Resolver, text: str, name: str) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == name


def test_an_unknown_town_in_a_region_is_not_the_regions_namesake(resolver: Resolver) -> None:
    assert "Bihār Sharīf" not in [c.name for c in candidates_of(resolver.resolve("Khajauli, Bihar, India"))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("between Cologne and Bonn", {"Köln", "Bonn"}), ("Cologne - Bonn", {"Köln", "Bonn"}),
        ("from Cologne to Bonn", {"Köln", "Bonn"}), ("Oslo to Stockholm", {"Oslo", "Stockholm"}),
        ("Washington, DC and New York", {"Washington", "New York City"}),
        ("Oslo, Bergen and Trondheim", {"Oslo", "Bergen", "Trondheim"}),
        ("Long Beach, CA To: Fresno, CA", {"Long Beach", "Fresno"}),
        ("Paris–Brussels", {"Paris", "Brussels"}), ("القاهرة وبيروت", {"Cairo", "Beirut"}),
        ("от Киева до Львова", {"Kyiv", "Lviv"}), ("von Hamburg nach Berlin", {"Hamburg", "Berlin"}),
    ],
)  # fmt: skip
def test_several_towns_are_a_choice(resolver: Resolver, text: str, names: set[str]) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Ambiguous)
    assert {candidate.name for candidate in answer.candidates} == names


@pytest.mark.parametrize(
    "text", ["Frankfurt/Main", "Halle/Saale", "Embajada de Chile, Buenos Aires", "Via Torino, Milano"]
)
def test_one_town_is_not_split(resolver: Resolver, text: str) -> None:
    assert isinstance(resolver.resolve(text), Located)


@pytest.mark.parametrize(
    ("text", "radius_km"), [("near Oslo", 15), ("100 km north of Oslo", 100), ("20 miles from Oslo", 32)]
)
def test_a_distance_widens_the_radius(resolver: Resolver, text: str, radius_km: float) -> None:
    answer = resolver.resolve(text)
    assert isinstance(answer, Located)
    assert answer.candidate.name == "Oslo"
    assert answer.candidate.radius_m >= 1000 * radius_km
    assert answer.candidate.confidence < SURE


@pytest.mark.parametrize(
    ("text", "point"), [("كسليك", (33.98, 35.61)), ("دوريس", (33.99, 36.16)), ("جبيل", (34.12, 35.65))]
)
def test_a_name_in_another_script_is_never_sure_far_away(
    resolver: Resolver, text: str, point: tuple[float, float]
) -> None:
    for candidate in candidates_of(resolver.resolve(text)):
        assert candidate.confidence < SURE or measure_km(candidate.lat, candidate.lon, *point) < 25


@pytest.mark.parametrize(
    ("text", "hint", "name"),
    [
        ("Buenos Aires, Argentina", None, "Buenos Aires"), ("Luxembourg, Luxembourg", None, "Luxembourg"),
        ("Luxembourg", "LU", "Luxembourg"), ("Panama, Panama", None, "Panama City"), ("Panama", "PA", "Panama City"),
        ("Guatemala, Guatemala", None, "Guatemala City"), ("Washington, United States", None, "Washington"),
        ("Brasília", None, "Brasília"), ("سفارة ليبيا، تونس", None, "Tunis"),
    ],
)  # fmt: skip
def test_a_capital_named_like_its_country_is_meant(resolver: Resolver, text: str, hint: str | None, name: str) -> None:
    answer = resolver.resolve(text, hint)
    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.precision) == (name, "city")


def test_a_country_alone_stays_the_country(resolver: Resolver) -> None:
    answer = resolver.resolve("Norway", "NO")
    assert isinstance(answer, Located)
    assert answer.candidate.precision == "country"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sheriddan, MT", "Sheridan, Montana, United States"),
        ("Broooklyn Park, MD", "Brooklyn Park, Maryland, United States"),
        ("Slver Springs, NY", "Silver Springs, New York, United States"),
        ("Willow Street, United States", "Willow Street, Pennsylvania, United States"),
        ("Bethel Park", "Bethel Park, Pennsylvania, United States"),
    ],
)
def test_a_venue_word_hides_no_town_of_the_state_next_to_it(resolver: Resolver, text: str, label: str) -> None:
    assert candidates_of(resolver.resolve(text))[0].label == label


def test_a_venue_next_to_a_country_only_is_not_the_country(resolver: Resolver) -> None:
    for text in ("Oxford Street, United Kingdom", "Consulate of Peru, Germany"):
        assert all(candidate.confidence < DRAWN for candidate in candidates_of(resolver.resolve(text)))


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("SF City Hall", "San Francisco", "US"), ("Dolores Park SF", "San Francisco", "US"),
        ("Pershing Square LA", "Los Angeles", "US"), ("Chinese consulate LA", "Los Angeles", "US"),
        ("NYC City Hall", "New York City", "US"), ("Iranian embassy DC", "Washington", "US"),
        ("Victoria Park HK", "Hong Kong", "HK"), ("Zócalo CDMX", "Mexico City", "MX"),
        ("Oak Street Los Angeles", "Los Angeles", "US"), ("Golden Square Los Angeles", "Los Angeles", "US"),
        ("Fremont Street Las Vegas", "Las Vegas", "US"), ("Main Square The Hague", "The Hague", "NL"),
        ("Geneva UN", "Geneva", "CH"), ("UNO Wien", "Vienna", "AT"), ("香港 銅鑼灣", "Hong Kong", "HK"),
        ("北京 天安门", "Beijing", "CN"), ("일본 대사관, 서울", "Seoul", "KR"),
    ],
)  # fmt: skip
def test_abbreviated_cities_and_those_with_an_article_are_found_next_to_a_venue(
    resolver: Resolver, text: str, name: str, country: str
) -> None:
    answer = resolver.resolve(text)

    assert isinstance(answer, Located)
    assert (answer.candidate.name, answer.candidate.country) == (name, country)
    assert answer.candidate.confidence >= SURE


@pytest.mark.parametrize("text", ["Calle LA", "VIA LA SPEZIA", "Via La Spezia", "Calle Los Angeles", "Plaza de La Paz"])
def test_streets_with_such_words_name_no_city(resolver: Resolver, text: str) -> None:
    answer = resolver.resolve(text)

    assert not isinstance(answer, Located) or answer.candidate.confidence < SURE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Leipziger Augustusplatz", "Leipzig"), ("Hamburger Rathausmarkt", "Hamburg"), ("Dresdner Neumarkt", "Dresden"),
        ("Kölner Heumarkt, Köln", "Köln"), ("Berliner Schlossplatz, Dresden", "Dresden"),
        ("Mainzer Landstraße, Frankfurt", "Frankfurt am Main"),
    ],
)  # fmt: skip
def test_a_german_adjective_before_the_name_of_a_square_names_the_town(
    resolver: Resolver, text: str, name: str
) -> None:
    assert candidates_of(resolver.resolve(text))[0].name == name


def test_a_german_adjective_before_a_common_word_names_no_town(resolver: Resolver) -> None:
    assert not candidates_of(resolver.resolve("Berliner Platz"))
