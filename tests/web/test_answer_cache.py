"""What is kept of answers: each once, and no more of them than there is room for."""

from __future__ import annotations

import sys
import threading
import time
from functools import partial

import pytest

from rallymap.errors import EventNotFoundError
from rallymap.web.answer_cache import AnswerCache


def kept(cache: AnswerCache, keys: list[str]) -> list[str]:
    """Return those keys whose answers need not be made again."""
    made: list[str] = []

    def again(key: str) -> bytes:
        made.append(key)
        raise EventNotFoundError(key)

    for key in keys:
        try:
            cache.get(key, partial(again, key))
        except EventNotFoundError:
            continue
    return [key for key in keys if key not in made]


def waits_for_the_first(thread: threading.Thread) -> bool:
    """Return whether a thread has found the lock of the one that makes the answer."""
    frame = sys._current_frames()[thread.ident or 0]
    return frame.f_code is AnswerCache.get.__code__ and "working" in frame.f_locals


def test_answers_that_two_threads_made_take_no_room_twice() -> None:
    cache = AnswerCache(most_bytes=25_000)
    begun, go_on = threading.Event(), threading.Event()
    both = threading.Barrier(2, timeout=20)

    def fail() -> bytes:
        begun.set()
        go_on.wait(20)
        raise EventNotFoundError("one")

    def make_together() -> bytes:
        both.wait()
        return b"x" * 10_000

    def first() -> None:
        with pytest.raises(EventNotFoundError):
            cache.get("one", fail)

    failing = threading.Thread(target=first)
    failing.start()
    assert begun.wait(20)
    waiting = threading.Thread(target=cache.get, args=("one", make_together))
    waiting.start()
    while not waits_for_the_first(waiting):
        time.sleep(0.001)
    go_on.set()
    failing.join(20)
    # The one that waited holds the lock of the first, which is gone: this one has another, and both make the answer.
    cache.get("one", make_together)
    waiting.join(20)
    cache.get("two", lambda: b"y" * 10_000)
    assert kept(cache, ["one", "two"]) == ["one", "two"]


def test_short_answers_to_long_questions_take_the_room_of_both() -> None:
    cache = AnswerCache(most_bytes=100_000)
    questions = [f"{number:03}{'q' * 7_000}" for number in range(100)]
    for question in questions:
        cache.get(question, lambda: b"{}")
    assert 8 < len(kept(cache, questions)) < 15
