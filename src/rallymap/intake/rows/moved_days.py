"""Read new days of moved events from remarks: "verlegt auf 18.03.2023", "reportée au 16 avril"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from rallymap.dates import SINGLE_DAY
from rallymap.events import EventStatus
from rallymap.intake.cells.date_stamps import DateRules, Order, ReadDate
from rallymap.intake.cells.date_words import FROM
from rallymap.intake.cells.dates import read_date
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.words import status_of, status_of_remark, with_equal_digits
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.tables.headings import NOTE
from rallymap.language import phrase

_REMARKS = (
    "title",
    "status",
    NOTE,
    "source_title",
    "source_url",
    "about",
    "kind",
    "crowd",
    "crowd_actual",
    "crowd_words",
    "venue",
    "place",
)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]*\d[^()\[\]]*)[)\]]\s*$|\s+[/|–-]\s+(\D.*)$")
"""Remark in a title, in brackets or after a dash."""
_LEAD = re.compile(r"\s*([^:()]{4,40}\d\.?)(?: uhr)?\s*:\s+(?=\D)", re.IGNORECASE)
"""Remark before a title: "Verlegt auf 12.4.: Kundgebung"."""
_MAX_WORDS = 12
_ONE_NIGHT = timedelta(days=1)
_FROM = FROM | frozenset("vom van du z del dari ursprünglich originally initialement".split())
"""Words before the previous day of a moved event."""
_WORD = re.compile(r"[^\W\d_]+")
_MOVES = (
    "now;now on;new date;new date is;changed to;pushed to;pushed back to;put back to;shifted to;moved to;"
    "jetzt;jetzt am;nun am;neuer termin;neues datum;findet statt am;nouvelle date;décalé au;décalée au;"
    "passe au;trasladó al;traslada al;pasa al;nueva fecha;reprogramado para;reprogramada para;"
    "reprogramado para el;reprogramada para el;cambiado al;cambiada al;cambia al;cambió al;"
    "transferido para;transferida para;transferido para o dia;transferida para o dia;nova data;"
    "passou para;passa para;passou para o dia;passa para o dia;spostato al;spostata al;nuova data;"
    "slitta al;verschoven naar;nieuwe datum;nu op;перенос на;переносится на;перенесён на;перенесен на;"
    "перенесено на;перенесена на;новая дата;переноситься на;переносять на;нова дата;przeniesiony na;"
    "przeniesiona na;przeniesione na;przesunięty na;przesunięta na;przesunięte na;nowy termin;nowa data;"
    "yeni tarih;تاریخ جدید;به;نقلت إلى;نقل إلى;الموعد الجديد;nytt datum;ny dato;nå;改到;改至;改为;改為;延至;延到;新日期"
)
"""Words between an event and its new day."""
_TO = "|".join(sorted(_MOVES.split(";"), key=len, reverse=True))
_EVENTS = (
    "event|rally|march|demo|kundgebung|veranstaltung|versammlung|marche|manifestation|acto|marcha|manifestación|corteo|"
    "betoging|акция|митинг|мітинг|акція"
)
_ARE = (
    "is|was|wurde|wird|ist|a été|est|se|ha sido|fue|foi|è stato|è stata|è|werd|wordt|został|została|zostało|был|была|"
    "было|було|була|був"
)
_TO_DAY = re.compile(
    rf"(?:(?:the |die |der |das |le |la |el |il |o )?(?:{_EVENTS}) )?(?:(?:{_ARE}) )?(?:{_TO})(?![^\W\d_])"
    r"\s*[:–-]?\s*(?P<day>\D{0,24}\d.*?)(?:\s(?:verschoben|verlegt|nachgeholt|منتقل شد|موکول شد|منتقل شده))?"
)
"""A remark that contains only words for a move and the new day: "nouvelle date : 5 mai"."""
_ON_DAY = re.compile(
    r"(?:wurde |wird |ist )?(?:auf|am)(?: den)? (?P<day>.+?) (?:verschoben|verlegt|nachgeholt|verlagert)|"
    r"(?P<tr>.+?)(?:['’][ea]| tarihine| gününe)? (?:ertelendi|alındı|ertelenmiştir|alınmıştır)"
)
"""The same with the day before the verb: "wird am 5.5. nachgeholt"."""
_EARLIER = re.compile(
    r"(?:avancée? au|brought forward to|moved forward to|vorverlegt auf(?: den)?|adelantad[oa] al|anticipat[oa] al|"
    r"adiantad[oa] para|antecipad[oa] para|vervroegd naar|przyspieszon\w+ na|tidigarelag[dt] till|framskyndad till|"
    r"öne alındı:?) (?P<day>.+)"
)
_BARE_DAY = re.compile(r"\D*?([^\W\d_]+)\.? (?:(?:the|el|le|il|o|den|dem) )?\d{1,2}(?:\.|[^\W\d_]{2})?")
"""A day without its month as the only figure, behind a word."""
_FIRST_FIGURE = re.compile(r"\d.*", re.DOTALL)


def take_moved_day(row: Row, order: Order) -> bool:
    """Set the date to the new day in a remark, with a note; the remark is kept as a note, too.

    Return whether the remark was in place of a venue; it then does not mean that the event is postponed.

    If the row already has the new day, or the remark only names the previous day, the event took place on the date of
    the row. If the new day cannot be read, the event is postponed.
    """
    texts = row.texts
    if texts.get("precision") not in SINGLE_DAY:
        return False
    start, end = date.fromisoformat(texts["start"]), date.fromisoformat(texts["end"])
    remarks = [(name, cell) for name in _REMARKS if name in row.cells for cell in row.cells[name]]
    for name, cell in remarks:
        aside = _ASIDE.search(cell.text) if name == "title" else None
        if aside is None and name == "title" and ":" in cell.text:
            aside = _LEAD.match(cell.text)
        said = cell.text if name != "title" else next(filter(None, aside.groups())) if aside is not None else ""
        if name in ("venue", "place") and said != texts.get("venue"):
            continue  # a remark behind a place
        moved = _moved_to(said, order, start)
        if moved is None or end - start > _ONE_NIGHT:
            continue
        rest = cell.text[: aside.start()] + cell.text[aside.end() :] if aside is not None else ""
        left = [Cell(cell.column, rest.strip())] if aside is not None else []
        row.cells[name] = left + [other for other in row.cells[name] if other is not cell]
        if not left:
            row.keep(cell)
        row.read_as(Cell(cell.column, cell.text), phrase("The event was moved to this date."))
        texts["start"], texts["end"] = moved.isoformat(), (moved + (end - start)).isoformat()
        if name in ("venue", "place"):
            del texts["venue"]
            return True
        return False
    return False


def _moved_to(text: str, order: Order, start: date) -> date | None:
    """Return the new day in a remark about an event; None if it cannot be read."""
    if text.isdecimal() or not any(map(str.isdecimal, text)) or len(text.split()) > _MAX_WORDS:
        return None
    alike = with_equal_digits(text)
    if _names_new_day(alike):
        day = _new_day(fold_cell(text).casefold(), DateRules(order=order, year=start.year), start)
        if day is not None:
            return day
    if not _may_be_moved(alike):
        return None
    folded, rules = fold_cell(text).casefold(), DateRules(order=order, year=start.year)
    found = read_date(text, rules)
    if (
        _is_one_day(found)
        and not _FROM.isdisjoint(_WORD.findall(folded))
        and found.start is not None
        and found.start < start
    ):
        return start  # "verlegt vom 11.03." next to the new day
    if not _is_one_day(found):
        if (previous := _BARE_DAY.fullmatch(folded)) is not None and previous[1] in _FROM:
            return start  # "rescheduled from 29th" next to the new day
        figures = _FIRST_FIGURE.search(folded)
        found = read_date(figures[0], rules) if figures is not None else found
    return found.start if _is_one_day(found) and found.start is not None and found.start >= start else None


@lru_cache(maxsize=8192)
def _may_be_moved(text: str) -> bool:
    """Return whether a remark, with equal digits, says that the event was postponed."""
    return EventStatus.POSTPONED in (status_of_remark(text), status_of(text))


@lru_cache(maxsize=8192)
def _names_new_day(text: str) -> bool:
    """Return whether a remark, with equal digits, contains only words for a move and a number."""
    folded = fold_cell(text).casefold()
    return any(pattern.fullmatch(folded) is not None for pattern in (_EARLIER, _TO_DAY, _ON_DAY))


def _new_day(folded: str, rules: DateRules, start: date) -> date | None:
    """Return the day of a remark that contains only words for a move and the new day."""
    earlier = _EARLIER.fullmatch(folded)
    match = earlier or _TO_DAY.fullmatch(folded) or _ON_DAY.fullmatch(folded)
    if match is None:
        return None
    found = read_date(match["day"] or match["tr"], rules)
    if not _is_one_day(found) or found.start is None or found.remark:
        return None
    return found.start if earlier is not None or found.start >= start else None


def _is_one_day(read: ReadDate) -> bool:
    is_read = read.start is not None and read.start == read.end and read.precision in SINGLE_DAY and not read.each
    return is_read and "left out" not in read.remark
