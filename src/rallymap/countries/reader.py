"""Parse a country: a name in any language, a formal name or a code.

`names.txt.gz` is written by `make gazetteer` (`tools/build_country_names.py`) from Unicode CLDR's names in all
languages and ISO 3166-1's names and codes. The key of a name is the set of its words, so that "Korea, Republic of",
"Korea (Republic of)" and "Republic of Korea" have the same key.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault
from rallymap.folding import fold_letters

NAMES_FILE: Final = Path(__file__).parent / "names.txt.gz"
_MAX_TEXT: Final = 120
_MAX_CODE: Final = 3
# Words that never distinguish two countries.
_FILLERS: Final = frozenset(
    fold_letters(
        "the of and a an de la le les l el los las du des d der die das den do da dos von och und et y e og i van"
        " и і та ja es ve oraz"
    ).split()
)
_ABBREVIATIONS: Final = {
    "rep": "republic", "dem": "democratic", "fed": "federated", "sts": "states", "st": "saint", "is": "islands",
    "isl": "islands", "isls": "islands", "ppl": "peoples", "n": "north", "s": "south",
    "people": "peoples", "hercegovina": "herzegovina",
}  # fmt: skip
# Words for the kind of state. They are dropped only if the full name is unknown.
_KINDS: Final = frozenset(
    fold_letters(
        """
    republic kingdom state states sultanate principality commonwealth federation federal federated union democratic
    peoples socialist islamic arab hashemite bolivarian plurinational sovereign independent country nation territory
    territories province rb pdr unscr 1244 99 sar special administrative region under un occupied grand duchy
    republik bundesrepublik konigreich freistaat republique royaume republica reino repubblica regno republikken
    republiken kongeriket kongedommet konungariket koninkrijk cumhuriyeti krallığı rzeczpospolita krolestwo
    республика королевство федерация республіка جمهوری جمهوریه اسلامی الاسلامیه جمهوری مملکت المملکه دوله
    islamische islamique islamica islamitische demokratische democratique democratica volksrepublik
    unie unida unita vereinigte populaire popular popolare plurinacional bolivariana bolivarienne
    """
    ).split()
)
# Names that are codes of other countries, or only fillers, without their accents.
_ACCENTED: Final = {"ČR": "CZ", "Mỹ": "US", "Úc": "AU", "Bỉ": "BE", "Áo": "AT", "Ý": "IT", "Ấn Độ": "IN", "Nga": "RU"}
# Names that two states share, in several languages: the state that calls itself democratic, and the other.
_SHARED: Final = {
    "CD CG": "congo kongo konga kongon konzska конго конґо کنگو کونگو الكونغو كونغو קונגו",
    "KP KR": "korea corea corée coreea koreai koree koreja корея кореи корејa корейская کره كوريا κορέα קוריאה kore",
}
_REPUBLIC: Final = tuple(
    fold_letters(
        "republ republik repubbl rzeczp республ република رپوبلیک جمهوری tasaval köztársaság cumhuriyet δημοκρατία"
        " רפובליק vabariik"
    ).split()
)
_DEMOCRATIC: Final = tuple(
    fold_letters("democrat demokrat demokraat демократ دموکرات دیموکرات الدیمقراط דמוקרט δημοκρατικ").split()
)
_ALLOWED: Final = frozenset(
    fold_letters("rep dem dr rd del di populaire popular popolare peoples people народно народная خلق الشعبیه").split()
)
# Behind a comma these say which of several states is meant: "Korea, South", "Guinea, Equatorial", "Macedonia, FYR".
_ADDITIONS: Final = frozenset(
    fold_letters(
        "north south east west northern southern western equatorial american nord sud süd sur norte del ost fyr"
        " former yugoslav ex drc rdc северная южная северный південна північна شمالی جنوبی الشماليه الجنوبيه"
    ).split()
)
_KINDS_IN_ADDITIONS: Final = _KINDS - {"state", "province", "territory", "country"}
_REPUBLIC_OR_DEMOCRATIC: Final = _REPUBLIC + _DEMOCRATIC
FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
"""A flag of a country, written with two regional indicator symbols."""
_FIRST_SIGN: Final = 0x1F1E6
_INITIALS: Final = re.compile(r"(?<![^\W\d_])([^\W\d_])\.\s?(?=[^\W\d_](?:\.|$|[\s,)]))")
_BRACKETS: Final = re.compile(r"\s*[(\[].*")
#: Names shared by two states.
REFUSED: Final = frozenset({"congo", "kongo", "korea", "corea", "coree", "virgin islands", "saint martin"})


def country_key(words: Iterable[str]) -> str:
    """Return the lookup key of folded words: without fillers, abbreviations expanded, sorted."""
    return " ".join(sorted({_ABBREVIATIONS.get(word, word) for word in words if word not in _FILLERS}))


def country_words(text: str) -> list[str]:
    """Fold a country name into words; initials become one word ("U. S." -> "us")."""
    text = _INITIALS.sub(r"\1", text) if "." in text else text
    return fold_letters(text.replace("&", " and ")).split()


@cache
def _codes() -> dict[str, str]:
    try:
        lines = gzip.decompress(NAMES_FILE.read_bytes()).decode().splitlines()
        return {key: code for code, _, keys in (line.partition("\t") for line in lines) for key in keys.split("\t")}
    except (OSError, EOFError, ValueError) as err:
        raise AssetError(
            shipped_file_fault("The list of country names", err, NAMES_FILE),
            detail=f"{NAMES_FILE}: {err}",
        ) from err


def read_country_code(text: str) -> str | None:
    """Parse a country from any of its names or codes.

    Parameters
    ----------
    text
        A name in any language, everyday or formal ("Iran (Islamic Republic of)", "Côte d'Ivoire", "UAE", "日本"), or
        an ISO 3166-1 alpha-2 or alpha-3 code in either case.

    Returns
    -------
    code
        The alpha-2 code; None for an empty text, anything that is not a country, former states, and names that two
        countries share ("Congo", "Korea").

    Raises
    ------
    AssetError
        If the shipped list of names cannot be read.
    """
    text = " ".join(text[:_MAX_TEXT].split())
    if (code := _ACCENTED.get(unicodedata.normalize("NFC", text))) or (code := _of_flag(text)):
        return code
    words = country_words(text)
    if not words:
        return None
    codes = _codes()
    compact = "".join(words)
    if len(compact) <= _MAX_CODE and compact in codes:
        return codes[compact]
    for attempt in _shortened(words, text):
        key = country_key(attempt)
        if not key or key in REFUSED:
            continue
        if key in codes:
            return codes[key]
    return _read_shared(words)


def _shortened(words: list[str], text: str) -> Iterator[list[str]]:
    """Yield the words of a name, then without those for the kind of state, then without what is in brackets."""
    yield words
    if (named := _without_kinds(words)) is not words:
        yield named
    if "(" in text or "[" in text:
        yield country_words(_BRACKETS.sub("", text))


def _read_shared(words: list[str]) -> str | None:
    """Return the state that a formal name means, if two states share its short name: "Congo, Dem. Rep."."""
    shared = _states_by_shared_name()
    states = {shared[word] for word in words if word in shared}
    if len(states) != 1:
        return None
    others = [word for word in words if word not in shared and word not in _FILLERS]
    is_democratic = [word.startswith(_DEMOCRATIC) or word in ("dem", "dr", "rd") for word in others]
    is_known = all(
        democratic or word.startswith(_REPUBLIC) or word in _ALLOWED
        for word, democratic in zip(others, is_democratic, strict=True)
    )
    return states.pop()[not any(is_democratic)] if others and is_known else None


@cache
def _states_by_shared_name() -> dict[str, tuple[str, str]]:
    return {name: (states[:2], states[3:]) for states, names in _SHARED.items() for name in fold_letters(names).split()}


def single_words() -> Iterable[str]:
    """Return the folded names and codes of countries that are one word, in any language."""
    return (key for key in _codes() if " " not in key)


def _of_flag(text: str) -> str | None:
    """Return the country of a flag emoji, which is its code in other characters."""
    if not FLAG.fullmatch(text):
        return None
    return _codes().get("".join(chr(ord(sign) - _FIRST_SIGN + ord("a")) for sign in text))


def is_shared_name(text: str) -> bool:
    """Return whether two states share a name: "Congo"."""
    return country_key(country_words(text)) in REFUSED


def read_joined_country(first: str, second: str) -> str | None:
    """Parse a country whose name was split in two, "Bosnia" and "Herzegovina"; None if either part is only fillers.

    "Van" and "Türkiye" give None, because "van" is a filler word.
    """
    words = [country_words(first), country_words(second)]
    return _codes().get(country_key([*words[0], *words[1]])) if all(map(country_key, words)) else None


def read_inverted_country(name: str, addition: str) -> str | None:
    """Parse a country whose formal name was split at a comma, "Korea" and "South" or "Congo" and "Dem. Rep.".

    None if the addition contains any other words: "Congo, Kinshasa" is a town.
    """
    words = country_words(addition)
    is_addition = not set(words) <= _FILLERS and all(
        word in _ADDITIONS
        or word in _FILLERS
        or word in _ALLOWED
        or _ABBREVIATIONS.get(word, word) in _KINDS_IN_ADDITIONS
        or word.startswith(_REPUBLIC_OR_DEMOCRATIC)
        for word in words
    )
    return read_country_code(f"{name}, {addition}") if is_addition else None


def _without_kinds(words: list[str]) -> list[str]:
    if "grand" in words and "duchy" not in words:
        return words  # "Grand Est" is a region of France, and "EST" is Estonia's code
    named = [word for word in words if _ABBREVIATIONS.get(word, word) not in _KINDS]
    return named if named and len(named) < len(words) else words
