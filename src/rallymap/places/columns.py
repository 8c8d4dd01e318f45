"""Decide what the two-letter codes in a column of place texts mean, from all rows together.

"Lynwood, WA" alone can be in Washington or in Western Australia, "Aurora, CA" in California or in Canada. Next to
"Seattle, WA" and "Tipton, IA" they are in the United States.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rallymap.countries import read_country_code
from rallymap.places.answers import Answer
from rallymap.places.code_words import COUNTRY_CODES
from rallymap.places.codes import NameRank, PlaceKind
from rallymap.places.gazetteer import Gazetteer, load_gazetteer
from rallymap.places.normalize import join_key
from rallymap.places.parse import split_segments
from rallymap.places.readings import read_regions
from rallymap.places.resolve import Resolver

#: Number of rows that is sufficient for the decision.
MAX_ROWS: Final = 2000
_MIN_ROWS: Final = 2
_MIN_SHARE: Final = 0.5
_CODE_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class ColumnCodes:
    """Meaning of the two-letter codes in a column.

    Attributes
    ----------
    scheme
        Alpha-2 code of the country whose states the codes are ("US", "BR", "CA", "AU"), `COUNTRY_CODES` for countries,
        or "" if undecided.
    hints_are_states
        Whether the country column contains such codes, too, so that "WA" in it is Washington.
    """

    scheme: str = ""
    hints_are_states: bool = False

    def resolve(self, resolver: Resolver, text: str, hint: str = "") -> Answer:
        """Geocode one row of the column.

        Parameters
        ----------
        resolver
            Resolver to use.
        text
            The place as written.
        hint
            The country as written in its column, in any language or notation, or "".

        Returns
        -------
        answer
            Answer of `Resolver.resolve`. A hint that is not a country is added to the text ("Bavaria").

        Raises
        ------
        PlaceServiceError, PlaceRefusedError
            If the resolver uses an online service and it fails.
        """
        hint = hint.strip()
        code = None if self.hints_are_states and _is_code(hint) else read_country_code(hint)
        if hint and code is None:
            return resolver.resolve(f"{text}, {hint}", codes=self.scheme)
        if code is None and self.scheme not in ("", COUNTRY_CODES) and _split_code(text) is not None:
            code = self.scheme  # "South Bay, CA" in a US column is in the United States
        return resolver.resolve(text, code, codes=self.scheme)


def decide_codes(texts: Sequence[str], hints: Sequence[str] = (), *, gazetteer: Gazetteer | None = None) -> ColumnCodes:
    """Decide what the two-letter codes in a column of places mean.

    Each row with a code after a town votes for the countries with a town of this name in the division with this code,
    and for `COUNTRY_CODES` if the town is in the country with this code. The scheme with most votes is used if at least
    two rows, and half of those with a code, agree.

    Parameters
    ----------
    texts
        The places as written; only the first `MAX_ROWS` distinct rows count.
    hints
        The texts of the country column, in the same order; may be empty.
    gazetteer
        Gazetteer to use; default: the shipped one.
    """
    gazetteer = gazetteer or load_gazetteer()
    hints = hints or [""] * len(texts)
    rows = list(dict.fromkeys(zip(texts, hints, strict=True)))[:MAX_ROWS]
    coded = [pair for text, _ in rows if (pair := _split_code(text)) is not None]
    hinted = [(_town_of(text), hint.strip()) for text, hint in rows if _is_code(hint)]
    scheme = _vote(gazetteer, [*coded, *hinted])
    are_states = bool(hinted) and scheme not in ("", COUNTRY_CODES) and _vote(gazetteer, hinted) == scheme
    return ColumnCodes(scheme, are_states)


def resolve_column(resolver: Resolver, texts: Sequence[str], hints: Sequence[str] = ()) -> list[Answer]:
    """Geocode a whole column of places; all rows together decide the meaning of codes.

    Parameters
    ----------
    resolver
        Resolver to use; equal rows are geocoded once.
    texts, hints
        Places and countries as written, in the same order; `hints` can be empty.

    Returns
    -------
    answers
        One answer per row, in order.
    """
    codes = decide_codes(texts, hints)
    known: dict[tuple[str, str], Answer] = {}
    answers = []
    for row in zip(texts, hints or [""] * len(texts), strict=True):
        if row not in known:
            known[row] = codes.resolve(resolver, *row)
        answers.append(known[row])
    return answers


def _is_code(text: str) -> bool:
    text = text.strip()
    return len(text) == _CODE_LETTERS and text.isascii() and text.isalpha() and text.isupper()


def _split_code(text: str) -> tuple[tuple[str, ...], str] | None:
    segments = split_segments(text.replace("/", ", "))
    last = segments[-1] if segments else None
    if last is not None and len(last.words) > 1 and last.written and _is_code(last.written[-1]) and not text.isupper():
        return last.words[:-1], last.written[-1]  # "Salem OR"
    if len(segments) < 2 or not _is_code(segments[-1].text):
        return None
    return segments[-2].words, segments[-1].text


def _town_of(text: str) -> tuple[str, ...]:
    segments = split_segments(text)
    return segments[-1].words if segments else ()


def _vote(gazetteer: Gazetteer, rows: Iterable[tuple[tuple[str, ...], str]]) -> str:
    """Return the scheme that fits most rows; "" if no scheme has enough votes."""
    votes: Counter[str] = Counter()
    number = 0
    for town, code in rows:
        number += 1
        votes.update(_schemes(gazetteer, town, code))
    if not votes:
        return ""
    (scheme, most), *others = votes.most_common(2)
    is_clear = not others or most > others[0][1]
    enough = most >= _MIN_ROWS and most >= _MIN_SHARE * number
    return scheme if is_clear and enough else ""


def _schemes(gazetteer: Gazetteer, town: tuple[str, ...], code: str) -> set[str]:
    """Return the schemes in which the code is a division or country that contains a town with this name."""
    words = (code.lower(),)
    divisions = set(read_regions(gazetteer, words))
    for posting in gazetteer.find(join_key(words)):
        if posting.rank == NameRank.CODE and posting.kind == PlaceKind.ADMIN1:
            divisions.add(posting.place)
    found = set()
    for posting in gazetteer.find(join_key(town)):
        if posting.kind < PlaceKind.CITY or posting.rank > NameRank.ALTERNATE:
            continue
        if gazetteer.admin1(posting.place) in divisions:
            found.add(gazetteer.country(posting.place))
        if gazetteer.country(posting.place) == code:
            found.add(COUNTRY_CODES)
    return found
