"""Split Thai texts, in which venue and town are written without a space: "ลานประตูท่าแพเชียงใหม่"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import ALTERNATE, CITY, COUNTRY, EXONYM
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.parse import Segment
from rallymap.places.scripts import is_thai
from rallymap.venue_words import LOCAL, MISSION, NONE, head_of

_MAX_LETTERS: Final = 80
_MIN_NAME: Final = 4
_A_TOWN: Final = 15_000
_NAMED_AFTER_TOWN: Final = 0.75  # a university or hospital has the name of its main town or of a branch's town
# Kinds of towns and countries that precede their names, and words for "in".
_BEFORE_NAMES: Final = tuple(fold_letters("กรุง เมือง นคร จังหวัด อำเภอเมือง อำเภอ เทศบาลนคร ประเทศ สหรัฐ รัฐ").split())
_IN: Final = tuple(fold_letters("ในเมือง ใน ที่ ณ ประจำ แห่ง").split())
_IN_FRONT: Final = tuple(fold_letters("บริเวณหน้า ด้านหน้า ตรงข้าม บริเวณ หน้า ใกล้").split())
_VENUES: Final = tuple(
    sorted(
        fold_letters(
            """
            สถานทูต สถานเอกอัครราชทูต สถานกงสุลใหญ่ สถานกงสุล กงสุล ถนน ซอย สี่แยก แยก ห้าแยก ลาน จัตุรัส อนุสาวรีย์
            สะพาน สวน สวนสาธารณะ สนาม สนามกีฬา สนามบิน ประตู ตลาด วงเวียน ท่าเรือ มหาวิทยาลัย โรงเรียน สถานี สถานีรถไฟ
            โรงพยาบาล โรงแรม ศาลากลาง ศาล วัด หอ ห้าง ศูนย์ พิพิธภัณฑ์ มัสยิด โบสถ์ รัฐสภา ทำเนียบ ทำเนียบรัฐบาล กระทรวง
            สภา
            """
        ).split(),
        key=lambda word: (-len(word), word),
    )
)
_Piece = tuple[tuple[str, ...], float]  # words, and the maximum confidence in an answer from them


def split_thai(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split a Thai segment into its venue and its town, in this order; None if it is a single name."""
    if sum(map(len, segment.words)) > _MAX_LETTERS or not all(
        is_thai(word) or word.isdigit() for word in segment.words
    ):
        return None
    venues: list[_Piece] = []
    towns: list[_Piece] = []
    for word in segment.words:
        town, venue, at_most = _cut(gazetteer, word)
        venues += [(_mark_venue(venue), 1.0)] if venue else []
        towns += [((town,), at_most)] if town else []
    is_whole = len(segment.words) == 1 and [words for words, _ in (*venues, *towns)] == [segment.words]
    if is_whole or (not towns and all(head_of(words[0]) is NONE for words, _ in venues)):
        return None
    return [
        Segment("".join(words), words, segment.near, segment.distance_km, (True,) * len(words), words, at_most)
        for words, at_most in (*venues, *towns)
    ]


def _cut(gazetteer: Gazetteer, word: str) -> tuple[str, str, float]:
    """Return the town and the venue in a word ("" if missing), and the maximum confidence in the town."""
    whole = _name_in(gazetteer, word)
    if whole:
        return whole, "", 1.0
    head = _venue_at_start(word)
    sender_at = len(head) if head and head_of(head) is MISSION else 0
    for at in range(1, len(word) - _MIN_NAME + 1):
        town = _name_in(gazetteer, word[at:])
        if not town:
            continue
        before = word[:at]
        says_in = next((before.removesuffix(link) for link in _IN if before.endswith(link)), "")
        if says_in:
            return town, says_in, 1.0
        if at == sender_at and _is_country(gazetteer, town):
            continue  # "สถานทูตสิงคโปร์" is the embassy of Singapore
        bare = _without_front(before)
        if bare == _venue_at_start(bare) and bare:
            if head_of(bare) is LOCAL:
                return town, before, _NAMED_AFTER_TOWN
            break  # a street named after a town
        if _venue_at_start(bare):
            return town, before, 1.0
    for at in range(len(word) - 2, _MIN_NAME - 1, -1):
        if _venue_at_start(_without_front(word[at:])) and (town := _name_in(gazetteer, word[:at])):
            return town, word[at:], 1.0
    return "", word, 1.0


def _name_in(gazetteer: Gazetteer, text: str) -> str:
    """Return the name of a town or country without the words before it; "" if the text is none."""
    for name in _forms(text):
        if len(name) >= _MIN_NAME and any(
            posting.rank <= ALTERNATE
            and (posting.kind < CITY or (posting.kind == CITY and gazetteer.population(posting.place) >= _A_TOWN))
            for posting in gazetteer.find(name)
        ):
            return name
    return ""


def _forms(text: str) -> Iterator[str]:
    yield text
    bare = next((text.removeprefix(link) for link in _IN if text.startswith(link)), text)
    if bare != text:
        yield bare
    for kind in _BEFORE_NAMES:
        if bare.startswith(kind):
            yield bare.removeprefix(kind)


def _is_country(gazetteer: Gazetteer, name: str) -> bool:
    return any(posting.kind == COUNTRY and posting.rank <= EXONYM for posting in gazetteer.find(name))


def _without_front(text: str) -> str:
    return next((text.removeprefix(word) for word in _IN_FRONT if text.startswith(word)), text)


@functools.lru_cache(maxsize=1024)
def _venue_at_start(text: str) -> str:
    return next((word for word in _VENUES if text.startswith(word)), "")


def _mark_venue(text: str) -> tuple[str, ...]:
    """Split the venue word from its name, so that the segment is recognised as a venue."""
    bare = _without_front(text)
    head = _venue_at_start(bare)
    if not head or bare == head:
        return (text,)
    return (head, bare.removeprefix(head))
