"""Headings for a title or summary with a language: "title (fa)", "Titel (Deutsch)", "name:uk", "about_fa"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from rallymap.intake.lexicon import fold, meanings
from rallymap.language import clean_tag, is_known_language, language_tags_by_name

TAGGED: Final = re.compile(r"(title|about):([A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Z]{2}|\d{3}))?)")
"""Meaning of such a column: ``title:fa``."""
_TAG: Final = r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?"
_FORMS: Final = (
    re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]"),
    re.compile(rf"(.+?)\s*[:@.]\s*({_TAG})"),
    re.compile(rf"(.+?)_({_TAG})"),
)
# At the end of a name with underscores these are usually words: "name_id", "title_no".
_WORDS_TOO: Final = frozenset({"id", "no", "to", "or", "is", "as", "so"})
_RECORDS: Final = frozenset("event veranstaltung événement evento evenement wydarzenie событие подія".split())
"""Words for a whole record: "Event.id" is its number, not a title in Indonesian."""


@lru_cache(maxsize=4096)
def tagged_field(heading: str) -> str:
    """Return the meaning of a heading with a language, such as ``title:fa``; "" for all other headings."""
    for form in _FORMS:
        match = form.fullmatch(heading.strip())
        language = re.split("[-_]", match[2].casefold())[0] if match is not None else ""
        if match is None or (form is _FORMS[-1] and language in _WORDS_TOO):
            continue
        if language in _WORDS_TOO and fold(match[1].rpartition(".")[2]) in _RECORDS:
            continue
        tag, field = _tag_of(match[2]), _said_by(match[1].rpartition(".")[2] or match[1])
        if tag and field:
            return f"{field}:{tag}"
    return ""


def language_of_heading(heading: str) -> str:
    """Return the language tag in a heading, "" if there is none."""
    return tagged_field(heading).partition(":")[2]


def _said_by(word: str) -> str:
    """Return "title" or "about" if a word means one of them, otherwise ""."""
    first = next(iter(meanings("headings").get(fold(word), ())), fold(word))
    return first if first in ("title", "about") else ""


def _tag_of(text: str) -> str:
    tag = clean_tag(text) if len(text) < 20 else None
    return tag if tag and is_known_language(tag) else _names().get(text.strip().casefold(), "")


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): tag for name, tag in language_tags_by_name().items()}
