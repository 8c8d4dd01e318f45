"""The languages of the pages: choice for a reader, and translations."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from rallymap.language import (
    ENGLISH,
    Language,
    add_wording,
    catalogue,
    choose_language,
    current_language,
    find_language,
    in_second_calendar,
    languages,
    list_in_words,
    listed,
    number,
    phrase,
    phrase_n,
    say,
    script_messages,
    script_plurals,
    separator,
    set_language_source,
    tr,
    trc,
    trn,
    use_language,
)
from rallymap.trends.labels import value_in_words
from rallymap.views.map_page import map_page_in

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

#: rallymap/assets/map/card.js
msgid "{n} event"
msgid_plural "{n} events"
msgstr[0] "{n} podia"
msgstr[1] "{n} podii"
msgstr[2] "{n} podij"

#: rallymap/ui/main.py
msgid "Delete {title}?"
msgstr "Vydalyty {title}?"

msgctxt "month"
msgid "May"
msgstr "Traven"

msgid "Broken {title}"
msgstr "Broken {other}"

msgid "Not yet"
msgstr ""
"""


@pytest.fixture
def slavic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """An operator's language with three plural forms: Belarusian, which is not built in."""
    monkeypatch.setattr(catalogue, "_own", [])
    (tmp_path / "be.po").write_text(PO, "utf-8")
    (tmp_path / "nonsense.po").write_text(PO, "utf-8")
    add_wording(tmp_path)
    language = find_language("be", languages(tmp_path))
    assert language is not None
    with use_language(language):
        yield language


def test_sentences_are_english_by_default() -> None:
    assert current_language() == ENGLISH
    assert tr("Delete {title}?", title="{x}") == "Delete {x}?"
    assert trn("{n} event", "{n} events", 1) == "1 event"
    assert trn("{n} event in {city}", "{n} events in {city}", 1234, city="Oslo") == "1,234 events in Oslo"


def test_sentences_are_translated_from_the_catalogue(slavic: Language) -> None:
    assert tr("Delete {title}?", title="{x} & y") == "Vydalyty {x} & y?"
    assert trc("month", "May") == "Traven"
    assert tr("May") == "May"
    assert [trn("{n} event", "{n} events", n) for n in (1, 3, 5, 11, 22)] == [
        "1 podia", "3 podii", "5 podij", "11 podij", "22 podii",
    ]  # fmt: skip
    assert number(1234567) == "1\u00a0234\u00a0567"
    assert list_in_words(["A", "B", "C"]) == "A, B і C"


def test_missing_or_broken_sentences_are_shown_in_english(slavic: Language) -> None:
    assert tr("Not yet") == "Not yet"
    assert tr("Broken {title}", title="Rally") == "Broken Rally"


def test_scripts_get_their_sentences_with_the_plural_form_of_each_count(slavic: Language) -> None:
    assert script_messages(slavic) == {"{n} event": ("{n} podia", "{n} podii", "{n} podij")}
    assert [script_plurals(slavic)[n] for n in (0, 1, 2, 5, 11, 12, 21, 22, 101, 111, 199)] == [*"20122201022"]
    assert len(script_plurals(slavic)) == 200
    assert script_messages(ENGLISH) == {}


def test_plural_forms_repeat_by_hundreds_from_a_hundred_on() -> None:
    for language in languages():
        form_of, forms = catalogue.catalogue_of(language).form_of, script_plurals(language)
        assert [form_of(n) for n in range(200, 1300)] == [int(forms[100 + n % 100]) for n in range(200, 1300)]


def test_scripts_get_the_available_forms_of_an_incomplete_catalogue(slavic: Language, tmp_path: Path) -> None:
    (tmp_path / "be.po").write_text(PO.replace('msgstr[2] "{n} podij"\n', ""), "utf-8")
    said = script_messages(slavic).get("{n} event", "left out")
    assert said in ("left out", ("{n} podia", "{n} podii"))


def test_an_operator_can_override_english_sentences_on_pages_and_in_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (
        'msgid "{n} event"\nmsgid_plural "{n} events"\nmsgstr[0] "{n} action"\nmsgstr[1] "{n} actions"\n\n'
        'msgid "Play"\nmsgstr "Run"\n\nmsgid "Review"\nmsgstr "Desk"\n'
    )
    (tmp_path / "en.po").write_text(own, "utf-8")
    monkeypatch.setattr(catalogue, "_own", [tmp_path])
    assert [tr("Review"), trn("{n} event", "{n} events", 2)] == ["Desk", "2 actions"]
    assert script_messages(ENGLISH) == {"Play": "Run", "{n} event": ("{n} action", "{n} actions")}
    assert '"Play":"Run"' in map_page_in(ENGLISH, "explore")


