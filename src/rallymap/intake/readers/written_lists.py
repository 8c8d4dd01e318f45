"""Read event lists in plain text, such as posts and letters: one line per event, or lines of names and values.

Examples: "Sat 1 October 2022 / Toronto – 2pm, City Hall / Ottawa – 3pm" and "What: vigil / When: 5 May 2022 / Where:
Oslo". Sentences are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rallymap.countries import FLAG, read_country_code
from rallymap.events import EventStatus
from rallymap.intake.cells.crowds import read_crowd
from rallymap.intake.cells.date_columns import could_be_date, names_day
from rallymap.intake.cells.dates_in_text import date_in_text
from rallymap.intake.cells.folding import fold_cell
from rallymap.intake.cells.kind_in_title import kind_in_title
from rallymap.intake.cells.month_names import weekdays_of
from rallymap.intake.cells.times import read_times
from rallymap.intake.cells.words import status_of
from rallymap.intake.limits import refuse
from rallymap.intake.readers.days_below_months import with_days
from rallymap.intake.readers.raw_table import CountKnown, Opened, RawTable, Row
from rallymap.intake.readers.records import NAMED_VALUE, table_of
from rallymap.language import phrase

_MAX_LINES = 5_000
_MAX_LINE = 200
_MOST = 0.6
_MAX_PARTS = 8
_MAX_WORDS = 8
_LEAST_WORDS = 6
_MAX_NAME_WORDS = 3
_MAX_SHORT = 100
"""Maximum length of a value; in longer texts a colon is usually part of a sentence."""
_SENTENCE = re.compile(r"[.!?…。！？؟۔][\"'”“»)]*$")
_END_OF_SENTENCE = re.compile(r"[^\W\d_]{5,}\. ")
"""Does not match "pl. Wolności" or "St. Georg"."""
_BULLET = re.compile(r"^\s*(?:[-*•·▪●◦–—]|\d{1,3}[.)])\s+(?=\S)")
_SIGNS_BEFORE = re.compile(r"^[^\w(]+")
"""Symbols before a line; a flag is ignored, because it can be that of the place or of the people."""
_SPLIT = re.compile(r"\s+[-–—|•·]\s+|[:：]\s+|[,;،]\s+")
_HOURS = re.compile(
    r"(\d{1,2}(?:[:.]\d{2}|\s?(?:[ap]\.?m\.?|h|uhr)))\s+[-–—]\s+(?=\d{1,2}(?:[:.]\d{2}|\s?(?:[ap]\.?m|h|uhr)))",
    re.IGNORECASE,
)
"""Start and end time with spaces around the dash; this dash does not separate the parts of a line."""
_FIRST_SPLIT = re.compile(r"\s+[-–—•·]\s+|[:：]\s+")
_LAST_BRACKET = re.compile(r"\s*\([^()]{2,40}\)$")
_OF_CELLS = re.compile(r"[,;]")
_OF_TABLE = re.compile(r"[,;\t|]|:\s")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SIGN_OF_TIME = re.compile(
    r"[:.h]\d{2}|\d\s?(?:h|uhr|[ap]\.?m\.?)(?![^\W_])|kl|[^\x00-\x7f]|noon|midday", re.IGNORECASE
)
_STATE = re.compile(r"\b(?:stand|updated?|as of|version|since|until|seit|bis)\b", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?:[^\W\d_]{2,12}\.?,?\s+)?\d{1,2}(?:[./-]|\s[^\W\d_]{3})|(?:19|20)\d{2}-\d{2}-\d{2}")
_HEADER = ("date", "time", "place", "venue", "country", "participants", "note", "title")
_LEAST_CROWD = 10
_LONGEST_CROWD = 30


def read_written_list(text: str, count_known: CountKnown) -> Opened | None:
    """Read a plain-text list; return None for anything else."""
    lines = text.splitlines()
    if len(lines) > _MAX_LINES:
        return None
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    if len(filled) < 2:
        return None
    if (records := _records(lines, count_known)) is not None:
        return Opened("Text", (table_of("", records),))
    if count_known([cell.strip() for cell in _OF_TABLE.split(filled[0][1])[:40]]) > 1:
        return None
    filled = list(with_days(filled))
    title = filled[0][1] if _is_title(filled) else ""
    day = "" if title else _day_of_title(filled)
    rows = _rows_of_lines(filled[1:] if title or day else filled, day)
    title = title or (filled[0][1] if day else "")
    return Opened("Text", (RawTable(title, rows, _HEADER),)) if rows else None


def refuse_running_text(text: str, count_known: CountKnown) -> None:
    """Reject a text of sentences, whose commas do not separate columns.

    Raises
    ------
    IntakeError
        If at least half of its words are in lines that end like sentences.
    """
    lines = [line.strip() for line in text[: 64 * 1024].splitlines() if line.strip()]
    if not lines or count_known([cell.strip() for cell in _OF_TABLE.split(lines[0])[:40]]) > 1:
        return
    widths = Counter(line.count(",") for line in lines)
    commas, times = widths.most_common(1)[0]
    is_regular = len(lines) > 2 and commas > 0 and times >= _MOST * len(lines)
    if is_regular or sum(map(text.count, "\t;|")) >= len(lines):
        return
    counts = [(len(line.split()), _SENTENCE.search(line) is not None) for line in lines]
    in_sentences = sum(words for words, is_sentence in counts if is_sentence and words >= _LEAST_WORDS)
    if in_sentences * 2 >= sum(words for words, _ in counts):
        refuse(
            phrase("This is running text, which is not read; write its events into a table, or a line for each event.")
        )


def _records(lines: Sequence[str], count_known: CountKnown) -> list[dict[str, str]] | None:
    """Return the records in blocks of names and values; None for other texts."""
    named = [match for line in lines if (match := NAMED_VALUE.fullmatch(line.strip()))]
    known = {match[1] for match in named if not _OF_CELLS.search(match[1]) and count_known([match[1]])}
    filled = sum(bool(line.strip()) for line in lines)
    if len(known) < 2 or sum(match[1] in known for match in named) < _MOST * filled:
        return None
    records: list[dict[str, str]] = [{}]
    last = ""
    for line in lines:
        match = NAMED_VALUE.fullmatch(line.strip())
        name = match[1] if match is not None and match[1] in known else ""
        if not line.strip() or (name and name in records[-1]):
            records.append({})
            last = ""
        if match is not None and name:
            records[-1][name], last = match[2], name
        elif match is not None and _is_name(match[1]) and len(records[-1].get(last, "")) <= _MAX_SHORT:
            records[-1][match[1]], last = match[2], match[1]
        elif line.strip():
            last = last or "note"
            records[-1][last] = f"{records[-1].get(last, '')} {line.strip()}".strip()
    return [record for record in records if record]


def _is_name(text: str) -> bool:
    """Return whether the words before a colon may be the name of a value, known or not."""
    return len(text.split()) <= _MAX_NAME_WORDS and not any(map(str.isdecimal, text))


def _day_of_title(lines: Sequence[tuple[int, str]]) -> str:
    """Return the day in the first line if it applies to the others, which have times and no days; otherwise ""."""
    parts = [_parts(_SIGNS_BEFORE.sub("", _BULLET.sub("", line))) for _, line in lines[:_MAX_PARTS]]
    first, others = parts[0], [one for one in parts[1:] if one is not None]
    is_heading = first is not None and bool(first[0]) and not first[1]
    return first[0] if first and is_heading and others and all(at and not on for on, at, *_ in others) else ""


def _rows_of_lines(lines: Sequence[tuple[int, str]], date: str = "") -> list[Row]:
    """Return one row per line; [] if most lines are not events."""
    rows: list[Row] = []
    events = others = apart = 0
    country = ""
    for number, line in lines:
        plain = _SIGNS_BEFORE.sub("", _BULLET.sub("", line)).strip()
        if found := _day_of_heading(plain):
            date, country = found, ""
            continue
        if read_country_code(plain.strip(" :")):
            country = plain.strip(" :")
            continue
        parts = _parts(plain) if len(line) <= _MAX_LINE else None
        if parts is None:
            others += 1
            rows.append((number, ("", "", "", "", "", "", line, "")))
            continue
        events += 1
        first = _FIRST_SPLIT.search(plain)
        comma = plain.find(",")
        own_date, at, place, venue, own_country, crowd, title = parts
        is_apart = first is not None and (comma < 0 or first.start() < comma or date != "" or own_date != "")
        apart += bool(_BULLET.match(line) or FLAG.search(line) or is_apart)
        rows.append((number, (own_date or date, at, place, venue, own_country or country, crowd, "", title)))
    is_list = events > 1 and events >= _MOST * (events + others) and apart >= _MOST * events
    return rows if is_list else []


def _is_title(lines: Sequence[tuple[int, str]]) -> bool:
    """Return whether the first line has a year or month, but no day like the lines below: "Actions, March 2022"."""
    first = _SIGNS_BEFORE.sub("", lines[0][1])
    return bool(_YEAR.search(first)) and not _day_of_heading(first) and _parts_have_no_day(first)


def _parts_have_no_day(line: str) -> bool:
    return not any(names_day(fold_cell(part)) for part in (line, *_SPLIT.split(line)))


def _day_of_heading(line: str) -> str:
    """Return the day of a line that only gives a day for the lines below, "" for other lines."""
    plain = line.strip(" :#*")
    if could_be_date(fold_cell(plain)) and not any(map(_is_time, _SPLIT.split(plain))):
        return plain
    if len(plain.split()) > _MAX_WORDS or _STATE.search(plain) or any(map(_is_time, _SPLIT.split(plain))):
        return ""
    written = date_in_text(plain, "")
    is_day = written is not None and written[0].start is not None and written[0].start_time is None
    return written[1] if written is not None and is_day and not _FIRST_SPLIT.search(plain) else ""


def _parts(line: str) -> tuple[str, str, str, str, str, str, str] | None:
    """Return date, time, place, venue, country, number of people and title in a line, None if it is not an event."""
    bracket = _LAST_BRACKET.search(line)
    line = line[: bracket.start()] if bracket is not None else line
    crowd = _crowd_of(bracket[0]) if bracket is not None else ""
    pieces = [piece.strip() for piece in _SPLIT.split(_HOURS.sub(r"\1-", line)) if piece.strip()]
    if not 1 < len(pieces) <= _MAX_PARTS:
        return None
    dates: list[str] = []
    times: list[str] = []
    texts: list[str] = []
    country = called_off = ""
    for piece in _joined([*_split_day(pieces[0]), *pieces[1:]]):
        if could_be_date(fold_cell(piece)):
            dates.append(piece)
        elif _is_time(piece):
            times.append(piece)
        elif texts and not country and read_country_code(piece):
            country = piece
        elif texts and not called_off and status_of(piece) in (EventStatus.CANCELLED, EventStatus.POSTPONED):
            called_off = piece
        elif len(piece.split()) > _MAX_WORDS or _END_OF_SENTENCE.search(piece):
            return None
        else:
            texts.append(piece)
    if not texts or not (dates or times or called_off) or len(dates) > 1 or len(times) > 1:
        return None
    title = texts.pop() if len(texts) > 1 and _is_title_of_event(texts[-1]) else ""
    if bracket is not None and not crowd:
        texts[-1] = f"{texts[-1]} {bracket[0].strip()}"  # "(cancelled)"
    elif called_off:
        texts[-1] = f"{texts[-1]} ({called_off})"
    return "".join(dates), "".join(times), texts[0], ", ".join(texts[1:]), country, crowd, title


def _is_title_of_event(text: str) -> bool:
    """Return whether the last part of a line says what happens and why: "vigil for Tibet", not "vigil"."""
    return len(text.split()) > 1 and kind_in_title(text) is not None


def _split_day(piece: str) -> Sequence[str]:
    """Split the first part of a line after its day and hour: "Sa 05.03. 14 Uhr Berlin"; other texts are one part."""
    words = piece.split()
    if could_be_date(fold_cell(piece)):
        return [piece]
    for length in range(min(len(words) - 1, _MAX_WORDS), 0, -1):
        day, rest = " ".join(words[:length]), " ".join(words[length:])
        if rest[0].isupper() and _DAY_FIRST.match(day) and could_be_date(fold_cell(day)):
            return [day, rest]
    return [piece]


def _crowd_of(bracket: str) -> str:
    """Return the final brackets of a line if they contain a number of people: "(ca. 1500)"."""
    text = bracket.strip(" ()")
    if len(text) > _LONGEST_CROWD or could_be_date(fold_cell(text)) or _is_time(text):
        return ""
    read = read_crowd(text)
    return text if max(read.low or 0, read.high or 0) >= _LEAST_CROWD and not read.remark else ""


def _joined(pieces: Sequence[str]) -> Iterator[str]:
    """Join weekdays and years with their dates if a comma separates them."""
    weekday = ""
    found: list[str] = []
    for piece in pieces:
        if weekdays_of(piece.casefold().strip(". ")):
            weekday = piece
        elif _YEAR.fullmatch(piece) and found and could_be_date(fold_cell(f"{found[-1]} {piece}")):
            found[-1] = f"{found[-1]}, {piece}"
        elif weekday:
            found.append(f"{weekday} {piece}" if could_be_date(fold_cell(f"{weekday} {piece}")) else piece)
            weekday = ""
        else:
            found.append(piece)
    yield from found


def _is_time(text: str) -> bool:
    folded = fold_cell(text)
    if len(folded) > 40 or not _SIGN_OF_TIME.search(folded):
        return False
    read = read_times(folded)
    return (read.start is not None or read.end is not None) and not read.remark
