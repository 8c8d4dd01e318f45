from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rallymap.events import Kind
from rallymap.query.filters import MAX_VALUES, EventFilter

days = st.dates(date(1800, 1, 1), date(2199, 12, 31))
names = st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text == text.strip()), max_size=5).map(tuple)
filters = st.builds(
    EventFilter,
    period=st.none() | st.tuples(days, days),
    kinds=st.lists(st.sampled_from([kind.value for kind in Kind])).map(tuple),
    countries=st.lists(st.sampled_from(["NO", "SE", "CA"])).map(tuple),
    organisers=names,
    communities=names,
    undated=st.booleans(),
)


@given(filters)
def test_filter_comes_back_from_its_link(event_filter: EventFilter) -> None:
    assert EventFilter.from_query_params(event_filter.to_query_params()) == (event_filter, ())


@given(st.dictionaries(st.sampled_from(["from", "to", "kind", "country", "organiser", "x"]), st.lists(st.text())))
def test_filter_from_any_link_is_a_filter_with_sentences(parameters: dict[str, list[str]]) -> None:
    event_filter, complaints = EventFilter.from_query_params(parameters)
    assert EventFilter.from_query_params(event_filter.to_query_params()) == (event_filter, ())
    assert all(sentence.endswith(".") for sentence in complaints)


def test_default_filter_has_no_parameters() -> None:
    assert EventFilter().to_query_params() == {}


def test_bad_values_are_dropped_with_a_sentence_each() -> None:
    parameters = {"from": ["2020-13-01"], "to": ["2020-02-02"], "kind": ["rally", "riot"], "country": ["no", "Norway"]}
    event_filter, complaints = EventFilter.from_query_params(parameters)
    assert event_filter == EventFilter(period=(date(1800, 1, 1), date(2020, 2, 2)), kinds=("rally",), countries=("NO",))
    assert complaints == (
        "“riot” is not a kind of event; it is left out.",
        "“Norway” is not a country's two-letter code; it is left out.",
        "“2020-13-01” is not a day; write 2020-02-01. The link's “from” is left out.",
    )


def test_more_values_than_fit_are_left_out() -> None:
    event_filter, complaints = EventFilter.from_query_params({"organiser": [f"o{i:03}" for i in range(MAX_VALUES + 1)]})
    assert len(event_filter.organisers) == MAX_VALUES
    assert complaints == (f"At most {MAX_VALUES} values of “organiser” fit in one link; the others are left out.",)


def test_period_with_swapped_ends_is_put_right() -> None:
    assert EventFilter(period=(date(2020, 2, 2), date(2020, 2, 1))).period == (date(2020, 2, 1), date(2020, 2, 2))


def test_period_in_days_counts_from_the_epoch() -> None:
    assert EventFilter(period=(date(1970, 1, 1), date(1970, 1, 2))).days == (0, 1)
