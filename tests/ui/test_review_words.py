"""What the moderators' lists say in words of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rallymap.language import Language, choose_language, languages, use_language
from rallymap.store.audit_log import LogEntry
from rallymap.templates import bold, one_line
from rallymap.ui.moments import moment_in_words
from rallymap.ui.review.words import age_in_words, reason_in_words

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


def test_facts_of_a_line_keep_their_order_from_right_to_left() -> None:
    """A number after a Latin word would be read as part of it: "CSV | 4 lines" as "4 | CSV lines"."""
    facts = [bold("a.csv", is_written=True), "CSV", "۴ سطر"]
    assert one_line(facts) == '<b dir="auto">a.csv</b> · CSV · ۴ سطر'
    with use_language(choose_language(languages(), "fa")):
        assert one_line(facts) == '\u2068<b dir="auto">a.csv</b>\u2069 | \u2068CSV\u2069 | \u2068۴ سطر\u2069'
        assert one_line(["<i>"]) == "\u2068&lt;i&gt;\u2069"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "3 May 2024, 17:05 UTC"),
        ("fa", "۳ مه ۲۰۲۴، \u2068۱۷:۰۵ UTC\u2069"),
        ("ar", "3 مايو 2024، \u206817:05 UTC\u2069"),
        ("de", "3. Mai 2024, 17:05 UTC"),
    ],
)
def test_a_moment_is_written_as_the_language_writes_dates(code: str, said: str) -> None:
    with use_language(choose_language(languages(), code)):
        assert moment_in_words(datetime(2024, 5, 3, 19, 5, tzinfo=timezone(timedelta(hours=2)))) == said


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        ("en", "mira: moderator NO SE", "mira · moderator · Norway · Sweden"),
        ("de", "mira: administrator", "mira · Administration"),
        ("en", "mira: keeper", "mira: keeper"),
        ("en", "", ""),
    ],
)
def test_log_names_the_role_and_countries_of_a_new_account(code: str, reason: str, said: str) -> None:
    with use_language(choose_language(languages(), code)):
        assert reason_in_words(LogEntry(1, NOW, "operator", "account made", "", None, "", reason)) == said
