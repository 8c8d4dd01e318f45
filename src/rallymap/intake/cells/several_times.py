"""Find which of several times in one text is the end: "13:00-15:00", but not "meet at 1pm, march at 2pm"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from rallymap.intake.cells.date_words import BETWEEN, RANGE
from rallymap.intake.lexicon import fold

_RANGE_WORDS: Final = frozenset(
    map(
        fold, (*RANGE, *"às jusqu alle سے से থেকে sampai hingga iki līdz đến tới până έως ως μέχρι から 부터 עד".split())
    )
)
_ALSO_AT: Final = frozenset(map(fold, "a à às al au ao alle".split()))
"""Those that can precede any time: "rendez-vous à 13h, départ à 14h"."""
_NEXT_TO_TIMES: Final = frozenset(map(fold, "uhr h o clock ca circa heures heure horas hora hrs uur kl ore".split()))
_END: Final = frozenset(
    fold(word)
    for word in (
        "end ends ending finish finishes closing ende schluss fin final fine termina einde slutt slut avslutas koniec "
        "конец окончание кінець завершення پایان نهایة النهاية bitiş sona loppu vége konec"
    ).split()
)
_END_WORD: Final = "|".join(sorted(_END, key=len, reverse=True))
_UNTIL_BEHIND: Final = r"-?ig|['’][^\W\d_]{1,2} kadar|kadar|asti|saakka|まで|까지|止|為止|为止|পর্যন্ত|तक"
"""Words and endings after a time that make it the end, in Hungarian, Turkish, Finnish, Japanese, Korean and others."""
_END_BEHIND: Final = re.compile(rf"[\s,(]*(?:uhr|uur|h)?[\s,(]*(?P<word>{_END_WORD}|{_UNTIL_BEHIND})(?![^\W_])")
_END_BEFORE: Final = re.compile(rf"(?<![^\W_])(?P<word>{_END_WORD})[\s:,]*(?:um|at|ca\.?|gegen|à|kl\.?|alle)?\s*$")
UNTIL_AND_WITH: Final = re.compile(r"(?<![^\W_])(?:t/m|s\.\s?d\.|s/d(?=\s)|t\.\s?o\.\s?m\b|t\.\s?e\.\s?m\b\.?)")
"""Dutch and Swedish "up to and including"."""
_DASH: Final = re.compile(r"[-–—>]")


def joins_range(gap: str) -> bool:
    """Return whether the text between two times makes them start and end."""
    words = set(fold(gap).split())
    if words & (_RANGE_WORDS - _ALSO_AT):
        return True
    return bool(words & _ALSO_AT) and words <= _RANGE_WORDS | _NEXT_TO_TIMES


def end_among(text: str, clocks: Sequence[re.Match[str]]) -> int | None:
    """Return the index of the end time; None if there is none, and 1 if dates are between the times.

    Parameters
    ----------
    text
        A cell in lower case.
    clocks
        Its times in order; at least two.
    """
    gaps = [text[one.end() : two.start()] for one, two in pairwise(clocks)]
    if any(char.isdecimal() for gap in gaps for char in gap):
        return 1
    behind = re.split("[,;.]", text[clocks[-1].end() :])[0]
    if _END & {*fold(gaps[-1]).split(), *fold(behind).split()}:
        return len(clocks) - 1
    if not gaps[0].strip(" /") or _DASH.search(gaps[0]) or joins_range(gaps[0]):
        return 1
    return 1 if BETWEEN & set(fold(text[: clocks[0].start()]).split()) else None


def without_end_words(text: str, clocks: Sequence[re.Match[str]]) -> str:
    """Remove the words that mark an end time: in "15.00 Uhr Ende", they do not make the day approximate."""
    cuts = [(found.start("word"), found.end("word")) for clock in clocks for found in _end_words(text, clock)]
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _end_words(text: str, clock: re.Match[str]) -> list[re.Match[str]]:
    found = (_END_BEHIND.match(text, clock.end()), _END_BEFORE.search(text, 0, clock.start()))
    return [match for match in found if match is not None]
