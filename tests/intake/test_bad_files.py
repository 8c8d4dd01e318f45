"""A short run of ``benchmarks.import_bad_files``: damaged files are read or refused with a sentence, no traceback."""

from __future__ import annotations

import pytest

from benchmarks.import_bad_files import bad_files, bombs
from rallymap.errors import IntakeError
from rallymap.intake.reading import read_events

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

HEAVY = {"bad rows", "zip bomb", "one huge cell", "many rows", "open quotation mark", "zeros", "many columns"}
"""Bombs that are made of megabytes; the benchmark tries them."""


def sentence_of(content: bytes) -> str:
    """Return the sentence with which a file is refused, "." where it is read."""
    try:
        read_events(content)
    except IntakeError as err:
        return err.user_message
    return "."


@pytest.mark.parametrize("name", [name for name, _ in bombs() if name not in HEAVY])
def test_bomb_is_read_or_refused_with_a_sentence(name: str) -> None:
    assert sentence_of(dict(bombs())[name]).endswith(".")


def test_megabytes_of_commas_are_refused_before_each_becomes_a_cell() -> None:
    assert sentence_of(dict(bombs())["commas"]) == "This table has 7000001 columns; at most 300 are read."


def test_damaged_files_are_read_or_refused_with_a_sentence() -> None:
    files = [(name, content) for name, content in bad_files(80, seed=7) if name[0].isdecimal()]
    # Workbooks are left to the benchmark: each starts a process.
    said = {name: sentence_of(content) for name, content in files if "xlsx" not in name}
    assert [name for name, sentence in said.items() if not sentence.endswith((".", ".”"))] == []
