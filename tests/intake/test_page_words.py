"""Tables may use the words of our own pages, in any of their languages."""

from __future__ import annotations

import pytest

from rallymap.event_wording import ATTENDANCE_LABELS
from rallymap.intake.cells.attendance import attendance_of
from rallymap.intake.cells.words import kind_of, status_of
from rallymap.intake.lexicon.page_words import COLUMN_LABELS
from rallymap.intake.tables.headings import fields_of_heading
from rallymap.language import Language, languages, tr, trc, use_language
from rallymap.wording import KIND_LABELS, STATUS_LABELS


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
    # Our own files call the id of a campaign "campaign".
    labels = {meaning: label for meaning, label in labels.items() if label != "Campaign"}
    wrong = {label: meant for meant, label in labels.items() if meant not in dict(fields_of_heading(label))}
    assert wrong == {}
