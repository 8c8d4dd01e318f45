"""Separate the topic of an event from its place: "Stand with Georgia, Washington", "Berlin für Tibet".

The country that people rally for or against says nothing about the place.
"""

from __future__ import annotations

import re
from typing import Final

from rallymap.folding import fold_letters
from rallymap.places.codes import ADMIN1, CITY, COUNTRY, EXONYM, OFFICIAL
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.label_words import BEFORE_COLON, split_at_labels
from rallymap.places.macro_regions import countries_of_region
from rallymap.places.normalize import fold_key, join_key
from rallymap.places.parse import HASHTAG, Segment
from rallymap.places.town_words import A_CITY, as_town
from rallymap.places.vocabulary import EVENT_WORDS, FILLERS, LOCATIVE
from rallymap.venue_words import LOCAL, head_of


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_letters(text).split())


# Words between the event and the country that it is about.
_ABOUT: Final = _words(
    """
    with for against fur mit gegen avec pour contre con por para contra com per contro met voor tegen med mot mod imod
    dla przeciw przeciwko pro proti za против в поддержку за проти icin karsi برای علیه با از ضد مع أجل למען נגד עם
    بۆ دژی uz pentru impotriva ellen pelo pela
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
    mitin mitines veille manif sitin encierro cacerolazo pikiety fiaccolata planton passeata manifestatie aksjon aktion
    fackeltåg miekkari manifestace shromáždění nöbet хода пікет مراسم משמרת نارەزایی conference panel anniversary
    lichterkette fahrraddemo autokorso menschenkette flashmob aktionstag sitzblockade kermesse
    """
)
# Words directly before the country: "Free Tibet", "Viva Cuba", "Glory to Ukraine".
_FREE: Final = _words(
    """
    free libre libera livre vrij fritt frit wolna svobodna свободная вільна befreit liberez liberen libertad
    boycott boykott boykottiert boicot boicota boicotta boycottez boykot бойкот تحریم مقاطعة חרם
    save rettet sauvons salvemos salviamo salvem red rettet redd ratujmy спасите рятуйте نجات انقذوا
    viva vive vivat evviva glory slava chwala hoch слава yasasin bijî biji زنده یحیا عاشت
    defend verteidigt defendons defendamos remember stop arm liberate
    """
)
_AFTER_FREE: Final = FILLERS | _words("to باد")
# "In support of Armenia"; otherwise "of" marks possession.
_BEFORE_OF: Final = _words(
    "support solidarity defence defense favor favour memory commemoration remembrance honor honour anniversary victims"
)
_MEMORIAL: Final = _words("gedenken gedenkfeier erinnerung gedenkveranstaltung denken")  # "Gedenken an Halabja"
# Words for events that also occur in names of venues.
_NO_EVENTS: Final = _words(
    "tower hochhaus turm grounds community foundation memorial hohe ecke vorplatz assembly start starting finish point"
)
_MAX_WORDS: Final = 5
_COLONS: Final = frozenset(":：")
_LABEL: Final = re.compile(r"([^\W\d_][^.,;:：،，、|()\n–—-]{0,30})(?::\s|：)")
_JOINING: Final = FILLERS | LOCATIVE | _ABOUT
#: Maximum confidence of a place that the event is about, if the text names no other: "March for Gaza".
TOPIC_ALONE: Final = 0.35
_TOWN_FOR_COUNTRY: Final = 0.75  # "Mesa por Chile" is a table


def find_labels(text: str) -> frozenset[tuple[str, ...]]:
    """Return the words before a colon that only label a place: "Start: Hermannplatz, Ende: Dom"."""
    if _COLONS.isdisjoint(text):
        return frozenset()
    found = (tuple(fold_letters(match[1]).split()) for match in _LABEL.finditer(split_at_labels(text)))
    return frozenset(
        words for words in found if words and all(word in BEFORE_COLON or _is_event(word) for word in words)
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
        if not is_free and (at == 0 or not _is_about(word, words[at - 1])):
            continue
        start = at
        while start and (_is_event(words[start - 1]) or words[start - 1] in _JOINING | _BEFORE_OF | _MEMORIAL):
            start -= 1
        named = at + 1
        while is_free and named < len(words) and words[named] in _AFTER_FREE:
            named += 1
        end = _end_of_country(gazetteer, words, named)
        if (
            is_free
            and end is None
            and any(_end_of_country(gazetteer, words, last) == len(words) for last in range(named, len(words)))
        ):
            return []  # "Stop the executions in Iran"
        if end is None and start == 0 and _is_town(gazetteer, words[named:]):
            return [segment._replace(max_confidence=TOPIC_ALONE)]
        if end is None or (end < len(words) and head_of(words[end]) > LOCAL):
            continue  # "March for the Embassy of Georgia"
        town = as_town(gazetteer, segment.part(0, start), A_CITY) if start else None
        if town is not None:
            return [town._replace(max_confidence=_TOWN_FOR_COUNTRY), *_leave_out(segment, start, end)[1:]]
        if is_free or start < at:
            return _leave_out(segment, start, end)
    return [segment]


def _is_about(word: str, before: str) -> bool:
    return word in _ABOUT or (word == "of" and before in _BEFORE_OF) or (word == "an" and before in _MEMORIAL)


def _is_town(gazetteer: Gazetteer, words: tuple[str, ...]) -> bool:
    return any(posting.kind == CITY and posting.rank <= EXONYM for posting in gazetteer.find(join_key(words)))


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
