"""Parse kinds of events from words in many languages, also within places."""

from __future__ import annotations

import re
from functools import lru_cache

from rallymap.events import EventStatus, Kind
from rallymap.intake.cells.words import NOT_AS_PLANNED, meaning_of, status_of, with_equal_digits
from rallymap.intake.lexicon import fold

_SEPARATORS = re.compile(r"[/,;+|()\[\]:\n•→]+|\s-\s|\s–\s")
_FILLERS = frozenset("und and et y e i und mit with als as en och og".split())
_MAX_WORDS = 4
# Kinds that can precede a place as a separate word; "Demo", "Fest" or "Strike" can begin a proper name.
_LEADING = frozenset(
    "aufzug umzug kundgebung camp mahnwache autokorso demo versammlung rassemblement manifestation".split()
)


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Kind | None:
    """Return the kind in a cell, by the first of its parts that names one; None if there is none."""
    for part in (text, *_SEPARATORS.split(text)):
        found = meaning_of("kinds", part)
        if found is not None:
            return Kind(found)
    for part in _SEPARATORS.split(text):
        words = fold(part).split()
        for length in range(min(_MAX_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                found = meaning_of("kinds", " ".join(words[start : start + length]))
                if found is not None:
                    return Kind(found)
    return None


def kind_of_words(text: str) -> Kind | None:
    """Return the kind if the whole text names one, otherwise None."""
    found = meaning_of("kinds", text)
    return Kind(found) if found is not None else None


def names_kind(text: str) -> bool:
    """Return whether a text contains only kinds of events: "Aufzug", "march and rally"."""
    return all(_is_kind(part) for part in _SEPARATORS.split(text) if part.strip()) and any(map(str.isalpha, text))


def status_behind_kind(title: str) -> EventStatus | None:
    """Return the status at the end of a title that otherwise contains only a kind: "Demo abgesagt"."""
    return _status_behind_kind(with_equal_digits(title))


@lru_cache(maxsize=8192)
def _status_behind_kind(title: str) -> EventStatus | None:
    words = title.split()
    for length in (1, 2, 3):
        head, tail = " ".join(words[:-length]), " ".join(words[-length:])
        if head and names_kind(head) and (status := status_of(tail)) in NOT_AS_PLANNED:
            return status
    return None


def split_kind(text: str) -> tuple[str, str]:
    """Split words for a kind off a place.

    Returns
    -------
    place, words
        "Aufzug/Doberaner Platz" gives "Doberaner Platz" and "Aufzug". A kind as the first word is removed ("Camp Neuer
        Markt"); names that only contain such a word are unchanged.
    """
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    dropped = [part for part in parts if part and _is_kind(part)]
    place = text
    for part in dropped:
        pattern = rf"(?:[(\[]\s*{re.escape(part)}\s*[)\]]|(?:^|[/,;+|:])\s*{re.escape(part)}\s*(?=$|[/,;+|:(]))"
        place = re.sub(pattern, " ", place, count=1)
    place = re.sub(r"\s+", " ", place).strip(" ,;/+|:")
    first, _, rest = place.partition(" ")
    if rest and fold(first) in _LEADING and rest[0].isupper() and meaning_of("kinds", first):
        place, dropped = rest.strip(), [*dropped, first]
    return place, "; ".join(dropped)


def _is_kind(part: str) -> bool:
    words = [word for word in fold(part).split() if word not in _FILLERS]
    return (
        bool(words)
        and len(words) <= _MAX_WORDS
        and (
            meaning_of("kinds", " ".join(words)) is not None
            or all(meaning_of("kinds", word) is not None for word in words)
        )
    )
