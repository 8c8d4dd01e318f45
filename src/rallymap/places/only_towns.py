"""Texts that are only the name of a town, perhaps with its region or country: "Gothenburg, Sweden"."""

from __future__ import annotations

from typing import Final

from rallymap.events import SURE_CONFIDENCE
from rallymap.folding import fold_letters
from rallymap.places.answers import Answer, Located
from rallymap.places.codes import CITY, OFFICIAL
from rallymap.places.confidence import SURE_SHARE
from rallymap.places.finder import Finding
from rallymap.places.gazetteer import Gazetteer
from rallymap.places.part import named_countries
from rallymap.places.readings import EXACT

_A_CITY: Final = 100_000


def names_only_a_town(gazetteer: Gazetteer, text: str, finding: Finding) -> bool:
    """Return whether a text is only a town's own name, perhaps with its region or country; so it is a single place."""
    if not finding.groups or finding.groups[0].share < SURE_SHARE:
        return False
    best = finding.groups[0].best
    if best.kind < CITY or best.rank > OFFICIAL or best.match is not EXACT or not best.agrees_well:
        return False
    if named_countries(gazetteer, finding.parts[best.segment]):
        return False  # "USA / Canada" is not the town in Kentucky
    words = sum(len(part.segment.words) for part in finding.parts)
    if words != len(fold_letters(text).split()):
        return False  # "von Wien bis Bratislava"
    return all(
        part.is_read and not part.is_venue and (number == best.segment or part.names_region(gazetteer))
        for number, part in enumerate(finding.parts)
    )


def is_large_and_sure(answer: Answer) -> bool:
    """Return whether an answer is surely a large city."""
    return (
        isinstance(answer, Located)
        and (answer.candidate.population or 0) >= _A_CITY
        and answer.candidate.confidence >= SURE_CONFIDENCE
    )
