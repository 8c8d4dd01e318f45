"""Return sentences in the language of the present request or run."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from rallymap.language.catalogue import catalogue_of
from rallymap.language.languages import ENGLISH, Language

logger = logging.getLogger(__name__)
_ISOLATES = re.compile("[\u2066-\u2069]")
_SEMICOLON = {"ar": "؛", "fa": "؛", "fr": "\N{NO-BREAK SPACE};", "zh-Hant": "；"}
_FULL_WIDTH = ("。", "！", "？", "；")
"""Marks with a space of their own."""
_DOTTED_ZERO = ("arab", "arabext")
"""Systems of digits by CLDR's names."""
_SPANISH_Y = re.compile(r"(?<= )y(?= \W*h?[ií](?![aeou]))", re.IGNORECASE)
_SPANISH_O = re.compile(r"(?<= )o(?= \W*h?[oó])", re.IGNORECASE)
_current: ContextVar[Language | None] = ContextVar("language", default=None)
_sources: list[Callable[[], Language | None]] = []
_ZEROS = {
    "adlm": 0x1E950, "arab": 0x0660, "arabext": 0x06F0, "beng": 0x09E6, "cakm": 0x11136, "deva": 0x0966,
    "hmnp": 0x1E140, "mtei": 0xABF0, "mymr": 0x1040, "nkoo": 0x07C0, "olck": 0x1C50, "tibt": 0x0F20,
}  # fmt: skip
"""The digit zero of each numbering system that is the default of a language in CLDR; 1 to 9 follow it (UTS 35)."""


def current_language() -> Language:
    """Return the language of the present request or run; English outside of any."""
    if (language := _current.get()) is not None:
        return language
    for source in _sources:
        if (language := source()) is not None:
            _current.set(language)
            return language
    return ENGLISH


def set_language(language: Language) -> None:
    """Say everything in `language` from here to the end of the present thread or task."""
    _current.set(language)


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Say everything in `language` within a block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def set_language_source(source: Callable[[], Language | None]) -> None:
    """Name what knows the language of a thread for which nobody set one; None of it means that it does not know.

    Streamlit runs callbacks and fragments in threads of their own, before any line of a page.
    """
    _sources[:] = [source]


def tr(message: str, /, **values: object) -> str:
    """Say a sentence.

    Parameters
    ----------
    message
        In English, written out where `tr` is called, with ``{name}`` for each value.
    values
        What takes the place of the names; numbers as :func:`number` writes them.
    """
    return _say("", message, values)


def trc(context: str, message: str, /, **values: object) -> str:
    """Say a word that other languages translate by what is meant: ``trc("month", "May")``."""
    return _say(context, message, values)


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Say a sentence with a count, which takes the place of ``{n}``: ``trn("{n} event", "{n} events", 1234)``."""
    values["n"] = number(n)
    catalogue = catalogue_of(current_language())  # of English too: an operator may word it in another way
    if forms := catalogue.texts.get(("", one), ()):
        form = catalogue.form_of(abs(n))
        if form < len(forms) and (said := _fill(forms[form], values)) is not None:
            return said
    return (one if n == 1 else many).format(**values)


def mark(message: str) -> str:
    """Name a sentence that is said later, by ``tr`` of what this returns: the sentence as it is."""
    return message


def mark_c(_context: str, message: str) -> str:
    """Name a word that is said later, by ``trc`` with the same context."""
    return message


def number(n: float) -> str:
    """Write a number with the digits and separators of the present language: "1,234", "۱٬۲۳۴"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{n:,}"
    return _behind_its_sign(digits(format_decimal(n, locale=language.locale, numbering_system="default")))


def number_separators() -> dict[str, str]:
    """Return what separates thousands and what decimal places in numbers, by the names of parts in browsers' Intl."""
    locale = current_language().locale
    symbols = locale.number_symbols[locale.default_numbering_system]
    return {"group": symbols["group"], "decimal": symbols["decimal"]}


