"""Convert times in UTC or another zone to the time zone of the place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from rallymap.dates import DatePrecision
from rallymap.events import AttendanceMode
from rallymap.intake.cells.date_stamps import ReadDate
from rallymap.intake.cells.date_zones import take_zone
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.rows.row import NO_COLUMN, Cell, Row
from rallymap.language import phrase

_OFFSET = re.compile(
    r"\(?(?:(?:UTC|GMT)(?!\s?[+-])|(?:UTC|GMT)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d))?)\)?", re.IGNORECASE
)
_UTC_INSIDE = re.compile("utc|gmt", re.IGNORECASE)
_NAMED = {
    name: zone
    for zone, names in (
        ("Europe/Brussels", "cet cest mez mesz"), ("Europe/Athens", "eet eest"), ("Europe/Lisbon", "wet west"),
        ("Europe/London", "bst"), ("Europe/Moscow", "msk"), ("Europe/Istanbul", "trt"),
        ("America/New_York", "est edt et"), ("America/Chicago", "cdt ct"), ("America/Denver", "mst mdt mt"),
        ("America/Los_Angeles", "pst pdt pt"), ("America/Anchorage", "akst akdt"), ("Pacific/Honolulu", "hst"),
        ("America/Sao_Paulo", "brt"), ("Australia/Sydney", "aest aedt"), ("Australia/Adelaide", "acst acdt"),
        ("Australia/Perth", "awst"), ("Pacific/Auckland", "nzst nzdt"), ("Asia/Hong_Kong", "hkt"),
        ("Asia/Tokyo", "jst"), ("Asia/Seoul", "kst"), ("Asia/Singapore", "sgt"), ("Asia/Tehran", "irst irdt"),
        ("Africa/Johannesburg", "sast"), ("Africa/Nairobi", "eat"), ("Africa/Maputo", "cat"), ("Africa/Lagos", "wat"),
    )
    for name in names.split()
}  # fmt: skip
"""Zones by their names, without ambiguous ones such as "IST" (India, Israel) and "CST" (Chicago, China).

Names are often used in the wrong season ("CET" in July), so both names of a zone mean the time on its clocks.
"""
_CLOCKS = ("time", "start_time")
_TIMES = ("time", "start_time", "date", "start")
_UTC = re.compile(r"(?<![^\W_])(?:utc|gmt)(?![^\W_])", re.IGNORECASE)


def at_place(
    found: ReadDate, at: time | None, until: time | None, zone: str
) -> tuple[ReadDate, time | None, time | None, str]:
    """Convert a UTC time to the place's time zone; if the zone is unknown, keep the day as written."""
    assert found.moment is not None  # noqa: S101 - the caller checked
    assert found.start is not None  # noqa: S101 - it came with the moment
    if not zone or not is_zone(zone):
        return replace(found, precision=DatePrecision.DAY, moment=None), None, None, ""
    local = found.moment.astimezone(ZoneInfo(zone))
    if until is not None and found.end is not None and at is not None:
        written = datetime.combine(found.start, at, UTC)
        is_next_day = until < at or until == at == time.min  # other equal times mean that the end is not known
        last_day = found.end + timedelta(days=found.end == found.start and is_next_day)
        last = datetime.combine(last_day, until, UTC) - written + local
        return replace(found, start=local.date(), end=last.date(), moment=None), local.time(), last.time(), zone
    return replace(found, start=local.date(), end=local.date(), moment=None), local.time(), until, zone


def moved_to_place(
    found: ReadDate, at: time, until: time | None, zone: str, of_place: str
) -> tuple[ReadDate, time | None, time | None, str] | None:
    """Convert a time from another time zone to its place's; None if the offsets are equal or the place is unknown.

    `zone` is the IANA zone of the written time, `of_place` that of the place, or "".
    """
    if not of_place or of_place == zone or found.start is None or found.end is None:
        return None
    moment = datetime.combine(found.start, at, ZoneInfo(zone))
    if moment.utcoffset() == moment.astimezone(ZoneInfo(of_place)).utcoffset():
        return None
    return at_place(replace(found, moment=moment), at, until, of_place)


