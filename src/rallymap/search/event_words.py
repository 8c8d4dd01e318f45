"""The searchable words of an event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii

from rallymap.countries import english_country_name
from rallymap.events import Event
from rallymap.search.folding import UNSPACED, fold_words
from rallymap.search.sounds import marked_sound
from rallymap.wording import KIND_LABELS

JOINED: Final = re.compile(r"\S+\u200c\S+")
"""A word with a zero-width joiner, which people also write as two words."""


class SearchText(NamedTuple):
    """Folded words of an event, separated by spaces: the field with the highest weight first.

    `sounds` has the consonant keys of the words in the first two fields.
    """

    title: str
    names: str
    texts: str
    sounds: str


def words_of_event(event: Event) -> SearchText:
    """Return the searchable words of an event; the caller passes its public view."""
    titles, names, texts = texts_of_event(event)
    title, named = _words(titles), _words(names)
    sounds = {mark for word in (*title, *named) if (mark := marked_sound(word))}
    return SearchText(*map(" ".join, (title, named, _words(texts), sorted(sounds))))


def texts_of_event(event: Event) -> tuple[list[str], list[str], list[str]]:
    """Return the searchable texts of an event: its titles, its names of people and places, and all others."""
    where = event.location
    names = [*event.organisers, *event.communities, *event.topics, event.place.text, event.place.venue]
    names += [where.name, where.admin1, english_country_name(where.country)] if where else []
    names.append(KIND_LABELS[event.kind])
    texts = [event.about, *(one.about for one in event.translations)]
    for claim in event.claims:
        texts += [claim.text, claim.by]
    for crowd in event.crowd:
        texts += [crowd.words, crowd.by]
    for source in event.sources:
        texts += [source.title, source.publisher]
    return [event.title, *(one.title for one in event.translations)], names, texts


def _words(texts: Iterable[str]) -> list[str]:
    """Return the folded words of texts, each text followed by further forms under which its words can be found."""
    found = list[str]()
    for text in texts:
        if not text:
            continue
        words = fold_words(text)
        found += words
        if text.isascii():
            continue
        for joined in JOINED.findall(text) if "\u200c" in text else ():  # the pattern is slow
            found += fold_words(joined.replace("\u200c", " "))  # people often type a space instead of the joiner
        for word in words:
            if not word.isascii():
                found += _latin_words(word)
    return found


@lru_cache(maxsize=10_000)  # an import indexes the same words thousands of times
def _latin_words(word: str) -> tuple[str, ...]:
    return tuple(fold_words(anyascii(word))) if is_spelled(word) else ()


def is_spelled(word: str) -> bool:
    """Return whether a word's script spells sounds, so that it can be transliterated to Latin letters."""
    return len(word) > 1 and not UNSPACED.search(word)
