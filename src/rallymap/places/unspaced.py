"""Split Chinese, Japanese and Korean addresses, which begin with the country and need no spaces: "日本東京都澀谷區"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from rallymap.countries import read_country_code
from rallymap.distances import measure_km
from rallymap.places.codes import ADMIN2, ALTERNATE, CITY, COUNTRY, EXONYM
from rallymap.places.gazetteer import Gazetteer, Posting
from rallymap.places.normalize import join_key
from rallymap.places.parse import Segment, drop_numbers
from rallymap.places.scripts import is_cjk
from rallymap.places.vocabulary import EVENT_WORDS
from rallymap.venue_words import NONE, head_of, is_civic

_MAX_LETTERS: Final = 40
_MAX_NAME: Final = 14
_MIN_NAME: Final = 2
_MAX_RUN: Final = 4
_A_TOWN: Final = 15_000
_DISTRICT_KM: Final = 60.0
# Kinds of divisions and towns that follow their names; longest first.
_KINDS: Final = (
    "特別行政區", "特别行政区", "特別行政区", "特别自治市", "特別自治市", "자치구", "특별자치도", "특별자치시",
    "특별시", "광역시", "自治區", "自治区", "自治州", "特區", "特区", "特别市", "特別市",
    "省", "市", "縣", "县", "県", "州", "府", "都", "道", "시", "도", "주",
)  # fmt: skip
#: Suffixes for a part of the preceding town or county.
_DISTRICTS: Final = tuple("區 区 縣 县 郡 町 村 鎮 镇 鄉 乡 街道 구 군 동 읍 면".split())
_LINKS: Final = ("的", "の", "之", "市内", "内", "의", "에서", "에", "在", "で")
_IN: Final = ("位於", "位于", "在")
_MISSION_PREFIXES: Final = ("駐", "驻", "주")
_IN_FRONT: Final = tuple("門口 门口 門前 门前 前面 前 外 附近 東口 西口 南口 北口 앞에서 앞 で".split())
_MISSIONS: Final = tuple(
    "总领事馆 總領事館 総領事館 领事馆 領事館 大使馆 大使館 使馆 使館 代表处 代表處"
    " 总领馆 總領館 中领馆 中領館 领馆 領館 辦事處 办事处 총영사관 영사관 대사관".split()
)
_STATIONS: Final = ("駅", "车站", "車站", "火车站")
_SEATED: Final = ("驻", "駐")
_KOREAN_STREETS: Final = ("로", "길")
_SHORT_ENDINGS: Final = ("路", "街", "駅", "역", *_KOREAN_STREETS)


class _Level(IntEnum):
    COUNTRY = 0
    REGION = 1
    TOWN = 2
    VENUE = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """One name in an address: its words for lookup, and its original text if different."""

    level: _Level
    words: tuple[str, ...]
    text: str = ""


def split_unspaced(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split a Chinese, Japanese or Korean address into names, the finest first; None for any other segment.

    Also None if its parts name no place: the segment is then a single name.
    """
    words = segment.words
    if not all(word.isdigit() or any(map(is_cjk, word)) for word in words) or sum(map(len, words)) > _MAX_LETTERS:
        return None
    words = _drop_mission_prefix(gazetteer, drop_numbers(words))
    pieces: list[_Piece] = []
    at = 0
    while at < len(words):
        size, found = _read_at(gazetteer, words, at)
        tail = _read_tail(words[at]) if pieces and not found else None
        if pieces and pieces[-1].level is _Level.COUNTRY and words[at] in _MISSIONS:
            pieces[-1] = _Piece(_Level.VENUE, (*pieces[-1].words, words[at]))  # "중국 대사관"
        elif tail is not None:
            pieces.append(tail)
        elif not found and pieces and pieces[-1].level is _Level.TOWN and _is_unknown_name(words[at]):
            # An unknown name is part of the preceding town: "베를린 미테".
            pieces[-1] = _Piece(pieces[-1].level, (*pieces[-1].words, words[at]))
        elif found or words[at] not in EVENT_WORDS:
            pieces.extend(found or [_Piece(_Level.VENUE, (words[at],))])
        at += size
    if all(piece.level is _Level.VENUE for piece in pieces) or [piece.words for piece in pieces] == [words]:
        return None
    pieces = list(_join_venues(_mark_districts(gazetteer, pieces)))
    ordered = sorted(pieces, key=lambda piece: piece.level)[::-1]
    return [
        Segment(
            piece.text or "".join(piece.words),
            piece.words,
            segment.near,
            segment.distance_km,
            (True,) * len(piece.words),
            piece.words,
        )
        for piece in ordered
    ]


