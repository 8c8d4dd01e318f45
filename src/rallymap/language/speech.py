"""Translate sentences and format numbers in the language of the current request or run."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from rallymap.language.catalogue import catalogue_of
from rallymap.language.languages import ENGLISH, Language

logger = logging.getLogger(__name__)
_ISOLATES = re.compile("[\u2066-\u2069]")
_SEMICOLON = {"ar": "؛", "fa": "؛", "fr": "\N{NO-BREAK SPACE};", "zh-Hant": "；"}
_FULL_WIDTH = ("。", "！", "？", "；")
"""Punctuation marks that need no space after them."""
_DOTTED_ZERO = ("arab", "arabext")
"""CLDR's names of numbering systems whose zero is a dot."""
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
    """Return the language of the current request or run; English outside of any."""
    if (language := _current.get()) is not None:
        return language
    for source in _sources:
        if (language := source()) is not None:
            _current.set(language)
            return language
    return ENGLISH


def set_language(language: Language) -> None:
    """Set the language until the end of the current thread or task."""
    _current.set(language)


@contextmanager
def use_language(language: Language) -> Iterator[None]:
    """Set the language within a block."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def set_language_source(source: Callable[[], Language | None]) -> None:
    """Set the function that returns the language of threads without one; it returns None if it does not know.

    Streamlit runs callbacks and fragments in separate threads, before any code of a page.
    """
    _sources[:] = [source]


def tr(message: str, /, **values: object) -> str:
    """Translate a sentence.

    Parameters
    ----------
    message
        English sentence, as a literal in the call of `tr`, with ``{name}`` for each value.
    values
        Values for the placeholders; format numbers with :func:`number`.
    """
    return _say("", message, values)


def trc(context: str, message: str, /, **values: object) -> str:
    """Translate a word whose translation depends on its meaning: ``trc("month", "May")``."""
    return _say(context, message, values)


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """Translate a sentence with a count ``{n}``: ``trn("{n} event", "{n} events", 1234)``."""
    values["n"] = number(n)
    catalogue = catalogue_of(current_language())  # for English too: an operator can override its sentences
    if forms := catalogue.texts.get(("", one), ()):
        form = catalogue.form_of(abs(n))
        if form < len(forms) and (said := _fill(forms[form], values)) is not None:
            return said
    return (one if n == 1 else many).format(**values)


def mark(message: str) -> str:
    """Mark a sentence for translation and return it unchanged; call ``tr`` on it later."""
    return message


def mark_c(_context: str, message: str) -> str:
    """Mark a word for translation and return it unchanged; call ``trc`` on it later with the same context."""
    return message


def number(n: float) -> str:
    """Format a number with the digits and separators of the current language: "1,234", "۱٬۲۳۴"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{n:,}"
    return _with_sign_mark(digits(format_decimal(n, locale=language.locale, numbering_system="default")))


def compact(n: int) -> str:
    """Format a round number in few letters, for the axis of a chart: "10K", in Persian "۱۰ هزار"."""
    written = format_compact_decimal(n, locale=current_language().locale, numbering_system="default")
    return in_page_direction(number(n) if written.isdecimal() else digits(written))  # German has no short thousand


def number_separators() -> dict[str, str]:
    """Return the thousands and decimal separators, keyed by the names of number parts in the browser's ``Intl``."""
    locale = current_language().locale
    symbols = locale.number_symbols[locale.default_numbering_system]
    return {"group": symbols["group"], "decimal": symbols["decimal"]}


def percent(share: float) -> str:
    """Format a fraction as a whole percentage: 0.3 is "30%", in German "30 %", in Persian "۳۰٪"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{100 * share:.0f}%"
    written = format_percent(share, locale=language.locale, numbering_system="default")
    symbols = language.locale.number_symbols[language.locale.default_numbering_system]
    return digits(written.replace("%", symbols.get("percentSign", "%")))


def digits(text: str | int) -> str:
    """Replace the digits 0 to 9 of a text or whole number with the current language's digits; no separators."""
    zero = _ZEROS.get(current_language().locale.default_numbering_system)
    plain = str(text)
    return plain if zero is None else plain.translate({ord("0") + n: chr(zero + n) for n in range(10)})


def decimal(n: float, *, places: int, signed: bool = False) -> str:
    """Format a number with fixed decimal places, with "+" or "-" if `signed`: "1,234.50", "+0.20"."""
    language = current_language()
    if language.code == ENGLISH.code:
        return f"{n:+,.{places}f}" if signed else f"{n:,.{places}f}"
    pattern = "#,##0." + "0" * places
    pattern = f"+{pattern};-{pattern}" if signed else pattern
    return _with_sign_mark(digits(format_decimal(n, pattern, language.locale, numbering_system="default")))


def _with_sign_mark(written: str) -> str:
    """Keep the sign before its number in right-to-left text, with the mark that CLDR uses."""
    is_signed = written[:1] in "+-−" and current_language().direction == "rtl"
    return f"\N{LEFT-TO-RIGHT MARK}{written}" if is_signed else written


def separator() -> str:
    """Return the separator of short facts in one line: a middle dot, unless a digit looks like one.

    Persian's zero is a dot, so "۶۷۳ · " would read as 6,730.
    """
    return " | " if current_language().locale.default_numbering_system in _DOTTED_ZERO else " · "


def isolated(text: str) -> str:
    """Isolate a name in right-to-left text, so that Latin letters and numbers around it keep their order.

    The text is put between Unicode's FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9). It is returned
    unchanged if the language is written from left to right.
    """
    if not text or current_language().direction == "ltr":
        return text
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def unisolated(text: str) -> str:
    """Remove the marks of :func:`isolated` from a text, for data files and programs."""
    return _ISOLATES.sub("", text)


def listed(names: Iterable[str]) -> str:
    """Join names that can contain commas and "and": "Amnesty; Friends of Tibet, Oslo"."""
    said = list(names)
    return sentences([*(f"{name}{semicolon()}" for name in said[:-1]), *said[-1:]])


def semicolon() -> str:
    """Return the semicolon of the current language, including the space before it in French."""
    return _SEMICOLON.get(current_language().code, ";")


def sentences(texts: Iterable[str]) -> str:
    """Join whole sentences with spaces, except after the full-width marks of Chinese."""
    said = ""
    for text in filter(None, texts):
        said += text if not said or said.endswith(_FULL_WIDTH) else f" {text}"
    return said


def in_page_direction(text: str) -> str:
    """Set the page's direction for a text that is drawn from left to right in every language, such as in a chart.

    Otherwise the words of "Cape Town, South Africa" would be in the wrong order in Persian.
    """
    if not text or current_language().direction == "ltr":
        return text
    return f"\N{RIGHT-TO-LEFT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def list_in_words(words: Iterable[str], *, last: str = "and") -> str:
    """Join words as a list: "Iran, Sudan and Tibet"; `last` is "and" or "or".

    Uses CLDR's patterns. In Spanish, "y" and "o" also become "e" and "u" before the same sound, which CLDR omits:
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
    """Insert the values into a sentence; None if an operator's sentence has unknown placeholders."""
    try:
        return text.format(**values) if values else text
    except (KeyError, IndexError, ValueError):
        logger.warning("a sentence of a catalogue has a broken placeholder: %s", text[:80])
        return None
