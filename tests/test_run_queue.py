"""A few runs at a time, in the order of their tickets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from rallymap.run_queue import LENDS_S, OVERLOAD_S, TICKET_LASTS_S, RunQueue, Ticket

PATIENCE_S = 20.0


class Runs:
    """Threads that each take a slot, note their name, and hold it until they are told to end."""

    def __init__(self, queue: RunQueue) -> None:
        self.queue = queue
        self.begun: list[str] = []
        self.left: list[str] = []
        self.changed = threading.Condition()
        self.may_end: dict[str, threading.Event] = {}
        self.threads: list[threading.Thread] = []

    def start(self, name: str, ticket: Ticket | None = None, is_wanted: Callable[[], object] = lambda: None) -> None:
        self.may_end[name] = threading.Event()
        self.threads.append(
            threading.Thread(target=self._run, args=(name, ticket or self.queue.ticket(), is_wanted), daemon=True)
        )
        before = self.queue.waiting()
        self.threads[-1].start()
        self.until(lambda: name in self.begun or name in self.left or self.queue.waiting() > before)

    def _run(self, name: str, ticket: Ticket, is_wanted: Callable[[], object]) -> None:
        try:
            with self.queue.slot(ticket, is_wanted):
                self._note(self.begun, name)
                self.may_end[name].wait(PATIENCE_S)
        except InterruptedError:
            self._note(self.left, name)

    def _note(self, names: list[str], name: str) -> None:
        with self.changed:
            names.append(name)
            self.changed.notify_all()

    def until(self, is_so: Callable[[], bool]) -> None:
        with self.changed:
            for _ in range(int(PATIENCE_S / 0.01)):
                if is_so():
                    return
                self.changed.wait(0.01)
        raise AssertionError("it did not happen")

    def end(self, *names: str) -> None:
        for name in names:
            self.may_end[name].set()

    def finish(self) -> None:
        self.end(*self.may_end)
        for thread in self.threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


def test_runs_start_in_order_and_never_more_than_there_are_slots() -> None:
    runs = Runs(RunQueue(2))
    for name in "abcd":
        runs.start(name)
    assert (sorted(runs.begun), runs.queue.waiting()) == (["a", "b"], 2)
    runs.end("b")
    runs.until(lambda: len(runs.begun) == 3)
    assert (runs.begun[2], runs.queue.waiting()) == ("c", 1)
    runs.finish()
    assert (sorted(runs.begun), runs.queue.waiting()) == (list("abcd"), 0)


def test_run_that_begins_again_has_its_earlier_place() -> None:
    runs = Runs(RunQueue(1))
    early = runs.queue.ticket()
    for name in "ab":
        runs.start(name)
    runs.start("again", runs.queue.ticket(early))
    runs.end("a")
    runs.until(lambda: len(runs.begun) == 2)
    assert runs.begun == ["a", "again"]
    runs.finish()


def test_run_that_is_not_wanted_any_more_leaves_and_the_next_one_starts() -> None:
    runs, ended = Runs(RunQueue(1)), threading.Event()

    def is_wanted() -> None:
        if ended.is_set():
            raise InterruptedError

    runs.start("a")
    runs.start("gone", is_wanted=is_wanted)
    runs.start("b")
    ended.set()
    runs.until(lambda: runs.left == ["gone"])
    assert runs.queue.waiting() == 1
    runs.finish()
    assert runs.begun == ["a", "b"]


def test_long_run_lets_the_next_one_start() -> None:
    now = [0.0]
    runs = Runs(RunQueue(1, lambda: now[0]))
    runs.start("import")
    runs.start("page")
    assert runs.begun == ["import"]
    now[0] = LENDS_S
    runs.until(lambda: runs.begun == ["import", "page"])
    runs.finish()


def test_queue_is_overloaded_while_a_run_waits_for_long() -> None:
    now = [0.0]
    runs = Runs(RunQueue(1, lambda: now[0]))
    with ExitStack() as stack:
        stack.callback(runs.finish)
        runs.start("a")
        now[0] = OVERLOAD_S * 2
        assert not runs.queue.is_overloaded()  # a long run alone keeps nobody waiting
        now[0] = 0.0
        runs.start("b")
        now[0] = LENDS_S - 1
        assert not runs.queue.is_overloaded()
    crowded = Runs(RunQueue(0, lambda: now[0]))
    now[0] = 0.0
    with ExitStack() as stack:
        stack.callback(crowded.finish)
        crowded.start("waits", is_wanted=lambda: _leave_if(crowded.queue.is_overloaded()))
        now[0] = OVERLOAD_S + 1
        crowded.until(lambda: crowded.left == ["waits"])
    assert not crowded.queue.is_overloaded()


def test_early_ticket_of_a_run_that_has_just_begun_to_wait_is_no_overload() -> None:
    now = [0.0]
    queue = RunQueue(0, lambda: now[0])
    ticket = queue.ticket()  # of a visitor who has clicked again and again
    now[0] = OVERLOAD_S + 1
    found: list[bool] = []

    def is_wanted() -> None:
        found.append(queue.is_overloaded())
        raise InterruptedError

    with pytest.raises(InterruptedError), queue.slot(queue.ticket(ticket), is_wanted):
        raise AssertionError("there is no slot")
    assert found == [False]


def _leave_if(is_overloaded: bool) -> None:
    if is_overloaded:
        raise InterruptedError


def test_ticket_lasts_a_minute() -> None:
    now = [0.0]
    queue = RunQueue(1, lambda: now[0])
    first = queue.ticket()
    assert queue.ticket(first) is first
    now[0] = TICKET_LASTS_S
    assert queue.ticket(first) > first


def test_failed_run_gives_its_slot_back() -> None:
    queue = RunQueue(1)
    with pytest.raises(ZeroDivisionError), queue.slot(queue.ticket()):
        _ = 1 / 0
    with queue.slot(queue.ticket()):
        assert queue.waiting() == 0
