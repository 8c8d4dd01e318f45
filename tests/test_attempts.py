"""In-memory counting of attempts: rules, races, and expiry."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from rallymap.attempts import KEPT_S, MAX_COUNTED, SALT_LASTS_S, AtMost, Attempts, Backoff, Claim

NOW_S = 1_780_000_000.0


def claim(who: str = "192.0.2.7", limit: int = 3, *, amount: int = 1, kind: str = "report") -> Claim:
    return Claim(kind, who, AtMost(limit), amount)


def take(attempts: Attempts, times: int, *claims: Claim, now_s: float = NOW_S) -> list[float]:
    return [attempts.take(*claims, now_s=now_s) for _ in range(times)]


def test_limit_is_met_exactly_and_frees_with_time() -> None:
    attempts = Attempts()
    assert take(attempts, 4, claim()) == [0, 0, 0, KEPT_S]
    assert attempts.take(claim(), now_s=NOW_S + KEPT_S - 10) == 10
    assert attempts.take(claim(), now_s=NOW_S + KEPT_S) == 0


def test_refused_attempt_extends_nothing() -> None:
    attempts = Attempts()
    take(attempts, 3, claim())
    take(attempts, 100, claim(), now_s=NOW_S + KEPT_S - 1)
    assert attempts.take(claim(), now_s=NOW_S + KEPT_S) == 0


def test_people_and_kinds_are_counted_apart() -> None:
    attempts = Attempts()
    take(attempts, 3, claim())
    assert take(attempts, 1, claim("192.0.2.8")) + take(attempts, 1, claim(kind="picture")) == [0, 0]


def test_amount_counts_as_many() -> None:
    attempts = Attempts()
    assert attempts.take(claim(limit=10, amount=8), now_s=NOW_S) == 0
    assert attempts.take(claim(limit=10, amount=3), now_s=NOW_S) > 0
    assert attempts.take(claim(limit=10, amount=2), now_s=NOW_S) == 0


def test_amount_above_the_limit_never_passes() -> None:
    assert Attempts().take(claim(limit=10, amount=11), now_s=NOW_S) > 0


def test_several_claims_are_counted_together_or_not_at_all() -> None:
    attempts = Attempts()
    tight, wide = claim("a", 1), claim("b", 2)
    assert take(attempts, 2, tight, wide) == [0, KEPT_S]
    assert take(attempts, 2, wide) == [0, KEPT_S]


@pytest.mark.parametrize("step_s", [0.0, 0.001, -0.001])
def test_simultaneous_attempts_do_not_exceed_the_limit(step_s: float) -> None:
    # Each thread reads the clock before it waits for the lock, so times are not in order.
    attempts = Attempts()
    with ThreadPoolExecutor(16) as threads:
        waits = list(threads.map(lambda n: attempts.take(claim(limit=20), now_s=NOW_S + n * step_s), range(60)))
    assert Counter(wait == 0 for wait in waits) == {True: 20, False: 40}


def test_backoff_doubles_up_to_its_longest() -> None:
    attempts, now_s, waits = Attempts(), NOW_S, []
    rule = Claim("sign-in", "mina", Backoff(2, 30, 100))
    for _ in range(6):
        wait_s = attempts.take(rule, now_s=now_s)
        waits.append(wait_s)
        now_s += wait_s
        if wait_s:
            assert attempts.take(rule, now_s=now_s) == 0
    assert waits == [0, 0, 30, 60, 100, 100]


def test_undo_and_clear() -> None:
    attempts = Attempts()
    take(attempts, 3, claim())
    attempts.undo(claim())
    assert take(attempts, 2, claim()) == [0, KEPT_S]
    attempts.clear("report", "192.0.2.7")
    assert take(attempts, 4, claim()) == [0, 0, 0, KEPT_S]


def test_all_is_forgotten_after_an_hour_without_further_attempts() -> None:
    attempts = Attempts()
    for number in range(50):
        attempts.take(claim(f"192.0.2.{number}"), now_s=NOW_S)
    attempts.purge(NOW_S + KEPT_S - 1)
    assert len(attempts) == 50
    attempts.purge(NOW_S + KEPT_S)
    assert (len(attempts), attempts._times) == (0, {})


def test_hash_changes_every_day_with_every_process_and_when_the_clock_goes_back() -> None:
    attempts = Attempts()

    def kept(counter: Attempts, now_s: float) -> bytes:
        counter.take(claim("192.0.2.7"), now_s=now_s)
        [key] = counter._times
        return key

    today = kept(attempts, NOW_S)
    assert kept(attempts, NOW_S + SALT_LASTS_S - 1) == today
    assert kept(Attempts(), NOW_S) != today
    tomorrow = kept(attempts, NOW_S + SALT_LASTS_S)
    assert len({today, tomorrow, kept(attempts, NOW_S)}) == 3


def test_no_address_is_kept_readably() -> None:
    attempts = Attempts()
    take(attempts, 2, claim("192.0.2.7"))
    assert b"192.0.2.7" not in b"".join(attempts._times)


def test_clock_that_was_ahead_blocks_nobody() -> None:
    attempts = Attempts()
    take(attempts, 3, claim(), now_s=NOW_S + 40 * 86_400)
    assert attempts.take(claim(), now_s=NOW_S) == 0


def test_memory_is_bounded() -> None:
    attempts = Attempts()
    for number in range(300):
        attempts.take(claim(f"net {number}", limit=1000, amount=1000), now_s=NOW_S)
    assert len(attempts) <= MAX_COUNTED