def test_a_changed_catalogue_is_read_again_a_second_later(
    slavic: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr("rallymap.language.catalogue.monotonic", lambda: now)
    assert tr("Delete {title}?", title="A") == "Vydalyty A?"
    path = tmp_path / "be.po"
    before = path.stat().st_mtime_ns
    path.write_text(PO.replace("Vydalyty", "Stery"), "utf-8")
    assert path.stat().st_mtime_ns != before
    now += 1
    assert tr("Delete {title}?", title="A") == "Stery A?"


def test_catalogue_is_parsed_once_for_many_visitors_at_once(slavic: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_checked", {})
    catalogue._read.cache_clear()
    both, parsed = threading.Barrier(2), []

    def parse(*args: Any, **kwargs: Any) -> Any:
        parsed.append(args)
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.2)  # lets another visitor in, if it can
        return read_po(*args, **kwargs)

    monkeypatch.setattr(catalogue, "read_po", parse)
    visitors = [threading.Thread(target=catalogue.catalogue_of, args=(slavic,)) for _ in range(2)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(parsed) == 1


def test_operators_add_languages_that_cldr_knows(slavic: Language, tmp_path: Path) -> None:
    codes = [language.code for language in languages(tmp_path)]
    assert codes[0] == "en"
    assert codes[-1] == "be"
    assert "nonsense" not in codes
    assert (slavic.name, slavic.direction) == ("Беларуская", "ltr")


KNOWN = tuple(
    Language(code, code, "ltr") for code in ("en", "fa", "ar", "ku", "nb", "fr", "zh-Hant")
)  # fmt: skip


@pytest.mark.parametrize(
    ("wishes", "accepted", "code"),
    [
        ((), "", "en"),
        ((), "fa-IR,fa;q=0.9,en;q=0.8", "fa"),
        ((), "en;q=0.4,fr-CA;q=0.9", "fr"),
        ((), "xx,*;q=0.5", "en"),
        ((), "no", "nb"),
        ((), "zh-TW", "zh-Hant"),
        ((), "kmr", "ku"),
        ((), "fr;q=0,ar;q=nonsense", "en"),
        (("", "ar"), "fr", "ar"),
        (("fa", "ar"), "fr", "fa"),
        (("klingon",), "fr", "fr"),
        (("ZH_hant_HK",), "", "zh-Hant"),
    ],
)
def test_the_preferred_known_language_is_chosen(wishes: tuple[str, ...], accepted: str, code: str) -> None:
    assert choose_language(KNOWN, *wishes, accepted=accepted).code == code


def test_a_thread_without_a_language_uses_the_source(slavic: Language) -> None:
    import contextvars

    try:
        set_language_source(lambda: slavic)
        assert contextvars.Context().run(tr, "Delete {title}?", title="A") == "Vydalyty A?"
        set_language_source(lambda: None)
        assert contextvars.Context().run(current_language) == ENGLISH
    finally:
        set_language_source(lambda: None)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ""),
        ("uk", ""),
        ("fa", "۱۲ بهمن ۱۴۰۴ – ۱ اسفند ۱۴۰۴"),
        ("ar", "13 شعبان 1447 هـ – 3 رمضان 1447 هـ"),
    ],
)
def test_days_are_shown_in_the_second_calendar_of_a_language(code: str, said: str) -> None:
    with use_language(Language(code, "", "ltr")):
        assert in_second_calendar(date(2026, 2, 1), date(2026, 2, 20)) == said


def test_one_day_is_shown_once_and_none_beyond_the_tables() -> None:
    with use_language(Language("fa", "", "rtl")):
        assert in_second_calendar(date(2022, 9, 16), date(2022, 9, 16)) == "۲۵ شهریور ۱۴۰۱"
    with use_language(Language("ar", "", "rtl")):
        assert in_second_calendar(date(1900, 1, 1), date(1900, 1, 1)) == ""


def test_a_phrase_is_english_text_and_is_translated_later(slavic: Language) -> None:
    inner = phrase("Delete {title}?", title="A")
    outer = phrase("Broken {title}", title=inner)
    assert (inner, f"{inner}", outer) == ("Delete A?", "Delete A?", "Broken Delete A?")
    assert say(inner) == "Vydalyty A?"
    assert say(outer) == "Broken Vydalyty A?"
    counted = phrase_n("{n} event", "{n} events", 1234)
    assert (counted, say(counted)) == ("1,234 events", "1\u00a0234 podii")
    assert say("Delete {title}?") == "Delete {title}?"


def test_separator_is_not_a_dot_if_the_zero_is_a_dot() -> None:
    assert separator() == " · "
    with use_language(Language("fa", "", "rtl")):
        assert separator() == " | "


def test_names_with_commas_are_listed_with_the_semicolon_of_the_language() -> None:
    names = ("Amnesty", "Friends of Tibet, Oslo")
    said = {}
    for code in ("en", "de", "fr", "fa", "zh-Hant"):
        with use_language(choose_language(languages(), code)):
            said[code] = listed(names)
    assert said == {
        "en": "Amnesty; Friends of Tibet, Oslo",
        "de": "Amnesty; Friends of Tibet, Oslo",
        "fr": "Amnesty\u00a0; Friends of Tibet, Oslo",
        "fa": "Amnesty؛ Friends of Tibet, Oslo",
        "zh-Hant": "Amnesty；Friends of Tibet, Oslo",
    }


def test_label_of_a_chart_runs_as_the_page_does() -> None:
    with use_language(choose_language(languages(), "fa")):
        said = value_in_words("cities", "Cape Town, ZA")
    assert said == "\u2067\u2068کیپ تاون\u2069، افریقای جنوبی\u2069"
    assert value_in_words("cities", "Cape Town, ZA") == "Cape Town, South Africa"


def test_long_text_is_not_parsed_as_a_tag() -> None:
    for code in ("de-" + "x-" * 30_000, "x-" * 30_000 + "de", "-" * 60_000):
        assert find_language(code, languages()) is None
        assert choose_language(KNOWN, code, accepted="fr").code == "fr"
    assert getattr(find_language("de-Latn-CH-1996-u-co-phonebk-x-an-own-part", languages()), "code", "") == "de"
