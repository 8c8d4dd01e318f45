"""Crowds, organisers and sources of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rallymap.events import EventStatus
from rallymap.intake.cells.attributed_crowds import read_attributed_crowds
from rallymap.intake.cells.crowds import ReadCrowd, is_expectation, read_crowd
from rallymap.intake.cells.linked_text import split_links
from rallymap.intake.cells.words import status_inside, without_status
from rallymap.intake.rows.called_off import status_instead_of_number
from rallymap.intake.rows.private_persons import is_private_person
from rallymap.intake.rows.row import Cell, Row
from rallymap.intake.rows.thousands import write_thousands
from rallymap.language import joined, phrase

_URL = re.compile(r"https?://[^\s<>\"|]+|www\.[^\s<>\"|]+", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>|\]\(|\(\s*\)|\[\s*\]|href=\S*")
_BARE = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+$", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:\s*\[[\w\s.,-]{1,30}\])+\s*")
_EMAIL = re.compile(r"(?<=[^\s@])@[^\s@]+\.\w")
_AND_FIGURE = re.compile(r"^(.*?\S)\s*[/,(]\s*((?:ca\.?\s*)?\d[\d.\s]*(?:-\s*\d[\d.]*)?)\)?$")
_ABOUT_FIGURE = re.compile(r"()((?:ca|etwa|rund|about|around|circa|environ|env|unas?|около|±|~)\.?\s*\d[\d.\s]*)", re.I)
_FIGURES = ("crowd", "crowd_actual", "crowd_registered", "crowd_low")
_MAX_SOURCES = 12
_TAGGED_CROWD = re.compile(r"crowd size\s?=\s?([^;|]+)")
_NO_REPORT = frozenset({"no report", "not reported"})


@dataclass(slots=True)
class WhoReader:
    """Reader of crowds, organisers and sources in one table.

    Attributes
    ----------
    default_source
        The user's source fields for rows without a source.
    has_bounds
        Whether the table has columns for the lowest and highest number; its wordings are then not parsed.
    of_persons
        Positions of columns for organisers that say "private person" in some rows.
    """

    default_source: dict[str, str]
    has_bounds: bool = False
    of_persons: frozenset[int] = frozenset()
    _crowds: dict[str, ReadCrowd] = field(default_factory=dict)

    def read(self, row: Row) -> EventStatus | None:
        """Write these fields of a row; return the status in a cell for an organiser or crowd, if any."""
        _take_tagged_crowd(row)
        write_thousands(row)
        status = self._organisers(row)
        self._sources(row)
        return self._crowd(row) or status

    def _organisers(self, row: Row) -> EventStatus | None:
        names: list[str] = []
        status: EventStatus | None = None
        for cell in row.all("organisers"):
            text = " ".join(cell.text.split())
            if is_private_person(text, cell.column.heading, may_be_named=cell.column.position in self.of_persons):
                row.withhold(cell, phrase("This is a private person, who is not named here."))
                continue
            mentioned = status_inside(text, only_marked=False)
            if mentioned is not None:
                status = mentioned
                row.note_status(cell, mentioned)
                text = without_status(text)
            combined = _AND_FIGURE.match(text) or _ABOUT_FIGURE.fullmatch(text)
            if combined and not any(map(row.first, _FIGURES)):
                text = combined[1]
                row.cells.setdefault("crowd", []).append(Cell(cell.column, combined[2]))
                row.read_as(cell, phrase("There is a number of people next to the organiser."))
            if re.fullmatch(r"[\d.,\s]+", text):
                row.leave_out(cell, phrase("This is a number, not an organiser."))
            elif _EMAIL.search(text):
                row.withhold(cell, phrase("There is an email address, which is not kept."))
            elif text:
                names.append(text)
        if names:
            row.texts["organisers"] = ";".join(names)
        return status

    def _crowd(self, row: Row) -> EventStatus | None:
        actual, plain, registered = row.first("crowd_actual"), row.first("crowd"), row.first("crowd_registered")
        low, high = row.first("crowd_low"), row.first("crowd_high")
        words = row.first("crowd_words")
        status: EventStatus | None = None
        if low is not None or high is not None:
            self._bounds(row, low, high)
            for cell in (actual, plain, registered):
                if cell is not None:
                    row.keep(cell)
        else:
            for cell in (actual, plain, registered):
                if cell is None:
                    continue
                if "crowd_low" in row.texts or "crowd_high" in row.texts or "crowd_words" in row.texts:
                    row.keep(cell)
                    continue
                if (mentioned := status_instead_of_number(cell.text)) is not None:
                    status = mentioned
                    row.note_status(cell, mentioned)
                    continue
                if cell is registered and cell.text.strip() in ("0", "0.0"):
                    row.leave_out(cell, phrase("A 0 is taken as not known."))
                    continue
                if cell is registered or not self._sides(row, cell):
                    self._one(row, cell)
                if cell is registered and ("crowd_low" in row.texts or "crowd_high" in row.texts):
                    row.texts["crowd_by"] = "registered"
                    row.texts["crowd_expected"] = "yes"
        if words is not None and (
            self.has_bounds or {"crowd_low", "crowd_high"} & row.texts.keys() or not self._sides(row, words)
        ):
            row.texts["crowd_words"] = " ".join(words.text.split())[:200]
            for cell in row.all("crowd_words")[1:]:
                row.keep(cell)
            if not self.has_bounds and not {"crowd_low", "crowd_high"} & row.texts.keys():
                self._one(row, words)
                row.texts.setdefault("crowd_words", words.text[:200])
        status = self._by_sides(row) or status
        by = row.text("crowd_by")
        if by and not {"crowd_low", "crowd_high", "crowd_words"} & row.texts.keys():
            row.keep_all("crowd_by")
        elif by and "crowd_by" not in row.texts:
            row.texts["crowd_by"] = by
        return status

    def _by_sides(self, row: Row) -> EventStatus | None:
        """Write the numbers of police and organisers as separate estimates, after one without a giver.

        Returns
        -------
        status
            Status written instead of a number ("cancelled"), or None.
        """
        number, status = _next_estimate(row), None
        for field_name, by in (("crowd_police", "police"), ("crowd_organisers", "organisers")):
            for cell in row.all(field_name):
                mentioned = status_instead_of_number(cell.text)
                if mentioned is not None:
                    status = mentioned
                    row.note_status(cell, mentioned)
                    continue
                aside = Row(row.number, {})
                self._one(aside, cell)
                row.notes += aside.notes
                if not aside.texts:
                    continue
                prefix = f"crowd{number}_" if number > 1 else "crowd_"
                for name, value in aside.texts.items():
                    row.texts[name.replace("crowd_", prefix)] = value
                row.texts[f"{prefix}by"] = by
                number += 1
        return status

    def _sides(self, row: Row, cell: Cell) -> bool:
        """Write the estimates of a cell that names who gives each; return whether there are any."""
        if row.first("crowd_by") is not None:
            return False
        sides = read_attributed_crowds(cell.text)
        for number, side in enumerate(sides, _next_estimate(row)):
            prefix = f"crowd{number}_" if number > 1 else "crowd_"
            for name, value in (("low", side.crowd.low), ("high", side.crowd.high)):
                if value is not None:
                    row.texts[f"{prefix}{name}"] = str(value)
            row.texts[f"{prefix}words"] = side.crowd.words
            row.texts[f"{prefix}by"] = side.by
        return bool(sides)

    def _one(self, row: Row, cell: Cell) -> None:
        read = self._crowds.get(cell.text)
        if read is None:
            read = self._crowds[cell.text] = read_crowd(cell.text)
        for name, value in (("crowd_low", read.low), ("crowd_high", read.high)):
            if value is not None:
                row.texts[name] = str(value)
        if (read.low is not None and read.high is None) or (read.high is not None and read.low is None) or read.words:
            row.texts["crowd_words"] = read.words or " ".join(cell.text.split())[:200]
        if is_expectation(cell.text) and (read.low, read.high) != (None, None):
            row.texts["crowd_expected"] = "yes"
        if read.remark and read.words:
            row.read_as(
                cell,
                joined((read.remark, phrase("The number is kept in words.")))
                if read.low is read.high is None
                else read.remark,
            )
        elif read.remark:
            row.leave_out(cell, read.remark)

    def _bounds(self, row: Row, low: Cell | None, high: Cell | None) -> None:
        values: list[int | None] = []
        swaps: list[bool] = []
        for cell, name in ((low, "low"), (high, "high")):
            if cell is None:
                values.append(None)
                continue
            read = read_crowd(cell.text)
            value = read.low if name == "low" else read.high
            value = value if value is not None else read.high if name == "low" else read.low
            if value is None:
                row.leave_out(cell, phrase("This is not a number of people."))
            values.append(value)
            swaps.append(value is not None and (read.low if name == "low" else read.high) is None)
        first, last = values
        if None in values and any(swaps):
            first, last = last, first  # "up to 3000" in the column for the lowest number, and nothing for the highest
        if first is not None and last is not None and first > last:
            for cell in (low, high):
                if cell is not None:
                    row.leave_out(cell, phrase("The lower number is above the higher one."))
            return
        said = [cell.text for cell in (low, high) if cell is not None and read_crowd(cell.text).words]
        row.texts |= {"crowd_words": said[0][:200]} if said and first is last is None else {}
        for name, value in (("crowd_low", first), ("crowd_high", last)):
            if value is not None:
                row.texts[name] = str(value)

    def _sources(self, row: Row) -> None:
        number = 0
        for cell in row.all("source_url"):
            links = _URL.findall(cell.text)
            rest = " ".join(_URL.sub(" ", cell.text).split()).strip(" ,;|-")
            if not links and _OTHER_SCHEME.match(rest):
                row.leave_out(cell, phrase("This is not the address of a web page."))
                continue
            if not links and rest:
                row.cells.setdefault("source_title", []).append(cell)
                continue
            number = self._links(row, cell, links, number)
            if rest:
                row.keep(cell)
        titles: list[tuple[int, str]] = []
        for cell in row.all("source_title"):
            text = " ".join(cell.text.split())
            if _FOOTNOTE.fullmatch(text):
                row.leave_out(cell, phrase("This is only the mark of a footnote."))
            elif _EMAIL.search(text):
                row.withhold(cell, phrase("There is an email address, which is not kept."))
            elif links := _URL.findall(text) or _BARE.findall(text):
                number = self._links(row, cell, links, number)
                rest = " ".join(_MARKUP.sub(" ", _BARE.sub(" ", _URL.sub(" ", text))).split()).strip(" ,;|-()[]")
                titles.append((max(1, number - len(links) + 1), rest if len(links) == 1 else ""))
                if rest and len(links) > 1:
                    row.keep(Cell(cell.column, split_links(cell.text)[0]))
            else:
                titles.append((0, text))
        for at, title in titles:
            if title:
                place = at or 1
                name = f"source{place if place > 1 else ''}_title"
                row.texts[name] = "; ".join(filter(None, (row.texts.get(name, ""), title)))[:600]
        for name in ("source_publisher", "source_published"):
            if text := row.text(name):
                row.texts[name] = re.sub(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d\S*$", "", " ".join(text.split()))
        if row.texts.keys().isdisjoint(("source_url", "source_title", "source_publisher")):
            row.texts.pop("source_published", None)
            row.texts.update(self.default_source)

    def _links(self, row: Row, cell: Cell, links: list[str], number: int) -> int:
        """Write links as sources after the first `number`; return the new number of sources."""
        for link in (text.rstrip(".,;)]'") for text in links):
            link = link if link.casefold().startswith("http") else f"https://{link}"
            if link in row.texts.values():
                continue
            number += 1
            if number > _MAX_SOURCES:
                row.leave_out(cell, phrase("This has more than {max_sources} links.", max_sources=_MAX_SOURCES))
                return _MAX_SOURCES
            row.texts[f"source{number if number > 1 else ''}_url"] = link
        return number


def _take_tagged_crowd(row: Row) -> None:
    """Move the number of people from a list of tags ("crowd size=about 200; women") to the crowd field."""
    cells = row.all("topics")
    for at, cell in enumerate(cells):
        tagged = _TAGGED_CROWD.search(cell.text)
        if tagged is None:
            continue
        rest = f"{cell.text[: tagged.start()]}{cell.text[tagged.end() :]}".strip(" ;,")
        row.cells["topics"] = [*cells[:at], *([Cell(cell.column, rest)] if rest else []), *cells[at + 1 :]]
        if tagged[1].strip() not in _NO_REPORT:
            row.cells.setdefault("crowd", []).append(Cell(cell.column, tagged[1].strip()))
        return


def _next_estimate(row: Row) -> int:
    """Return the number of the first unused estimate of a row, from 1."""
    taken = {name for name in row.texts if name.startswith("crowd")}
    number = 1
    while any(name.startswith("crowd_" if number == 1 else f"crowd{number}_") for name in taken):
        number += 1
    return number
