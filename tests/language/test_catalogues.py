"""Every sentence of the pages is in every catalogue, whole, and none stands in the code by itself."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural

from rallymap.language import languages
from rallymap.language.languages import BUILT_IN
from tools import messages

SOURCE = messages.SOURCE
SAYING = {"tr", "trn", "trc", "mark", "mark_c"}
CODES = [language.code for language in languages() if language.code != "en"]


def catalogue(code: str) -> Catalog:
    return messages.read(BUILT_IN / f"{code}.po")


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)\}", text))


def markup(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+|\*\*|`", text))


def edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def test_catalogues_hold_what_the_sources_say_and_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated(code: str) -> None:
    assert len(messages.missing(catalogue(code))) <= 0.05 * len(catalogue(code))


@pytest.mark.parametrize("code", CODES)
def test_translations_keep_placeholders_and_markup(code: str) -> None:
    wrong = []
    for message in catalogue(code):
        one, *many = english(message)
        if not one:
            continue
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        for form in forms:
            wanted = placeholders((many or [one])[0])
            # A form for one or two may say the number in words.
            has_names = placeholders(form) in (wanted, wanted - {"n"} if many else wanted)
            if (
                not has_names
                or markup(form) not in (markup(one), markup((many or [one])[0]))
                or edges(form) != edges(one)
            ):
                wrong.append((one, form))
    assert wrong == []


@pytest.mark.parametrize("code", CODES)
def test_plural_forms_are_those_of_the_language(code: str) -> None:
    made = catalogue(code)
    rule = get_plural(code.replace("-", "_"))
    assert (made.num_plurals, made.plural_expr) == (rule.num_plurals, rule.plural_expr)
    assert all(len(m.string or ()) == rule.num_plurals for m in made if m.id and not isinstance(m.id, str))


def test_sentences_within_f_strings_are_collected() -> None:
    source = "html = f\"<b>{tr('Open')}</b> {trn('{n} day', '{n} days', left)} {trc('button', 'Close')} {tr(LABEL)}\""
    assert list(messages.in_f_strings(source)) == [("Open", None), (("{n} day", "{n} days"), None), ("Close", "button")]
