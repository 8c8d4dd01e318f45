"""Names of communities in the reader's language.

Only pages use translated names; events, links and filters keep the original name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rallymap.countries import country_name, read_country_code
from rallymap.language import ENGLISH, current_language, mark_c, trc

_CONTEXT: Final = "community"
_country_of: Final = lru_cache(maxsize=4096)(read_country_code)
NAMES: Final = frozenset(
    {
        # Translators: peoples, movements and lands, as names of the diaspora that an event is about.
        mark_c("community", "Assyrians"),
        mark_c("community", "Baloch"),
        mark_c("community", "Balochistan"),
        mark_c("community", "Biafra supporters"),
        mark_c("community", "Chaldeans"),
        mark_c("community", "East Turkestan"),
        mark_c("community", "Hazaras"),
        mark_c("community", "Kashmir"),
        mark_c("community", "Kashmiris"),
        mark_c("community", "Kurdistan"),
        mark_c("community", "Kurds"),
        mark_c("community", "Ogoni"),
        mark_c("community", "Oromo"),
        mark_c("community", "Pashtuns"),
        mark_c("community", "Rohingya"),
        mark_c("community", "Sikhs"),
        mark_c("community", "Sindhis"),
        mark_c("community", "Southern Cameroonians"),
        mark_c("community", "Tamils"),
        mark_c("community", "Tibet"),
        mark_c("community", "Tibetans"),
        mark_c("community", "Tigray"),
        mark_c("community", "Tigrayans"),
        mark_c("community", "Uyghurs"),
        mark_c("community", "Yazidis"),
    }
)
"""Names that are not countries: those in the vocabulary that ships with rallymap, and the regions of these peoples."""


def community_name(name: str) -> str:
    """Return a community's name in the reader's language; an unknown name unchanged.

    Parameters
    ----------
    name
        As stored in events. It is returned unchanged if the language is English.
    """
    if current_language().code == ENGLISH.code:
        return name
    if name in NAMES:
        return trc(_CONTEXT, name)
    code = _country_of(name)
    return country_name(code) if code else name
