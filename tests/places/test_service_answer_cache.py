"""The cache of online answers."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rallymap.events import LocationPrecision
from rallymap.places import Candidate
from rallymap.places.service_answer_cache import FOUND_FOR_S, NOT_FOUND_FOR_S, ServiceAnswerCache, delete_cached_answers

OSLO = Candidate(59.9, 10.7, "Oslo", None, "NO", LocationPrecision.CITY, 8000.0, 0.7, method="service:nominatim")


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_find_returns_cached_answer_for_any_spelling(clock: Clock) -> None:
    answers = ServiceAnswerCache(None, now=clock)
    assert answers.find("s", "Oslo", "") is None
    answers.keep("s", "Oslo", "", (OSLO,))
    answers.keep("s", "Nowhere", "", ())
    assert answers.find("s", " OSLO", "") == (OSLO,)
    assert answers.find("s", "nowhere", "") == ()
    assert answers.find("s", "Oslo", "SE") is None
    assert answers.find("other", "Oslo", "") is None


def test_answers_expire_found_late_and_not_found_soon(clock: Clock) -> None:
    answers = ServiceAnswerCache(None, now=clock)
    answers.keep("s", "Oslo", "", (OSLO,))
    answers.keep("s", "Nowhere", "", ())
    clock.now += NOT_FOUND_FOR_S * 1.21
    assert answers.find("s", "Nowhere", "") is None
    assert answers.find("s", "Oslo", "") == (OSLO,)
    clock.now += FOUND_FOR_S * 1.21
    assert answers.find("s", "Oslo", "") is None


def test_expiry_varies_so_that_an_import_does_not_expire_on_one_day(clock: Clock) -> None:
    answers = ServiceAnswerCache(None, now=clock)
    for number in range(200):
        answers.keep("s", f"Town {number}", "", ())
    clock.now += NOT_FOUND_FOR_S
    gone = sum(answers.find("s", f"Town {number}", "") is None for number in range(200))
    assert 40 < gone < 160


def test_turns_are_shared_by_all_who_use_the_file(tmp_path: Path, clock: Clock) -> None:
    one = ServiceAnswerCache(tmp_path / "answers.db", now=clock)
    other = ServiceAnswerCache(tmp_path / "answers.db", now=clock)
    assert one.reserve_request("s", 15.0, 600.0) == (0.0, True)
    assert other.reserve_request("s", 15.0, 600.0) == (15.0, True)
    assert one.reserve_request("s", 15.0, 600.0) == (30.0, True)
    assert one.reserve_request("t", 15.0, 600.0) == (0.0, True)
    assert other.reserve_request("s", 15.0, 20.0) == (45.0, False)
    clock.now += 100
    assert other.reserve_request("s", 15.0, 600.0) == (0.0, True)


def test_hold_back_moves_the_next_turn(clock: Clock) -> None:
    answers = ServiceAnswerCache(None, now=clock)
    answers.block_requests("s", 120.0)
    assert answers.reserve_request("s", 15.0, 600.0) == (120.0, True)


def test_turns_from_many_threads_are_never_the_same(tmp_path: Path, clock: Clock) -> None:
    waits: list[float] = []

    def take() -> None:
        answers = ServiceAnswerCache(tmp_path / "answers.db", now=clock)
        waits.extend(answers.reserve_request("s", 1.0, 600.0)[0] for _ in range(10))
        answers.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [float(number) for number in range(40)]


def test_switch_is_seen_by_other_processes(tmp_path: Path) -> None:
    one, other = ServiceAnswerCache(tmp_path / "answers.db"), ServiceAnswerCache(tmp_path / "answers.db")
    assert not other.is_off("s")
    one.switch("s", on=False)
    assert other.is_off("s")
    other.switch("s", on=True)
    assert not one.is_off("s")


def test_damaged_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "answers.db"
    path.write_bytes(b"this is not a database, " * 100)
    answers = ServiceAnswerCache(path)
    answers.keep("s", "Oslo", "", (OSLO,))
    assert answers.find("s", "Oslo", "") == (OSLO,)


def test_file_in_use_by_another_process_is_not_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    path = tmp_path / "answers.db"
    with closing(ServiceAnswerCache(path, now=clock)) as answers:
        answers.keep("s", "Oslo", "", (OSLO,))
        answers.block_requests("s", 900.0)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **options: connect(file, **options | {"timeout": 0.0}))
    with closing(connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            ServiceAnswerCache(path, now=clock)
    with closing(ServiceAnswerCache(path, now=clock)) as answers:
        assert answers.find("s", "Oslo", "") == (OSLO,)
        assert answers.reserve_request("s", 15.0, 1000.0) == (900.0, True)


def test_two_processes_that_find_the_same_damage_share_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    path = tmp_path / "answers.db"
    path.write_bytes(b"no database " * 1000)
    connect = sqlite3.connect
    opened: list[ServiceAnswerCache] = []

    def connect_after_another(file: Path, **options: Any) -> sqlite3.Connection:
        """Let another process replace the damaged file between our check and our replacement."""
        if Path(file) != path and not opened:
            monkeypatch.setattr(sqlite3, "connect", connect)
            opened.append(ServiceAnswerCache(path, now=clock))
        return connect(file, **options)

    monkeypatch.setattr(sqlite3, "connect", connect_after_another)
    opened.append(ServiceAnswerCache(path, now=clock))
    assert len(opened) == 2
    for turn, answers in enumerate(opened):
        assert answers.reserve_request("s", 15.0, 600.0) == (15.0 * turn, True)
        answers.close()


def test_busy_file_is_deleted_if_its_answers_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answers.db"
    with closing(ServiceAnswerCache(path)) as answers:
        answers.keep("s", "Secret square", "", (OSLO,))
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **options: connect(file, **options | {"timeout": 0.0}))
    with closing(connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        delete_cached_answers(path, ["Secret square"])
    assert not path.exists()
