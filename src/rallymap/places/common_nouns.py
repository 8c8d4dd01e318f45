"""Common nouns that are also names of places: "مدينة" is "city" rather than Medina, and "barış" is "peace".

``data/common_nouns.csv`` was written for rallymap: words for parts of a town, of a landscape and of a rally, for
weather, times of the day and the year, people, and what they demand, in the languages in which rallies are announced.
"""

from __future__ import annotations

import csv
import dataclasses
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from rallymap.folding import MARKS, fold_letters
from rallymap.places.answers import Answer, Candidate, Located, NoMatch
from rallymap.places.codes import ADMIN2, ALTERNATE, CITY, EXONYM, OFFICIAL, SHORTENED
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.inflection import base_words
from rallymap.places.normalize import join_key
from rallymap.places.scripts import is_native_script
from rallymap.places.vocabulary import FILLERS, LOCATIVE

TABLE: Final = Path(__file__).parent / "data" / "common_nouns.csv"
"""Columns: language, and its nouns in the nominative, separated by spaces."""
_MAX_LETTERS: Final = 40
_MAX_WORDS: Final = 3
_A_TOWN: Final = 20_000
_A_CITY: Final = 100_000
_CAPITALISED: Final = "de"  # all nouns have a capital letter
_CAPITALISED_IN: Final = frozenset("DE AT CH LI LU".split())
_A_TOWN_THERE: Final = 10_000
_UNSURE: Final = 0.75
_BEFORE: Final = FILLERS | LOCATIVE
# Not ى and ی, ك and ک: Persian "مدینه" is Medina, Arabic "مدينه" is "city".
_ARABIC: Final = str.maketrans({"ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا"})


def is_common_noun(gazetteer: Gazetteer, text: str, country: str) -> bool:
    """Return whether a text is only a common noun, perhaps after a preposition: "barış", "в городе", "das Tal".

    A noun with a capital letter can be a name. So can one that is a large city's own name, or that of a town in the
    given country (alpha-2, or ""). In German, where all nouns have a capital letter, it can be the name of a town.
    """
    word, written = _last_word(text)
    is_after_word = written != text.strip()
    if not word or not _is_noun(word, written, is_after_word=is_after_word):
        return False
    if written == written.lower() and (is_after_word or written == written.upper()):
        least = None  # "na praia", or the script has no capitals
    elif written == written.lower():
        least = _A_CITY
    elif word in _nouns(_CAPITALISED):
        least = _A_TOWN
    else:
        return False
    return not any(_may_be_meant(gazetteer, posting, word, country, least) for posting in _find(gazetteer, word))


def limit_noun(gazetteer: Gazetteer, text: str, country: str, answer: Answer) -> Answer:
    """Limit the confidence of an answer to a text that is also a common noun: "Puerto", "West", not "Hall" in AT."""
    word, written = _last_word(text)
    if not word or isinstance(answer, NoMatch) or not _is_noun(word, written, is_after_word=False):
        return answer
    least = _A_CITY if word in _nouns(_CAPITALISED) else _A_TOWN
    if written != written.lower() and country:
        return answer
    if written != written.lower() and any(_is_own_name(gazetteer, p, least) for p in _find(gazetteer, word)):
        return answer  # "Porto"
    if isinstance(answer, Located):
        return dataclasses.replace(answer, candidate=_limited(answer.candidate))
    return dataclasses.replace(answer, candidates=tuple(map(_limited, answer.candidates)))


def _limited(candidate: Candidate) -> Candidate:
    return dataclasses.replace(candidate, confidence=min(_UNSURE, candidate.confidence))


def _may_be_meant(gazetteer: Gazetteer, posting: Posting, word: str, country: str, least: int | None) -> bool:
    if country:
        return gazetteer.country(posting.place) == country and _is_name_there(gazetteer, posting, word, country)
    if least is None:
        return False
    return _is_own_name(gazetteer, posting, least) or (
        least == _A_TOWN
        and gazetteer.country(posting.place) in _CAPITALISED_IN
        and _is_own_name(gazetteer, posting, _A_TOWN_THERE)  # "Regen"
    )


def _is_name_there(gazetteer: Gazetteer, posting: Posting, word: str, country: str) -> bool:
    """Return whether people in a country call one of its towns or communes by this word."""
    if posting.kind == ADMIN2:
        return posting.rank <= OFFICIAL and gazetteer.population(posting.place) >= _A_TOWN
    is_native = posting.rank == ALTERNATE and is_native_script(word, country)
    return posting.kind == CITY and (posting.rank <= EXONYM or is_native)


def _is_own_name(gazetteer: Gazetteer, posting: Posting, least: int) -> bool:
    is_own = posting.rank <= OFFICIAL or posting.rank == SHORTENED
    return posting.kind == CITY and is_own and gazetteer.population(posting.place) >= least


def _find(gazetteer: Gazetteer, word: str) -> tuple[Posting, ...]:
    return gazetteer.find(join_key((word,)))


def _is_noun(word: str, written: str, *, is_after_word: bool) -> bool:
    if _key(written) in _nouns():
        return True
    is_lower = written == written.lower() and not is_arabic(written)
    return is_after_word and is_lower and not _nouns().isdisjoint(base_words(word))


def is_arabic(written: str) -> bool:
    """Return whether a word is in Arabic script."""
    return "\u0600" <= written[:1] <= "\u06ff"


def _last_word(text: str) -> tuple[str, str]:
    """Return the only word after prepositions and articles, folded and as written; two empty texts if none."""
    if "," in text or len(text) > _MAX_LETTERS:  # most texts
        return "", ""
    written = text.split()
    if not 0 < len(written) <= _MAX_WORDS:
        return "", ""
    words = fold_letters(text).split()
    if len(words) != len(written) or not _BEFORE.issuperset(words[:-1]):
        return "", ""
    return words[-1], written[-1].strip(".,!?()")


def _key(written: str) -> str:
    if is_arabic(written):
        return MARKS.sub("", unicodedata.normalize("NFC", written)).translate(_ARABIC)
    return fold_letters(written)


@cache
def _nouns(language: str = "") -> frozenset[str]:
    """Return the nouns of a language, or of all, as `_key` folds them."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return frozenset(
            _key(noun)
            for row in csv.DictReader(file)
            if language in ("", row["language"])
            for noun in row["nouns"].split()
        )
