"""Distinguish single-byte Latin encodings by the alphabets of the languages that they were made for."""

from __future__ import annotations

import re
from functools import cache

# Letters other than a to z, and signs, of the languages that each encoding serves; most common encoding first.
_WESTERN = (
    "äöüß", "éèêëàâîïôùûüÿçœæ«»", "áéíóúüñ¿¡ªº", "ãõçáéíóúâêôàªº", "àèéìíòóùú", "åäö", "æøåéòô",
    "ëïéèöüóáêç", "áðéíóúýþæö",
)  # fmt: skip
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ", "ëç")
_LANGUAGES = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": ("çğıöşüiâî",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "õäöüšž"),
    "cp850": _WESTERN,
    "mac_roman": _WESTERN,
}
_ENCODINGS = tuple(_LANGUAGES)
_SEVERAL = "several languages"
_LANGUAGES[_SEVERAL] = ("äöüßéèêëàâîïôùûçœæñóòìí",)  # a list from Switzerland or Belgium
_NEUTRAL = frozenset("–—…„“”‚‘’«»‹›·•€°§№\u00a0\u00ad™®©±×÷½¼¾²³µ")
_CAPITAL_INSIDE = re.compile(r"(?<=[a-z])[À-ÖØ-ÞŠŒŽŸ]")
_LEAST_SHARE = 0.97
_MOST_OF_LETTERS = 0.35


def find_latin_encoding(content: bytes) -> str | None:
    """Return the encoding that makes a text consistent with one Latin-script language, or None.

    Parameters
    ----------
    content
        Lines with non-ASCII bytes.
    """
    best, best_share = None, 0.0
    for name in _ENCODINGS:
        share = _share(content.decode(name, "replace"), name)
        if share > best_share:
            best, best_share = name, share
    if best_share < _LEAST_SHARE and _share(content.decode("cp1252", "replace"), _SEVERAL) >= _LEAST_SHARE:
        return "cp1252"
    return best if best_share >= _LEAST_SHARE else None


def _share(text: str, name: str) -> float:
    """Return the share of non-ASCII characters that the best matching language of an encoding contains."""
    signs = [char for char in text if not char.isascii() and char not in _NEUTRAL]
    plain = sum(char.isascii() and char.isalpha() for char in text)
    if not signs or len(signs) > (plain + len(signs)) * _MOST_OF_LETTERS:
        return 0.0
    inside = len(_CAPITAL_INSIDE.findall(text))
    fitting = max(sum(char.lower() in letters for char in signs) for letters in _alphabets(name))
    return (fitting - inside) / len(signs)


@cache
def _alphabets(name: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(letters) for letters in _LANGUAGES[name])
