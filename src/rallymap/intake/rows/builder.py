"""Build events from the rows of one table; an unusable value is left out with a note, and the event is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rallymap.dates import EventDate
from rallymap.events import Place, ReviewStatus
from rallymap.formulas import unguard_cell
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.cells.error_values import is_error_value
from rallymap.intake.cells.folding import is_missing
from rallymap.intake.cells.kinds import kind_of
from rallymap.intake.cells.linked_text import split_links
from rallymap.intake.cells.plain_text import plain_text, without_footnotes
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.field_errors import FieldErrors
from rallymap.intake.fields import ZoneFinder, event_from_fields
from rallymap.intake.findings import RowFate, RowResult
from rallymap.intake.groups import split_name
from rallymap.intake.limits import MAX_CELL
from rallymap.intake.rows.consent import Consent, consent_of
from rallymap.intake.rows.expected import keep_numbers_of_status, note_expected
from rallymap.intake.rows.languages import promote_tagged, read_languages
from rallymap.intake.rows.moved_days import take_moved_day
from rallymap.intake.rows.no_events import why_no_event
from rallymap.intake.rows.row import NO_COLUMN, Cell, Row
from rallymap.intake.rows.strikes import take_struck
from rallymap.intake.rows.weekdays import note_other_weekday, note_other_year
from rallymap.intake.rows.what import WhatReader
from rallymap.intake.rows.when import WhenReader
from rallymap.intake.rows.where import WhereReader
from rallymap.intake.rows.who import WhoReader
from rallymap.intake.rows.zones import take_offset, take_zone_online
from rallymap.intake.tables.columns import Column
from rallymap.intake.tables.headings import NOTE
from rallymap.intake.when import read_when
from rallymap.intake.where import read_location, read_place
from rallymap.language import clean_tag, phrase
from rallymap.name_lists import split_at_semicolons

_DATE_FIELDS = ("start", "end", "precision", "start_time", "end_time", "zone", "approximate")
_PLACE_FIELDS = ("place_text", "region", "venue", "country")
_POINT = frozenset({"lat", "lon", "coordinates"})
_GROUPS = {
    "date": _DATE_FIELDS, "start": _DATE_FIELDS, "end": _DATE_FIELDS, "precision": _DATE_FIELDS,
    "start_time": ("start_time", "end_time", "zone", "precision"), "end_time": ("end_time",),
    "zone": ("start_time", "end_time", "zone", "precision"),
    "lat": ("lat", "lon", "coordinates"), "lon": ("lat", "lon", "coordinates"),
    "coordinates": ("lat", "lon", "coordinates"), "crowd": ("crowd_low", "crowd_high", "crowd_words", "crowd_by"),
    "place": ("place_text", "region"),
}  # fmt: skip
_WITH_LINKS = frozenset({"source_url", "source_title", NOTE, "coordinates"})
_SOURCES_BEHIND = frozenset("title about date start crowd crowd_words crowd_low crowd_high crowd_actual".split())
"""Fields whose cells may link to the page that reports the event."""
_FOOTNOTED = frozenset("title place city region venue country organisers crowd crowd_words kind".split())
_SPOTS = frozenset({"place", "city", "venue"})
_SENTENCES = frozenset({"title", "about"})
_WORD = re.compile(r"(?!unbekannt|unknown|null|none|nan)[^\W\d_]{4,}", re.IGNORECASE)
_SAYS_SOMETHING = frozenset(
    "start place_text region venue country lat coordinates about organisers communities topics claim_text".split()
)
_EXACT_PLACE = frozenset({"venue", "coordinates", "lat", "lon", "location_precision"})
_MAX_TRIES = 8
_PLAIN = re.compile(r"[^\W_](?:[\w .,:;/()–-]*[^\W_])?")
"""Most cells: nothing to remove, such as markup, footnotes, invisible characters and an apostrophe before a formula."""
_ADDRESS = re.compile(r"\s*\(?(https?://[^\s()<>]+)\)?", re.IGNORECASE)
"""A web address behind the words of a title."""
_NO_MARKS = frozenset[str]()


@dataclass(slots=True)
class RowBuilder:
    """Builder of the events of one table."""

    sheet: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    missing: dict[int, frozenset[str]]
    when: WhenReader
    where: WhereReader
    what: WhatReader
    who: WhoReader
    find_zone: ZoneFinder | None
    review: ReviewStatus
    today: date | None
    order: Order
    weekdays: Mapping[int, Mapping[str, frozenset[int]]]
    id_column: int | None
    sections: frozenset[int] = frozenset()
    is_own: bool = False
    dittos: Mapping[tuple[int, int], str] = field(default_factory=dict)
    _whens: dict[tuple[str, ...], EventDate | None] = field(default_factory=dict)
    _places: dict[tuple[str, ...], Place | None] = field(default_factory=dict)
    _zones: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def build(self, number: int, cells: tuple[str, ...]) -> tuple[RowResult, ...]:
        """Build the event of a row, or one for each of its dates, or return why it is not an event."""
        first = self._row(number, cells)
        others = [self._row(number, cells, part) for part in range(1, self.when.count_events(first))]
        return tuple(self._build(row, number, cells) for row in (first, *others))

    def places_of(self, rows: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
        """Yield the place text of each row that has one, and the alpha-2 code of its country or ""."""
        for number, cells in rows:
            row = self._row(number, cells)
            if number not in self.sections and not is_sum(next(filter(None, cells), "")):
                self.where.read(row)
                if row.texts.get("place_text"):
                    yield self.where.text_of(row), row.texts.get("country", "")

    def _build(self, row: Row, number: int, cells: tuple[str, ...]) -> RowResult:
        if number in self.sections:
            reason: str = phrase("This row is a heading for the rows below it.")
        else:
            reason = why_no_event(row, cells, self.header, self.columns, self.when)
        if reason:
            return RowResult(self.sheet, number, cells, RowFate.NOT_AN_EVENT, reason=reason)
        struck = None if self.is_own else take_struck(row)
        mentioned_kind, mentioned_status = self.where.read(row)
        if (consent := consent_of(self.columns, cells)) is not None and consent[0] is Consent.TOWN_ONLY:
            row.leave_out(consent[1], phrase("Only the town may be published, so the exact place is left out."))
            for name in [name for name in row.texts if name in _EXACT_PLACE or name.startswith("route")]:
                del row.texts[name]
        if not self.is_own:
            take_zone_online(row)
            take_offset(row)
        called_off = self.when.read(row, lambda: self._zone_of(row))
        if not self.is_own and take_moved_day(row, self.order):
            mentioned_status = None
        status = self.who.read(row) or called_off
        if row.first("mark"):
            mentioned_kind = mentioned_kind or kind_of(row.first("mark").column.heading)  # type: ignore[union-attr]
        promote_tagged(row)
        self.what.read(row, mentioned_kind, status or mentioned_status or struck)
        note_expected(row)
        keep_numbers_of_status(row)
        read_languages(row)
        note_other_weekday(row, self.weekdays)
        note_other_year(row)
        self._copy_own_fields(row)
        for name in (NOTE, "duration", "month", "year", "day", "end_month", "end_year", "end_day"):
            if name in (NOTE, "duration") or row.first("date", "start"):
                row.keep_all(name)
        for cell in row.all("contact"):
            row.withhold(cell, phrase("This is contact data, which is not kept."))
        if not row.texts.keys() & _SAYS_SOMETHING and not row.first("title", "about"):
            return RowResult(
                self.sheet,
                number,
                cells,
                RowFate.NOT_AN_EVENT,
                reason=phrase("This row has no date, place or text that can be read."),
                notes=tuple(row.notes),
            )
        return self._event(row, number, cells)

    def _row(self, number: int, cells: tuple[str, ...], part: int = 0) -> Row:
        by_field: dict[str, list[Cell]] = {}
        notes = []
        errors: list[Cell] = []
        for column in self.columns:
            if column.position >= len(cells) or not column.field:
                continue
            text = cells[column.position]
            if not text or (
                is_missing(text, self.missing.get(column.position, _NO_MARKS))
                and not (column.field in _SENTENCES and _WORD.fullmatch(text.strip()))
                and not (column.field.endswith("language") and clean_tag(text))  # "nn" is Nynorsk, "ka" Georgian
            ):
                if text and is_error_value(text):
                    errors.append(Cell(column, text))
                continue
            if (mark := self.dittos.get((number, column.position))) is not None:
                notes.append((Cell(column, mark), phrase("This repeats the row above: {text}.", text=text[:80])))
            is_plain = _PLAIN.fullmatch(text) is not None
            text = text if is_plain else self._without_markup(column, text)
            if not text:
                continue
            if len(text) > MAX_CELL:
                only = phrase("Only the first {max_cell} characters are read.", max_cell=MAX_CELL)
                notes.append((Cell(column, text[:MAX_CELL]), only))
                text = text[:MAX_CELL]
            if not is_plain and column.field not in _WITH_LINKS and not self.is_own:
                text, addresses = split_links(text)
                for address in addresses:
                    linked = "source_url" if column.field in _SOURCES_BEHIND else NOTE
                    by_field.setdefault(linked, []).append(Cell(column, address))
            if column.field == "title" and "://" in text and not self.is_own:
                addresses, text = tuple(_ADDRESS.findall(text)), _ADDRESS.sub("", text).strip() or text
                by_field.setdefault("source_url", []).extend(Cell(column, address) for address in addresses)
            if column.field in _SPOTS and "※" in text:  # begins a remark in Japanese
                text, _, remark = (part.strip(" ,、\n") for part in text.partition("※"))
                by_field.setdefault(NOTE, []).append(Cell(column, remark))
            by_field.setdefault(column.field, []).extend([Cell(column, text)] if text else [])
        row = Row(number, by_field, part=part)
        for cell, reason in notes:
            row.read_as(cell, reason)
        for cell in errors:
            row.leave_out(cell, phrase("This is an error of the spreadsheet program, not a value."))
        return row

    def _without_markup(self, column: Column, text: str) -> str:
        text = unguard_cell(text).strip()
        if self.is_own:
            return text
        text = text if column.field == NOTE else plain_text(text).strip()
        return without_footnotes(text) if column.field in _FOOTNOTED else text

    def _zone_of(self, row: Row) -> str:
        place = self._place_of(row.texts) or Place()
        if self.find_zone is not None and not row.texts.keys() & _POINT:
            for words in ((place.text or place.venue, ""), (place.text, place.venue)):
                if (key := (*words, place.country_hint)) not in self._zones:
                    self._zones[key] = self.find_zone(Place(key[0], venue=key[1], country_hint=key[2]), None)
                if self._zones[key]:
                    return self._zones[key]
            return ""
        point = read_location(row.texts, place, FieldErrors(), method="given")
        return self.find_zone(place, point) if self.find_zone is not None else ""

    def _when_of(self, texts: dict[str, str]) -> EventDate | None:
        """Return the date of a row, None if its parts contradict each other; equal parts are parsed once."""
        key = tuple(texts.get(name, "") for name in _DATE_FIELDS)
        if key not in self._whens:
            errors = FieldErrors()
            when = read_when(texts, errors)
            self._whens[key] = None if errors.found else when
        return self._whens[key]

    def _place_of(self, texts: dict[str, str]) -> Place | None:
        key = tuple(texts.get(name, "") for name in _PLACE_FIELDS)
        if key not in self._places:
            errors = FieldErrors()
            place = read_place(texts, errors)
            self._places[key] = None if errors.found else place
        return self._places[key]

    def _copy_own_fields(self, row: Row) -> None:
        """Copy the numbered columns of our own tables, such as ``source2_url``."""
        for name, cells in row.cells.items():
            group = split_name(name)
            if group is None or name in row.texts or group[0] == "translation":
                continue
            if group[1] > 1 or group[0] in ("claim", "route") or group[2] in ("archived_url", "source"):
                row.texts[name] = cells[0].text

    def _event(self, row: Row, number: int, cells: tuple[str, ...]) -> RowResult:
        texts = row.texts
        own_id = self._own_id(cells)
        for _ in range(_MAX_TRIES):
            checked = event_from_fields(
                texts,
                when=self._when_of(texts),
                place=self._place_of(texts),
                event_id=own_id,
                review=self.review,
                split=split_at_semicolons,
                today=self.today,
                id_has_venue=True,
            )
            if checked.event is not None:
                return RowResult(
                    self.sheet, number, cells, RowFate.EVENT, checked.event, notes=tuple(row.notes),
                    doubted_point=row.doubted_point, has_made_id=not own_id,
                )  # fmt: skip
            for error in checked.errors:
                names = _GROUPS.get(error.field, (error.field,))
                gone = [name for name in names if texts.pop(name, None) is not None]
                if not gone and error.field == "title":
                    texts["title"] = "Event"
                cell = self._cell_of(row, error.field, gone)
                if gone:
                    row.leave_out(cell, error.user_message)
            if "precision" not in texts and "start_time" not in texts and texts.get("start"):
                texts["precision"] = "day"
        reason = checked.errors[0].user_message if checked.errors else phrase("This row cannot be read.")
        return RowResult(self.sheet, number, cells, RowFate.NOT_AN_EVENT, reason=reason, notes=tuple(row.notes))

    def _own_id(self, cells: tuple[str, ...]) -> str:
        if self.id_column is None or self.id_column >= len(cells):
            return ""
        return cells[self.id_column].strip()

    def _cell_of(self, row: Row, name: str, gone: list[str]) -> Cell:
        near = {"place_text": "place", "crowd_low": "crowd", "crowd_high": "crowd", "crowd_words": "crowd"}
        for candidate in (name, *gone, *(near.get(one, one) for one in gone), "date", "time"):
            cell = row.first(candidate)
            if cell is not None and (candidate in gone or candidate == name or near.get(name) == candidate):
                return cell
        return Cell(NO_COLUMN, ", ".join(gone))
