"""Title, kind, status and texts of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rallymap.community_reader import read_community
from rallymap.events import MAX_ITEMS, MAX_NAME, MAX_TEXT, MAX_TITLE, EventStatus, Kind
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.kinds import kind_of, status_behind_kind
from rallymap.intake.cells.lifted_bans import goes_ahead, is_ban
from rallymap.intake.cells.words import (
    NOT_AS_PLANNED,
    is_as_planned,
    status_at_end,
    status_inside,
    status_of,
    status_of_remark,
    status_with_cause,
    with_equal_digits,
)
from rallymap.intake.lexicon import fold, meanings
from rallymap.intake.options import ImportOptions
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.tables.heading_sides import is_turnout
from rallymap.intake.tables.headings import NOTE, is_online_flag, status_of_flag
from rallymap.intake.tables.profiles import says_yes
from rallymap.language import phrase
from rallymap.name_lists import join_at_semicolons, split_at_semicolons
from rallymap.wording import KIND_LABELS

_ONLY_STANDING = frozenset("stationär stat statisch ortsfest static stationary statique fija fijo stacjonarne".split())
"""Words that say only that an event does not move; the title can say more: "Mahnwache"."""
_STANDING = frozenset({Kind.VIGIL, Kind.EXHIBITION, Kind.PICKET, Kind.PERFORMANCE})
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_FIGURES = ("crowd", "crowd_actual", "crowd_registered", "crowd_words")
_OF_SCHEMA = re.compile(r"(?:https?://schema\.org/)?Event([A-Z]\w+)", re.ASCII)
_AS_STATED = frozenset({"Scheduled", "Rescheduled"})
"""Statuses of schema.org for events that take place on their date."""
_MAX_WORDS = 3
_MAX_REMARK = 120
_AHEAD = (EventStatus.ANNOUNCED, EventStatus.CONFIRMED)
_KIND_LABELS = {kind: kind.value.capitalize() for kind in Kind} | {Kind.OTHER: "Event"}


@dataclass(slots=True)
class WhatReader:
    """Reader of texts in one table.

    Attributes
    ----------
    options
        The user's defaults, and meanings of words.
    title
        Title from the file for rows without one, or "".
    is_own
        Whether the table is our own export, whose lists are separated only by semicolons.
    today
        Events after this day cannot have participants yet.
    """

    options: ImportOptions
    title: str
    is_own: bool = False
    today: date | None = None

    def read(self, row: Row, kind: Kind | None, status: EventStatus | None) -> None:
        """Write the text fields of a row.

        Parameters
        ----------
        row
            Row whose place is already written, because the title can be derived from it.
        kind, status
            Kind and status from the words of its place, organiser or crowd, or None.
        """
        words = self._kind(row, kind)
        self._status(row, status)
        self._texts(row)
        self._title(row, words)

    def _kind(self, row: Row, kind: Kind | None) -> str:
        """Write the kind; return its words as written, for a title."""
        cell = row.first("kind")
        from_place = row.texts.pop("_kind_words", "")
        if cell is None:
            default = self.options.default("kind")
            found = kind or (kind_of(default) if default else self._kind_in_words(row))
            if found is not None:
                row.texts["kind"] = found.value
            return "" if default and kind is None else from_place
        text = " ".join(cell.text.split()).replace("_", " ")
        stated = self.options.kinds.get(text) or self.options.kinds.get(text.casefold())
        found = kind_of(stated) if stated else Kind.OTHER if text.casefold() == Kind.OTHER else kind_of(text)
        found = found or (None if stated else kind_in_title(text))
        if found is None:
            found = kind or self._kind_in_words(row) or Kind.OTHER
            as_text = phrase(KIND_LABELS[found])
            row.read_as(cell, phrase("This kind is not known here. It is recorded as “{text}”.", text=as_text))
        elif found is Kind.RALLY and fold(text) in _ONLY_STANDING and self._kind_in_words(row) in _STANDING:
            found = self._kind_in_words(row) or found
            row.read_as(cell, phrase("This is recorded as “{text}”.", text=phrase(KIND_LABELS[found])))
        elif text.casefold() != found.value:
            row.read_as(cell, phrase("This is recorded as “{text}”.", text=phrase(KIND_LABELS[found])))
        row.texts["kind"] = found.value
        for other in row.all("kind")[1:]:
            row.keep(other)
        return text

    @staticmethod
    def _kind_in_words(row: Row) -> Kind | None:
        words = row.text("title") or row.text("about")
        return kind_in_title(words) if len(words) <= MAX_TITLE else None

    def _status(self, row: Row, status: EventStatus | None) -> None:
        cell = row.first("status")
        stated: EventStatus | None = None
        if cell is not None:
            text = " ".join(cell.text.split())
            if (of_schema := _OF_SCHEMA.fullmatch(text)) is not None:
                text = of_schema[1]
                if text == "Rescheduled" and "start" in row.texts:
                    row.read_as(cell, phrase("The event was moved to this date."))  # startDate is the new date
                text = "" if text in _AS_STATED else text
            word = self.options.statuses.get(text) or self.options.statuses.get(text.casefold()) or text
            stated = (status_of(word) or status_at_end(word)) if word else None
            if stated is None and word and is_as_planned(word):
                row.keep(cell)
            elif stated is None and word:
                row.leave_out(cell, phrase("This status is not known here."))
            elif (stated in _AHEAD or (stated is EventStatus.CANCELLED and is_ban(word))) and (
                came := self._who_came(row)
            ):
                stated = EventStatus.HELD  # a permit was refused, but people came
                row.note_status(came, stated)
        title = row.text("title")
        mentioned = (
            (status_inside(title, only_marked=True) or status_behind_kind(title) or _status_alone(title))
            if title
            else None
        )
        found = mentioned or status or self._flagged(row) or self._remarked(row) or stated
        if found is EventStatus.CANCELLED and any(map(goes_ahead, _remarks(row))):
            found = stated if stated is not EventStatus.CANCELLED else None
        if found is None and (default := self.options.default("status")):
            found = status_of(default)
        if found is not None:
            row.texts["status"] = found.value

    def _who_came(self, row: Row) -> Cell | None:
        """Return the cell of a turnout column of a past event, if it contains a number other than 0."""
        if self.today is not None and row.texts.get("start", "") > self.today.isoformat():
            return None
        cells = (*row.all("crowd_actual"), *(cell for cell in row.all("crowd") if is_turnout(cell.column.heading)))
        return next((cell for cell in cells if any(char.isdecimal() and char != "0" for char in cell.text)), None)

    def _flagged(self, row: Row) -> EventStatus | None:
        """Return the status from a yes/no column."""
        for cell in row.all("flag"):
            if is_online_flag(cell.column.heading):
                continue
            status, answer = status_of_flag(cell.column.heading), says_yes(cell.text)
            if answer is None or status is None:
                row.keep(cell)
                continue
            if status is EventStatus.HELD and answer is False:
                status = status_of_remark(cell.text.partition(",")[2]) or EventStatus.CANCELLED
            elif answer is False:
                continue
            row.note_status(cell, status)
            return status
        return None

    def _remarked(self, row: Row) -> EventStatus | None:
        """Return the status if a remark says that the event was called off."""
        said = (*row.all("source_title"), *row.all("source_publisher"))
        for cell in (*said, *(cell for name in _FIGURES for cell in row.all(name))):
            figures = any(char.isdecimal() for char in cell.text)
            status = _status_beside_figures(cell.text) if figures else status_of_remark(cell.text)
            if status is not None and len(cell.text.split()) <= _MAX_WORDS:
                row.note_status(cell, status)
                return status
        for cell in (*row.all(NOTE), *row.all("about")):
            is_remark = cell.column.reason in ("heading", "mapping") or cell.column.heading.startswith("column ")
            if not is_remark and len(cell.text.split()) > _MAX_WORDS:
                if cell.column.field == NOTE and (status := status_with_cause(cell.text)) is not None:
                    row.note_status(cell, status)
                    return status
                continue
            first_line = cell.text.strip().partition("\n")[0]
            is_note = cell.column.field == NOTE or len(cell.text.split()) <= _MAX_WORDS  # "İPTAL EDİLDİ" alone
            status = status_of_remark(first_line) if is_note else status_inside(first_line, only_marked=True)
            if status is not None:
                row.note_status(cell, status)
                return status
        return None

    def _texts(self, row: Row) -> None:
        about = "\n".join(dict.fromkeys(cell.text.strip() for cell in row.all("about")))
        if len(about) > MAX_TEXT:
            row.read_as(row.all("about")[0], phrase("This is shortened to {most} characters.", most=MAX_TEXT - 1))
            about = about[: MAX_TEXT - 1] + "…"
        if about:
            row.texts["about"] = about
        for name in ("communities", "topics"):
            parts = [part.strip() for cell in row.all(name) for part in self._split(cell.text)]
            parts = list(dict.fromkeys(part for part in parts if part)) or [
                part.strip() for part in self.options.default(name).split(";") if part.strip()
            ]
            if name == "communities" and not self.is_own:
                parts = list(dict.fromkeys(map(read_community, parts)))
            if long := [part for part in parts if len(part) > MAX_NAME]:
                row.keep_all(name)
                parts = [part for part in parts if part not in long]
            if parts:
                row.texts[name] = join_at_semicolons(parts[:MAX_ITEMS])
        if not row.texts.get("organisers") and (default := self.options.default("organisers")):
            row.texts["organisers"] = default
        for name in ("claim_text", "by_organiser", "campaign", "campaign_name"):
            if text := row.text(name):
                row.texts[name] = text

    def _split(self, text: str) -> Sequence[str]:
        if self.is_own:
            return split_at_semicolons(text)
        text = text.replace("_", " ")
        for sign in (";", "\n", "|"):
            if sign in text:
                return text.split(sign)
        return text.split(",") if "," in text and len(text) < 200 else [text]

    def _title(self, row: Row, kind_words: str) -> None:
        cell = row.first("title")
        title = " ".join(cell.text.split()) if cell is not None else self.options.default("title") or self.title
        if cell is not None and _LINK.fullmatch(title):
            row.keep(cell)
            cell, title = None, ""
        about = " ".join(row.texts.get("about", "").split())
        if not title and not _LINK.fullmatch(about):
            cell, title = next(iter(row.all("about")), None), about
        if len(title) > MAX_TITLE:
            if cell is not None:
                row.read_as(
                    cell,
                    phrase(
                        "This is shortened to {most} characters. The whole text is kept with the event.",
                        most=MAX_TITLE,
                    ),
                )
            about = row.texts.get("about", "")
            if title not in " ".join(about.split()):
                row.texts["about"] = "\n\n".join(filter(None, (title, about)))[:MAX_TEXT]
            title = shorten(title)
        row.texts["title"] = title or self._made(row, kind_words)

    def _made(self, row: Row, kind_words: str) -> str:
        kind = Kind(row.texts.get("kind", Kind.RALLY))
        head = kind_words[:60] or _KIND_LABELS[kind]
        community, topic = (_first(row.texts.get(name, "")) for name in ("communities", "topics"))
        head += f" ({community})" if community else ""
        head += f": {topic}" if topic else ""
        place = row.texts.get("place_text") or row.texts.get("venue") or ""
        venue = row.texts.get("venue", "")
        where = ", ".join(dict.fromkeys(filter(None, (venue[:80], place)))) if topic == "" else place
        return shorten(f"{head}, {where}" if where else head)


def _status_beside_figures(text: str) -> EventStatus | None:
    """Return whether a cell has a number and a word for a cancelled event: "20 (cancelled)", "20/abgesagt"."""
    parts = (part for part in text.split("/") if not any(map(str.isdecimal, part)))
    return status_inside(text, only_marked=True) or next(
        (status for part in parts if (status := status_of(part)) in NOT_AS_PLANNED), None
    )


def _first(names: str) -> str:
    return next(iter(split_at_semicolons(names)), "")


def _status_alone(title: str) -> EventStatus | None:
    """Return the status if a whole title only says that the event did not take place as planned: "ANNULÉE"."""
    status = status_of(title) if fold(title) in meanings("statuses") else None
    return status if status in NOT_AS_PLANNED else None


def _remarks(row: Row) -> Iterator[str]:
    """Yield the texts of a row that may say that a ban was lifted."""
    texts = (cell.text for name in ("status", NOTE, "about") for cell in row.all(name))
    return (with_equal_digits(text) for text in texts if len(text) <= _MAX_REMARK)


def shorten(text: str) -> str:
    """Shorten a text to at most 200 characters, cut between words."""
    if len(text) <= MAX_TITLE:
        return text
    cut = text[: MAX_TITLE - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[MAX_TITLE // 2 :] else cut).rstrip(" ,;.-") + "…"
