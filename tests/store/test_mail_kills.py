"""The campaign of mails, short: the sender is killed and the mail server fails, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mail import measure, report


@pytest.mark.slow
def test_no_mail_is_lost_and_none_doubled_without_a_lost_answer(url: str, tmp_path: Path) -> None:
    key = tmp_path / "rallymap.key" if url.startswith("sqlite") else None
    found = measure(url, key, 12, failing=0.08, kills=1, seed=3)
    assert (found.lost, found.given_up, found.kills) == (0, 0, 1), report(found)
    assert found.once + found.twice_answer_lost + found.twice_killed == 12
