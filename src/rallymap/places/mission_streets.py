"""Split a mission from its town and street in one segment: "Iranian consulate Hamburg Bebelallee 18"."""

from __future__ import annotations

from rallymap.places.gazetteer import Gazetteer
from rallymap.places.parse import Segment
from rallymap.places.readings import is_explained
from rallymap.places.roles import head_of_segment, split_venue
from rallymap.venue_words import LEADING, MISSION, STREET, STREET_ENDINGS, TRAILING, head_of, is_compound


def split_before_street(gazetteer: Gazetteer, segment: Segment) -> list[Segment] | None:
    """Split a mission into its name, its street and its town; None if it has no town before a street.

    The street needs a name of its own: "Russian embassy Lima Street" contains no town.
    """
    words = segment.words
    if len(words) < 4 or head_of_segment(segment) is not MISSION:
        return None
    street = next((number for number, word in enumerate(words) if word.isdigit() or _is_street(word)), 0)
    if not street:
        return None
    # "Street" follows its name, "rue" precedes it, and "avenue" does either.
    is_last = street == len(words) - 1 or words[street + 1].isdigit()
    is_behind_name = not words[street].isdigit() and not is_compound(words[street])
    if words[street] in LEADING and not (is_last and words[street] in TRAILING):
        is_behind_name = False
    name = street - 1 if is_behind_name else street
    for end in range(name, 2, -1):
        parts = split_venue(gazetteer, segment.part(0, end))
        if len(parts) == 2 and parts[1].text == segment.part(end - len(parts[1].words), end).text:
            return [parts[0], segment.part(end, len(words)), parts[1]]
        if is_explained(words[end - 1]):
            return None
    return None


def _is_street(word: str) -> bool:
    return head_of(word) is STREET or word in STREET_ENDINGS
