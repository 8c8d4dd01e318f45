"""Separate the topic of an event from its place: "Stand with Georgia, Washington", "Berlin für Tibet".

The country that people rally for or against says nothing about the place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import ADMIN1, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import HASHTAG, Segment
from rallymap.places.town_words import A_CITY, as_town
from rallymap.places.venue_words import Head, head_of
from rallymap.places.vocabulary import EVENT_WORDS, FILLERS, LABELS, LOCATIVE


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_letters(text).split())


# Words between the event and the country that it is about.
_ABOUT: Final = _words(
    """
    with for against fur mit gegen avec pour contre con por para contra com per contro met voor tegen med mot mod imod
    dla przeciw przeciwko pro proti za против в поддержку за проти icin karsi برای علیه با از ضد مع أجل למען נגד עם
    بۆ دژی uz pentru impotriva ellen
    """
)
# Words for actions for or against a country, besides the words for events.
_CAUSES: Final = _words(
    """
    solidarity solidarisch solidaritat solidarite solidaires solidaridad solidarieta solidariedade solidariteit
    solidaritet solidarni solidarnosc solidarita solidaarisuus szolidaritas solidaritate солидарность солидарности
    солідарність dayanisma همبستگی حمایت پشتیبانی تضامن تضامنا التضامن סולידריות هاوپشتی
    stand standing support supporting supporters united unity justice freedom liberty peace pray prayer prayers
    help hope human rights action campaign freiheit gerechtigkeit frieden unterstutzung hilfe soutien liberte paix
    apoyo libertad justicia paz sostegno liberta giustizia pace apoio liberdade justica steun vrijheid vrede stod
    stotte frihet frihed fred rettferdighet rattvisa wolnosc pokoj svoboda mir свобода мир справедливость воля
    آزادی عدالت صلح الحریة العدالة السلام חופש צדק שלום ozgurluk baris adalet
    """
)
_FREE: Final = _words("free freiheit libre libera livre vrij fritt frit wolna svobodna свободная вільна")
# "In support of Armenia"; otherwise "of" marks possession.
_BEFORE_OF: Final = frozenset(("support", "solidarity", "defence", "defense", "favor", "favour"))
# Words for events that also occur in names of venues.
_NO_EVENTS: Final = _words(
    "tower hochhaus turm grounds community foundation memorial hohe ecke vorplatz assembly start starting finish point"
)
_BEFORE_COLON: Final = LABELS | _words(
    """
    departure arrival destination begins ends assembly gathering rally place where the lieu lugar luogo local plats sted
    paikka miejsce misto место місце מיקום מקום مکان محل المکان yer 地点 地點 場所 장소
    from to via von nach fra til från till fin final meta cel konec начало конец старт финиш відкриття початок
    кінець фініш baslangic bitis شروع پایان مقصد مبدا البداية النهاية انطلاق וסיום סיום התחלה יציאה mål slut lähtö
    maali avgang afgang avgång ankomst arrivo koniec pocatek start 起点 起點 终点 終點 출발 도착 集合 解散 出発 到着
    """
)
_MAX_WORDS: Final = 5
_COLONS: Final = frozenset(":：")
_LABEL: Final = re.compile(r"([^\W\d_][^.,;:：،，、|()\n–—-]{1,30})(?::\s|：)")
_JOINING: Final = FILLERS | LOCATIVE | _ABOUT
_TOWN_FOR_COUNTRY: Final = 0.75  # "Mesa por Chile" is a table


def find_labels(text: str) -> frozenset[tuple[str, ...]]:
    """Return the words before a colon that only label a place: "Start: Hermannplatz, Ende: Dom"."""
    found = (tuple(fold_letters(match[1]).split()) for match in _LABEL.finditer(text)) if _COLONS & set(text) else ()
    return frozenset(
        words for words in found if words and all(word in _BEFORE_COLON or _is_event(word) for word in words)
    )


def drop_tagged_countries(gazetteer: Gazetteer, text: str) -> str:
    """Drop countries in hashtags unless nothing else remains: "#Iran #Toronto"."""

    def drop(match: re.Match[str]) -> str:
        postings = gazetteer.find(fold_key(match[1]))
        countries = {gazetteer.country(p.place) for p in postings if p.kind == COUNTRY and p.rank <= EXONYM}
        is_own_city = any(
            posting.kind == CITY and posting.rank <= EXONYM and gazetteer.country(posting.place) in countries
            for posting in postings
        )
        return ", " if countries and not is_own_city else match[0]

    kept = HASHTAG.sub(drop, text)
    return kept if fold_key(kept) else text


def drop_topic(gazetteer: Gazetteer, segment: Segment) -> list[Segment]:
    """Drop the country that an event is for or against; return the remaining segments, [] if nothing remains.

    A segment without such a country is returned unchanged.
    """
    words = segment.words
    first = next((at for at, word in enumerate(words) if at and _is_event(word)), 0)
    if first and _end_of_country(gazetteer, words[:first], 0) == first:
        return _leave_out(segment, 0, first)  # "Palestine march London"
    for at, word in enumerate(words):
        is_free = at == 0 and word in _FREE
        if not is_free and (at == 0 or (word not in _ABOUT and not (word == "of" and words[at - 1] in _BEFORE_OF))):
            continue
        start = at
        while start and (_is_event(words[start - 1]) or words[start - 1] in _JOINING):
            start -= 1
        end = _end_of_country(gazetteer, words, at + 1)
        if end is None or (end < len(words) and head_of(words[end]) > Head.LOCAL):
            continue  # "March for the Embassy of Georgia"
        town = as_town(gazetteer, segment.part(0, start), A_CITY) if start else None
        if town is not None:
            return [replace(town, max_confidence=_TOWN_FOR_COUNTRY), *_leave_out(segment, start, end)[1:]]
        if is_free or start < at:
            return _leave_out(segment, start, end)
    return [segment]


def _leave_out(segment: Segment, start: int, end: int) -> list[Segment]:
    """Return the parts before and after a range of words; words for an event that follow it are dropped as well."""
    words = segment.words
    while end < len(words) and _is_event(words[end]):
        end += 1
    return [segment.part(first, last) for first, last in ((0, start), (end, len(words))) if first < last]


def _is_event(word: str) -> bool:
    return (
        word in _CAUSES
        or word.removesuffix("s") in _CAUSES
        or (word in EVENT_WORDS and word not in _NO_EVENTS and word not in LOCATIVE)
    )


def _end_of_country(gazetteer: Gazetteer, words: tuple[str, ...], start: int) -> int | None:
    """Return the end of the longest name of a country or region that begins at a word, or None."""
    while start < len(words) and words[start] in FILLERS:
        start += 1
    for end in range(min(len(words), start + _MAX_WORDS), start, -1):
        name = words[start:end]
        if countries_of_region(name) or any(
            (posting.kind == COUNTRY and posting.rank <= EXONYM)
            or (posting.kind == ADMIN1 and posting.rank <= OFFICIAL and gazetteer.country(posting.place) != "US")
            for posting in gazetteer.find(join_key(name))
        ):
            return end
    return None
