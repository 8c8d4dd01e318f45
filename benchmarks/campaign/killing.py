"""Runs of a command that are killed (SIGKILL) at work, also on a machine whose other load comes and goes."""

from __future__ import annotations

import itertools
import random
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.campaign.outcome import Outcome

MOST_RUNS = 4
"""For each kill that is wanted; a machine on which more runs end before their kill is not measured to the end."""


class Killing:
    """Kills runs of a command, each at a random part of the time that a whole run takes now.

    A run that ends before its kill is no kill, and says how long a whole run takes now. So does a run that is still at
    work after that time. In this way the moments stay within the work while the load of the machine changes.

    Parameters
    ----------
    wanted
        Number of kills.
    chance
        Gives the moments.
    whole_s
        How long the latest whole run took.
    earliest
        Before this part of a run nothing happens but the start of Python.

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
        """Whether kills are missing, and runs are left for them."""
        return self.killed < self._wanted and self.killed + self.finished < MOST_RUNS * self._wanted

    def kill(self, command: Sequence[str], environment: Mapping[str, str]) -> bool:
        """Start the command and kill it; return whether it was still at work."""
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
        """Kill the command as soon as it has made a file, for work that is too short to be hit by chance."""
        process = _started(command, environment)
        while process.poll() is None and not path.exists():
            time.sleep(0.0005)
        return self._end(process)

    def kill_in_step(
        self, number: int, steps_s: Sequence[float], command: Sequence[str], environment: Mapping[str, str]
    ) -> bool:
        """Kill the command within the step that a line of its standard error begins; steps are counted from 0."""
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
        """Write the numbers into an outcome; kills that are missing are a fault."""
        done.kills = self.killed
        done.check(self.killed >= self._wanted, f"only {self.killed} of {self._wanted} runs were killed at work")
        if self.finished:
            done.notes.append(f"{self.finished} further runs ended before their kill")


def step_times(command: Sequence[str], environment: Mapping[str, str]) -> list[float]:
    """Run the command to its end, and return how long each step took that a line of its standard error begins."""
    process = _started(command, environment)
    times = [time.monotonic() for _line in process.stderr or ()]
    process.communicate()
    times.append(time.monotonic())
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
