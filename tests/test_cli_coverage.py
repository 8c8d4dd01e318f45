"""``rallymap coverage``, as an operator uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rallymap.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path))


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["coverage", *words])


def add(*more: str) -> Result:
    return call("add", "--country", "Norway", "--from", "2020-01-01", "--to", "2020-12-31", "--by", "Nora", *more)


@pytest.mark.slow
def test_entries_are_added_listed_and_removed() -> None:
    assert call("list").stderr == "Nothing is recorded yet. Use “rallymap coverage add”.\n"
    added = add("--sources", "the Herald", "--city", "Oslo", "--on", "2021-03-01")
    assert (added.exit_code, added.stderr) == (0, "Entry 1 of the coverage record.\n")
    lines = [line.split() for line in call("list").stdout.splitlines()]
    assert lines == [
        ["number", "country", "city", "from", "to", "looked", "on", "by", "sources"],
        ["1", "NO", "Oslo", "2020-01-01", "2020-12-31", "2021-03-01", "Nora", "the", "Herald"],
    ]
    assert call("remove", "1").stderr == "Entry 1 is removed.\n"
    gone = call("remove", "1")
    assert (gone.exit_code, gone.stderr) == (1, "Error: There is no such entry in the coverage record.\n")


@pytest.mark.slow
def test_invalid_entry_is_refused_with_a_sentence() -> None:
    early = add("--sources", "the Herald", "--on", "2020-06-01")
    assert (early.exit_code, early.stderr) == (
        1, "Error: The period ends after somebody looked; end it on that day or before.\n",
    )  # fmt: skip
    unknown = call("add", "--country", "Atlantis", "--from", "2020-01-01", "--to", "2020-12-31", "--by", "x")
    assert unknown.exit_code == 2
    assert "“Atlantis” is not a country; write its two-letter code, such as NO, or its name." in unknown.stderr
