"""Classify the sources of crowd estimates: police, organisers, the press, others."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from rallymap.events.event import Event
from rallymap.events.reports import CrowdClaim


class CrowdGiver(StrEnum):
    """Who gives a crowd estimate, according to its source."""

    POLICE = "police"
    ORGANISERS = "organisers"
    PRESS = "press"
    """A publisher of one of the event's sources."""
    OTHERS = "others"
    NOBODY = "nobody"
    """The estimate names nobody."""


_POLICE: Final = re.compile(
    r"\b(police|policing|préfecture|polizei\w*|polic[íi]a(l|les|s)?|polícias?|polizia|questura|carabinieri"
    r"|guardia (civil|urbana)|mossos|politi(e\w*|ets?)?|polis(en|ens|i|in)?|polîs\w*|lögregl\w+|poliisi\w*"
    r"|politsei\w*|policij\w+|policj\w+|policie|polícia|poliția|poliţia|rendőr\w*|gendarm\w*|jandarma\w*|emniyet\w*|nypd|lapd|rcmp|garda[íi]?"
    r"|полици\w+|поліці\w+|паліцы\w+|милици\w+|міліц[іы]\w+|αστυνομί\w+|ոստիկան\w+|პოლიცი\w+|(ال|لل)?شرطة|پلیس|پۆلیس|ה?משטר\w+)\b"
    r"|警方|警察|경찰|ตำรวจ|पुलिस"
)
_ORGANISERS: Final = re.compile(
    r"\b(organi[sz](ers?|ing)|organisateurs?|organisatrices?|organizador\w*|organizzator\w+|organisator\w*"
    r"|veranstalter\w*|veranstaltende\w*|anmelder\w*|arrangør\w*|arrangör\w*|järjestäj\w+|korraldaj\w+|düzenleyen\w*"
    r"|organizator\w*|pořadatel\w*|szervező\w*|организатор\w*|організатор\w*|арганізатар\w*|διοργανωτ\w+"
    r"|برگزارکنند(ه|گان)|(ال)?منظمون|(ال)?منظمين|ה?מארגנ\w+)\b|主辦|主办|주최"
)


def giver_of(claim: CrowdClaim, event: Event) -> CrowdGiver:
    """Classify who gives an estimate; names are compared with the event's organisers and publishers."""
    by = claim.by.casefold()
    if not by:
        return CrowdGiver.NOBODY
    if _POLICE.search(by):
        return CrowdGiver.POLICE
    if by in {name.casefold() for name in event.organisers} or _ORGANISERS.search(by):
        return CrowdGiver.ORGANISERS
    if by in {source.publisher.casefold() for source in event.sources if source.publisher}:
        return CrowdGiver.PRESS
    return CrowdGiver.OTHERS


def counted_claims(event: Event) -> tuple[CrowdClaim, ...]:
    """Return the estimates of how many people came, as numbers; estimates from before the event are left out."""
    return tuple(
        claim for claim in event.crowd if not claim.is_expected and (claim.low is not None or claim.high is not None)
    )


def crowd_givers(event: Event) -> tuple[CrowdGiver, ...]:
    """Return who gives an event's estimates, without duplicates, in the order of :class:`CrowdGiver`."""
    found = {giver_of(claim, event) for claim in counted_claims(event)}
    return tuple(giver for giver in CrowdGiver if giver in found)
