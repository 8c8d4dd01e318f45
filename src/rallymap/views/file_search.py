"""What the map in one file needs to search its events like the server, besides what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rallymap.events import Event
from rallymap.places.names_of_cities import names_in_other_languages, simplified_letters
from rallymap.search.event_words import texts_of_event
from rallymap.search.folding import fold_words
from rallymap.search.names import LONGEST_NAME
from rallymap.search.rules import names_of_communities, rules


def search_data(events: Sequence[Event], shown: Sequence[str]) -> dict[str, Any]:
    """Return the rules, the searchable texts, and the names in other languages of what the texts name.

    Parameters
    ----------
    shown
        The text that the file shows of each event. Most searchable texts are part of it, and stored as their position.
    """
    texts = Texts()
    pieces = [
        [list(texts.pieces(of_field, text)) for of_field in texts_of_event(event)]
        for event, text in zip(events, shown, strict=True)
    ]
    folded = f" {' '.join(word for text in texts.folded for word in (*fold_words(text), '.'))} "
    places = _phrases(text for event in events for field in texts_of_event(event)[:2] for text in field)
    cities = names_in_other_languages(places)
    return {
        "rules": rules(),
        "strings": list(texts.numbers),
        "pieces": pieces,
        "communities": names_of_communities(folded),
        "cities": cities.whole,
        "beginnings": cities.begun,
        "simplified": simplified_letters([*cities.whole, *(key for key, *_ in cities.begun)]),
    }


class Texts:
    """Positions of texts.

    Attributes
    ----------
    numbers
        Texts that are not shown, each with its number.
    folded
        All different texts.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.folded: dict[str, None] = {}

    def pieces(self, texts: Iterable[str], shown: str) -> Iterator[int]:
        """Yield start and length in UTF-16 units of each text; -1, -2 ... for the first, second ... unshown text."""
        for text in filter(None, texts):
            self.folded[text] = None
            at = shown.find(text)
            if at < 0:
                yield -1 - self.numbers.setdefault(text, len(self.numbers))
            else:
                yield _units(shown[:at])
                yield _units(text)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _phrases(texts: Iterable[str]) -> set[str]:
    """Return all sequences of words of some texts that can be a name."""
    found = set()
    for text in dict.fromkeys(texts):
        words = fold_words(text)
        for at in range(len(words)):
            found |= {" ".join(words[at:end]) for end in range(at + 1, min(at + LONGEST_NAME, len(words)) + 1)}
    return found
