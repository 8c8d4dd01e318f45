"""Language tags of texts (BCP 47, RFC 5646): normalise, match, and name languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rallymap.language.catalogue import own_folder
from rallymap.language.collation import name_order
from rallymap.language.languages import ENGLISH, Language, languages
from rallymap.language.speech import current_language, tr

UNKNOWN_TAG: Final = "und"
"""Tag for an unknown language in fields that cannot be empty (ISO 639-2)."""
_TAG: Final = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
_MACRO: Final = {"nb": "no", "nn": "no", "kmr": "ku"}
"""Mutually readable languages that share an older tag (macrolanguages of ISO 639-3)."""
_NOT_OFFERED: Final = frozenset({UNKNOWN_TAG, "mul", "zxx"})


def clean_tag(text: str) -> str | None:
    """Normalise a tag ("zh-Hant", "pt-BR"); return "" for an empty text or "und", None for an invalid tag.

    A language can be followed by a script and a region; further subtags are rejected.
    """
    match = _TAG.fullmatch(text.strip())
    if match is None:
        return None if text.strip() else ""
    language, script, region = match[1].lower(), match[2] or "", match[3] or ""
    if language == UNKNOWN_TAG:
        return ""
    return "-".join(part for part in (language, script.capitalize(), region.upper()) if part)


def is_same_language(tag: str, other: str) -> bool:
    """Return whether two tags have the same language, whatever script and region; False if one is unknown."""
    return bool(tag and other) and _base(tag) == _base(other)


def best_tag(wanted: str, offered: Sequence[str]) -> str | None:
    """Return the tag that matches a reader's language best, None if none has that language.

    The same tag has priority, then a prefix of the wanted tag ("zh" for "zh-Hant", RFC 4647, section 3.4), then the
    first tag of the same language ("zh-Hans", and "nn" for "nb").
    """
    same = [tag for tag in offered if is_same_language(tag, wanted)]
    return min(same, key=lambda tag: (tag != wanted, not wanted.startswith(f"{tag}-")), default=None)


def language_name(tag: str) -> str:
    """Return the name of a language in the current language, by CLDR; the tag itself if CLDR does not know it."""
    locale = current_language().locale
    language, *more = tag.split("-")
    script = [part for part in more if len(part) == 4]
    for parts in (more, script) if script else (more,):
        if name := locale.languages.get("_".join([language, *parts])):
            return str(name)
    name = locale.languages.get(language)
    if not name:
        return tag
    said = [locale.scripts.get(part) or locale.territories.get(part) or part for part in more]
    return tr("{text} ({note})", text=name, note=", ".join(said)) if said else str(name)


def language_choices() -> tuple[str, ...]:
    """Return the tags to choose a text's language from: those of the pages, then CLDR's others, sorted by name."""
    ours = tuple(language.code for language in languages(own_folder()))
    return (*ours, *(tag for tag in _by_name(current_language()) if tag not in ours))


@lru_cache(maxsize=64)
def _by_name(language: Language) -> tuple[str, ...]:
    known = map(str, language.locale.languages)
    tags = {code.replace("_", "-") for code in known if "_" not in code or code == "zh_Hans"} - _NOT_OFFERED
    return tuple(sorted(tags, key=lambda tag: name_order(language_name(tag))))


def language_tags_by_name() -> dict[str, str]:
    """Return language tags by the names of languages in each language of the pages.

    If two languages share a name, the first one is used; languages of the pages come first.
    """
    found: dict[str, str] = {}
    for language in languages(own_folder()):
        found.setdefault(language.name, language.code)
    for speaker in languages(own_folder()):
        for code, name in speaker.locale.languages.items():
            if clean_tag(code) and "_" not in code:
                found.setdefault(str(name), code)
    return found


def is_known_language(tag: str) -> bool:
    """Return whether CLDR has a name for a tag's language."""
    return tag.split("-")[0] in ENGLISH.locale.languages


def _base(tag: str) -> str:
    language = tag.split("-")[0]
    return _MACRO.get(language, language)
