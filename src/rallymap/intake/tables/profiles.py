"""Profile of the types of values in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events import EventStatus
from rallymap.intake.cells.attendance import attendance_of
from rallymap.intake.cells.date_columns import could_be_date, names_day
from rallymap.intake.cells.day_parts import with_am_pm
from rallymap.intake.cells.folding import fold_cell, is_ditto, is_missing
from rallymap.intake.cells.kinds import names_kind
from rallymap.intake.cells.spoken_times import write_out
from rallymap.intake.cells.sums import is_sum
from rallymap.intake.cells.times import is_time_stamp, read_times
from rallymap.intake.cells.words import status_of
from rallymap.intake.coordinates import parse_coordinates

_SAMPLE = 150
_HALF = 0.5
_MOST = 0.8
_FEW_LETTERS = 3
_ABOUT = re.compile(
    r"^(?:ca\.?|circa|cirka|etwa|rund|ungefähr|über|mehr als|about|around|approx\.?|approximately|over|more than|"
    r"nearly|almost|"
    r"at least|up to|environ|env\.?|près de|plus de|unos|unas|cerca de|alrededor de|más de|aprox\.?|mais de|quasi|"
    r"oltre|più di|"
    r"ongeveer|ruim|meer dan|omkring|rundt|drygt|mer än|mer enn|minst|knap|około|ok\.?|ponad|cca|asi|kolem|přes|noin|"
    r"yli|kb\.?|"
    r"mintegy|több mint|περίπου|πάνω από|около|более|до|свыше|близько|понад|yaklaşık|nêzîkî|حدود|بیش از|حوالي|أكثر "
    r"من)\s*(?=\d)",
    re.IGNORECASE,
)
_MAX_STATUS = 50
_LONGEST_TIME = 40
_DAY = re.compile(
    r"[^\W\d_]{2,12}\.?,?\s(?:[1-9]|[12]\d|3[01])\.?|(?:[1-9]|[12]\d|3[01])\.?\s?[-–]\s?(?:[1-9]|[12]\d|3[01])\.?"
    r"|(?:[1-9]|[12]\d|3[01])\.?(?:(?:\s?[,;&+]|\s(?:and|und|et|y|e|och|og|en|i|и|та|و|ve))\s(?:[1-9]|[12]\d|3[01])\.?)+"
)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:e\d+)?")
_FIGURES = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d+")
_SHORT_WORD = 12
"""Maximum number of letters next to a number of people: "n. 200", "150 чел."."""
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PAIR = re.compile(r"[\[(]?\s*[-+]?\d{1,3}\.\d+\s*[,;/ ]\s*[-+]?\d{1,3}\.\d+\s*[\])]?")
_DEGREES = re.compile(
    r"[nsew]?\s?-?\d{1,3}(?:[.,]\d+)?\s?°(?:\s?[\d.,]+\s?['\"]+)*\s?[nsew]?|\d{1,3}\.\d+\s?[nsew]|"
    r"[nsew]\s?\d{1,3}\.\d+",
    re.I,
)
_MAY_BE_POINT = re.compile(
    r"^\{.{0,20}lat|°|(?:point|linestring)[\sz]*\(|^geo:|[nsew]\s?\d|\d\s?[nsew]\b|\d,\d+[;/\s]+-?\d|@-?\d|[?&](?:q|ll|mlat)=",
    re.I,
)
_CONTACT = re.compile(
    r"(?:mailto:)?[^\s@]+@[^\s@]+\.\w{2,}(?:\s.*)?|(?:tel\.?:?\s?)?(?:\+\d|0\d{2,5}[\s/()-])[\d\s/().-]{6,}",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<!\d)\d{1,2}(?:[:.h]\d{2}|\s?(?:uhr|h\b|[ap]\.?m))", re.IGNORECASE)
_NO = frozenset(
    "no nein non false 0 nej nei nee não nao nie нет ні خیر لا hayır 否 n falsch faux falso onwaar falskt falsk usann "
    "fałsz ложь yanlış nepravda hamis epätosi hibe".split()
)
YES = frozenset(
    "yes y ja oui sí si sim true 1 x да так tak بله نعم evet 是 ✓ ✔ ☑ wahr vrai verdadero verdadeiro vero waar sant "
    "sann sandt prawda истина doğru pravda igaz tosi".split()
)
"""Answers, and the words for true and false in spreadsheet programs."""
_NOONS = frozenset(
    "noon midday 12noon mittag mittags midi mediodía mezzogiorno meio-dia middag middagstid południe полдень полудень "
    "опівдні öğle öğlen ظهر ظهرا الظهر 正午 中午".split()
)
_FIRST_WORD = re.compile(r"[\w✓✔☑]+")
_MARKS = frozenset({"x", "v", "✓", "✔", "☑", "yes", "ja", "oui", "sí", "si", "sim", "true", "да", "да.", "1"})
_CROWD_WORD = re.compile(
    r"\d|hundred|dozen|thousand|dutzend|hundert|tausend|centaine|millier|dizaine|cientos|miles|docena|centenas|"
    r"milhares|"
    r"сотн|тысяч|тисяч|صد|هزار|مئات|آلاف|عشرات|hundre|hundra|dusin|tusen|tiotal|titalls|snes|yüz|binler|onlarca|"
    r"honderd|"
    r"tiental|duizend|centinaia|decin|migliaia|set[ek][ik]?\b|tysi[ąę]c|ده\s?ها|[数數]百|[数數]千|[数數]十|上千|上百",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of a column's values by type; all 0 if the column is empty.

    Attributes
    ----------
    filled
        Number of values examined.
    distinct
        Share of distinct values.
    length
        Mean number of characters.
    dated_words
        Share of values that contain a day, possibly among other words: "16 February 2024 in the evening".
    clocks
        Share of values with a time that cannot be just a range of numbers: "14:30", "2 pm", not "14-16".
    stamps
        Share of values that are a time on a program's epoch day: "1900-01-01 18:00:00".
    figures
        Share of values with a digit and almost no letters: "± 150", "60 à 80".
    statuses
        Share of values that say whether an event took place.
    modes
        Share of values that are only an attendance mode.
    kinds
        Share of values that are only a kind of event.
    fractions
        Share of values that are decimal numbers, as "24.02" seems to be.
    days
        Share of values that are a day of a month behind its weekday, "Sat 24", or consecutive days, "29-30".
    estimates
        Share of values that are a number behind a word such as "about", or before a "+".
    rounded
        Share of values with a number that is a multiple of 10, as estimates of crowds are.
    low, high
        Lowest and highest number.
    """

    filled: int = 0
    dates: float = 0.0
    dated_words: float = 0.0
    times: float = 0.0
    clocks: float = 0.0
    stamps: float = 0.0
    numbers: float = 0.0
    urls: float = 0.0
    pairs: float = 0.0
    marks: float = 0.0
    crowds: float = 0.0
    contacts: float = 0.0
    flags: float = 0.0
    degrees: float = 0.0
    figures: float = 0.0
    statuses: float = 0.0
    modes: float = 0.0
    kinds: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    fractions: float = 0.0
    days: float = 0.0
    estimates: float = 0.0
    rounded: float = 0.0
    low: float = 0.0
    high: float = 0.0


