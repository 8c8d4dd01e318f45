"""Names in Arabic and Hebrew script with one vowel letter too many or too few: "سول" for "سيول", Seoul."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rallymap.places.codes import ALTERNATE, CITY
from rallymap.places.gazetteer import Gazetteer, Posting

# The longer a name is, the less likely it is that one vowel letter changes it into another name.
_LEAST_PEOPLE: Final = {letters: 1_000_000 if letters < 8 else 300_000 for letters in range(3, 13)}
_HEBREW: Final = range(0x0590, 0x0600)


def find_great_cities(gazetteer: Gazetteer, key: str) -> tuple[Posting, ...]:
    """Return large cities with a name that differs from a folded name by one additional or missing vowel letter."""
    least = _LEAST_PEOPLE.get(len(key))
    if least is None:
        return ()
    return tuple(
        posting
        for form in dict.fromkeys(_forms(key))
        for posting in gazetteer.find(form)
        if posting.kind == CITY and posting.rank <= ALTERNATE and gazetteer.population(posting.place) >= least
    )


def _forms(key: str) -> Iterator[str]:
    vowels = "אוי" if ord(key[0]) in _HEBREW else "اوی"
    for at in range(1, len(key) + 1):
        if at < len(key) and key[at] in vowels:
            yield key[:at] + key[at + 1 :]
        for vowel in vowels:
            yield key[:at] + vowel + key[at:]
