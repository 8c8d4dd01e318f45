"""Auxiliary verbs and adverbs in remarks such as "had to be cancelled at the last minute"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rallymap.intake.cells.lifted_bans import NEGATIONS
from rallymap.intake.lexicon import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


MODALS = _folded(
    "had has have to be got gets must musste mussten muss müssen moest moesten moet worden werden fick måtte må skulle "
    "tuvo tuvieron que ser quedó se hubo debió dû doit être acabou por teve de dovuto dovuta essere deve "
    "zostało zostały musiało musiała musiał zostać być trzeba była był były był була був були довелося прийшлося "
    "акцію акцию мітинг пришлось пришлость было митинг мероприятие захід"
)
"""Verbs before the verb that says what happened."""
_VERB_LAST = frozenset("wurde wurden ist sind musste mussten werd werden moest moesten".split())
"""German and Dutch verbs whose participle is the last word."""
_SEPARABLE = frozenset("fällt fiel".split())
_CAUSE_BEFORE_VERB = _folded("tarafından nedeniyle sebebiyle yüzünden dolayı gerekçesiyle")
"""Turkish words between a cause and the verb."""
_ALMOST = frozenset("fast beinahe bijna nearly almost neredeyse".split())
_MOST_WORDS = 7
_ADVERBS = _folded(
    "kurzfristig spontan endgültig ersatzlos komplett letztlich schließlich dann doch finally eventually ultimately "
    "finalement définitivement finalmente definitivamente infine più uiteindelijk definitief ostatecznie nagle jednak "
    "окончательно внезапно остаточно раптово kortfristigt slutligen til slutt son anda maalesef nihayetinde"
)
_PHRASES = re.compile(
    r"(?<![^\W_])(?:al final|en el último momento|a última hora|à la dernière minute|au dernier moment|"
    r"all ultimo momento|em cima da hora|op het laatste moment|te elfder ure|at the last (?:minute|moment)|"
    r"at short notice|"
    r"in letzter minute|im letzten moment|am vortag|am selben tag|в итоге|в последний момент|"
    r"в останній момент|врешті решт|w ostatniej chwili|i siste liten|i sista stund|i sidste øjeblik)(?![^\W_])"
)


def without_adverbs(text: str) -> list[str]:
    """Return the folded words of a remark without adverbs: "n'a finalement pas eu lieu" is "n a pas eu lieu"."""
    folded = fold(text)
    words = _PHRASES.sub(" ", folded).split() if " " in folded else [folded]
    return [word for word in words if word not in _ADVERBS]


def verbs_at_end(words: Sequence[str]) -> tuple[str, ...]:
    """Return what the end of a short remark may say happened: "wurde vom Amt untersagt", "fällt wegen Sturm aus"."""
    if not 2 < len(words) <= _MOST_WORDS or not NEGATIONS.isdisjoint(words) or not _ALMOST.isdisjoint(words):
        return ()
    if words[0] in _SEPARABLE:
        return (f"{words[0]} {words[-1]}",)
    if words[0] in _VERB_LAST or not _CAUSE_BEFORE_VERB.isdisjoint(words[1:-1]):
        return (words[-1], " ".join(words[-2:]))
    return ()
