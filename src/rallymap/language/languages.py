"""The languages of the pages, and the choice of one for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from babel import Locale, UnknownLocaleError

from rallymap.language.cldr import cldr_locale

BUILT_IN: Final = Path(__file__).with_name("locale")
"""Folder of the built-in catalogues, one ``<code>.po`` for each language except English."""
_ORDER: Final = ("en", "fa", "ar", "uk", "ru", "ku", "tr", "es", "fr", "de", "nb", "sv", "zh-Hant")
_BRITISH: Final = "en-GB"
"""English dates are British: day before month."""
_LONGEST_TAG: Final = 100
"""Longer texts are not parsed: no tag in use has more than 35 letters (RFC 5646), but a link can contain 60 000."""
_SAME: Final = {"no": "nb", "nn": "nb", "kmr": "ku", "zh": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant"}
"""Other codes that browsers send for our languages: the Norwegian macrolanguage and Nynorsk, whose readers also read
Bokmål, Kurmanji in ISO 639-3, and Chinese by region (RFC 5646; CLDR's likely subtags)."""


@dataclass(frozen=True)
class Language:
    """A language of the pages.

    Attributes
    ----------
    code
        BCP 47 tag, as in ``<html lang>`` and in the catalogue's name: "fa", "zh-Hant".
    name
        Name in the language itself, for the language menu.
    direction
        Writing direction.
    """

    code: str
    name: str
    direction: Literal["ltr", "rtl"]

    @property
    def locale(self) -> Locale:
        """CLDR's data for the language: dates, numbers, names of countries."""
        return _locale(self.code)

    @property
    def script_locale(self) -> str:
        """Tag for the browser's ``Intl`` that gives the same results as :attr:`locale` (digits by UTS 35, key "nu")."""
        return _BRITISH if self.code == "en" else f"{self.code}-u-nu-{self.locale.default_numbering_system}"


def _locale(code: str) -> Locale:
    return cldr_locale(_BRITISH if code == "en" else code)


@cache  # Called several times per request.
def _language(code: str) -> Language:
    if code == "en":
        return Language("en", "English", "ltr")  # programs that show no page then do not load CLDR's data, some 5 MB
    locale = _locale(code)
    direction: Literal["ltr", "rtl"] = "rtl" if locale.character_order == "right-to-left" else "ltr"
    name = locale.get_display_name(locale) or code
    return Language(code, name[:1].upper() + name[1:], direction)


ENGLISH: Final = _language("en")


@cache
def _built_in_codes() -> tuple[str, ...]:
    return tuple(code for code in _ORDER if code == "en" or (BUILT_IN / f"{code}.po").is_file())


def languages(folder: Path | None = None) -> tuple[Language, ...]:
    """Return the languages of the pages: the built-in ones in their order, then those that the operator added.

    Parameters
    ----------
    folder
        Folder of the operator's catalogues; files that are not named after a language in CLDR are ignored.
    """
    added = sorted(path.stem for path in folder.glob("*.po")) if folder and folder.is_dir() else []
    found = [_language(code) for code in _built_in_codes()]
    for code in added:
        if code not in _ORDER:
            try:
                found.append(_language(code))
            except (ValueError, UnknownLocaleError):
                continue
    return tuple(found)


def find_language(code: str, known: Iterable[Language]) -> Language | None:
    """Return the known language that a tag matches, None if there is none.

    Unknown regions are dropped ("fr-CA" is French), and related tags are mapped to a known language.
    """
    if len(code) > _LONGEST_TAG:
        return None
    by_code = {language.code.lower(): language for language in known}
    tag = code.strip().replace("_", "-").lower()
    while tag:
        if (found := by_code.get(_SAME.get(tag, tag).lower())) is not None:
            return found
        tag = tag.rpartition("-")[0]
    return None


def choose_language(known: Iterable[Language], *wishes: str, accepted: str = "") -> Language:
    """Return the language that a reader prefers; English if nothing is known.

    Parameters
    ----------
    known
        The available languages.
    wishes
        Tags in order of priority, such as those of the URL and of the cookie; "" and unknown tags are skipped.
    accepted
        Value of the browser's ``Accept-Language`` header (RFC 9110, section 12.5.4).
    """
    known = tuple(known)
    for wish in (*wishes, *_by_weight(accepted)):
        if (found := find_language(wish, known)) is not None:
            return found
    return ENGLISH


def _by_weight(accepted: str) -> list[str]:
    weighted = []
    for part in accepted[:500].split(","):
        tag, _, rest = part.partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0:
            weighted.append((weight, tag))
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]
