"""Page scripts format dates like the server: `tests/map/dates.json` contains the expected texts (see dates.test.js)."""

import json
from datetime import date
from pathlib import Path

import pytest

from rallymap.language import Language, languages, say_date, say_span, script_dates, use_language

SHARED = Path(__file__).parents[1] / "map" / "dates.json"
DAYS = ("2020-02-01", "2019-12-31", "2021-05-23")
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
    return {"dates": script_dates(language), "days": words, "periods": periods}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_dates_for_script_tests_are_up_to_date(language: Language) -> None:
    assert json.loads(SHARED.read_text("utf-8"))[language.code] == written(language)


if __name__ == "__main__":  # after an update of CLDR
    SHARED.write_text(
        json.dumps({language.code: written(language) for language in LANGUAGES}, ensure_ascii=False, indent=1) + "\n",
        "utf-8",
    )
