"""Names in Arabic and Hebrew script with a vowel letter more or less: "سول" for "سيول", Seoul."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rallymap.places.codes import ALTERNATE, CITY
from rallymap.places.gazetteer import Gazetteer, Posting

_A_GREAT_CITY: Final = 1_000_000
_LETTERS: Final = range(3, 8)
_HEBREW: Final = range(0x0590, 0x0600)


def find_great_cities(gazetteer: Gazetteer, key: str) -> tuple[Posting, ...]:
    """List the cities of a million people whose name has one vowel letter more or less than a folded name."""
    if len(key) not in _LETTERS:
        return ()
    return tuple(
        posting
        for form in dict.fromkeys(_forms(key))
        for posting in gazetteer.find(form)
        if posting.kind == CITY and posting.rank <= ALTERNATE and gazetteer.population(posting.place) >= _A_GREAT_CITY
    )


def _forms(key: str) -> Iterator[str]:
    vowels = "אוי" if ord(key[0]) in _HEBREW else "اوی"
    for at in range(1, len(key) + 1):
        if at < len(key) and key[at] in vowels:
            yield key[:at] + key[at + 1 :]
        for vowel in vowels:
            yield key[:at] + vowel + key[at:]
