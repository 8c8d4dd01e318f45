"""Every part of a filter: selected events, and counts next to its options."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from rallymap.events import AttendanceMode, CrowdGiver, EventStatus, Kind
from rallymap.language import choose_language, find_language, languages, set_language, use_language
from rallymap.query.areas import within_ring
from rallymap.query.filter_words import parts_in_words, selection_in_words
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.query.snapshot.facets import count_without_place, find_names
from rallymap.query.snapshot.known_names import canonical_name
from rallymap.query.value_words import within_sentence

Make = Callable[..., EventRow]
OSLO_FJORD = ((59.0, 10.0), (59.0, 11.0), (60.0, 11.0), (60.0, 10.0))


@pytest.fixture
def snapshot(row: Make) -> Snapshot:
    return Snapshot.build(
        [
            [
                row("oslo", city="Oslo", topics=("Women", "Prisoners"), publishers=("NRK",), has_source=True),
                row(
                    "bergen",
                    city="Bergen",
                    lat=60.39,
                    lon=5.32,
                    crowd_low=100,
                    crowd_high=300,
                    status="cancelled",
                    crowd_by=("police", "others"),
                ),
                row(
                    "london",
                    city="London",
                    lat=51.5,
                    lon=-0.12,
                    country="GB",
                    crowd_low=50,
                    crowd_high=50,
                    crowd_open_above=True,
                    date_precision="month",
                    crowd_by=("police",),
                ),
                row(
                    "ontario",
                    city="London",
                    lat=42.98,
                    lon=-81.25,
                    country="CA",
                    crowd_low=40,
                    crowd_high=40,
                    crowd_open_below=True,
                    has_source=True,
                    campaign="walk",
                ),
                row("fiji", lat=-17.0, lon=179.9, country="FJ", location_precision="region", communities=("Uyghur",)),
                row("nowhere", lat=None, lon=None, location_precision="", country="", topics=("Women",)),
                row("undated", None, city="Oslo", publishers=("NRK", "VG"), has_source=True, campaign="day-of-action"),
            ]
        ],
        1,
    )


def left_by(snapshot: Snapshot, event_filter: EventFilter) -> list[str]:
    return sorted(snapshot.ids_of(snapshot.mask(event_filter).nonzero()[0]))


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ({"cities": ("London",)}, ["london", "ontario"]),
        ({"cities": ("london, gb",)}, ["london"]),
        ({"cities": ("London,GB", "oslo ,no")}, ["london", "oslo", "undated"]),
        ({"cities": ("Londres, Reino Unido",)}, ["london"]),
        ({"cities": ("لندن",)}, ["london", "ontario"]),
        ({"cities": ("لندن, GB",)}, ["london"]),
        ({"cities": ("Christiania, NO",)}, ["oslo", "undated"]),
        ({"cities": ("倫敦",)}, ["london", "ontario"]),
        ({"cities": ("Осло", "BERGEN, Norwegen")}, ["bergen", "oslo", "undated"]),
        ({"cities": ("卑爾根，挪威", "\u2067\u2068لندن\u2069، بریتانیا\u2069")}, ["bergen", "london"]),
        ({"cities": ("London, DE",)}, []),
        ({"cities": ("",)}, []),
        ({"cities": ("Paris",)}, []),
        ({"topics": ("Women",)}, ["nowhere", "oslo"]),
        ({"publishers": ("VG",)}, ["undated"]),
        ({"publishers": ("vg", "NRK")}, ["oslo", "undated"]),
        ({"topics": ("WOMEN",)}, ["nowhere", "oslo"]),
        ({"topics": ("Wome",)}, []),
        ({"communities": ("Uyghur",)}, ["fiji"]),
        ({"communities": ("Iranians",), "topics": ("Women",)}, ["nowhere", "oslo"]),
        ({"communities": ("Kurdish",)}, []),
        ({"campaigns": ("walk",)}, ["ontario"]),
        ({"crowd_by": ("police",)}, ["bergen", "london"]),
        ({"crowd_by": ("others", "press")}, ["bergen"]),
        ({"crowd_by": ("nobody",)}, []),
        ({"campaigns": ("walk", "day-of-action")}, ["ontario", "undated"]),
        ({"campaigns": ("another",)}, []),
        ({"statuses": ("cancelled",)}, ["bergen"]),
        ({"date_precisions": ("month", "unknown")}, ["london", "undated"]),
        ({"place_precisions": ("region",)}, ["fiji"]),
        ({"place_precisions": ("unknown",)}, ["nowhere"]),
        ({"place_precisions": ("unknown", "region")}, ["fiji", "nowhere"]),
        ({"near": (59.9, 10.7, 20.0)}, ["oslo", "undated"]),
        ({"near": (59.9, 10.7, 320.0)}, ["bergen", "oslo", "undated"]),
        ({"bbox": (50.0, -1.0, 61.0, 6.0)}, ["bergen", "london"]),
        ({"bbox": (-20.0, 179.0, -10.0, -179.0)}, ["fiji"]),
        ({"area": OSLO_FJORD}, ["oslo", "undated"]),
        ({"area": ((-18.0, 178.0), (-18.0, 182.0), (-15.0, 180.0))}, ["fiji"]),
        ({"area": ((-18.0, -182.0), (-18.0, -178.0), (-15.0, -180.0))}, ["fiji"]),
        ({"crowd": (301, None)}, []),
        ({"crowd": (50, None)}, ["bergen", "london"]),
        ({"crowd": (51, 99)}, []),
        ({"crowd": (None, 45)}, ["ontario"]),
        ({"crowd": (None, 39)}, []),
        ({"crowd": (40, 50)}, ["london", "ontario"]),
        ({"crowd": (200, 400)}, ["bergen"]),
        ({"crowd_known": True}, ["bergen", "london", "ontario"]),
        ({"crowd_known": False, "topics": ("Women",)}, ["nowhere", "oslo"]),
        ({"has_source": True}, ["ontario", "oslo", "undated"]),
        ({"has_source": False, "countries": ("NO",)}, ["bergen"]),
    ],
)
def test_part_leaves(snapshot: Snapshot, parts: dict[str, Any], left: list[str]) -> None:
    assert left_by(snapshot, EventFilter(**parts)) == left


def test_area_with_a_notch_excludes_points_in_the_notch(row: Make) -> None:
    snapshot = Snapshot.build([[row("in", lat=1.0, lon=1.0), row("notch", lat=8.0, lon=5.0)]], 1)
    horseshoe = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (2.0, 5.0), (10.0, 0.0))
    assert left_by(snapshot, EventFilter(area=horseshoe)) == ["in"]


def test_area_with_crossing_sides_includes_points_covered_once(row: Make) -> None:
    places = {"once": (1.0, 5.0), "twice": (4.5, 5.0), "outside": (9.0, 9.9)}
    snapshot = Snapshot.build([[row(name, lat=lat, lon=lon) for name, (lat, lon) in places.items()]], 1)
    star = tuple(
        (5 + 5 * math.cos(math.radians(turn)), 5 + 5 * math.sin(math.radians(turn)))
        for turn in (180, 324, 108, 252, 36)
    )
    assert left_by(snapshot, EventFilter(area=star)) == ["once"]


def test_area_of_many_corners_equals_a_circle() -> None:
    corners = tuple(
        (10 * math.sin(math.radians(3.6 * at)), 175 + 10 * math.cos(math.radians(3.6 * at))) for at in range(100)
    )
    lat, lon = np.random.default_rng(12).uniform((-11, 164), (11, 186), (5000, 2)).T
    reach = np.hypot(lat, lon - 175)
    sure = np.abs(reach - 9.995) > 0.01  # the ring lies between the circles of 9.99 and 10 degrees
    inside = within_ring(corners, lat, (lon + 180) % 360 - 180)
    assert np.array_equal(inside[sure], reach[sure] < 9.995)
    assert 2000 < np.count_nonzero(inside) < 4000


def test_counts_next_to_options_follow_the_other_parts(snapshot: Snapshot) -> None:
    counts = count_facets(snapshot, EventFilter(cities=("Oslo, NO",), has_source=True))
    assert counts["cities"] == {"Oslo, NO": 2, "London, CA": 1}
    assert counts["publishers"] == {"NRK": 2, "VG": 1}
    assert counts["topics"] == {"Prisoners": 1, "Women": 1}
    assert counts["campaigns"] == {"day-of-action": 1}
    assert counts["statuses"] == {"held": 2}
    assert counts["has_source"] == {"yes": 2}
    assert counts["crowd_known"] == {"no": 2}
    assert counts["crowd_by"] == {}
    assert count_facets(snapshot, EventFilter(crowd_by=("others",)))["crowd_by"] == {"police": 2, "others": 1}
    assert count_facets(snapshot, EventFilter())["place_precisions"] == {"city": 5, "region": 1, "unknown": 1}
    assert count_facets(snapshot, EventFilter())["crowd_known"] == {"yes": 3, "no": 4}


def test_events_without_a_place_are_counted_if_an_area_excludes_them(snapshot: Snapshot) -> None:
    assert count_without_place(snapshot, EventFilter(topics=("Women",))) == 0
    for area in ({"near": (59.9, 10.7, 20.0)}, {"bbox": (50.0, -1.0, 61.0, 6.0)}, {"area": OSLO_FJORD}):
        assert count_without_place(snapshot, EventFilter(topics=("Women",), **area)) == 1
        assert count_without_place(snapshot, EventFilter(countries=("NO",), **area)) == 0


def test_counts_know_lists_of_names_that_came_later(snapshot: Snapshot, row: Make) -> None:
    assert count_facets(snapshot, EventFilter())["topics"] == {"Women": 2, "Prisoners": 1}
    later = snapshot.apply(2, [row("new", topics=("Water", "Women"))], ["nowhere"])
    assert count_facets(later, EventFilter())["topics"] == {"Women": 2, "Prisoners": 1, "Water": 1}
    assert count_facets(snapshot, EventFilter())["topics"] == {"Women": 2, "Prisoners": 1}


def test_values_of_links_may_be_in_capitals() -> None:
    event_filter, complaints = EventFilter.from_query_params({"kind": ["Rally", "VIGIL"], "status": ["Held"]})
    assert (event_filter.kinds, event_filter.statuses, complaints) == (("rally", "vigil"), ("held",), ())


def test_filter_is_described_in_words() -> None:
    wanted = EventFilter(
        cities=("Oslo, NO",), statuses=("cancelled",), near=(59.9, 10.7, 20.0), crowd=(100, None), has_source=False
    )
    labels = [label for label, _ in parts_in_words(wanted.changed(bbox=(50.0, -1.0, 61.0, 6.0)), {})]
    assert labels == [
        "Oslo, Norway",
        "Cancelled",
        "Drawn rectangle",
        "Within 20 km of 59.9, 10.7",
        "At least 100 people",
        "Without a source",
    ]
    assert selection_in_words(wanted) == (
        "events in Oslo, Norway, with the status cancelled, within 20 km of 59.9, 10.7, with at least 100 people, "
        "without a source"
    )


@pytest.mark.parametrize(("code", "said"), [
    ("en", "within 1,200.5 km of 59.91273, -0.00001"), ("de", "1.200,5 km", ), ("fa", "۵۹٫۹۱۲۷۳"),
])  # fmt: skip
def test_numbers_of_a_filter_are_shown_with_all_digits(code: str, said: str) -> None:
    language = find_language(code, languages())
    assert language is not None
    with use_language(language):
        assert said in selection_in_words(EventFilter(near=(59.91273, -0.00001, 1200.5)))


def test_a_filter_without_a_place_is_described_in_whole_words() -> None:
    wanted = EventFilter(
        communities=("Iran", "Tibet"),
        organisers=("Amnesty",),
        topics=("Women",),
        date_precisions=("day",),
        undated=False,
    )
    assert selection_in_words(wanted) == (
        "events of the community Iran or Tibet, organised by Amnesty, on the topic Women, with a known day, "
        "with a known date"
    )
    assert selection_in_words(EventFilter(crowd=(None, 1))) == "events with at most 1 person"
    assert selection_in_words(EventFilter(kinds=("vigil",), crowd=(100, 500))) == (
        "events of the kind vigil, with 100 to 500 people"
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "events of the kind other gathering, in Geneva, Switzerland, with a number of people by: organisers"),
        ("de", "Veranstaltungen (Art: andere Versammlung; Ort: Genf, Schweiz; mit Teilnehmerzahl von: Veranstalter)"),
        ("es", "eventos del tipo otra reunión, en Ginebra, Suiza, con número de personas según: organizadores"),
        ("tr", "etkinlikler (tür: diğer toplanma; yer: Cenevre, İsviçre; kişi sayısını veren: düzenleyenler)"),
        ("fa", "رویدادها (نوع: گردهمایی دیگر؛ در \u2068ژنو\u2069، سوئیس؛ با تعداد افراد به گفتهٔ: برگزارکنندگان)"),
        ("zh-Hant", "活動（類型：其他聚集活動；地點：日內瓦，瑞士；人數來自：主辦者）"),
    ],
)
def test_values_in_a_sentence_have_no_capital(code: str, words: str) -> None:
    with use_language(choose_language(languages(), code)):
        wanted = EventFilter(kinds=("other",), cities=("Geneva, CH",), crowd_by=("organisers",))
        assert selection_in_words(wanted) == words


def test_only_german_has_capitals_within_a_sentence_for_common_nouns() -> None:
    facets = {"kinds": Kind, "statuses": EventStatus, "attendance_modes": AttendanceMode, "crowd_by": CrowdGiver}
    for language in languages():
        with use_language(language):
            said = {within_sentence(facet, value) for facet, values in facets.items() for value in values}
        assert language.code == "de" or not [words for words in said if words != words.lower()], language.code


def test_names_keep_together_in_a_sentence_from_right_to_left() -> None:
    with use_language(choose_language(languages(), "fa")):
        said = selection_in_words(EventFilter(text="peace (2020)", organisers=("Amnesty",), topics=("Women",)))
    assert [name for name in ("peace (2020)", "Amnesty", "Women") if f"\u2068{name}\u2069" not in said] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", "Veranstaltungen (Gemeinschaft: Tibet oder Ukraine; höchstens 1 Mensch)"),
        ("es", "eventos de la comunidad Tíbet o Ucrania, con 1 persona como máximo"),
        ("fr", "évènements (communauté\u00a0: Tibet ou Ukraine\u00a0; au plus 1 personne)"),
    ],
)
def test_a_filter_is_described_in_the_language_of_the_reader(code: str, words: str) -> None:
    try:
        set_language(choose_language(languages(), code))
        assert selection_in_words(EventFilter(communities=("Tibet", "Ukraine"), crowd=(None, 1))) == words
    finally:
        set_language(choose_language(languages(), "en"))


class Growing(list[str]):
    """A list to which another thread appends after each iteration."""

    def __iter__(self) -> Iterator[str]:
        yield from self[:]
        self.append(f"Town {len(self)}, NO")


def test_name_of_a_city_is_found_while_another_thread_adds_cities(row: Make) -> None:
    snapshot = Snapshot.build([[row("oslo", city="Oslo"), row("bergen", city="Bergen")]], 1)
    cities = snapshot.dictionaries.cities
    cities.values = Growing(cities.values)
    assert canonical_name(snapshot.dictionaries, "cities", "oslo") == "Oslo, NO"
    assert canonical_name(snapshot.dictionaries, "cities", "Nowhere") == "Nowhere"
    assert len(cities.values) > 3


def test_names_are_found_in_any_capitals_and_only_once_they_are_there(row: Make) -> None:
    before = Snapshot.build([[row("one", organisers=("Straße", "Ada")), row("two", organisers=("ADA",))]], 1)
    for name, found in (("ada", ["one", "two"]), ("Ada", ["one"]), ("STRASSE", ["one"]), ("Bo", []), ("", [])):
        wanted = EventFilter(organisers=(name,))
        assert sorted(before.select(wanted).page(0, 9)) == found, name
    after = before.apply(2, [row("three", organisers=("bo", "aDA"))], ["two"])
    for name, found in (("ada", ["one", "three"]), ("Bo", ["three"]), ("aDA", ["three"])):
        wanted = EventFilter(organisers=(name,))
        assert sorted(after.select(wanted).page(0, 9)) == found, name
        assert set(before.select(wanted).page(0, 9)) <= {"one", "two"}
    assert sorted(after.select(EventFilter(organisers=("bo", "straße"))).page(0, 9)) == ["one", "three"]


def test_cities_of_one_country_and_of_any(row: Make) -> None:
    rows = [row("no", city="Oslo"), row("us", city="Oslo", country="US"), row("se", city="Gothenburg", country="SE")]
    snapshot = Snapshot.build([rows], 1)
    for names, found in (
        (("oslo",), ["no", "us"]),
        (("Oslo, US",), ["us"]),
        (("Oslo, US", "Göteborg, SE"), ["se", "us"]),
        (("Oslo, US", "Oslo, NO"), ["no", "us"]),
        (("Oslo, SE",), []),
    ):
        assert sorted(snapshot.select(EventFilter(cities=names)).page(0, 9)) == found, names


def test_values_left_out_are_counted_and_can_be_named(snapshot: Snapshot, row: Make) -> None:
    counts = count_facets(snapshot, EventFilter(), limit=1)
    assert (counts["cities"], counts["cities"].values_in_all) == ({"Oslo, NO": 2}, 4)
    assert (counts["topics"], counts["topics"].values_in_all) == ({"Women": 2}, 2)
    assert (counts["kinds"], counts["kinds"].values_in_all) == ({"rally": 7}, 1)
    assert count_facets(snapshot, EventFilter(), limit=None) == count_facets(snapshot, EventFilter())
    assert find_names(snapshot, "topics", "PRISONERS") == ("Prisoners",)
    assert find_names(snapshot, "topics", "son") == ("Prisoners",)
    assert find_names(snapshot, "cities", "Londres, Reino Unido") == ("London, GB",)
    assert find_names(snapshot, "cities", "on") == ("London, CA", "London, GB")
    assert find_names(snapshot, "publishers", "Herald") == ()
    assert find_names(snapshot, "communities", "Iranians") == ("Iran",)
    assert find_names(snapshot, "countries", "Norge") == ("NO",)
    assert find_names(snapshot, "countries", "Italy") == ()
    gone = snapshot.apply(2, [], ["oslo", "nowhere"])
    assert find_names(gone, "topics", "women") == ()
