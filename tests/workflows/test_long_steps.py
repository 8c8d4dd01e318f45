"""A long step of the start says what it does."""

from __future__ import annotations

import threading

import pytest

from rallymap.workflows.long_steps import said_if_long


def test_long_step_is_said_and_then_how_long_it_takes() -> None:
    lines: list[str] = []
    is_said = threading.Event()

    def note(line: str) -> None:
        lines.append(line)
        if len(lines) == 3:
            is_said.set()

    with said_if_long(note, "Reading the events", after_s=0.01, every_s=0.02):
        assert is_said.wait(20)
    assert lines[0] == "Reading the events ..."
    assert [line.partition(":")[0] for line in lines[1:3]] == ["Reading the events"] * 2
    assert lines[1].endswith(" s so far ...")


def test_short_step_is_not_said_and_an_error_passes() -> None:
    lines: list[str] = []
    with pytest.raises(ValueError, match="no"), said_if_long(lines.append, "Reading the events", after_s=20):
        raise ValueError("no")
    assert lines == []
