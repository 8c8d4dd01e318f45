"""What the moderators' lists say in words of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rallymap.language import Language, languages, use_language
from rallymap.ui.review.words import age_in_words

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_age_is_in_words_of_every_language(language: Language) -> None:
    with use_language(language):
        for count in (1, 2, 3, 11, 21):
            for age in (timedelta(minutes=count), timedelta(hours=count), timedelta(days=count)):
                assert "duration" not in age_in_words(NOW - age, NOW)


def test_age_in_persian_has_persian_words_and_digits() -> None:
    with use_language(Language("fa", "", "rtl")):
        assert age_in_words(NOW - timedelta(minutes=3), NOW) == "۳ دقیقه"
