"""Parse time zones after a written time: "18:00 UTC+02", "6pm (BST)", "19:30 EDT"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from rallymap.dates import DatePrecision
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.language import joined, phrase

_NAMES = (
    "bst|ist|cet|cest|mez|mesz|eet|eest|wet|west|msk|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|akst|akdt|hst|"
    "aest|aedt|acst|acdt|awst|nzst|nzdt|hkt|jst|kst|sgt|trt|irst|irdt|sast|eat|cat|wat|brt|art|clt"
)
_TIME = r"(?<=[\dm.h])"
_BEHIND_TIME = re.compile(
    rf"{_TIME}\s*\(?\s*(?:(?P<utc>utc|gmt)\s?(?P<offset>[+-]\s?\d{{1,2}}(?::?\d{{2}})?)?|(?P<name>{_NAMES})|"
    r"(?P<local>local time|ortszeit|heure locale|hora local|ora locale))\s*\)?$"
)


@dataclass(frozen=True, slots=True)
class WrittenZone:
    """A time zone after a time.

    Attributes
    ----------
    offset_min
        Offset from UTC in minutes; None if only a name such as "EST" is given.
    name
        The text of the zone.
    """

    offset_min: int | None
    name: str

    def applied_to(self, read: ReadDate) -> ReadDate:
        """Return a date whose time is in this zone.

        Names of zones are often used in the wrong season ("CET" in July), so a named zone does not shift the time.
        """
        if read.start is None or read.start_time is None or read.precision is not DatePrecision.MINUTE:
            return read
        if self.offset_min is None:
            remark = (
                phrase(
                    "The time zone {zone} is named, but the time is taken as that of the place.", zone=self.name.upper()
                )
                if self.name
                else ""
            )
            return replace(read, remark=joined((read.remark, remark)))
        moment = datetime.combine(read.start, read.start_time, UTC) - timedelta(minutes=self.offset_min)
        return replace(read, moment=moment)


def take_zone(folded: str) -> tuple[str, WrittenZone | None]:
    """Split the time zone off a folded text; None if there is none."""
    match = _BEHIND_TIME.search(folded)
    if match is None:
        return folded, None
    rest = folded[: match.start()]
    if match["utc"]:
        sign, digits = 1, (match["offset"] or "0").replace(" ", "").replace(":", "")
        if digits[0] in "+-":
            sign, digits = (-1 if digits[0] == "-" else 1), digits[1:]
        hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
        return rest, WrittenZone(sign * (hours * 60 + minutes), match["utc"])
    return rest, WrittenZone(None, match["name"] or "")
