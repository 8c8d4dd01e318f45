"""A system clock that is set wrong, and one that is corrected."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from rallymap.clock import BELIEVED_AFTER_S, SteadyClock, elapsed_s

START_S = datetime(2026, 6, 1, 12, 0, tzinfo=UTC).timestamp()
DAY_S = 86_400.0


@dataclass
class Machine:
    """System clock, and seconds since the start of the machine."""

    wall: float = START_S
    elapsed: float = 5000.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.elapsed += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def clock(machine: Machine) -> SteadyClock:
    return SteadyClock(lambda: machine.wall, lambda: machine.elapsed)


def since_start(clock: SteadyClock) -> float:
    return round(clock().timestamp() - START_S, 3)


def test_time_passes(machine: Machine, clock: SteadyClock) -> None:
    machine.passes(3600)
    assert clock() == datetime(2026, 6, 1, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("correction_s", [-60.0, -0.5, 0.5, 60.0])
def test_small_correction_is_believed_at_once(machine: Machine, clock: SteadyClock, correction_s: float) -> None:
    machine.wall += correction_s
    assert since_start(clock) == correction_s


@pytest.mark.parametrize("jump_s", [61.0, 3600.0, 40 * DAY_S, 36_500 * DAY_S])
def test_short_jump_ahead_is_never_seen(machine: Machine, clock: SteadyClock, jump_s: float) -> None:
    machine.wall += jump_s
    for _ in range(9):
        machine.passes(60)
        clock()
    assert since_start(clock) == 540
    machine.wall -= jump_s
    machine.passes(60)
    assert since_start(clock) == 600


def test_lasting_jump_ahead_is_accepted(machine: Machine, clock: SteadyClock) -> None:
    machine.wall += 40 * DAY_S
    clock()
    machine.passes(BELIEVED_AFTER_S - 1)
    assert since_start(clock) == BELIEVED_AFTER_S - 1
    machine.passes(1)
    assert since_start(clock) == 40 * DAY_S + BELIEVED_AFTER_S


def test_clock_that_keeps_jumping_is_not_accepted(machine: Machine, clock: SteadyClock) -> None:
    for _ in range(100):
        machine.wall += DAY_S
        machine.passes(60)
        assert since_start(clock) == machine.elapsed - 5000


def test_clock_that_is_set_back_is_accepted_at_once(machine: Machine, clock: SteadyClock) -> None:
    machine.wall -= 40 * DAY_S
    assert since_start(clock) == -40 * DAY_S


def test_each_jump_is_one_line_in_the_log(
    machine: Machine, clock: SteadyClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    machine.wall += 40 * DAY_S
    for _ in range(50):
        clock()
    machine.wall -= 40 * DAY_S
    for _ in range(50):
        clock()
    assert caplog.messages == [
        "The clock of this machine jumped ahead by 40 days. It is accepted if it stays so for 10 minutes.",
        "The clock of this machine is right again.",
    ]


def test_elapsed_time_does_not_run_backwards() -> None:
    assert elapsed_s() <= elapsed_s()
    assert abs(SteadyClock()().timestamp() - datetime.now(UTC).timestamp()) < 1
