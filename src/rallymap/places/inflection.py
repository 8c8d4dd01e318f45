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

_MIN_STEM: Final = {"cyrillic": 2, "greek": 3, "latin": 3, "": 2}
# Ending -> endings of the base form, longest first. Folded: й is и, ї is і, ё is е.
_CYRILLIC: Final = """
и:ь,а,я,
е:а,,о,ь
а:,
у:,а,ь
ю:ь,я,и
ы:а,
ом:,
ем:ь,
ой:а ои:а
ии:ия
ье:ь
ве:ва
ове:ов
ого:ии
ом:ый
і:а,,ь,я
зі:га
ці:ка
ові:ов,ів
єві:ів,їв еві:ев
иєві:иів
иеві:иів
ева:ів
ии:ия
ьова:ьків
ова:ів,ов
львова:львів,львов
цях:ці,цы
иева:иев
єва:їв
"""
_LATIN: Final = """
ie:a,,
zie:ga,da
dzie:da,d
cach:ce
tymstoku:tystok
ymstoku:ystok
dze:ga,da
cie:ta,t
rze:ra,r
le:l,la
u:,a,o
iu:
i:a,,y
owie:ow
ze:ha,ga
ne:no,na,n
ove:ova,ov
a:,o
y:a,
em:,
om:
issa:i,
issä:i,
ssa:,
ssä:,
ussa:u
gissa:ki
gissä:ki
ngissa:nki
sta:,
lla:,
lle:,
hin:,
ban:,
ben:,
on:,
en:,
an:,
n:,
je:us
uje:us
s:,
daki:
deki:
taki:
teki:
da:
de:
ta:
te:
dan:
den:
tan:
ten:
e:,as,is
ye:
iye:i
ella:,i
elle:,i
elta:,i
lta:
joella:joki
dessa:ti
desta:ti
ngista:nki
iin:i
uun:u
aan:a
oon:o
een:e
ett:
ott:
ba:
be:
bol:
rol:
ra:
re:
oje:a
eje:e
uose:ai
iuose:iai
yje:ys
ili:ils
is:
ve:va,v
iciach:ice
icich:ice
iach:ie
ach:y
ci:ka,ec
ju:je
ru:er
ej:a
zni:zen
ic:ice
"""
# Adjectives in two-word names, which are also inflected: "w Zielonej Górze", "в Нижнем Новгороде".
_FIRST_WORDS: Final = """
ej:a
ym:y
im:i
om:i,y,e
oj:a
ych:e
ich:e
u:o
ci:ec
ем:ии
ом:ыи,ии
ому:ии
ои:ая
ых:ые
их:ие
"""
_GREEK: Final = """
ας:α
ης:η
ου:ος,ο
ών:α,ες
ων:α,ες,αι
"""
# Prefixes in Amharic and Tigrinya: in, from, of, for.
_ETHIOPIC_PREFIXES: Final = ("በ", "ከ", "የ", "ለ")
# Prefixes in Hebrew and Arabic: in, to, from, and, the.
_PREFIXES: Final = ("ב", "ל", "מ", "וב", "שב", "ו", "ب", "ل", "و", "وب", "لل", "فی")
# Adjectives and genitives of towns: "Kölner Dom", "Münchner Rathaus", "Stockholms universitet".
_ADJECTIVE: Final = """
s:
er:,en
ner:en
ski:
sky:
in:
ın:
een:e
aan:a
oon:o
uun:u
an:a
on:o
un:u
ngin:nki
run:rku
den:ti
"""
# Endings that mean "in".
_LOCATIVE_ENDINGS: Final = (
    "deki", "daki", "teki", "taki", "issa", "ussa", "assa", "ossa", "essa", "ella", "alla", "olla", "ban", "ben",
    "oje", "uje", "yje", "uose",
)  # fmt: skip


def _read(table: str) -> list[tuple[str, tuple[str, ...]]]:
    rules: dict[str, list[str]] = {}
    for entry in table.split():
        ending, _, bases = entry.partition(":")
        rules.setdefault(fold_letters(ending), []).extend(fold_letters(base) for base in bases.split(","))
    return sorted(((ending, tuple(dict.fromkeys(bases))) for ending, bases in rules.items()), key=lambda r: -len(r[0]))


_RULES: Final = {"cyrillic": _read(_CYRILLIC), "latin": _read(_LATIN), "greek": _read(_GREEK)}


_ADJECTIVES: Final = _read(_ADJECTIVE)
_FIRST_WORD_RULES: Final = _read(_FIRST_WORDS)
_SHORTEST_NAME: Final = 4
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
    for form in base_words(words[-1]):
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
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_STEM[""]:
                yield word[len(prefix) :]
        return
    if "\u1200" <= first <= "\u137f":
        if word.startswith(_ETHIOPIC_PREFIXES) and len(word) > _MIN_STEM[""]:
            yield word[1:]
        return
    script = "cyrillic" if "\u0400" <= first <= "\u052f" else "greek" if "\u0370" <= first <= "\u03ff" else "latin"
    for ending, bases in _RULES[script]:
        if not word.endswith(ending):
            continue
        stem = word[: len(word) - len(ending)]
        for base in bases:
            # "Brně" is Brno, but "Ache" is not Aca.
            if len(stem) >= _MIN_STEM[script] or (len(stem) > 1 and len(stem) + len(base) >= _SHORTEST_NAME):
                yield stem + base
