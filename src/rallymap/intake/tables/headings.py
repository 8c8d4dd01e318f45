"""Meaning of a column by its heading, in some thirty languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rallymap.events import AttendanceMode, EventStatus
from rallymap.intake.cells.attendance import attendance_of
from rallymap.intake.cells.words import status_of
from rallymap.intake.fields import FIELD_NAMES
from rallymap.intake.groups import GROUP_PARTS, split_name
from rallymap.intake.lexicon import fold, meanings, without_accents
from rallymap.intake.tables.heading_sides import LONE_WORD, adjust_scores
from rallymap.intake.tables.tagged_headings import tagged_field

NOTE = "note"
"""Field of a column that is kept as a note."""
EXACT = 0.9
"""Minimum score of a heading that equals a word of the lists."""
_OWN = FIELD_NAMES | {"place", "city"}
_OWN_ALIASES = {"date_precision": "precision", "time_zone": "zone", "crowd1": "crowd", "place_text": "place"}
# In German, Dutch and the Scandinavian languages the last part of a compound is its meaning.
_ENDINGS = (
    ("beginndatum", "start"), ("enddatum", "end"), ("anmeldedatum", "note"), ("datum", "date"), ("dato", "date"),
    ("uhrzeit", "time"), ("beginn", "start_time"), ("teilnehmerzahl", "crowd"), ("teilnehmendenzahl", "crowd"),
    ("personenzahl", "crowd"), ("thema", "title"), ("motto", "title"), ("ort", "place"), ("platz", "place"),
    ("örtlichkeit", "place"), ("veranstalter", "organisers"), ("anmelder", "organisers"), ("status", "status"),
    ("straße", "venue"), ("strasse", "venue"), ("adresse", "venue"), ("plats", "place"), ("sted", "place"),
    ("anlass", "title"), ("titel", "title"), ("bezeichnung", "title"), ("gegenstand", "title"), ("zweck", "title"),
    ("plattform", "note"), ("rechtsform", "note"), ("form", "kind"), ("start", "start_time"), ("art", "kind"),
    ("typ", "kind"), ("laufzeit", "duration"), ("redezeit", "note"), ("wartezeit", "note"), ("zeit", "time"),
    ("tijd", "time"), ("besucherzahl", "crowd"), ("menschenzahl", "crowd"), ("antal", "crowd"), ("antall", "crowd"),
    ("aantal", "crowd"), ("stadt", "city"),
    ("gemeinde", "city"), ("locatie", "place"), ("plaats", "place"), ("quelle", "source_title"), ("link", "source_url"),
    ("leiter", "organisers"), ("leiterin", "organisers"),
)  # fmt: skip
_CJK_ENDINGS = (
    ("地點", "place"), ("地点", "place"), ("場所", "place"), ("장소", "place"), ("會場", "place"), ("会場", "place"),
    ("신고인원", "crowd_registered"),
    ("人數", "crowd"), ("人数", "crowd"), ("者数", "crowd"), ("인원", "crowd"), ("者數", "crowd"),
    ("時間", "time"), ("时间", "time"), ("時刻", "time"), ("시간", "time"), ("시각", "time"),
    ("日期", "date"), ("日時", "date"), ("일시", "date"), ("일자", "date"), ("날짜", "date"),
    ("名稱", "title"), ("名称", "title"), ("主題", "title"), ("主题", "title"), ("명칭", "title"), ("제목", "title"),
    ("單位", "organisers"), ("单位", "organisers"), ("團體", "organisers"), ("团体", "organisers"),
    ("団体", "organisers"),
    ("단체", "organisers"), ("連結", "source_url"), ("链接", "source_url"), ("링크", "source_url"), ("國家", "country"),
    ("国家", "country"), ("城市", "city"), ("都市", "city"), ("도시", "city"),
)  # fmt: skip
"""Ends of Chinese, Japanese and Korean headings, which have no spaces between words: "預估人數", "集合地點"."""
_DATE_PARTS = re.compile(
    r"(?P<which>(?:start|begin|st|s|i|end|e)[\s_.\-]?|(?:from|to|until)[\s_.\-])(?P<part>day|month|mon|mo|year|yr)",
    re.IGNORECASE,
)
"""Names in research data sets: "startday", "stmo", "end_year", "iday"."""
_PARTS = {"d": "day", "m": "month", "y": "year"}
_NUMBERED = re.compile(r"(?i:v|q|var|f|frage|question|item)\s?\d{1,3}[a-z]?\s?[_.:)\-]\s?(?P<rest>[^\W\d_].*)")
"""Number of a variable or a question before its name: "v1_day", "Q3. City"."""
_QUALIFIED = re.compile(r"(?i:venue|event|location|place|site|host)(?:[\s_.:\-]+|(?=[A-Z][a-z]))(?P<rest>[^\W\d_].*)")
"""Qualifier before the word for the content of the column: "Venue City", "location_country"."""
_LONG = {"f": "fecha", "fec": "fecha", "fch": "fecha", "dat": "datum", "dt": "date"}
_ABBREVIATED = re.compile(rf"^({'|'.join(_LONG)})\.\s?(?=[^\W\d_]{{3}})", re.IGNORECASE)
"""Abbreviation for "date" before another word, as in registers: "F. celebración"."""
_GROUPED = re.compile(
    r"^(?:(?:grp|group|gr|section|sec|page|module)_\w*(?:-|/|::|:))(?:\w+(?:-|/|::|:))*(?=\w)", re.IGNORECASE
)
"""Form groups before the name of a question in exports of ODK and Kobo: "grp_event-town"."""
_QUALIFIABLE = frozenset({"city", "country", "region", "lat", "lon", "venue"})
_LOCALITY = "locality"
"""Alone it can be any place; next to a venue or a country it is the town."""
_NAMES = frozenset({"name", "title", "label", "text"})
_NAMED = frozenset({"place", "venue", "city", "region", "country", "organisers"})
"""Things other than the event that have a name column."""
_SPOTS = frozenset({"place", "venue"})
_ADDRESSES = frozenset({"address", "full address", "formatted address", "display name"})
"""Texts of a place in records of programs."""
_MOMENTS = frozenset({"date", "start", "end", "time", "start_time", "end_time"})
_CLOCKS = {"local": 0.95, "utc": 0.9}
"""Names of the same moment in two time zones, with their scores: the local time comes first."""
_TAGS = frozenset("tag tags category categories label labels keyword keywords topic topics".split())
_SHORT_NAMES = frozenset({"x", "y", "to", "uf", "do", "od", "ab", "al", "au", "du", "à", "с", "по", "до", "з"})
"""Names of two letters or fewer that mean something as the last part of a path: "termin.do"."""
_MAX_WORDS = 5
_FEW_WORDS = 3
_ONLY_ALONE = frozenset(
    "an dem obs dalle das от 从 自 alle às по do 至 到 anm bem rem hor str kol bez dat adr zona form veranst part "
    "du dal dès loc sat val kell medio".split()
)
"""Headings that are articles, prepositions or parts of words inside other headings or in other languages."""
_VALUES_DECIDE = frozenset({"tip", "dan", "part", "val", "sat", "kell", "hr", "hor"})
"""Headings that are a meaning in one language and another word elsewhere: English "tip", the name "Dan"."""
_BOUNDS = frozenset({"crowd_low", "crowd_high"})
_FLAG_WORDS = frozenset(
    "is was has did it the event been ist war wurde hat est il a été fue se sido foi è stato".split()
)
_HAPPENED = frozenset({"take place", "happen", "occur", "occurred", "go ahead", "went ahead", "going ahead", "go on"})
_FLAGS = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.HELD, EventStatus.MOVED_ONLINE})


@lru_cache(maxsize=4096)
def fields_of_heading(heading: str) -> tuple[tuple[str, float], ...]:
    """Return the fields that a heading may mean, with a score from 0 to 1 (2 for our own column names), best first.

    A word can have several meanings ("start" is a day, a time or a place); the values of the column decide.
    """
    if (numbered := _NUMBERED.fullmatch(heading.strip())) is not None:
        heading = numbered["rest"]
    heading = _GROUPED.sub("", _ABBREVIATED.sub(lambda match: f"{_LONG[match[1].casefold()]} ", heading.strip()))
    own = _own_field(heading) or tagged_field(heading)
    if own:
        return ((own, 2.0),)
    if (part := _DATE_PARTS.fullmatch(heading.strip())) is not None:
        is_end = part["which"][0].casefold() in "etu"
        return ((f"{'end_' if is_end else ''}{_PARTS[part['part'][0].casefold()]}", 1.01),)
    if (qualified := _QUALIFIED.fullmatch(heading.strip())) is not None:
        rest = fold(qualified["rest"])
        fields = ("city",) if rest == _LOCALITY else meanings("headings").get(rest, ())
        if fields and fields[0] in _QUALIFIABLE and fold(heading) not in meanings("headings"):
            return ((fields[0], 0.99),)
    last = heading.rpartition(".")[2] if "." in heading and " " not in heading else heading
    if last.startswith(("@", "_")) and last[1:].islower():
        return (("note", 1.0),)  # "@type" and "_id" describe the record
    if last != heading and fold(last) in _NAMES and not _TAGS.isdisjoint(fold(heading).split()[:-1]):
        return (("topics", 0.95),)  # "tags.1.name" is not the name of an event
    if last != heading and "title" in dict(fields_of_heading(last)):
        of = fields_of_heading(heading.rpartition(".")[0])
        if of and of[0][0] in _NAMED and of[0][1] > 0.9 and fold(heading) not in meanings("headings"):
            return ((of[0][0], 0.95),)  # "misto.nazev" is the name of a place
    if last != heading and fold(last) in _ADDRESSES:
        of = fields_of_heading(heading.rpartition(".")[0])
        if of and of[0][0] in _SPOTS and fold(heading) not in meanings("headings"):
            return (("venue", 0.95),)  # "location.address" next to its town
    if last != heading and (score := _CLOCKS.get(fold(last))) is not None:
        of = fields_of_heading(heading.rpartition(".")[0])
        if of and of[0][0] in _MOMENTS:
            return ((of[0][0], score),)  # "end.local" is no place
    found = _by_words(fold(heading))
    is_exact = fold(heading) in meanings("headings")
    if "/" in heading and not is_exact:
        shared = _by_shared(heading)
        if shared or max(found, key=found.__getitem__, default="note") == "note":
            found = shared or _by_parts(heading) or found
    if last != heading and not is_exact and (len(last) > 2 or last in _SHORT_NAMES):
        # In "where.country" the last name is the content, and the names before it are its parents.
        found = {field: score * 0.8 for field, score in found.items()}
        for field, score in _by_words(fold(last)).items():
            found[field] = max(found.get(field, 0.0), score * 0.95)
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


def count_known(headings: Sequence[str]) -> int:
    """Count the known headings."""
    return sum(bool(fields_of_heading(heading)) for heading in headings if 0 < len(heading) <= 80)


def status_of_flag(heading: str) -> EventStatus | None:
    """Return the status that a yes/no column is about: "cancelled", "Did it take place?"; None for others."""
    words = _without_flag_words(heading)
    if not words or len(words) > _MAX_WORDS or is_online_flag(heading):
        return None
    found = status_of(" ".join(words))
    if " ".join(words) in _HAPPENED:
        found = EventStatus.HELD
    return found if found in _FLAGS else None


def is_online_flag(heading: str) -> bool:
    """Return whether a yes/no column is about online events: "online", "options.isOnline"."""
    return attendance_of(" ".join(_without_flag_words(heading))) is AttendanceMode.ONLINE


def _without_flag_words(heading: str) -> list[str]:
    last = heading if " " in heading else heading.rpartition(".")[2]
    return [word for word in fold(last).split() if word not in _FLAG_WORDS]


def _by_parts(heading: str) -> dict[str, float]:
    """Return the meanings of the parts of "PLZ/Ort", without unknown parts."""
    found: dict[str, float] = {}
    for part in heading.split("/"):
        for field, score in _by_words(fold(part)).items():
            if field != "note":
                found[field] = max(found.get(field, 0.0), score * 0.9)
    return found


def _by_shared(heading: str) -> dict[str, float]:
    """Return the meaning that all parts of a multilingual heading share: "Nombre / Aantal" is a number of people."""
    parts = [_by_words(fold(part)) for part in heading.split("/")]
    shared = set(parts[0]).intersection(*parts[1:]) - {"note"}
    return {field: max(part[field] for part in parts) for field in shared}


def _own_field(heading: str) -> str | None:
    folded = re.sub(r"[\s\-]+", "_", heading.strip().casefold())
    folded = _OWN_ALIASES.get(folded, folded)
    if folded in _OWN:
        return folded
    match = re.fullmatch(r"(source|claim|crowd|route|translation)s?[_.]?(\d{1,2})(?:[_.](\w+))?", folded)
    if match is not None:
        number = int(match[2])
        folded = f"{match[1]}{number if number > 1 else ''}_{match[3] or GROUP_PARTS[match[1]][0]}"
    return folded if split_name(folded) is not None else None


def _by_words(folded: str) -> dict[str, float]:
    table = meanings("headings")
    words = folded.split()
    found: dict[str, float] = {}
    if not words or len(folded) > 80:
        return found
    exact = table.get(folded) or table.get(without_accents(folded)) or ()
    for rank, field in enumerate(exact):
        found[field] = (LONE_WORD if folded in _VALUES_DECIDE else 1.0) - rank / 100
    if not exact:
        for length in range(min(_MAX_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                for rank, field in enumerate(table.get(part) or table.get(without_accents(part)) or ()):
                    if length == 1 and ((len(part) < 3 and part.isascii() and part != "tn") or part in _ONLY_ALONE):
                        continue  # "a", "to", "by" inside a longer heading mean nothing
                    if length == 1 and field in _BOUNDS and len(words) > 1:
                        continue  # "max_scope" is not a number of people
                    if field == "crowd_by" and len(words) > _FEW_WORDS:
                        continue  # "according to" in a sentence
                    score = 0.45 + 0.4 * length / len(words) + (0.05 if start == 0 else 0.0) - rank / 100
                    found[field] = max(found.get(field, 0.0), score)
        if len(words) == 1:
            endings = _ENDINGS if folded.isascii() or folded[-1] < "\u3000" else _CJK_ENDINGS
            ending = next((field for ending, field in endings if folded.endswith(ending) and folded != ending), None)
            if ending is not None:
                found.setdefault(ending, 0.7)
    return adjust_scores(found, folded)
