"""Tables can use the words of the app's own pages, in all languages."""

from __future__ import annotations

import pytest

from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.events import CrowdClaim
from rallymap.intake.cells.attendance import attendance_of
from rallymap.intake.cells.crowds import is_expectation, read_crowd
from rallymap.intake.cells.kinds import kind_of
from rallymap.intake.cells.words import status_of
from rallymap.intake.lexicon.page_words import COLUMN_LABELS
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.language import Language, languages, tr, trc, use_language
from rallymap.wording import KIND_LABELS, STATUS_LABELS, crowd_in_words


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_values_are_read_as_the_pages_write_them(language: Language) -> None:
    with use_language(language):
        kinds = {kind: kind_of(tr(label)) for kind, label in KIND_LABELS.items()}
        statuses = {status: status_of(tr(label)) for status, label in STATUS_LABELS.items()}
        modes = {mode: attendance_of(tr(label)) for mode, label in ATTENDANCE_LABELS.items()}
    for read in (kinds, statuses, modes):
        assert {meant: found for meant, found in read.items() if found is not meant} == {}


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_columns_are_read_as_the_import_page_calls_them(language: Language) -> None:
    with use_language(language):
        labels = {meaning: trc("meaning of a column", label) for meaning, label in COLUMN_LABELS.items()}
    for asked_with_more in ("", "mark", "flag"):
        del labels[asked_with_more]
    # Our own files have a column "campaign" for the campaign id.
    labels = {meaning: label for meaning, label in labels.items() if label != "Campaign"}
    wrong = {label: meant for meant, label in labels.items() if meant not in dict(fields_of_heading(label))}
    assert wrong == {}


CROWDS = ((2500, 2500), (800, 1000), (300, None), (None, 12_000), (1_200_000, 1_200_000))


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_numbers_of_people_are_read_as_the_pages_write_them(language: Language) -> None:
    with use_language(language):
        said = {crowd: crowd_in_words(CrowdClaim(low=crowd[0], high=crowd[1])) for crowd in CROWDS}
        expected = crowd_in_words(CrowdClaim(low=200, high=200, is_expected=True))
    assert {words: (read_crowd(words).low, read_crowd(words).high) for words in said.values()} == {
        words: crowd for crowd, words in said.items()
    }
    assert (read_crowd(expected).low, is_expectation(expected)) == (200, True)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300 people at least", 300, None),
        ("300 mindestens", 300, None),
        ("1000 minimum selon les organisateurs", 1000, None),
        ("300 en az", 300, None),
        ("300 kişi en fazla", None, 300),
        ("ca. 300 max", None, 300),
        ("min 300, max 500", 300, 500),
        ("300 bis", 300, 300),
        ("300 min of meer", 300, 300),
        ("300 people, at least 50 arrested", 300, 300),
    ],
)
def test_words_after_a_number_make_it_a_bound(text: str, low: int | None, high: int | None) -> None:
    read = read_crowd(text)
    assert (read.low, read.high) == (low, high)