def profile(values: Iterable[str]) -> Profile:
    """Compute the profile of a sample of a column's values."""
    filled = [value for value in values if not is_missing(value) and not is_ditto(value) and not is_sum(value)]
    if not filled:
        return Profile()
    step = max(1, len(filled) // _SAMPLE)
    sample = filled[::step][:_SAMPLE]
    count = len(sample)
    texts = [fold_cell(value) for value in sample]
    numbers = [float(text.replace(",", ".")) for text in texts if _NUMBER.fullmatch(text)]

    def share(hits: int) -> float:
        return hits / count

    return Profile(
        filled=len(filled),
        dates=share(sum(could_be_date(text) for text in texts)),
        dated_words=share(sum(names_day(text) for text in texts)),
        times=share(sum(_is_time(text) for text in texts)),
        clocks=share(sum(_TIME.search(text) is not None for text in texts)),
        stamps=share(sum(is_time_stamp(text) for text in texts)),
        numbers=len(numbers) / count,
        urls=share(sum(bool(_URL.match(text.lstrip("['\"("))) for text in texts)),
        pairs=share(sum(_is_point(text) for text in texts)),
        marks=share(sum(text.casefold() in _MARKS for text in texts)),
        crowds=share(sum(bool(_CROWD_WORD.search(text)) and len(text) < 60 for text in texts)),
        contacts=share(sum(_is_contact(text) for text in texts)),
        degrees=share(sum(bool(_DEGREES.fullmatch(text)) for text in texts)),
        flags=share(sum(says_yes(text) is not None for text in texts)),
        figures=share(sum(_is_figure(text) for text in texts)),
        statuses=share(sum(_is_status(text) for text in texts)),
        kinds=share(sum(len(text) < _MAX_STATUS and names_kind(text) for text in texts)),
        modes=share(sum(attendance_of(text) is not None for text in texts)),
        distinct=len(set(texts)) / count,
        length=sum(map(len, texts)) / count,
        fractions=share(sum(not number.is_integer() for number in numbers)),
        days=share(sum(_DAY.fullmatch(text) is not None for text in texts)),
        estimates=share(sum(_is_figure(text) and _is_estimate(text) for text in texts)),
        rounded=share(sum(_is_rounded(text) for text in texts)),
        low=min(numbers, default=0.0),
        high=max(numbers, default=0.0),
    )


def looks_like_times(looks: Profile, *, is_named: bool) -> bool:
    """Return whether values are times of day, or say instead that the event was cancelled."""
    are_times = looks.times >= _HALF and looks.times + looks.statuses >= _MOST and looks.numbers < _HALF
    return are_times and (looks.clocks >= _HALF or not is_named)


def _is_contact(text: str) -> bool:
    return bool(_CONTACT.fullmatch(text)) and not _URL.match(text) and not could_be_date(text)


def _is_figure(text: str) -> bool:
    text = _ABOUT.sub("", text)
    return any(map(str.isdecimal, text)) and sum(map(str.isalpha, text)) < _FEW_LETTERS


def _is_estimate(text: str) -> bool:
    return _ABOUT.match(text) is not None or re.fullmatch(r"[~±><≈]\s?\d[\d.,]*|\d[\d.,]*\s?\+", text) is not None


def _is_status(text: str) -> bool:
    return 1 < len(text) < _MAX_STATUS and status_of(text) not in (None, EventStatus.MOVED_ONLINE)


def _is_rounded(text: str) -> bool:
    numbers = _FIGURES.findall(text)
    is_short = sum(map(str.isalpha, text)) <= _SHORT_WORD and len(numbers) in (1, 2)
    return is_short and all(len(number) > 1 and number.endswith("0") and number.strip("0.,") for number in numbers)


def _is_point(text: str) -> bool:
    if _PAIR.fullmatch(text):
        return True
    if len(text) > 300 or not _MAY_BE_POINT.search(text):
        return False
    try:
        parse_coordinates(text)
    except InvalidEventError:
        return False
    return True


def says_yes(text: str) -> bool | None:
    """Parse a cell of a yes/no column; None if it is neither."""
    word = _FIRST_WORD.match(text.strip())
    if word is None:
        return None
    folded = word[0].casefold()
    return True if folded in YES else False if folded in _NO else None


def _is_time(text: str) -> bool:
    if len(text) > 60 or (could_be_date(text) and not _TIME.search(text)):
        return False
    if (spoken := write_out(text.casefold()))[1] is not None:
        return len(spoken[0]) <= _LONGEST_TIME
    if _TIME.search(text) or _TIME.search(with_am_pm(text.casefold())):
        return read_times(text).start is not None or read_times(text).end is not None
    if re.fullmatch(r"\d{1,4}", text):
        return int(text) <= 24 or (len(text) >= 3 and int(text) <= 2400 and int(text) % 100 < 60)
    if re.fullmatch(r"0?[.,]\d+", text) or re.fullmatch(r"\d{1,2}\s?-\s?\d{1,2}(?:\s?uhr|\s?[ap]m)?", text.casefold()):
        return True
    if not any(char.isdecimal() for char in text):
        return len(text) <= _SHORT_WORD and text.casefold() in _NOONS
    if not any(char.isalpha() for char in text):
        return False
    read = read_times(text)  # "14 часов 30 минут"
    return (read.start is not None or read.end is not None) and not read.remark
