"""Kill runs of a command (SIGKILL) while they work, also if the load of the machine changes."""

from __future__ import annotations

import itertools
import random
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.campaign.outcome import Outcome

MOST_RUNS = 4
"""Maximum number of runs per wanted kill; if more runs end before their kill, the campaign gives up."""


class Killing:
    """Kill runs of a command, each after a random part of the duration of a complete run.

    A run that ends before its kill does not count, but its duration replaces the expected one. A run that takes longer
    than expected also updates it. So the kills stay within the work while the load of the machine changes.

    Parameters
    ----------
    wanted
        Number of kills.
    chance
        Source of the random times.
    whole_s
        Duration of the latest complete run in seconds.
    earliest
        Fraction of a run that only starts Python; kills come after it.

    Attributes
    ----------
    killed, finished
        Runs that were killed at work, and runs that ended before.
    """

    def __init__(self, wanted: int, chance: random.Random, whole_s: float, *, earliest: float = 0.3) -> None:
        self._wanted = wanted
        self._chance = chance
        self.whole_s = whole_s
        self._earliest = earliest
        self.killed = self.finished = 0

    @property
    def goes_on(self) -> bool:
        """Whether kills are missing and further runs are allowed."""
        return self.killed < self._wanted and self.killed + self.finished < MOST_RUNS * self._wanted

    def kill(self, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        """Start the command and kill it; return whether it was still working."""
        after_s = self._chance.uniform(self._earliest, 1.1) * self.whole_s
        began = time.monotonic()
        process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(after_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.killed += 1
            self.whole_s = max(self.whole_s, after_s)
            return True
        self.finished += 1
        self.whole_s = time.monotonic() - began
        return False

    def kill_once_there(self, path: Path, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        """Kill the command as soon as a file exists, for work that is too short for random kills."""
        process = _started(command, environment)
        while process.poll() is None and not path.exists():
            time.sleep(0.0005)
        return self._end(process)

    def kill_in_step(
        self, number: int, steps_s: Sequence[float], command: Sequence[str], environment: Mapping[str, str]
    ) -> bool:
        """Kill the command within a step; each line on standard error starts a step, counted from 0."""
        process = _started(command, environment)
        for seen, _line in enumerate(process.stderr or ()):
            if seen == number:
                time.sleep(self._chance.uniform(0.0, 1.0) * steps_s[number])
                break
        return self._end(process)

    def _end(self, process: subprocess.Popen[str]) -> bool:
        process.kill()
        process.communicate()
        was_killed = process.returncode < 0  # a run that ended before has a code of its own
        self.killed += was_killed
        self.finished += not was_killed
        return was_killed

    def count(self, done: Outcome) -> None:
        """Write the numbers into an outcome; missing kills are a fault."""
        done.kills = self.killed
        done.check(self.killed >= self._wanted, f"only {self.killed} of {self._wanted} runs were killed at work")
        if self.finished:
            done.notes.append(f"{self.finished} further runs ended before their kill")


def step_times(command: Sequence[str], environment: Mapping[str, str]) -> list[float]:
    """Run the command to its end, and return the duration of each step; lines on standard error start steps."""
    process = _started(command, environment)
    times = [time.monotonic() for _line in process.stderr or ()]
    process.communicate()
    times.append(time.monotonic())
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
