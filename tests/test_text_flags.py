"""Flags on the review page for planted texts, and for ordinary ones."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from benchmarks.text_flags import Planted, bundled_texts, is_found, read_cases
from rallymap.dates import EventDate
from rallymap.events import Event, Kind, Place, Translation, Waypoint
from rallymap.moderation.text_flags import MOST, FlagKind, flagged_words, text_flags
from tests.workflows.moderated import event

CASES = read_cases()
NAMES_ALONE = 1
"""Names without any word that marks them; no list of names would be complete."""


def test_nearly_every_planted_detail_is_found() -> None:
    missed = Counter(case.kind for case in CASES if case.kind is not None and not is_found(case))
    assert missed == {FlagKind.NAME: NAMES_ALONE}


@pytest.mark.parametrize("case", [case for case in CASES if case.kind is None], ids=lambda case: case.text[:30])
def test_ordinary_text_gets_no_warning(case: Planted) -> None:
    assert list(flagged_words(case.text)) == []


@pytest.mark.slow
def test_bundled_events_get_no_warning() -> None:
    assert [text for text in bundled_texts() if list(flagged_words(text))] == []


def test_number_of_flags_is_limited_and_each_is_listed_once() -> None:
    about = " ".join(f"+47 912 34 5{number:02}" for number in range(40))
    event = Event("many-1", "+47 912 34 500", Kind.RALLY, EventDate(), about=about)
    flags = text_flags(event)
    assert (len(flags), len(set(flags)), flags[0].field) == (MOST, MOST, "title")


def test_text_in_another_language_is_read_too() -> None:
    said = (Translation("nb", "Markering", "Ring kari@example.org"),)
    assert [(flag.field, flag.words) for flag in text_flags(event("oslo-1", translations=said))] == [
        ("translations", "kari@example.org")
    ]


def test_place_and_route_are_read_for_all_but_addresses_and_names() -> None:
    place = Place("Karl Johans gate 5, ring 912 34 567", "Mrs Karimi, t.me/oslovigil")
    route = (Waypoint("Storgata 22, mina@example.org"), Waypoint("Youngstorget"))
    assert [(flag.kind, flag.field, flag.words) for flag in text_flags(event("oslo-1", place=place, route=route))] == [
        (FlagKind.PHONE, "place", "912 34 567"),
        (FlagKind.HANDLE, "place", "t.me/oslovigil"),
        (FlagKind.EMAIL, "place", "mina@example.org"),
    ]


def test_long_text_of_near_misses_is_checked_fast() -> None:
    assert [list(flagged_words(piece * 1000)) for piece in ("a@", "1 ", "A b ", "at dot ", "Ask for A")] == [[]] * 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a.", "1", "Ab", "A-", "A'", "calle a-", "вул. а-"),
        *("路街道", "at a dot ", "0 00 ", "@", "Ab Cd ", "tel a b c ", "王", "مسئول ا "),
    ],
)
def test_time_grows_with_the_length_of_a_text_and_not_with_its_square(piece: str) -> None:
    assert _seconds(piece, 8000) < 8 * max(_seconds(piece, 2000), 0.002)  # quadratic would be 16 times as long


@pytest.mark.slow
def test_long_words_behind_a_kind_of_street_take_no_longer_than_others() -> None:
    assert _seconds(f"вул. {'а' * 35} ", 8000) < 8 * max(_seconds(f"слов {'а' * 35} ", 8000), 0.002)


def _seconds(piece: str, length: int) -> float:
    text = piece * (length // len(piece))
    times = []
    for _ in range(3):
        start = time.process_time()
        list(flagged_words(text))
        times.append(time.process_time() - start)
    return min(times)
