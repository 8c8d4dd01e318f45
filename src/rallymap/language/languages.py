"""Which languages there are, and which of them a reader wants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from babel import Locale, UnknownLocaleError

from rallymap.language.cldr import cldr_locale

BUILT_IN: Final = Path(__file__).with_name("locale")
"""The catalogues that come with rallymap, one ``<code>.po`` for each language but English."""
_ORDER: Final = ("en", "fa", "ar", "uk", "ru", "ku", "tr", "es", "fr", "de", "nb", "sv", "zh-Hant")
_BRITISH: Final = "en-GB"
"""English is written the British way: day before month."""
_LONGEST_TAG: Final = 100
"""Longer texts are no tags: RFC 5646 has none of more than 35 letters in use. A link may hold 60 000 of them."""
_SAME: Final = {"no": "nb", "nn": "nb", "kmr": "ku", "zh": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant"}
"""Codes that browsers send for languages of ours: the macro language of Norwegian and its other form, which its
readers read, ISO 639-3 of Kurmanji, and Chinese by region (RFC 5646; CLDR's likely subtags)."""


@dataclass(frozen=True)
class Language:
    """A language of the pages.

    Attributes
    ----------
    code
        BCP 47 tag, as in ``<html lang>`` and in the catalogue's name: "fa", "zh-Hant".
    name
        What its speakers call it, for the switch.
    direction
        How its lines run.
    """

    code: str
    name: str
    direction: Literal["ltr", "rtl"]

    @property
    def locale(self) -> Locale:
        """CLDR's data for it: dates, numbers, names of countries."""
        return _locale(self.code)

    @property
    def script_locale(self) -> str:
        """The tag for ``Intl`` in browsers, which then agrees with :attr:`locale` (digits by UTS 35, key "nu")."""
        return _BRITISH if self.code == "en" else f"{self.code}-u-nu-{self.locale.default_numbering_system}"


def _locale(code: str) -> Locale:
    return cldr_locale(_BRITISH if code == "en" else code)


@cache  # Each request asks for all of them.
def _language(code: str) -> Language:
    if code == "en":
        return Language("en", "English", "ltr")  # a program that shows no page is spared CLDR's data, some 5 MB
    locale = _locale(code)
    direction: Literal["ltr", "rtl"] = "rtl" if locale.character_order == "right-to-left" else "ltr"
    name = locale.get_display_name(locale) or code
    return Language(code, name[:1].upper() + name[1:], direction)


ENGLISH: Final = _language("en")


@cache
def _built_in_codes() -> tuple[str, ...]:
    return tuple(code for code in _ORDER if code == "en" or (BUILT_IN / f"{code}.po").is_file())


def languages(folder: Path | None = None) -> tuple[Language, ...]:
    """Return the languages of the pages: ours in their order, then those that only the operator's folder holds.

    Parameters
    ----------
    folder
        The operator's catalogues; files whose name is no language that CLDR knows are left out.
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
    """Return the language that a tag means, None for one that is not among `known`.

    Regions are left out where the language alone is known ("fr-CA" is French), and related tags lead to ours.
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
    """Return the language a reader wants; English where nothing says.

    Parameters
    ----------
    known
        What there is.
    wishes
        Tags, the strongest first, as of the address and of the cookie; "" and unknown ones are passed over.
    accepted
        The browser's header ``Accept-Language`` (RFC 9110, section 12.5.4).
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
