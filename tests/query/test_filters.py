from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.dates import DatePrecision
from rallymap.events import EventStatus, Kind
from rallymap.query.areas import rounded_ring
from rallymap.query.filter_links import MAX_VALUES, PARAMETERS
from rallymap.query.filters import EventFilter

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
names = st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text == text.strip()), max_size=5).map(tuple)
corners = st.tuples(st.floats(-90, 90), st.floats(-360, 360))


def keeps_its_corners(ring: tuple[tuple[float, float], ...]) -> bool:
    return len(rounded_ring(ring)) == len(ring)


filters = st.builds(
    EventFilter,
    period=st.none() | st.tuples(days, days),
    kinds=st.lists(st.sampled_from([kind.value for kind in Kind])).map(tuple),
    countries=st.lists(st.sampled_from(["NO", "SE", "CA"])).map(tuple),
    organisers=names,
    communities=names,
    undated=st.booleans(),
    cities=names,
    topics=names,
    statuses=st.lists(st.sampled_from([status.value for status in EventStatus])).map(tuple),
    publishers=names,
    date_precisions=st.lists(st.sampled_from([precision.value for precision in DatePrecision])).map(tuple),
    place_precisions=st.lists(st.sampled_from(["venue", "city", "unknown"])).map(tuple),
    near=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.001, 20_040)),
    bbox=st.none() | st.tuples(st.floats(-90, 0), st.floats(-180, 180), st.floats(1, 90), st.floats(-180, 180)),
    area=st.just(()) | st.lists(corners, min_size=3, max_size=9, unique=True).map(tuple).filter(keeps_its_corners),
    crowd=st.none() | st.tuples(st.none() | st.integers(0, 900), st.none() | st.integers(900, 10**8)),
    crowd_known=st.none() | st.booleans(),
    has_source=st.none() | st.booleans(),
    campaigns=st.lists(st.from_regex(r"[a-z0-9][a-z0-9-]{2,63}", fullmatch=True), max_size=3).map(tuple),
    crowd_by=st.lists(st.sampled_from(["police", "press", "nobody"])).map(tuple),
)


@pytest.mark.slow
@given(filters)
def test_filter_is_restored_from_its_link(event_filter: EventFilter) -> None:
    assert EventFilter.from_query_params(event_filter.to_query_params()) == (event_filter, ())


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(sorted(PARAMETERS | {"x"})), st.lists(st.text())))
def test_filter_from_any_link_is_a_filter_with_sentences(parameters: dict[str, list[str]]) -> None:
    event_filter, complaints = EventFilter.from_query_params(parameters)
    assert EventFilter.from_query_params(event_filter.to_query_params()) == (event_filter, ())
    assert all(sentence.endswith(".") for sentence in complaints)


def test_default_filter_has_no_parameters() -> None:
    assert EventFilter().to_query_params() == {}


def test_country_may_be_given_by_any_of_its_names() -> None:
    event_filter, complaints = EventFilter.from_query_params({"country": ["Norway", "swe", "Deutschland"]})
    assert (event_filter.countries, complaints) == (("DE", "NO", "SE"), ())


def test_bad_values_are_dropped_with_a_sentence_each() -> None:
    parameters = {
        "from": ["2020-13-01"],
        "to": ["2020-02-02"],
        "kind": ["rally", "riot"],
        "country": ["no", "Atlantis"],
    }
    event_filter, complaints = EventFilter.from_query_params(parameters)
    assert event_filter == EventFilter(period=(date(1800, 1, 1), date(2020, 2, 2)), kinds=("rally",), countries=("NO",))
    assert complaints == (
        "“riot” is not a kind of event; it is left out.",
        "“Atlantis” is not a country's two-letter code; it is left out.",
        "“2020-13-01” is not a day; write 2020-02-01, 2020-02 or 2020. The link's “from” is left out.",
    )


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2020", "2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("2020-02", "2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2019-12-24", "2021", (date(2019, 12, 24), date(2021, 12, 31))),
    ],
)
def test_months_and_years_are_read_as_their_first_and_last_days(
    first: str, last: str, period: tuple[date, date]
) -> None:
    event_filter, complaints = EventFilter.from_query_params({"from": [first], "to": [last]})
    assert (event_filter.period, complaints) == (period, ())
    assert event_filter.to_query_params() == {"from": [period[0].isoformat()], "to": [period[1].isoformat()]}


@pytest.mark.parametrize("text", ["0000", "20", "2020-13", "2020-00", "2020-02-30", "2020-2", "１９９０", "9999999"])
def test_invalid_day_month_or_year_is_left_out(text: str) -> None:
    event_filter, complaints = EventFilter.from_query_params({"from": [text]})
    assert event_filter == EventFilter()
    assert len(complaints) == 1


