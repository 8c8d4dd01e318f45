"""Base forms of inflected town names: "w Warszawie", "в Москве", "Helsingissä", "Berlin'de".

Each rule replaces an ending by that of the base form. The rules only produce candidates: the gazetteer decides which of
them are towns. Sources: case endings from grammars of the languages; if an ending changes the stem (Praze, Praha), the
change is part of the rule.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.case_endings import (
    ADJECTIVE,
    ARMENIAN,
    CYRILLIC,
    ETHIOPIC_PREFIXES,
    FIRST_WORDS,
    GEORGIAN,
    GREEK,
    LATIN,
    PREFIXES,
)

_MIN_STEM: Final = {"cyrillic": 2, "greek": 3, "georgian": 3, "armenian": 3, "latin": 3, "": 2}
# Endings that mean "in".
_LOCATIVE_ENDINGS: Final = (
    "deki", "daki", "teki", "taki", "issa", "ussa", "assa", "ossa", "essa", "ella", "alla", "olla", "ban", "ben",
    "oje", "uje", "yje", "uose", "ში", "თან", "ում", "дағы", "дегі", "тағы", "тегі",
)  # fmt: skip


def _read(table: str) -> list[tuple[str, tuple[str, ...]]]:
    rules: dict[str, list[str]] = {}
    for entry in table.split():
        ending, _, bases = entry.partition(":")
        rules.setdefault(fold_letters(ending), []).extend(fold_letters(base) for base in bases.split(","))
    return sorted(((ending, tuple(dict.fromkeys(bases))) for ending, bases in rules.items()), key=lambda r: -len(r[0]))


_RULES: Final = {
    "cyrillic": _read(CYRILLIC), "latin": _read(LATIN), "greek": _read(GREEK), "georgian": _read(GEORGIAN),
    "armenian": _read(ARMENIAN),
}  # fmt: skip
# The first and last letter of each script; other words are in Latin letters.
_SCRIPTS: Final = (
    ("cyrillic", "\u0400", "\u052f"), ("greek", "\u0370", "\u03ff"), ("georgian", "\u10a0", "\u10ff"),
    ("armenian", "\u0530", "\u058f"),
)  # fmt: skip


_ADJECTIVES: Final = _read(ADJECTIVE)
_FIRST_WORD_RULES: Final = _read(FIRST_WORDS)
_SHORTEST_NAME: Final = 4
_MIN_ALONE: Final = 3  # letters of a name of one word after a prefix in Arabic or Hebrew script
_SHORT_NAMES: Final = frozenset(("قم", "رم"))
_DOUBLE_VAV: Final = "וו"
_COMMON_ENDINGS: Final = ("da", "de", "ta", "te")  # of nouns in many languages


def adjective_bases(word: str) -> list[str]:
    """Return the town names that a folded Latin word may be the adjective or genitive of."""
    return [
        word[: len(word) - len(ending)] + base
        for ending, bases in _ADJECTIVES
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM["latin"] + 1
        for base in bases
    ]


def is_locative(word: str) -> bool:
    """Return whether a folded word has an ending or prefix that means "in": "Berlin'de", "Helsingissä", "בברלין"."""
    return word.endswith(_LOCATIVE_ENDINGS) or word.startswith(("ב", "ب", "በ"))


def is_sufficient_evidence(word: str, base: str) -> bool:
    """Return whether an inflected word is enough evidence for its base form: not "Tante" for Tan."""
    ending = len(word) - len(base)
    is_short = word.isascii() and (ending < 2 or word.endswith(_COMMON_ENDINGS))
    return not word.isascii() or len(base) >= _SHORTEST_NAME + is_short


@functools.lru_cache(maxsize=4096)
def base_words(word: str) -> tuple[str, ...]:
    """Return the possible base forms of a folded word, longest ending first, without the word itself."""
    return tuple(dict.fromkeys(form for form in _forms(word) if form != word))


def base_forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the base forms of a name: of its last word, or of its first word without an attached prefix."""
    if not words or len(words) > 3:
        return
    is_semitic = len(words) == 1 and "\u0590" <= words[0][:1] <= "\u06ff"
    for form in base_words(words[-1]):
        if not is_semitic or len(form) >= _MIN_ALONE or form in _SHORT_NAMES:
            yield (*words[:-1], form)
    if len(words) > 1:
        for form in base_words(words[0]):
            yield (form, *words[1:])
    if len(words) == 2:
        firsts = [
            words[0][: len(words[0]) - len(ending)] + base
            for ending, bases in _FIRST_WORD_RULES
            if words[0].endswith(ending)
            for base in bases
        ]
        for first in firsts:
            for last in base_words(words[1]):
                yield (first, last)


def _forms(word: str) -> Iterator[str]:
    first = word[:1]
    if "\u0590" <= first <= "\u06ff":
        for prefix in PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_STEM[""]:
                yield word[len(prefix) :]
                if word.startswith(_DOUBLE_VAV, len(prefix)):
                    yield word[len(prefix) + 1 :]  # after a prefix, "ורשה" is written "וורשה"
        return
    if "\u1200" <= first <= "\u137f":
        if word.startswith(ETHIOPIC_PREFIXES) and len(word) > _MIN_STEM[""]:
            yield word[1:]
        return
    script = next((name for name, start, end in _SCRIPTS if start <= first <= end), "latin")
    for ending, bases in _RULES[script]:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        for base in bases:
            # "Brně" is Brno, but "Ache" is not Aca.
            if len(stem) >= _MIN_STEM[script] or (len(stem) > 1 and len(stem) + len(base) >= _SHORTEST_NAME):
                yield stem + base