def _drop_mission_prefix(gazetteer: Gazetteer, words: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the word for "in" before the town of a mission: "주도쿄 총영사관", "駐ニューヨーク領事館"."""
    first = words[0]
    if (
        first[0] not in _MISSION_PREFIXES
        or _follows_country(first, first[0])
        or not any(m in w for w in words for m in _MISSIONS)
    ):
        return words
    rest = first[1:]
    begins_with_town = any(_read_name(gazetteer, rest[:size]) for size in range(len(rest), _MIN_NAME - 1, -1))
    return (rest, *words[1:]) if begins_with_town and not gazetteer.find(join_key((first,))) else words


def _read_at(gazetteer: Gazetteer, words: tuple[str, ...], at: int) -> tuple[int, list[_Piece]]:
    """Read the longest run of words that is one name, or else the names within one word; return the run's length."""
    for size in range(min(_MAX_RUN, len(words) - at), 0, -1):
        piece = _read_name(gazetteer, "".join(words[at : at + size]), is_whole=True)
        if piece is not None:
            return size, [piece]
    return 1, _read_mission(gazetteer, words[at]) or _cut(gazetteer, words[at], is_start=True) or []


def _read_name(gazetteer: Gazetteer, name: str, *, is_whole: bool = False) -> _Piece | None:
    """Read one name, with or without the suffix for its kind: "广州市", "广州"."""
    if len(name) < _MIN_NAME and not is_whole:
        return None
    if read_country_code(name):
        return _Piece(_Level.COUNTRY, (name,))
    for form in _forms(name):
        level = _level_of(gazetteer, gazetteer.find(join_key((form,))))
        if level is not None:
            return _Piece(level, (form,))
    return None


def _forms(name: str) -> Iterator[str]:
    yield name
    for ending in (*_KINDS, *_DISTRICTS):
        if name.endswith(ending) and len(name) - len(ending) >= _MIN_NAME:
            yield name.removesuffix(ending)
            return


def _level_of(gazetteer: Gazetteer, postings: Sequence[Posting]) -> _Level | None:
    kinds = {
        posting.kind
        for posting in postings
        if posting.rank <= (EXONYM if posting.kind == COUNTRY else ALTERNATE)
        if posting.kind <= ADMIN2
        or gazetteer.population(posting.place) >= _A_TOWN
        or posting.rank <= EXONYM  # quarters of our own list have no population: "中環"
    }
    if CITY in kinds:
        return _Level.TOWN
    if COUNTRY in kinds:
        return _Level.COUNTRY
    return _Level.REGION if kinds else None


def _cut(gazetteer: Gazetteer, text: str, *, is_start: bool = False) -> list[_Piece] | None:
    """Split a text into names of places, with a venue only at the end; None if it does not begin with a name."""
    if is_start:
        text = next((text.removeprefix(word) for word in _IN if text.startswith(word)), text)
        text = next((text.removeprefix(word) for word in _MISSION_PREFIXES if _follows_country(text, word)), text)
    guess = None
    for size in range(min(_MAX_NAME, len(text)), _MIN_NAME - 1, -1):
        if _is_within_katakana(text, size):
            continue  # "ベル" is not a name in "ベルリン大学"
        piece = _read_name(gazetteer, text[:size])
        if piece is None:
            continue
        rest = text[size:]
        rest = next((rest.removeprefix(link) for link in _LINKS if rest.startswith(link)), rest)
        if not rest:
            return [piece]
        following = _cut(gazetteer, rest)
        if following is not None:
            return [piece, *following]
        tail = _read_quarter(gazetteer, piece, rest) or _read_tail(rest)
        if tail is not None:
            return [piece, tail]
        if text[:size].endswith(_DISTRICTS) and _is_unknown_name(rest):
            return [piece, _Piece(_Level.VENUE, (rest,))]  # "港区元麻布"
        if guess is None and piece.level is _Level.TOWN and _is_unknown_name(rest):
            guess = [_Piece(_Level.TOWN, (*piece.words, rest))]
    return guess


def _is_within_katakana(text: str, at: int) -> bool:
    return at < len(text) and all("\u30a0" <= letter <= "\u30ff" for letter in text[at - 1 : at + 1])


def _follows_country(text: str, word: str) -> bool:
    rest = text.removeprefix(word)
    return rest != text and any(read_country_code(rest[:size]) for size in range(2, min(8, len(rest)) + 1))


def _read_tail(rest: str) -> _Piece | None:
    """Read the rest after the names: a venue with its own name, or a part of the town."""
    place = next((rest.removesuffix(word) for word in _IN_FRONT if rest.endswith(word)), rest)
    for ending in _DISTRICTS:
        if place.endswith(ending) and len(place) > len(ending):
            return _Piece(_Level.VENUE, (place.removesuffix(ending), ending))
    if place.startswith(_STATIONS):
        return _Piece(_Level.VENUE, (place,))  # "渋谷駅ハチ公口"
    own = len(place) - (1 if place.endswith(_SHORT_ENDINGS) else 2)
    has_name = own >= _MIN_NAME and (head_of(place) is not NONE or place.endswith(_KOREAN_STREETS))
    return _Piece(_Level.VENUE, (place,)) if has_name or is_civic(place) or place in EVENT_WORDS else None


def _read_quarter(gazetteer: Gazetteer, town: _Piece, rest: str) -> _Piece | None:
    """Read a known quarter or suburb near a town, however small: "中環" in "香港中環"."""
    quarter = _Piece(_Level.TOWN, (rest,))
    is_known = town.level is _Level.TOWN and len(rest) >= _MIN_NAME and gazetteer.find(join_key((rest,)))
    return quarter if is_known and _are_near(gazetteer, town, quarter) else None


def _is_unknown_name(rest: str) -> bool:
    """Return whether the rest may be a name: "路" in "南京路" makes the name a street."""
    return len(rest) >= _MIN_NAME and head_of(rest) is NONE and not rest.isdigit()


def _read_mission(gazetteer: Gazetteer, word: str) -> list[_Piece]:
    """Read "柏林伊朗大使馆" and "土耳其领事馆汉堡": the town, and the mission with its sending country."""
    mission = next((name for name in _MISSIONS if name in word), "")
    if not mission:
        return []
    before, _, after = word.partition(mission)
    after = next((after.removesuffix(end) for end in _IN_FRONT if after.endswith(end)), after)
    towns = _cut(gazetteer, after) or []
    for seated in _SEATED:
        if seated in before[1:]:
            sender, _, seat = before.partition(seated)  # "中国驻多伦多": China's mission in Toronto
            return [*(_cut(gazetteer, seat) or ()), *towns, _Piece(_Level.VENUE, (sender + mission,))]
    for size in range(len(before) + 1):
        sender, place = before[size:], before[:size]
        if sender and not read_country_code(sender):
            continue
        named = _cut(gazetteer, place, is_start=True) if place else []
        if named is not None:
            return [*named, *towns, _Piece(_Level.VENUE, (sender + mission,))]
    return [*towns, _Piece(_Level.VENUE, (before + mission,))] if towns else []


def _mark_districts(gazetteer: Gazetteer, pieces: list[_Piece]) -> list[_Piece]:
    """Treat a district that is not near the preceding town as part of that town: 朝阳 also exists far away."""
    marked = pieces[:1]
    for before, piece in pairwise(pieces):
        name = piece.words[0]
        ending = next((end for end in _DISTRICTS if name.endswith(end) and len(name) > len(end)), "")
        is_below_town = before.level is _Level.TOWN and piece.level is not _Level.VENUE
        if ending and is_below_town and not _are_near(gazetteer, before, piece):
            # Reversed, so that it is not looked up as a district elsewhere.
            words = (ending, name.removesuffix(ending), *piece.words[1:])
            marked.append(_Piece(_Level.VENUE, words, "".join(piece.words)))
        else:
            marked.append(piece)
    return marked


def _are_near(gazetteer: Gazetteer, town: _Piece, other: _Piece) -> bool:
    if other.level <= _Level.COUNTRY:
        return True
    postings = gazetteer.find(join_key(other.words[:1]))
    if not postings:
        return False
    # Many towns have a "north district": the largest place with the name must be the nearby one.
    largest = max(postings, key=lambda posting: gazetteer.population(posting.place)).place
    towns = [posting.place for posting in gazetteer.find(join_key(town.words[:1]))]
    return any(measure_km(*gazetteer.lat_lon(place), *gazetteer.lat_lon(largest)) <= _DISTRICT_KM for place in towns)


def _join_venues(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Join adjacent words of one venue: "주한 중국대사관"."""
    words: tuple[str, ...] = ()
    for piece in pieces:
        if piece.level is _Level.VENUE:
            words += piece.words
            continue
        if words:
            yield _Piece(_Level.VENUE, words)
            words = ()
        yield piece
    if words:
        yield _Piece(_Level.VENUE, words)
