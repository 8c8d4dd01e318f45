"""Counting of attempts for several processes on one PostgreSQL database: two opened databases stand for two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from rallymap.attempts import KEPT_S, AtMost, Backoff, Claim
from rallymap.store import Database
from rallymap.store.schema import attempts
from tests.store.conftest import NOW, FakeClock

pytestmark = pytest.mark.postgres
NOW_S = NOW.timestamp()
REPORT = Claim("report", "192.0.2.7", AtMost(20))


@pytest.fixture
def two(emptied_postgres: object, clock: FakeClock) -> Iterator[tuple[Database, Database]]:
    url = emptied_postgres()  # type: ignore[operator]
    first, second = Database.open(url, clock=clock), Database.open(url, clock=clock)
    yield first, second
    first.close()
    second.close()


def test_a_limit_holds_for_all_processes_together_however_many_ask_at_once(two: tuple[Database, Database]) -> None:
    with ThreadPoolExecutor(16) as threads:
        waits = threads.map(lambda number: two[number % 2].attempts.take(REPORT, now_s=NOW_S), range(60))
        assert Counter(wait > 0 for wait in waits) == {False: 20, True: 40}
    assert two[0].attempts.take(Claim("report", "192.0.2.8", AtMost(20)), now_s=NOW_S) == 0
    assert two[1].attempts.take(REPORT, now_s=NOW_S + KEPT_S) == 0


def test_several_claims_are_counted_together_or_not_at_all(two: tuple[Database, Database]) -> None:
    tight, wide = Claim("a", "x", AtMost(1)), Claim("b", "x", AtMost(2), 2)
    assert two[0].attempts.take(tight, wide, now_s=NOW_S) == 0
    assert two[1].attempts.take(tight, Claim("c", "x", AtMost(1)), now_s=NOW_S) == KEPT_S
    assert two[1].attempts.take(Claim("c", "x", AtMost(1)), now_s=NOW_S) == 0


def test_what_one_process_takes_back_is_free_in_the_other(two: tuple[Database, Database]) -> None:
    wrong = Claim("sign-in", "192.0.2.7\0mina", Backoff(2, 30.0, 900.0))
    assert [two[number % 2].attempts.take(wrong, now_s=NOW_S) for number in range(3)] == [0, 0, 30]
    two[1].attempts.undo(wrong)
    assert two[0].attempts.take(wrong, now_s=NOW_S) == 0
    two[0].attempts.clear(wrong.kind, wrong.who)
    assert [two[1].attempts.take(wrong, now_s=NOW_S) for _ in range(3)] == [0, 0, 30]


def test_rows_are_deleted_after_an_hour_and_name_no_address(two: tuple[Database, Database]) -> None:
    two[0].attempts.take(REPORT, now_s=NOW_S)
    with two[1].reading() as tx:
        kept = str(tx.conn.execute(sa.select(attempts)).all())
    assert ("attempt" in kept, "192.0.2.7" in kept, "report" in kept) == (True, False, False)
    two[1].attempts.purge(NOW_S + KEPT_S - 1)
    assert len(two[0].attempts) == 1
    two[1].attempts.purge(NOW_S + KEPT_S)
    assert len(two[0].attempts) == 0