def note_zone(row: Row, zone: str, stamp: Cell | None = None) -> None:
    """Note that a time was converted; of times in UTC, only timestamps need a note.

    A person who writes "UTC" means it, but some programs write local times as "2022-10-01T12:00:00Z".
    """
    if stamp is None or stamp.text.rstrip().endswith(("Z", "z")):
        cell = stamp or row.first("zone") or Cell(NO_COLUMN, zone)
        row.read_as(cell, phrase("The time is recorded in {zone}, the time zone of the place.", zone=zone))


def is_in_utc(row: Row) -> bool:
    """Return whether the heading of the time means UTC: "Time (UTC)"."""
    cell = row.first("time", "start_time")
    return cell is not None and is_heading_in_utc(cell.column.heading)


def is_heading_in_utc(heading: str) -> bool:
    """Return whether a heading names UTC or GMT."""
    return _UTC.search(heading) is not None


def take_offset(row: Row) -> None:
    """Move an offset behind a time to the field for the zone; the 5 of "6pm UTC-5" is not the end of the event."""
    name = next((name for name in _CLOCKS if row.first(name)), "")
    cell = row.first(name)
    if cell is None or row.first("zone") or not _UTC_INSIDE.search(cell.text):
        return
    folded = fold_cell(cell.text).casefold()
    rest, written = take_zone(folded)
    if written is not None and written.offset_min is not None:
        text = cell.text.strip()
        row.cells[name][0] = Cell(cell.column, text[: len(rest) - len(folded)])
        row.cells["zone"] = [Cell(NO_COLUMN, text[len(rest) - len(folded) :].strip(" ()"))]


def stated_zone(row: Row, found: ReadDate, at: time | None) -> tuple[ReadDate, str]:
    """Return the date of a row, and the zone in its zone column: an IANA zone, "" for an offset, else as written.

    With an offset ("UTC+2", "GMT") the date gets its moment in UTC; names of Windows are replaced by
    IANA names.
    """
    written = row.text("zone").strip()
    if not written:
        return found, ""
    offset = _OFFSET.fullmatch(written)
    if offset is None:
        return found, written if is_zone(written) else get_global("windows_zone_mapping").get(written, written)
    if at is None or found.moment is not None or found.start is None:
        return found, ""
    if found.start != found.end:
        return found, written
    minutes = int(f"{offset[1] or '+'}1") * (int(offset[2] or 0) * 60 + int(offset[3] or 0))
    moment = datetime.combine(found.start, at, UTC) - timedelta(minutes=minutes)
    return replace(found, precision=DatePrecision.MINUTE, start_time=at, moment=moment), ""


def is_zone(name: str) -> bool:
    """Return whether a name is an IANA zone."""
    try:
        ZoneInfo(name[:100])  # longer names fail as file paths
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_online(row: Row) -> str:
    """Return the time zone of a time without a place: an online event keeps UTC."""
    return "UTC" if _is_online(row) else ""


def take_zone_online(row: Row) -> None:
    """Move a named zone of an online event from its times ("20:00 CET") to the field for the zone."""
    for name in _TIMES if _is_online(row) and row.first("zone") is None else ():
        for at, cell in enumerate(row.all(name)):
            folded = fold_cell(cell.text).casefold()
            rest, written = take_zone(folded)
            named = "" if written is None or written.offset_min is not None else _NAMED.get(written.name, "")
            zone = "UTC" if written is not None and written.offset_min == 0 and name in _CLOCKS else named
            if zone:
                row.cells[name][at] = Cell(cell.column, cell.text.strip()[: len(rest) - len(folded)])
                row.cells["zone"] = [Cell(NO_COLUMN, zone)]


def _is_online(row: Row) -> bool:
    return row.texts.get("attendance_mode") == AttendanceMode.ONLINE and not row.texts.get("place_text")