def test_more_values_than_fit_are_left_out() -> None:
    event_filter, complaints = EventFilter.from_query_params({"organiser": [f"o{i:03}" for i in range(MAX_VALUES + 1)]})
    assert len(event_filter.organisers) == MAX_VALUES
    assert complaints == (f"At most {MAX_VALUES} values of “organiser” fit in one link; the others are left out.",)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"near": "59.9"}, "“near” is latitude,longitude in decimal degrees, such as 59.91,10.75; it is left out."),
        (
            {"near": "59.9,10.7"},
            "“near” needs “radius_km”, a number of kilometres from 0.001 to 20040; it is left out.",
        ),
        (
            {"bbox": "1,2,3"},
            "“bbox” is west,south,east,north in decimal degrees, such as 4.1,57.9,31.2,71.2; it is left out.",
        ),
        (
            {"area": "10,59;11,59"},
            (
                "“area” has 3 to 100 corners, each longitude,latitude in decimal degrees and joined by “;”, "
                "such as 10.6,59.8;10.9,59.8;10.9,60; it is left out."
            ),
        ),
        ({"country": "ZZ"}, "“ZZ” is not a country's two-letter code; it is left out."),
        ({"campaign": "<b>"}, "“<b>” is not the id of a campaign; it is left out."),
        ({"crowd_by": "army"}, "“army” does not say who gives numbers of people; it is left out."),
        ({"status": "over"}, "“over” is not a life status; it is left out."),
        ({"date_precision": "hour"}, "“hour” is not a precision of dates; it is left out."),
        ({"place_precision": "street"}, "“street” is not a precision of places; it is left out."),
        ({"crowd": "many"}, "“crowd” is known or none; it is left out."),
        ({"crowd_min": "-1"}, "“crowd_min” is a whole number of people from 0 to 100000000; it is left out."),
        ({"crowd_min": "9", "crowd_max": "8"}, "“crowd_min” is above “crowd_max”; it is left out."),
        ({"has_source": "1"}, "“has_source” is yes or no; it is left out."),
    ],
)
def test_part_that_cannot_be_read_is_left_out_with_a_sentence(parameters: dict[str, str], complaint: str) -> None:
    event_filter, complaints = EventFilter.from_query_params({name: [text] for name, text in parameters.items()})
    assert complaints == (complaint,)
    assert event_filter.changed(crowd=None) == EventFilter()


def test_area_of_a_hundred_corners_is_read_whole_with_all_digits_that_programs_write() -> None:
    ring = [(10 + number / 300, 50 + number % 2 / 7) for number in range(100)]
    asked = ";".join(f"{lon:.15f},{lat:.15f}" for lon, lat in ring)
    event_filter, complaints = EventFilter.from_query_params({"area": [asked]})
    assert (event_filter.area, complaints) == (rounded_ring([(lat, lon) for lon, lat in ring]), ())
    _, complaints = EventFilter.from_query_params({"area": [f"{asked};9,9"]})
    assert complaints[0].startswith("“area” has 3 to 100 corners")


@pytest.mark.parametrize(
    "near",
    ["5_9.9,1_0.7", "٥٩,١٠", "59.9,10.7" + "0" * 300 + "x", "59.9,10.7,", "0x3b,10", "1e999,1", "nan,1", "inf,1"],
)
def test_point_that_is_not_a_pair_of_decimal_numbers_is_left_out(near: str) -> None:
    event_filter, complaints = EventFilter.from_query_params({"near": [near], "radius_km": ["5"]})
    assert event_filter.near is None
    assert complaints[0].startswith("“near” is latitude,longitude in decimal degrees")


def test_numbers_are_read_as_programs_write_them() -> None:
    event_filter, complaints = EventFilter.from_query_params({"near": [" +59.9, -1e-05"], "radius_km": [".5"]})
    assert (event_filter.near, complaints) == ((59.9, -0.00001, 0.5), ())


def test_area_is_written_in_the_order_of_geojson() -> None:
    event_filter = EventFilter(area=((59.8, 10.6), (59.8, 10.9), (60.0, 10.9), (59.8, 10.6)))
    assert event_filter.to_query_params() == {"area": ["10.6,59.8;10.9,59.8;10.9,60"]}


def test_period_with_swapped_ends_is_put_right() -> None:
    assert EventFilter(period=(date(2020, 2, 2), date(2020, 2, 1))).period == (date(2020, 2, 1), date(2020, 2, 2))


def test_link_with_swapped_days_says_so() -> None:
    event_filter, complaints = EventFilter.from_query_params({"from": ["2020-02-02"], "to": ["2020-02-01"]})
    assert event_filter.period == (date(2020, 2, 1), date(2020, 2, 2))
    assert complaints == ("“from” is later than “to”; the two days are swapped.",)


def test_period_in_days_counts_from_the_epoch() -> None:
    assert EventFilter(period=(date(1970, 1, 1), date(1970, 1, 2))).days == (0, 1)
