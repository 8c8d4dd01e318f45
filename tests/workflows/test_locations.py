"""From an event's place text to its location."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, EventStatus, Kind, Location, LocationPrecision, Place, ReviewStatus
from rallymap.intake.reading import read_events
from rallymap.language import say
from rallymap.places import Ambiguous, Candidate, Located, NoMatch, default_resolver
from rallymap.query.public_view import public_view
from rallymap.workflows.locations import Outcome, locate, located_event
from rallymap.workflows.zones import zone_at, zone_finder

RESOLVER = default_resolver()
DAY = EventDate(date(2020, 2, 1), precision=DatePrecision.DAY)
OSLO = Candidate(59.9127, 10.7461, "Oslo", "Oslo", "NO", LocationPrecision.CITY, 10_000, 0.99)


def event(
    text: str, country: str = "", venue: str = "", when: EventDate = DAY, location: Location | None = None
) -> Event:
    return Event("rally-1", "Rally", Kind.RALLY, when, Place(text, venue, country), location)


def given(lat: float, lon: float, country: str = "") -> Location:
    return Location(lat, lon, LocationPrecision.VENUE, 100, 1.0, "given", country=country)


@pytest.mark.parametrize(
    ("text", "country", "name_is", "zone"),
    [
        ("Arhus, Denmark", "DK", {"Aarhus"}, "Europe/Copenhagen"),
        ("Malmo", "SE", {"Malmö"}, "Europe/Stockholm"),
        ("Gothenburg, Sweden", "SE", {"Gothenburg", "Göteborg"}, "Europe/Stockholm"),
        ("London, Ontario", "", {"London"}, "America/Toronto"),
        ("Paris, Texas", "", {"Paris"}, "America/Chicago"),
    ],
)
def test_place_as_written_is_located_and_kept(text: str, country: str, name_is: set[str], zone: str) -> None:
    placed = locate(event(text, country), RESOLVER)
    assert (placed.outcome, placed.candidates, placed.to_check) == (Outcome.LOCATED, (), None)
    assert placed.event.location is not None
    assert placed.event.location.name in name_is
    assert placed.event.location.precision is LocationPrecision.CITY
    assert (placed.event.place.text, placed.event.when.zone) == (text, zone)


def test_well_known_venue_gives_the_point() -> None:
    placed = locate(event("Oslo, Norway", "NO", "in front of the Norwegian parliament"), RESOLVER)
    assert placed.event.location is not None
    assert placed.event.location.precision is LocationPrecision.VENUE
    assert placed.event.place.venue == "in front of the Norwegian parliament"


def test_unknown_venue_leaves_the_city_its_point() -> None:
    placed = locate(event("Oslo, Norway", "NO", "behind the third tree"), RESOLVER)
    assert placed.event.location is not None
    assert placed.event.location.precision is LocationPrecision.CITY
    assert placed.event.place.venue == "behind the third tree"


@pytest.mark.parametrize(
    ("venue", "town"),
    [
        ("Iranisches Konsulat Hamburg", "Hamburg"), ("Türkisches Generalkonsulat in Hannover", "Hannover"),
        ("Russische Botschaft Berlin", "Berlin"), ("Hamburg Hauptbahnhof", "Hamburg"),
        ("Hauptbahnhof Lübeck", "Lübeck"),
        ("Jungfernstieg, Hamburg", "Hamburg"), ("Am Dom, Köln", "Köln"), ("Marktplatz Hamburg", "Hamburg"),
        ("Hamburg", "Hamburg"),
    ],
)  # fmt: skip
def test_venue_that_names_another_town_waits_for_a_person(venue: str, town: str) -> None:
    placed = locate(event("Kiel", "DE", venue), RESOLVER)

    assert (placed.outcome, placed.event.location) == (Outcome.LOW_CONFIDENCE, None)
    assert [candidate.name for candidate in placed.candidates] == ["Kiel", town]


@pytest.mark.parametrize(
    ("venue", "text", "country"),
    [
        ("Hamburger Straße", "Kiel", "DE"), ("Berliner Platz", "Kiel", "DE"), ("Kiel Hauptbahnhof", "Kiel", "DE"),
        ("Konsulat der Republik Polen", "Kiel", "DE"), ("Europaplatz, Neustadt", "Kiel", "DE"),
        ("Theodor-Heuss-Ring, Ecke Hamburger Chaussee", "Kiel", "DE"), ("Gare de Lyon", "Paris", "FR"),
        ("Embassy of Georgia", "London", "GB"), ("Capitol Hill", "Seattle", "US"), ("Brandenburger Tor", "Kiel", "DE"),
    ],
)  # fmt: skip
def test_venue_named_after_another_town_stays_in_its_own(venue: str, text: str, country: str) -> None:
    location = locate(event(text, country, venue), RESOLVER).event.location

    assert location is not None
    assert location.name == text


def test_ambiguous_name_gives_no_location_but_candidates() -> None:
    placed = locate(event("Springfield", "US"), RESOLVER)
    assert (placed.outcome, placed.event.location, placed.event.when.zone) == (Outcome.AMBIGUOUS, None, "")
    assert len(placed.candidates) >= 2
    assert placed.to_check is not None
    assert placed.to_check.outcome == "ambiguous"
    assert [candidate["label"] for candidate in placed.to_check.candidates] == [c.label for c in placed.candidates]


def test_name_nobody_knows() -> None:
    placed = locate(event("Xyzzyqqburg"), RESOLVER)
    assert (placed.outcome, placed.event.location, placed.candidates) == (Outcome.NO_MATCH, None, ())
    assert placed.to_check is not None


def test_no_words_at_all() -> None:
    placed = locate(event(""), RESOLVER)
    assert (placed.outcome, placed.event.location, placed.to_check) == (Outcome.NO_PLACE, None, None)


class OneAnswer:
    """A resolver that knows one answer; the real one never leaves the country it is told."""

    def __init__(self, answer: Located | Ambiguous | NoMatch) -> None:
        self.answer = answer

    def resolve(self, text: str, country: str | None = None, near: object = ()) -> Located | Ambiguous | NoMatch:
        return self.answer


def test_answer_in_another_country_is_not_drawn() -> None:
    placed = locate(event("Oslo", "SE"), OneAnswer(Located("Oslo", OSLO)))  # type: ignore[arg-type]
    assert (placed.outcome, placed.event.location, placed.candidates) == (Outcome.WRONG_COUNTRY, None, (OSLO,))


def test_unsure_answer_is_drawn_and_checked() -> None:
    unsure = Candidate(59.9, 10.7, "Oslo", None, "NO", LocationPrecision.CITY, 10_000, 0.79)
    placed = locate(event("Osl"), OneAnswer(Located("Osl", unsure, (OSLO,))))  # type: ignore[arg-type]
    assert (placed.outcome, placed.candidates) == (Outcome.LOW_CONFIDENCE, (unsure, OSLO))
    assert placed.event.location is not None


def test_given_coordinates_are_kept_and_named_where_the_words_are_near() -> None:
    placed = locate(event("Oslo", location=given(59.95, 10.8)), RESOLVER)
    assert placed.outcome is Outcome.LOCATED
    assert placed.event.location == Location(
        59.95, 10.8, LocationPrecision.VENUE, 100, 1.0, "given", "Oslo", "Oslo", "NO"
    )
    assert placed.event.when.zone == "Europe/Oslo"


@pytest.mark.parametrize(
    ("text", "hint", "point", "sentence"),
    [
        (
            "Berlin", "DE", (13.405, 52.52),
            (
                "The coordinates given (13.405, 52.52) lie 5\u202f560 km from Berlin, Germany. "
                "Latitude and longitude swapped?"
            ),
        ),
        (
            "Ottawa", "CA", (45.4215, 75.6972),
            (
                "The coordinates given (45.4215, 75.6972) lie 9\u202f530 km from Ottawa, Ontario, Canada. "
                "Minus sign of the longitude lost or added?"
            ),
        ),
        (
            "Paris", "FR", (48.8566, -2.3522),
            (
                "The coordinates given (48.8566, -2.3522) lie 340 km from Paris, Île-de-France, France. "
                "Minus sign of the longitude lost or added?"
            ),
        ),
        (
            "Berlin", "DE", (33.8966, 35.5031),
            "The coordinates given (33.8966, 35.5031) lie 2\u202f720 km from Berlin, Germany.",
        ),
        (
            "", "DE", (13.405, 52.52),
            "The coordinates given (13.405, 52.52) lie not in Germany. Latitude and longitude swapped?",
        ),
    ],
)  # fmt: skip
def test_given_coordinates_that_contradict_the_place_are_not_drawn(
    text: str, hint: str, point: tuple[float, float], sentence: str
) -> None:
    before = event(text, hint, location=given(*point))
    placed = locate(before, RESOLVER)
    assert (placed.outcome, placed.event.location, placed.sentence) == (Outcome.POINT_ELSEWHERE, None, sentence)
    assert placed.to_check is not None
    # What was given is not lost, and can be chosen.
    assert (placed.candidates[-1].lat, placed.candidates[-1].lon) == point
    assert placed.to_check.candidates[-1]["note"] == "as given"
    assert placed.event == before.changed(location=None)


@pytest.mark.parametrize(
    ("text", "hint", "point"),
    [("Oslo", "NO", (59.74, 10.2)), ("Kehl", "DE", (48.5785, 7.79)), ("", "DE", (48.5785, 7.79)),
     ("", "DK", (64.18, -51.7)),
     ("Nowhere at all", "NO", (69.65, 18.96))],
)  # fmt: skip
def test_given_coordinates_close_enough_are_kept(text: str, hint: str, point: tuple[float, float]) -> None:
    placed = locate(event(text, hint, location=given(*point)), RESOLVER)
    assert placed.outcome is Outcome.LOCATED
    assert placed.event.location is not None
    assert (placed.event.location.lat, placed.event.location.lon) == point


def test_an_answer_under_the_threshold_is_not_drawn_but_waits() -> None:
    placed = locate(event("Jack London"), RESOLVER)
    assert (placed.outcome, placed.event.location) == (Outcome.LOW_CONFIDENCE, None)
    assert placed.to_check is not None
    assert placed.to_check.candidates[0]["name"] == "London"


def test_a_territory_is_no_other_country() -> None:
    placed = locate(event("Nuuk", "DK"), RESOLVER)
    assert placed.event.location is not None
    assert (placed.outcome, placed.event.location.country) == (Outcome.LOCATED, "GL")


def test_given_coordinates_without_words() -> None:
    placed = locate(event("", location=given(48.85, 2.35)), RESOLVER)
    assert (placed.outcome, placed.event.when.zone) == (Outcome.LOCATED, "Europe/Paris")


@pytest.mark.parametrize(
    ("text", "country", "point", "name"),
    [
        ("", "NO", (59.9129, 10.7395), "Oslo"),  # not "Norway"
        ("At the old fountain", "", (59.9129, 10.7395), "Oslo"),
        ("", "", (59.9226, 10.7595), "Oslo"),  # in Grünerløkka, a part of it
        ("", "FR", (48.8566, 2.3522), "Paris"),
        ("", "NO", (61.6, 8.3), ""),  # mountains: the nearest town is another place
        ("", "SE", (61.6, 17.6), ""),  # at sea
    ],
)
def test_given_point_is_named_after_the_town_around_it(
    text: str, country: str, point: tuple[float, float], name: str
) -> None:
    placed = locate(event(text, country, location=given(*point)), RESOLVER).event
    assert placed.location is not None
    assert placed.location.name == name
    ahead = placed.changed(status=EventStatus.POSTPONED, review=ReviewStatus.PUBLISHED)
    public = public_view(ahead, datetime(2020, 1, 1, tzinfo=UTC))
    assert public is not None
    assert public.place.text == name  # an upcoming one is found by its city


def test_nearest_town_is_that_of_all_towns() -> None:
    found = [RESOLVER.nearest_town(*point) for point in ((59.9, 10.7), (-54.4, 3.4), (89.9, 0.0), (0.0, 179.99))]
    assert [town and (town.name, town.country) for town in found] == [
        ("Sjølyststranda", "NO"),
        ("Edinburgh of the Seven Seas", "SH"),
        ("Longyearbyen", "SJ"),
        ("Rungata", "KI"),
    ]


def test_candidate_that_a_person_chose_goes_before_the_answer() -> None:
    springfields = RESOLVER.resolve("Springfield", country="US")
    assert isinstance(springfields, Ambiguous)
    chosen = springfields.candidates[1]
    placed = located_event(event("Springfield", "US"), springfields, chosen)
    assert placed.location is not None
    assert (placed.location.lat, placed.location.lon, placed.location.confidence) == (chosen.lat, chosen.lon, 0.99)


@pytest.mark.parametrize("answer", [None, NoMatch("x", "No."), Ambiguous("x", (OSLO, OSLO))])
def test_answer_that_is_no_place_leaves_the_event_as_it_was(answer: Ambiguous | NoMatch | None) -> None:
    assert located_event(event("x"), answer) == event("x")


def test_venue_of_the_answer_is_taken_only_where_the_event_names_none() -> None:
    with_venue = Candidate(59.9, 10.7, "Oslo", None, "NO", LocationPrecision.CITY, 1, 0.9, venue="outside the embassy")
    answer = Located("outside the embassy, Oslo", with_venue)
    assert located_event(event("outside the embassy, Oslo"), answer).place.venue == "outside the embassy"
    assert located_event(event("Oslo", venue="City hall"), answer).place.venue == "City hall"


def test_zone_that_is_given_stays() -> None:
    zoned = EventDate(date(2020, 2, 1), None, DatePrecision.MINUTE, time(18), zone="UTC")
    assert locate(event("Oslo", when=zoned), RESOLVER).event.when == zoned


def test_unknown_date_gets_no_zone() -> None:
    assert locate(event("Oslo", when=EventDate.unknown()), RESOLVER).event.when == EventDate.unknown()


def test_country_gives_no_zone() -> None:
    placed = locate(event("United States"), RESOLVER)
    assert placed.event.location is not None
    assert (placed.event.location.precision, placed.event.when.zone) == (LocationPrecision.COUNTRY, "")


def test_zone_of_points() -> None:
    assert [zone_at(59.9, 10.7), zone_at(35.7, 51.4), zone_at(30, -40), zone_at(90, 0)] == [
        "Europe/Oslo",
        "Asia/Tehran",
        "",
        "",
    ]


def test_zone_finder_answers_only_for_sure_places() -> None:
    find = zone_finder(RESOLVER)
    assert find(Place("Malmo", "", "SE"), None) == "Europe/Stockholm"
    assert find(Place(""), given(35.7, 51.4)) == "Asia/Tehran"
    assert [find(Place(text), None) for text in ("Springfield", "Canada", "Xyzzyqqburg", "")] == ["", "", "", ""]


def test_a_point_that_contradicts_its_town_does_not_give_the_zone() -> None:
    find = zone_finder(RESOLVER)

    assert find(Place("Lyon", "", "FR"), given(4.8357, 45.7606)) == "Europe/Paris"  # swapped: off Somalia
    assert find(Place("Phoenix, AZ", "", "US"), given(33.4, 112.1)) == "America/Phoenix"  # sign lost: in China
    assert find(Place("Lyon", "", "FR"), given(45.76, 4.84)) == "Europe/Paris"
    assert find(Place("Nowhere at all", "", ""), given(59.9, 10.7)) == "Europe/Oslo"
    assert find(Place("Springfield", "", ""), given(59.9, 10.7)) == "Europe/Oslo"  # which one is not sure


def test_a_time_in_utc_next_to_a_swapped_point_is_moved_to_the_clock_of_the_town() -> None:
    text = "title,start,city,country,lat,lon\nA,2023-09-16T13:00:00Z,Lyon,FR,4.8357,45.7606\n"
    (event,) = read_events(text.encode(), find_zone=zone_finder(RESOLVER)).events

    assert event.when.edtf == "2023-09-16T15:00:00"
    assert event.when.zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("venue", "other"),
    [
        ("Wien, Ballhausplatz", "Vienna, Wien, Austria"), ("Paris, Trocadero-Vorplatz", "Paris, Île-de-France, France"),
        ("Potsdam, Blumenhallengarten", "Potsdam, Brandenburg, Germany"),
        ("Iranisches Konsulat Hamburg", "Hamburg, Germany"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_venue_in_another_town_names_it(venue: str, other: str) -> None:
    placed = locate(event("Berlin", "DE", venue), RESOLVER)

    assert (placed.outcome, placed.event.location) == (Outcome.LOW_CONFIDENCE, None)
    assert say(placed.sentence) == f"The exact place names another town: {other}."


@pytest.mark.parametrize("country", ["", "FR"])
def test_a_venue_that_is_a_namesake_elsewhere_needs_a_check(country: str) -> None:
    placed = locate(event("Paris", country, "Paris, Texas"), RESOLVER)

    assert (placed.outcome, placed.event.location) == (Outcome.LOW_CONFIDENCE, None)
    assert say(placed.sentence) == "The exact place names another town: Paris, Texas, United States."


def test_a_venue_with_its_region_tells_namesakes_apart() -> None:
    location = locate(event("Cambridge", "", "Cambridge, Massachusetts"), RESOLVER).event.location
    assert location is not None
    assert (location.name, location.admin1) == ("Cambridge", "Massachusetts")


@pytest.mark.parametrize("venue", ["Neukölln, Hermannplatz", "Spandau, Altstadt", "Alexanderplatz, Mitte"])
def test_district_before_a_venue_is_no_other_town(venue: str) -> None:
    location = locate(event("Berlin", "DE", venue), RESOLVER).event.location

    assert location is not None
    assert location.name == "Berlin"


@pytest.mark.parametrize(
    ("text", "country", "venue"),
    [
        ("Toronto", "CA", "Victoria, Toronto"), ("Atlanta", "US", "Centennial, GA"),
        ("Glasgow", "GB", "George, Scotland"), ("Montréal", "CA", "Concordia, Québec"),
        ("Vilnius", "LT", "Victoria, Lietuva"),
    ],
)  # fmt: skip
def test_a_venue_before_its_own_town_or_region_is_no_other_town(text: str, country: str, venue: str) -> None:
    location = locate(event(text, country, venue), RESOLVER).event.location

    assert location is not None
    assert location.name == text


def test_address_alone_gives_the_clock_of_its_town() -> None:
    assert zone_finder(RESOLVER)(Place("", "Drammensveien 88E, 0271 Oslo, Norway"), None) == "Europe/Oslo"


def test_a_name_of_several_towns_in_one_zone_has_its_clock() -> None:
    assert zone_finder(RESOLVER)(Place("Ηράκλειο"), None) == "Europe/Athens"
    assert zone_finder(RESOLVER)(Place("Springfield"), None) == ""


def test_a_point_next_to_an_unsure_venue_is_kept() -> None:
    given = Location(42.2314, -8.7226, LocationPrecision.VENUE, 100.0, 1.0, "given")

    assert locate(event("CUVI").changed(location=given), RESOLVER).outcome is Outcome.LOCATED
    assert locate(event("Hamilton").changed(location=given), RESOLVER).outcome is Outcome.POINT_ELSEWHERE


def test_point_at_a_less_known_place_of_an_ambiguous_name_contradicts_nothing() -> None:
    given = Location(33.8958, 35.4786, LocationPrecision.CITY, 10_000.0, 1.0, "given")

    placed = locate(event("الحمرا").changed(location=given), RESOLVER)

    assert placed.outcome is Outcome.LOCATED