def percent(share: float) -> str:
    """Write a share of one in whole hundredths: 0.3 is "30%", in German "30 %", in Persian "۳۰٪"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{100 * share:.0f}%"
    written = format_percent(share, locale=language.locale, numbering_system="default")
    symbols = language.locale.number_symbols[language.locale.default_numbering_system]
    return digits(written.replace("%", symbols.get("percentSign", "%")))


def digits(text: str | int) -> str:
    """Write the digits 0 to 9 of a text, or a whole number without separators, with those of the present language."""
    zero = _ZEROS.get(current_language().locale.default_numbering_system)
    plain = str(text)
    return plain if zero is None else plain.translate({ord("0") + n: chr(zero + n) for n in range(10)})


def decimal(n: float, *, places: int, signed: bool = False) -> str:
    """Write a number with so many decimal places, `signed` with its plus or minus: "1,234.50", "+0.20"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{n:+,.{places}f}" if signed else f"{n:,.{places}f}"
    pattern = "#,##0." + "0" * places
    pattern = f"+{pattern};-{pattern}" if signed else pattern
    return _behind_its_sign(digits(format_decimal(n, pattern, language.locale, numbering_system="default")))


def _behind_its_sign(written: str) -> str:
    """Keep a number behind its plus or minus within a line from right to left, with the mark that CLDR has there."""
    is_signed = written[:1] in "+-−" and current_language().direction == "rtl"
    return f"\N{LEFT-TO-RIGHT MARK}{written}" if is_signed else written


def separator() -> str:
    """Return what separates short facts in one line: a middle dot, where no digit looks like one.

    The zero of Persian is a dot ("۶۷۳ · " would read as 6,730).
    """
    return " | " if current_language().locale.default_numbering_system in _DOTTED_ZERO else " · "


def isolated(text: str) -> str:
    """Keep a name together within a line from right to left, in which Latin letters and numbers would change places.

    The text is put between Unicode's first strong isolate and its end (UAX #9); where lines run from left to right it
    comes back as it is.
    """
    if not text or current_language().direction == "ltr":
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def unisolated(text: str) -> str:
    """Return a text without the marks of :func:`isolated`, for data: nobody sees them, and no program expects them."""
    return _ISOLATES.sub("", text)


def listed(names: Iterable[str]) -> str:
    """Join names that may have commas and "and" of their own: "Amnesty; Friends of Tibet, Oslo"."""
    said = list(names)
    return sentences([*(f"{name}{semicolon()}" for name in said[:-1]), *said[-1:]])


def semicolon() -> str:
    """Return the semicolon of the present language, with the space that comes before it in French."""
    return _SEMICOLON.get(current_language().code, ";")


def sentences(texts: Iterable[str]) -> str:
    """Say whole sentences one after the other: a space follows each, but none the full-width marks of Chinese."""
    said = ""
    for text in filter(None, texts):
        said += text if not said or said.endswith(_FULL_WIDTH) else f" {text}"
    return said


def in_page_direction(text: str) -> str:
    """Let a whole text run as the page does, for what is drawn from left to right in every language, such as a chart.

    Otherwise "Cape Town, South Africa" in Persian would begin at the wrong end.
    """
    if not text or current_language().direction == "ltr":
        return text
    return f"\N{RIGHT-TO-LEFT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def list_in_words(words: Iterable[str], *, last: str = "and") -> str:
    """Join words as a language does: "Iran, Sudan and Tibet"; `last` "or" gives alternatives.

    The patterns are CLDR's; in Spanish "y" and "o" become "e" and "u" before their own sound, which CLDR leaves out:
    "Ucrania e Irán", "Bergen u Oslo".
    """
    locale = current_language().locale
    joined = format_list(list(words), style="or" if last == "or" else "standard", locale=locale)
    if locale.language == "es":
        return _SPANISH_O.sub("u", _SPANISH_Y.sub("e", joined))
    return joined


def _say(context: str, message: str, values: dict[str, object]) -> str:
    forms = catalogue_of(current_language()).texts.get((context, message), ())
    if forms and (said := _fill(forms[0], values)) is not None:
        return said
    return message.format(**values) if values else message


def _fill(text: str, values: dict[str, object]) -> str | None:
    """Put the values in; None where an operator's sentence names others than there are."""
    try:
        return text.format(**values) if values else text
    except (KeyError, IndexError, ValueError):
        logger.warning("a sentence of a catalogue has a broken placeholder: %s", text[:80])
        return None
