"""A moment in words, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

from rallymap.language import isolated, say_time, tr
from rallymap.wording import day_in_words


def moment_in_words(moment: datetime) -> str:
    """Format a moment: "28 Nov 2026, 17:33 UTC"."""
    moment = moment.astimezone(UTC)
    time = isolated(f"{say_time(moment.time())} UTC")
    # Translators: a day and the time, "3 May 2024, 18:00".
    return tr("{day}, {time}", day=day_in_words(moment.date(), short=True), time=time)
