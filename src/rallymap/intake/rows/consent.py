"""Answers to whether an event may be published, as forms ask their senders; after a no it is not imported."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rallymap.intake.cells.folding import is_missing
from rallymap.intake.lexicon import fold
from rallymap.intake.rows.row import Cell
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.consent import MAY, any_begins, asks_for_consent, stems
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.tables.profiles import says_yes


class Consent(StrEnum):
    """A sender's answer about publication."""

    YES = "yes"
    TOWN_ONLY = "town"
    NO = "no"


_CONDITIONS = frozenset(
    map(
        fold,
        "but only if except without aber nur wenn außer ohne jedoch mais seulement uniquement sauf si sans pero solo "
        "sólo "
        "excepto sin mas só apenas exceto sem ma soltanto tranne senza maar alleen behalve zonder men bara endast "
        "utan bare kun "
        "uten uden ale tylko bez но только если без але лише тільки якщо اما فقط لكن بدون ama sadece yalnızca 但 只 仅 "
        "僅".split(),
    )
)
_TOWNS = stems(
    "city town stadt ort ville commune ciudad cidade città comune stad gemeente ort kommun by miast город місто شهر "
    "المدينة şehir 城市 "
    "měst πόλη kaupunk város עיר bajar"
)
_NOT = frozenset(
    "not don nicht kein keine pas jamais non no nunca não nao nie nein niet inte ikke ne не نه لا değil olmasın nem "
    "ei לא ná".split()
)
_WILLING = frozenset(
    map(
        fold,
        "sure course gladly gerne gern klar natürlich volontiers bien claro certo natuurlijk graag gärna gjerne "
        "конечно звісно حتما طبعا".split(),
    )
)
_SOME = 0.5
_ORDER = (Consent.YES, Consent.TOWN_ONLY, Consent.NO)


def consent_of(columns: Sequence[Column], cells: Sequence[str]) -> tuple[Consent, Cell] | None:
    """Return the most restrictive answer about publication in a row, None if there is none."""
    found: tuple[Consent, Cell] | None = None
    for column in columns:
        if column.field != NOTE or column.reason == "mapping" or column.position >= len(cells):
            continue
        if not asks_for_consent(column.heading):
            continue
        text = " ".join(cells[column.position].split())
        if not text or is_missing(text):
            continue
        consent = _answer(text, is_asked=column.profile.flags >= _SOME)
        if consent is not None and (found is None or _ORDER.index(consent) > _ORDER.index(found[0])):
            found = consent, Cell(column, text)
    return found


def _answer(text: str, *, is_asked: bool) -> Consent | None:
    """Parse an answer; None if it is neither yes nor no in a column of other answers."""
    words = fold(text).split()
    agrees = says_yes(text) if text[0] not in "不否别別勿" else False
    if agrees is None and not _NOT.isdisjoint(words):
        agrees = False
    elif agrees is None and (any_begins(words, MAY) or not _WILLING.isdisjoint(words)):
        agrees = True
    if not agrees:
        return Consent.NO if agrees is False or is_asked else None
    if _CONDITIONS.isdisjoint(words) and not any(sign in text for sign in "但只仅僅"):
        return Consent.YES
    return Consent.TOWN_ONLY if any_begins(words, _TOWNS) else Consent.NO
