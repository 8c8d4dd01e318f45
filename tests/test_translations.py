"""Title and summary of an event in several languages: storage, and choice for a reader."""

from __future__ import annotations

import itertools

import pytest

from rallymap.errors import InvalidEventError
from rallymap.event_wording import Words, foreign_language, marked_language, words_of
from rallymap.events import MAX_TEXT, MAX_TITLE, Event, Translation
from rallymap.language import clean_tag, find_language, language_choices, language_name, languages, use_language
from tests.workflows.moderated import event

FA, NB, HANT = (
    Translation("fa", "تجمع", "درباره"),
    Translation("nb", "Markering"),
    Translation("zh-Hant", "集會", "關於"),
)

MANY = tuple(Translation(f"a{letters[0]}{letters[1]}", "x") for letters in itertools.product("abcdefg", repeat=2))
TWICE = "There are two texts in one language (Persian); keep one of them."


def said(event: Event, code: str) -> Words:
    language = find_language(code, languages())
    assert language is not None
    with use_language(language):
        return words_of(event)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("fa", "fa"), ("FA", "fa"), ("zh_hant", "zh-Hant"), ("pt-br", "pt-BR"), ("es-419", "es-419"), (" ckb ", "ckb"),
        ("uz-Arab-AF", "uz-Arab-AF"), ("", ""), ("und", ""), ("und-Latn", ""), ("Persian", None), ("f", None),
        ("fa-", None), ("<b>", None), ("fa\u202e", None), ("x-klingon", None),
    ],
)  # fmt: skip
def test_tag_has_one_form(text: str, tag: str | None) -> None:
    assert clean_tag(text) == tag


def test_translations_are_by_language_and_equal_in_any_order() -> None:
    made = event("event", language="EN", translations=(HANT, Translation("FA", " تجمع ", "درباره\x07"), NB))
    assert (made.language, made.translations) == ("en", (FA, NB, HANT))
    assert made == event("event", language="en", translations=(NB, HANT, FA))


@pytest.mark.parametrize(
    ("make", "field", "sentence"),
    [
        (lambda: Translation("", "x"), "translation_language", "Choose the language of this translation."),
        (lambda: Translation("fa"), "translation_title", "A translation needs a title or a summary."),
        (lambda: Translation("Persian", "x"), "translation_language", "“Persian” is not a language here; "),
        (lambda: Translation("fa", "x" * (MAX_TITLE + 1)), "translation_title", "This text has 201 characters; "),
        (lambda: Translation("fa", "", "x" * (MAX_TEXT + 1)), "translation_about", "This text has 4001 characters; "),
        (lambda: event("event", language="klingon"), "language", "“klingon” is not a language here; "),
        (lambda: event("event", translations=(FA, Translation("fa", "y"))), "translations", TWICE),
        (lambda: event("event", language="fa", translations=(FA,)), "translations", TWICE),
        (lambda: event("event", translations=MANY), "translations", "At most 40 entries fit here."),
    ],
)
def test_invalid_translation_is_refused_with_a_sentence(make: object, field: str, sentence: str) -> None:
    with pytest.raises(InvalidEventError) as err:
        make()  # type: ignore[operator]
    assert err.value.field == field
    assert err.value.user_message.startswith(sentence)


@pytest.mark.parametrize(
    ("code", "title", "title_tag", "about", "about_tag"),
    [
        ("en", "Rally event", "en", "Words", "en"),
        ("fa", "تجمع", "fa", "درباره", "fa"),
        ("nb", "Markering", "nb", "Words", "en"),  # the summary is not translated
        ("zh-Hant", "集會", "zh-Hant", "關於", "zh-Hant"),
        ("de", "Rally event", "en", "Words", "en"),
    ],
)
def test_reader_sees_their_language_else_the_original(
    code: str, title: str, title_tag: str, about: str, about_tag: str
) -> None:
    made = event("event", about="Words", language="en", translations=(FA, NB, HANT))
    assert said(made, code) == Words(title, title_tag, about, about_tag)


@pytest.mark.parametrize(
    ("code", "tags", "found"),
    [
        ("nb", ("nn", "sv"), "nn"),
        ("nb", ("no", "nn"), "nn"),  # both are Norwegian; the first by its tag
        ("zh-Hant", ("zh", "zh-Hans"), "zh"),
        ("zh-Hant", ("zh-Hans",), "zh-Hans"),
        ("zh-Hant", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("ku", ("ckb",), ""),
        ("ku", ("kmr",), "kmr"),
        ("fr", ("fr-CA",), "fr-CA"),
        ("fr", ("frr",), ""),
    ],
)
def test_text_of_the_same_language_serves_a_reader(code: str, tags: tuple[str, ...], found: str) -> None:
    made = event("event", translations=tuple(Translation(tag, tag) for tag in tags))
    assert said(made, code).title == (found or "Rally event")


def test_original_in_the_readers_language_comes_before_a_translation_into_a_related_one() -> None:
    made = event("event", language="nb", translations=(Translation("nn", "Nynorsk"),))
    assert said(made, "nb").title == "Rally event"


def test_text_in_another_language_is_marked() -> None:
    persian = find_language("fa", languages())
    assert persian is not None
    with use_language(persian):
        assert (marked_language("fa"), marked_language(""), marked_language("de")) == ("", "", "de")
        assert (foreign_language("fa"), foreign_language("fa-AF"), foreign_language("")) == ("", "", "")
        assert foreign_language("de") == "آلمانی"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("zh-Hant", "Traditional Chinese"), ("pt-BR", "Brazilian Portuguese"), ("uz-Arab", "Uzbek (Arabic)"),
     ("de-LI", "German (Liechtenstein)"), ("haz", "haz"), ("sr-Latn-ME", "Serbian (Latin, Montenegro)")],
)  # fmt: skip
def test_language_has_its_name_by_cldr(tag: str, name: str) -> None:
    assert language_name(tag) == name


def test_languages_of_the_pages_are_offered_first_and_each_once() -> None:
    choices = language_choices()
    assert choices[:13] == tuple(language.code for language in languages())
    assert {"bo", "ug", "be", "ckb", "am", "zh-Hans"} <= set(choices)
    assert len(choices) == len(set(choices))
    assert not {"und", "mul", "zxx"} & set(choices)
