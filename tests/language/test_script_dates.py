"""Page scripts format dates like the server: `tests/map/dates.json` contains the expected texts (see dates.test.js)."""

import json
from datetime import date
from pathlib import Path

import pytest

from rallymap.language import (
    Language,
    in_second_calendar,
    languages,
    say_date,
    say_span,
    script_dates,
    script_second_calendar,
    use_language,
)

SHARED = Path(__file__).parents[1] / "map" / "dates.json"
DAYS = ("2020-02-01", "2019-12-31", "2021-05-23")
SECOND_DAYS = (
    *(f"{year}-{month_day}" for year in range(1960, 2041) for month_day in ("03-19", "03-20", "03-21", "03-22")),
    *(f"2026-{month:02}-{day}" for month in range(1, 13) for day in (11, 28)),
    "1924-07-31",
    "1924-08-01",
    "2077-11-16",
    "2077-11-17",
)
"""Days around the turns of Solar Hijri years, days in each month, and the ends of the tables of Umm al-Qura."""
PERIODS = {
    "2020-01-01 2020-12-31": "y",
    "2019-01-01 2020-12-31": "y",
    "2020-02-01 2020-02-29": "yMMMM",
    "2020-02-01 2020-04-30": "yMMMM",
    "2019-11-01 2020-02-29": "yMMMM",
    "2020-02-02 2020-02-02": "yMMMMd",
    "2020-02-01 2020-02-09": "yMMMMd",
    "2020-02-02 2020-04-01": "yMMMMd",
    "2019-12-31 2020-01-01": "yMMMMd",
}
"""Formats of each period."""
LANGUAGES = [*languages(), Language("be", "Беларуская", "ltr")]
"""The built-in languages, and one that an operator can add and Chromium does not know."""


def written(language: Language) -> dict[str, object]:
    with use_language(language):
        periods = {}
        for days, skeleton in PERIODS.items():
            first, last = map(date.fromisoformat, days.split())
            periods[days] = say_span(first, last, skeleton)
        words = {day: [say_date(date.fromisoformat(day), skeleton) for skeleton in ("yMMMMd", "MMM")] for day in DAYS}
        second = {day: in_second_calendar(date.fromisoformat(day), date.fromisoformat(day)) for day in SECOND_DAYS}
    own = {"dates": script_dates(language), "days": words, "periods": periods}
    calendar = script_second_calendar(language, date(1924, 7, 31), date(2077, 11, 17))
    return own | ({"second": calendar, "second_days": second} if calendar else {})


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_dates_for_script_tests_are_up_to_date(language: Language) -> None:
    assert json.loads(SHARED.read_text("utf-8"))[language.code] == json.loads(json.dumps(written(language)))


if __name__ == "__main__":  # after an update of CLDR
    SHARED.write_text(
        json.dumps({language.code: written(language) for language in LANGUAGES}, ensure_ascii=False, indent=1) + "\n",
        "utf-8",
    )
