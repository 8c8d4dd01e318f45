"""Date and times of a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from rallymap.dates import SINGLE_DAY, DatePrecision
from rallymap.events import EventStatus
from rallymap.intake.cells.date_columns import DateColumn
from rallymap.intake.cells.date_stamps import UNREADABLE, ReadDate
from rallymap.intake.cells.dates_in_text import date_in_text
from rallymap.intake.cells.half_days import Clock, end_in_same_half, read_bare_hours
from rallymap.intake.cells.times import ReadTime, read_times
from rallymap.intake.rows.all_day import as_whole_days, goes_over_night
from rallymap.intake.rows.called_off import take_called_off
from rallymap.intake.rows.date_columns import (
    date_from_columns,
    days_in_columns,
    end_by_duration,
    end_from_columns,
    exact_date_of,
    write_stated_precision,
    year_next_to_date,
)
from rallymap.intake.rows.midnights import without_midnight
from rallymap.intake.rows.row import NO_COLUMN, Cell, Row
from rallymap.intake.rows.zones import at_place, is_in_utc, is_zone, moved_to_place, note_zone, stated_zone, zone_online
from rallymap.intake.tables.profiles import says_yes
from rallymap.language import phrase

_DATES = ("date", "start", "end")
_ONE_DAY = timedelta(days=1)
_ABOUT = re.compile(r"~(?!\s?\d{1,2}[:시時])")


@dataclass(slots=True)
class WhenReader:
    """Reader of dates in one table; results of equal cells are cached.

    Attributes
    ----------
    columns
        Decisions for each date column, by position.
    numbers
        Meaning of plain numbers in time columns, by position.
    clock
        Clock format of the times.
    default
        The user's date for rows without one, already parsed.
    year, month
        Year and month of the whole table; 0 if unknown.
    is_own
        Whether the table is our own export, whose time zones are kept.
    around
        Dates by row number, for rows without one between rows of the same day.
    name
        Name of the table.
    """

    columns: dict[int, DateColumn]
    numbers: dict[int, str]
    clock: Clock
    default: ReadDate | None
    year: int
    month: int
    is_own: bool
    around: dict[int, tuple[str, int]] = field(default_factory=dict)
    name: str = ""
    _year_of_row: int = 0
    _dates: dict[tuple[int, str, int], ReadDate] = field(default_factory=dict)
    _times: dict[tuple[int, str], ReadTime] = field(default_factory=dict)

    def date_of(self, cell: Cell) -> ReadDate:
        """Parse a date cell with the rules of its column."""
        key = (cell.column.position, cell.text, self._year_of_row)
        found = self._dates.get(key)
        if found is None:
            column = self.columns.get(key[0])
            found = column.read(cell.text, key[2]) if column is not None else ReadDate(remark=UNREADABLE)
            self._dates[key] = found
        return found

    def count_events(self, row: Row) -> int:
        """Return how many events the date of a row means: one for each of several separate days."""
        self._year_of_row = year_next_to_date(row)
        if row.first("end") is not None:
            return 1
        cell = exact_date_of(row, self.date_of)
        found = self.date_of(cell) if cell is not None else days_in_columns(row, self.year, self.month)
        return max(1, len((found or (self._in_text(row) or (ReadDate(),))[0]).each))

    def _in_text(self, row: Row) -> tuple[ReadDate, str, str] | None:
        """Return the date in title or summary, like `date_in_text`; if there is a date column, only in a summary."""
        is_given = row.number in self.around and not self.columns
        if self.default is not None or is_given or row.first("day", "year", "month"):
            return None
        return date_in_text("" if self.columns else row.text("title"), row.text("about"))

    def time_of(self, cell: Cell) -> ReadTime:
        """Parse a time cell with the rules of its column."""
        key = (cell.column.position, cell.text)
        found = self._times.get(key)
        if found is None:
            numbers = self.numbers.get(cell.column.position, "")
            found = read_times(cell.text, numbers)
            if not numbers:
                found = read_bare_hours(cell.text, found, self.clock)
            self._times[key] = found
        return found

    def read(self, row: Row, zone_of: Callable[[], str]) -> EventStatus | None:
        """Write the date fields of a row; `zone_of` is called for the place's zone only if a time needs it.

        Returns
        -------
        status
            Status written instead of a date or time ("cancelled"), or None.
        """
        status, self._year_of_row = take_called_off(row), year_next_to_date(row)
        self._read(row, zone_of)
        return status

    def _read(self, row: Row, zone_of: Callable[[], str]) -> None:
        found, from_two = self._days(row)
        if found is None or found.start is None or found.end is None:
            for name in ("time", "start_time", "end_time"):
                for cell in row.all(name):
                    row.leave_out(cell, phrase("There is no date with this time."))
            return
        if says_yes(row.text("all_day")):
            found = as_whole_days(row, found, self.time_of)
        at, until = self._clock(row, found)
        found, zone = stated_zone(row, found, at)
        is_one_day = found.start == found.end
        if found.moment is None and at is not None and found.start is not None and is_in_utc(row):
            moment = datetime.combine(found.start, at, UTC)
            found = replace(found, precision=DatePrecision.MINUTE, start_time=at, moment=moment)
        if found.moment is not None and found.precision is DatePrecision.MINUTE:
            # A zone that a calendar gives for all events has lower priority than that of the place.
            written = found.start, at
            found, at, until, zone = at_place(found, at, until, zone_of() or zone or zone_online(row))
            given = exact_date_of(row, self.date_of)
            found, at = without_midnight(found, at, until, self.columns.get(given.column.position) if given else None)
            if (found.start, at) != written and zone:
                note_zone(row, zone, None if row.first("zone") else given)
            if not zone:
                self._note_times(row, phrase("The time zone of the place is not known."))
        elif zone and is_zone(zone) and at is not None and not self.is_own and (from_two or found.start == found.end):
            moved = moved_to_place(found, at, until, zone, zone_of())
            if moved is not None:
                found, at, until, zone = moved
                note_zone(row, zone)
        if zone and not is_zone(zone):
            row.leave_out(row.first("zone") or Cell(NO_COLUMN, zone), phrase("This time zone is not known."))
            zone = ""
        self._write(row, found, at, until, zone, zone_of, from_two or is_one_day)

    def _days(self, row: Row) -> tuple[ReadDate | None, bool]:
        """Return the days, and whether they come from separate columns for start and end."""
        cell = exact_date_of(row, self.date_of)
        found: ReadDate | None = None
        if cell is not None:
            found = self.date_of(cell)
            if found.each and row.first("end") is None:
                found = found.each[row.part]
            if found.start is None:
                row.leave_out(cell, found.remark)
                found = None
            elif found.remark:
                row.read_as(cell, found.remark)
            for other in (*row.all("date"), *row.all("start")):
                if other is not cell and (found is None or self.date_of(other).start != found.start):
                    row.keep(other)
        elif row.first("day", "year", "month"):
            found = date_from_columns(row, self.year, self.month)
            if found is not None and (last_day := end_from_columns(row)) is not None:
                return self._until(row, found, row.first("end_day", "end_year") or Cell(NO_COLUMN, ""), last_day)
        elif row.number in self.around and self._in_text(row) is None:
            text, number = self.around[row.number]
            found = ReadDate(date.fromisoformat(text), date.fromisoformat(text), DatePrecision.DAY)
            source = phrase("This is the date of the rows around it, such as row {number}.", number=number)
            in_name = phrase("The date was read from this text: {words}.", words=self.name)
            row.read_as(Cell(NO_COLUMN, text), source if number else in_name)
        if found is None and cell is None and (written := self._in_text(row)) is not None:
            found, words, name = written
            cell = row.first(name) or Cell(NO_COLUMN, words)
            if found.start is None:
                row.leave_out(Cell(cell.column, words), found.remark)
                return None, False
            found = found.each[row.part] if found.each and row.first("end") is None else found
            row.read_as(cell, phrase("The date was read from this text: {words}.", words=words))
        if found is None:
            if cell is None and self.default is not None:
                return self.default, False
            end = row.first("end")
            if end is not None:
                row.leave_out(end, phrase("There is an end but no start."))
            return None, False
        last = row.first("end")
        return self._until(row, found, last) if last is not None else (found, found.is_from_to)

    def _until(self, row: Row, found: ReadDate, cell: Cell, read: ReadDate | None = None) -> tuple[ReadDate, bool]:
        end = read or self.date_of(cell)
        if end.start is None or end.end is None or found.start is None:
            row.leave_out(cell, end.remark or UNREADABLE)
            return found, False
        if end.end < found.start:
            row.leave_out(cell, phrase("This is before the start."))
            return found, False
        coarse = max(found.precision, end.precision, key=list(DatePrecision).index)
        if found.precision is DatePrecision.MINUTE and end.precision is DatePrecision.DAY:
            coarse = DatePrecision.MINUTE
        return replace(found, end=end.end, precision=coarse, end_time=end.start_time), True

    def _clock(self, row: Row, found: ReadDate) -> tuple[time | None, time | None]:
        at, until = found.start_time, found.end_time
        whole, first, last = row.first("time"), row.first("start_time"), row.first("end_time")
        for cell in (whole, first):
            if cell is None:
                continue
            if cell.text.strip() == "0" and self.numbers.get(cell.column.position) == "hhmm":
                row.leave_out(cell, phrase("This may be midnight, or mean that the time is not known."))
                continue
            read = self.time_of(cell)
            if read.start is None and read.end is None and read.remark:  # no remark: "all day"
                row.leave_out(cell, read.remark)
            elif read.remark:
                row.read_as(cell, read.remark)
            at, until = read.start or at, read.end or until
        if last is not None:
            read = self.time_of(last)
            end = read.start or read.end
            if end is None:
                row.leave_out(last, read.remark)
            elif read.remark and not last.text.strip().startswith("24"):  # the end of this day
                row.read_as(last, read.remark)
            until = end_in_same_half(first.text, last.text, at, end) if first and at and end else end or until
        if at is not None and until is None and found.start == found.end:
            until = end_by_duration(row, at)
        return at, until

    def _write(
        self,
        row: Row,
        found: ReadDate,
        at: time | None,
        until: time | None,
        zone: str,
        zone_of: Callable[[], str],
        from_two: bool,
    ) -> None:
        assert found.start is not None and found.end is not None  # noqa: S101, PT018 - narrows for the type checker
        start, end, precision = found.start, found.end, found.precision
        if precision is DatePrecision.MINUTE and at is None:
            precision = DatePrecision.DAY
        one_day = start == end
        if until is not None and until == at and at != time.min and one_day:
            until = None  # registers and calendars repeat the start if the end is unknown
            for cell in (*row.all("end_time"), *row.all("end")):
                row.leave_out(cell, phrase("The end is not known."))
        if at is not None and precision in SINGLE_DAY and (one_day or from_two):
            zone = zone or zone_of()
            if zone:
                precision = DatePrecision.MINUTE
                if until is not None and one_day and until <= at and not goes_over_night(row, at, until):
                    until = None
                elif until is not None and one_day and until <= at:
                    end = start + _ONE_DAY
            else:
                self._note_times(row, phrase("The time zone of the place is not known."))
                precision = DatePrecision.DAY
        elif at is not None or until is not None:
            self._note_times(
                row,
                phrase("There is an end but no start.")
                if at is None
                else phrase("A time of day needs a date of one day."),
            )
            precision = DatePrecision.DAY if precision is DatePrecision.MINUTE else precision
        texts = row.texts
        texts["start"], texts["end"], texts["precision"] = start.isoformat(), end.isoformat(), precision
        if precision is DatePrecision.MINUTE and at is not None:
            texts["start_time"] = at.isoformat("minutes")
            if until is not None:
                texts["end_time"] = until.isoformat("minutes")
        if zone:
            texts["zone"] = zone
        has_mark = any(_ABOUT.search(cell.text) for cell in row.all("date"))  # EDTF next to its days
        if found.approximate or has_mark or row.text("approximate").casefold() in ("yes", "y", "true", "1"):
            texts["approximate"] = "yes"
        write_stated_precision(row, precision)

    def _note_times(self, row: Row, reason: str) -> None:
        cells = [cell for name in ("time", "start_time", "end_time") for cell in row.all(name)]
        for cell in cells or [cell for name in _DATES for cell in row.all(name)][:1]:
            row.leave_out(cell, reason)
