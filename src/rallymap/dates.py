"""Date of an event and its precision; parses and writes EDTF.

EDTF: Extended Date/Time Format, Library of Congress, level 0 and the ``~`` of level 1 (ISO 8601-2:2019).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rallymap.errors import InvalidEventError
from rallymap.language import mark, tr

EARLIEST = date(1800, 1, 1)
LATEST = date(2199, 12, 31)
# ZoneInfo caches only eight zones and reads the others from files each time.
_zone = lru_cache(maxsize=600)(ZoneInfo)
_MAX_ZONE = 64  # longer names fail as file paths
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2}):(\d{2})(?::00)?)?(~)?")


class DatePrecision(StrEnum):
    """How exactly a date is known, finest first."""

    MINUTE = "minute"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


SINGLE_DAY = (DatePrecision.DAY, DatePrecision.MINUTE)
"""Precisions of a date that is known to the day."""

PRECISION_LABELS = {
    DatePrecision.DAY: mark("a day, or several days"),
    DatePrecision.MINUTE: mark("a day with the exact time"),
    DatePrecision.WEEKEND: mark("a weekend"),
    DatePrecision.WEEK: mark("a week"),
    DatePrecision.MONTH: mark("a month, a season or several months"),
    DatePrecision.YEAR: mark("a year"),
    # Translators: how exactly a date is known: not at all.
    DatePrecision.UNKNOWN: mark("not known"),
}
"""Labels in forms and error sentences, in the order of the form."""


@dataclass(frozen=True, slots=True)
class EventDate:
    """The days of an event.

    Attributes
    ----------
    start, end
        First and last day, inclusive; both None if and only if the precision is ``unknown``. If the precision is week,
        month or year, the event took place at some time between them.
    precision
        How exactly the source states the date.
    start_time, end_time
        Local times of day, for ``minute`` only.
    zone
        IANA time zone of the place ("Europe/Oslo"), or "" if unknown; required for ``minute``.
    approximate
        True for "around": EDTF's ``~``.
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    start_time: time | None = None
    end_time: time | None = None
    zone: str = ""
    approximate: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "precision", DatePrecision(self.precision))
        if self.precision is DatePrecision.UNKNOWN:
            if self.start is not None or self.end is not None or self.start_time is not None:
                raise InvalidEventError("date", tr("A date that is not known has no day; choose a precision."))
            return
        if self.start is None:
            raise InvalidEventError("date", start_is_missing())
        if self.end is None:
            object.__setattr__(self, "end", self.start)
        assert self.end is not None  # noqa: S101 - narrows for the type checker
        if not (EARLIEST <= self.start <= LATEST and EARLIEST <= self.end <= LATEST):
            raise InvalidEventError("date", tr("Dates from 1800 to 2199 can be recorded."), value=str(self.start))
        if self.end < self.start:
            sentence = tr(
                "The end ({end}) is before the start ({start}); change one of them.", end=self.end, start=self.start
            )
            raise InvalidEventError("end", sentence)
        self._check_times()

    def _check_times(self) -> None:
        if self.zone:
            try:
                _zone(self.zone[:_MAX_ZONE])
            except (ZoneInfoNotFoundError, ValueError, OSError) as err:
                sentence = tr("This time zone is not known; use an IANA name such as Europe/Oslo.")
                raise InvalidEventError("zone", sentence, value=self.zone) from err
        if self.precision is DatePrecision.MINUTE:
            if self.start_time is None:
                raise InvalidEventError("start_time", time_is_missing())
            if not self.zone:
                raise InvalidEventError("zone", tr("A time needs its time zone, such as Europe/Oslo."))
            if self.end_time is not None and self.start == self.end and self.end_time < self.start_time:
                raise InvalidEventError(
                    "end",
                    tr("It ends before it starts; for an event past midnight choose the next day as its end."),
                )
        elif self.start_time is not None or self.end_time is not None:
            exact = tr(PRECISION_LABELS[DatePrecision.MINUTE])
            sentence = tr("Times belong to the precision “{option}” only.", option=exact)
            raise InvalidEventError("start_time", sentence)

    @classmethod
    def unknown(cls) -> EventDate:
        """Return the date of an event whose day is unknown."""
        return cls()

    @classmethod
    def month(cls, year: int, month: int, *, approximate: bool = False) -> EventDate:
        """Return a date that is a whole month."""
        last = calendar.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last), DatePrecision.MONTH, approximate=approximate)

    @classmethod
    def year(cls, year: int, *, approximate: bool = False) -> EventDate:
        """Return a date that is a whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR, approximate=approximate)

    @property
    def is_known(self) -> bool:
        """Whether the day is known at all."""
        return self.start is not None

    @property
    def is_coarse(self) -> bool:
        """Whether the event took place at some time between `start` and `end`, not on each of these days."""
        return self.precision in (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR)

    @property
    def has_whole_months(self) -> bool:
        """Whether the precision is month and the date covers whole calendar months."""
        if self.precision is not DatePrecision.MONTH or self.start is None or self.end is None:
            return False
        return self.start.day == 1 and self.end.day == calendar.monthrange(self.end.year, self.end.month)[1]

    @property
    def has_whole_years(self) -> bool:
        """Whether the precision is year and the date covers whole calendar years."""
        if self.precision is not DatePrecision.YEAR or self.start is None or self.end is None:
            return False
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    @property
    def last_day(self) -> date | None:
        """Last day of the event, None if unknown; an event that ends at 00:00 ends on the day before."""
        if self.end is not None and self.end_time == time.min and self.start is not None and self.end > self.start:
            return self.end - timedelta(days=1)
        return self.end

    @property
    def edtf(self) -> str:
        """EDTF: ``2018-06-30``, ``2020-02-01/2020-02-02``, ``2019-03/2019-05``, ``2022-06~``; "" if unknown."""
        if self.start is None or self.end is None:
            return ""
        around = "~" if self.approximate else ""
        first, last = self.start.isoformat(), self.end.isoformat()
        if self.has_whole_years:
            first, last = f"{self.start.year:04d}", f"{self.end.year:04d}"
        elif self.has_whole_months:
            first, last = f"{self.start.year:04d}-{self.start.month:02d}", f"{self.end.year:04d}-{self.end.month:02d}"
        if self.start_time is not None:
            first += f"T{self.start_time.isoformat('minutes')}:00"
            last += f"T{self.end_time.isoformat('minutes')}:00" if self.end_time is not None else ""
            if self.end_time is None and self.start == self.end:
                return first + around
        return first + around if first == last else f"{first}{around}/{last}{around}"

    def starts_at(self) -> datetime | None:
        """Return the earliest possible start in UTC; None if the date is unknown.

        If the zone is unknown, UTC+14 (the earliest on Earth) is used, so that an event never counts as "not started"
        for too long.
        """
        if self.start is None:
            return None
        return self._moment(self.start, self.start_time or time.min, timedelta(hours=14))

    def ends_at(self) -> datetime | None:
        """Return the latest possible end in UTC; if the zone is unknown, UTC-12 (the latest on Earth) is used."""
        if self.end is None:
            return None
        if self.end_time is not None:
            return self._moment(self.end, self.end_time, timedelta(hours=-12))
        return self._moment(self.end + timedelta(days=1), time.min, timedelta(hours=-12))

    def _moment(self, day: date, at: time, offset: timedelta) -> datetime:
        naive = datetime.combine(day, at)
        if self.zone:
            return naive.replace(tzinfo=_zone(self.zone)).astimezone(UTC)
        return (naive - offset).replace(tzinfo=UTC)


def start_is_missing() -> str:
    """Return the sentence that asks for the day."""
    not_known = tr(PRECISION_LABELS[DatePrecision.UNKNOWN])
    # Translators: {option} is an answer to “How exactly do you know the date?”, here and in the next sentences.
    return tr("Please give the day it starts, or choose “{option}”.", option=not_known)


def time_is_missing() -> str:
    """Return the sentence that asks for the time of day."""
    return tr("Please give the time it starts, or choose “{option}”.", option=tr(PRECISION_LABELS[DatePrecision.DAY]))


def parse_edtf(text: str, precision: str = "", zone: str = "") -> EventDate:
    """Parse an EDTF text in the forms that :attr:`EventDate.edtf` writes.

    Parameters
    ----------
    text
        ``2018-06-30``, ``2020-02-01/2020-02-02``, ``2018-06``, ``2022-06~``, ``2018``, a day with ``T18:00``, or "" for
        an unknown date.
    precision
        Overrides the precision of the text, for a weekend or a week; "" to take it from the text.
    zone
        IANA time zone, for times.

    Raises
    ------
    InvalidEventError
        If the text has another form or names a day that does not exist.
    """
    text = text.strip()
    if not text:
        if precision not in ("", DatePrecision.UNKNOWN):
            sentence = tr("The precision is “{precision}”, but no date is given.", precision=precision)
            raise InvalidEventError("date", sentence)
        return EventDate.unknown()
    first, _, last = text.partition("/")
    start = _parse_part(first, text)
    end = _parse_part(last, text) if last else start
    found = max(start[2], end[2], key=list(DatePrecision).index)
    if precision:
        try:
            found = DatePrecision(precision)
        except ValueError as err:
            raise InvalidEventError(
                "precision",
                tr(
                    "“{text}” is not a precision; one of: {accepted}.",
                    text=precision[:40],
                    accepted=", ".join(DatePrecision),
                ),
                value=precision,
            ) from err
    return EventDate(
        start[0],
        end[1],
        found,
        start_time=start[3],
        end_time=end[3] if last else None,
        zone=zone,
        approximate=start[4] or end[4],
    )


def _parse_part(part: str, whole: str) -> tuple[date, date, DatePrecision, time | None, bool]:
    """Parse one EDTF date: first day, last day, precision, time, and whether it is approximate."""
    match = _EDTF.fullmatch(part.strip())
    if match is None:
        raise InvalidEventError(
            "date",
            tr("“{text}” is not a date; write 2020-02-01, 2020-02-01/2020-02-02, 2022-06~ or 2018.", text=whole[:60]),
            value=whole,
        )
    year, month, day, hour, minute, around = match.groups()
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31), DatePrecision.YEAR, None, bool(around)
        if day is None:
            first = date(int(year), int(month), 1)
            last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
            return first, last, DatePrecision.MONTH, None, bool(around)
        exact = date(int(year), int(month), int(day))
        at = time(int(hour), int(minute)) if hour is not None else None
    except (ValueError, calendar.IllegalMonthError) as err:
        sentence = tr("“{text}” names a day that does not exist.", text=whole[:60])
        raise InvalidEventError("date", sentence, value=whole) from err
    return exact, exact, DatePrecision.MINUTE if at else DatePrecision.DAY, at, bool(around)
