"""Texts that say that a whole country is meant: "Georgia (country)", "all over Canada", "España, varias ciudades"."""

from __future__ import annotations

from typing import Final

from rallymap.countries import read_country_code
from rallymap.folding import fold_letters


def _phrases(*texts: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold_letters(text).split()) for text in texts)


_BEFORE: Final = _phrases(
    "all over", "all of", "across", "throughout", "everywhere in", "various cities in", "several cities in",
    "many cities in", "different cities in", "multiple cities in", "cities across", "cities in", "the whole of",
    "whole of", "in ganz", "ganz", "überall in", "bundesweit in", "verschiedene Städte in",
    "partout en", "partout au", "dans toute la", "dans tout le", "toute la", "tout le", "plusieurs villes de",
    "plusieurs villes en", "en toda", "en todo", "toda", "todo", "varias ciudades de", "diversas ciudades de",
    "in tutta", "in tutto", "tutta", "tutto", "varie città in", "em todo o", "em toda a", "várias cidades de",
    "heel", "in heel", "hela", "i hela", "hele", "i hele", "flere byer i", "flera städer i", "koko", "w całej",
    "cała", "cały", "по всей", "вся", "по всій", "по всьому", "tüm", "سراسر", "در سراسر", "شهرهای مختلف",
    "جميع أنحاء", "في جميع أنحاء", "عموم", "ברחבי", "בכל רחבי",
)  # fmt: skip
_BEHIND: Final = _phrases(
    "wide", "nationwide", "the country", "country", "whole country", "entire country", "all cities", "various cities",
    "several cities", "many cities", "different cities", "multiple cities", "various locations", "multiple locations",
    "several locations", "national", "ganzes Land", "landesweit", "bundesweit", "mehrere Städte",
    "verschiedene Städte", "verschiedene Orte", "diverse Städte", "tout le pays", "pays entier", "plusieurs villes",
    "diverses villes", "différentes villes", "todo el país", "varias ciudades", "diversas ciudades",
    "distintas ciudades", "tutto il paese", "varie città", "diverse città", "todo o país", "várias cidades",
    "diversas cidades", "hele land", "heel het land", "diverse steden", "verschillende steden", "hela landet",
    "flera städer", "hele landet", "flere byer", "koko maa", "eri kaupungeissa", "cały kraj", "różne miasta",
    "landelijk", "nacional", "nazionale", "nacionalmente", "na terenie całego kraju", "ogólnopolski", "rikstäckande",
    "landsdekkende", "landsdækkende", "valtakunnallinen", "országos", "celostátní", "la nivel național", "ülke geneli",
    "по стране", "celá země", "různá města", "вся страна", "разные города", "вся країна", "різні міста", "genelinde",
    "geneli", "çeşitli şehirler", "سراسر کشور", "شهرهای مختلف", "سراسری", "جميع المدن", "عدة مدن", "مدن مختلفة",
    "全国", "全國", "各地", "全国各地", "전국",
)  # fmt: skip
_MAX_LETTERS: Final = 60
_MAX_WORDS: Final = 3
_MIN_LETTERS: Final = 4
_SHORT: Final = frozenset(("usa", "us", "uk", "uae"))
_STARTS: Final = frozenset(phrase[0] for phrase in _BEFORE | _BEHIND)
_ENDS: Final = frozenset(phrase[-1] for phrase in _BEHIND)


def read_whole_country(text: str) -> str:
    """Return the alpha-2 code of a country if a text names only it and says that all of it is meant; "" otherwise."""
    if len(text) > _MAX_LETTERS:
        return ""
    words = tuple(fold_letters(text).split())
    if len(words) < 2 or (words[0] not in _STARTS and words[-1] not in _ENDS):
        return ""
    for size in range(min(_MAX_WORDS, len(words) - 1), 0, -1):
        if words[:size] in _BEFORE or words[:size] in _BEHIND:
            name = " ".join(words[size:])
        elif words[-size:] in _BEHIND:
            name = " ".join(words[:-size])
        else:
            continue
        code = read_country_code(name) if len(name) >= _MIN_LETTERS or name in _SHORT else None
        if code:
            return code
    return ""
