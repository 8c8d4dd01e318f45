"""Embassies and consulates with known addresses, by sending country: `data/missions.csv`."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Final

from rallymap.countries import english_country_name, read_country_code
from rallymap.demonyms import country_of_demonym
from rallymap.events import LocationPrecision
from rallymap.places.inflection import base_words
from rallymap.places.landmarks import Landmark, read_landmarks
from rallymap.places.parse import Segment
from rallymap.places.vocabulary import FILLERS, LOCATIVE
from rallymap.venue_words import MISSION, head_of

MISSION_FILE: Final = Path(__file__).parent / "data" / "missions.csv"
_MAX_WORDS: Final = 5
_HIGH_COMMISSION: Final = frozenset(("high", "commission"))
_MIN_LETTERS: Final = 4
_JOINING: Final = FILLERS | LOCATIVE
_SHORT: Final = frozenset(("us", "usa", "uk", "uae", "prc", "eu"))
_CONSULAR: Final = (
    "cons",
    "kons",
    "kons",
    "konz",
    "консул",
    "консульств",
    "генконсул",
    "προξεν",
    "قنصل",
    "کنسول",
    "קונסול",
)

# Chinese, Japanese and Korean write the country that sends a mission, and often the one where it is, to the word for
# it: "在日ロシア大使館", "주한 미얀마 대사관".
_WRITTEN_TOGETHER: Final = re.compile(
    r"(?:(?P<before>\w*?)[在駐驻주](?P<host>[华華日일韩韓한美米미英영独德독仏法佛俄露러中중泰태豪호澳加印台]))?"
    r"(?P<sender>\w*?)"
    r"(?:[總总총]?(?:領事館|领事馆|영사관)|大使館|大使馆|대사관|使館|使馆)[前外앞]?"
)
_HOSTS: Final = {
    letter: code
    for letters, code in (
        ("日일", "JP"), ("韩韓한", "KR"), ("美米미", "US"), ("英영", "GB"), ("独德독", "DE"), ("仏法佛", "FR"),
        ("俄露러", "RU"), ("华華中중", "CN"), ("泰태", "TH"), ("豪호澳", "AU"), ("加", "CA"), ("印", "IN"),
        ("台", "TW"),
    )
    for letter in letters
}  # fmt: skip


class Missions:
    """The list of missions, indexed by sending country and kind.

    Raises
    ------
    AssetError
        If the file is missing or a row is invalid.
    """

    def __init__(self, path: Path = MISSION_FILE) -> None:
        self.places: list[Landmark] = []
        self._by_sender: dict[tuple[str, str], list[Landmark]] = {}
        for place, row in read_landmarks(path, _describe, "embassies"):
            self.places.append(place)
            self._by_sender.setdefault((row["of"], row["kind"]), []).append(place)

    def find(self, segment: Segment) -> list[Landmark]:
        """Return the missions that a segment names, in all cities; [] unless it names exactly one country."""
        kinds = {_kind_of(word) for word in segment.words if head_of(word) is MISSION} or {"embassy"}
        senders = sending_countries(segment)
        if len(kinds) != 1 or len(senders) != 1:
            return []
        return self._by_sender.get((senders.pop(), kinds.pop()), [])


def _describe(row: dict[str, str]) -> Landmark:
    return Landmark(
        f"{row['kind'].capitalize()} of {english_country_name(row['of'])} in {row['city']}",
        row["city"],
        row["country"],
        float(row["lat"]),
        float(row["lon"]),
        float(row["radius_m"]),
        LocationPrecision.VENUE,
        False,
        row["source"],
    )


def sending_countries(segment: Segment) -> set[str]:
    """Return the countries (alpha-2) in a mission's name, given by name in any language or by adjective."""
    words = segment.words
    found: set[str] = set()
    taken: set[int] = set()
    for size in range(min(_MAX_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            stretch = words[start : start + size]
            numbers = set(range(start, start + size))
            if numbers & taken or any(head_of(word) is MISSION or word in _HIGH_COMMISSION for word in stretch):
                continue
            code = _read_sender(stretch)
            if code:
                found.add(code)
                taken |= numbers
    match = None if found or words[-1].isascii() else _WRITTEN_TOGETHER.fullmatch("".join(words))
    sender = read_country_code(match["sender"] or match["before"] or "") if match else None
    return {sender} if sender else found


def host_country(segment: Segment) -> str:
    """Return the host country (alpha-2) at the start of a mission's name: Japan in "在日ロシア大使館"; "" for none."""
    match = _WRITTEN_TOGETHER.fullmatch("".join(segment.words))
    return _HOSTS.get(match["host"] or "", "") if match else ""


def _read_sender(stretch: tuple[str, ...]) -> str | None:
    if stretch[0] in _JOINING or stretch[-1] in _JOINING:
        return None
    text = " ".join(stretch)
    if len(text) < _MIN_LETTERS and text not in _SHORT:
        return None
    adjective = country_of_demonym(text) if len(stretch) == 1 else ""
    if adjective:
        return adjective
    code = read_country_code(text)
    if code is not None:
        return code
    for form in base_words(stretch[-1]):
        code = read_country_code(" ".join((*stretch[:-1], form))) if len(form) >= _MIN_LETTERS else None
        if code is not None:
            return code
    return None


def _kind_of(word: str) -> str:
    return "consulate" if any(stem in word for stem in _CONSULAR) or "領事" in word or "领事" in word else "embassy"


@functools.cache
def load_missions() -> Missions:
    """Load the shipped list; cached per process."""
    return Missions()
