"""Replace the words of a written date by signs, so that one grammar handles all languages.

``⟦3⟧`` is March, ``-`` a range, ``+`` a list, ``>`` "from", ``<`` "before" or "after", ``~`` "around", ``*`` "every
week", ``|`` "or", ``»`` "moved to" and ``¤`` a word without meaning for dates.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rallymap.intake.cells.month_names import SHORT_WEEKDAYS, month_of, names_of_several_words, weekdays_of
from rallymap.intake.cells.ordinals import figures_of_ordinals

_LETTER = r"(?:[^\W\d_]|[\u0900-\u109f])"  # vowel signs in Indian scripts are not letters to Python
_WORD = re.compile(rf"{_LETTER}+(?:-{_LETTER}+)*\.?")
_CJK = re.compile(r"(\d{4})\s?年\s?(?:(\d{1,2})\s?月)?\s?(?:(\d{1,2})\s?[日号]?)?")
_ROMAN_MONTHS = "i ii iii iv v vi vii viii ix x xi xii".split()
_ROMAN = re.compile(r"(?<!\d)(\d{1,2})[ ./-]\s?(i{1,3}|iv|vi{0,3}|ix|xi{0,2})[ ./-]\s?(\d{4})(?!\d)")
_HEBREW_IN = re.compile(r"(?<=\d)\s*ב-?(?=[א-ת]{3})|(?<![א-ת])(?:ה|ב)-(?=\d)")
"""Hebrew prefixes, as in "28 בינואר" and "ה-28"."""
_PERSIAN_MONTH = re.compile(r"(?<=[آ-ی]{2})\s?ماه(?![^\W\d_])")
_PERSIAN_WEEKDAY = re.compile(r"(یک|دو|سه|چهار|پنج)[\s\u200c]?شنبه")
_PERSIAN_WEEKDAYS = {"دو": " mon ", "سه": " tue ", "چهار": " wed ", "پنج": " thu ", "یک": " sun "}
"""Written as one word or two; the second word alone means Saturday."""
_FIGURES = re.compile(
    r"(?<!\d)(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\s?\d{1,2}\2\s?\d{4}|"
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2})?)(?!\d)"
)
"""Numeric day and month: a word next to them that can be a month or a weekday is a weekday ("mar. 19.01.2027")."""
_KOREAN = re.compile(r"(\d{4})\s?년\s?(\d{1,2})\s?월(?:\s?(\d{1,2})\s?일)?")
_VIETNAMESE = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:,?\s+(?:năm\s+)?(\d{4}))?")
_MINGUO = re.compile(r"(?:民[國国]\s?(\d{1,3})|(?<!\d)(1[01]\d))\s?年(?=\s?\d{1,2}\s?月|$)|民[國国]\s?(\d{1,3})\s?年")
_CJK_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})(?!\d)")
_CJK_SIGN = re.compile(r"(?<=\d)\s?[日号號](?![^\W\d_]{2})")
_MAX_RARE_WORDS = 3
_DAY_BEFORE = re.compile(r"(?<![\d:.])\d{1,2}\.?\s$")
"""A number before a word: "14 Feb 2026 - 1 mar" ends in March, though "mar" can be a Tuesday."""
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[0-6])\d{2}(?!\d)")
_OWN_SIGNS = str.maketrans(dict.fromkeys("*<>⟦⟧¤|»", " "))  # signs that the cell itself contains are removed
_ORDINAL = re.compile(
    r"(?<=\d)(?:st|nd|rd|th|er|re|ère|e|º|ª|o|a|°|:a|:e|-(?:re|ra|én|án|jén|ján|től|tól|го|ого|его|ти|ми|е|ое|ье|й|ой|ей|я|ше|му)|ησ|η|'?an|"
    r"'?ê)(?![^\W\d_])"
)
RANGE = frozenset(
    "to until till through thru bis a à al au ao até ate hasta fino tot t/m tm til till t.o.m do по до تا إلى الى ile "
    "至 到 kadar dal sampai hingga đến".split()
)
"""Words between the start and end of a range of days or hours."""
FROM = frozenset(
    "from since ab von seit desde dès depuis dal dalla vanaf vanuit från fra od с со від з از من itibaren 自 从".split()
)
_LIST = frozenset("and und et y e i und plus sowie och og en oraz и та й و ve 和 & u 及 以及 与 與".split())
_ABOUT = frozenset(
    "around about approximate approximately approx estimated circa ca c um "
    "etwa ungefähr vers environ hacia aproximadamente cerca verso "
    "omstreeks rond omkring około примерно около близько حدود تقریبا حوالي yaklaşık early mid late anfang mitte ende "
    "début fin principios mediados finales início meados fim beginning end start middle half приблизно орієнтовно "
    "приблизна приблизительная примерная orientativa aproximada approximative ungefährer ungefähres geschätzt "
    "примерно ориентировочно نحو قرابة تقريبا تقریباً rundt cirka ungefär nêzî nêzîkî dora alrededor autour "
    "dolaylarında civarında civarı 大約 大约 約 约 左右 前後 大概".split()
)
_GENITIVE = re.compile(r"(?<![^\W_])des(?=\s+\d{1,2}\.\s?(?:\d|[^\W\d_]{3}))")
"""The German article in "am Abend des 24. Februar", which is December in Norwegian."""
_DATE_WORDS = frozenset("date datum fecha data dato дата تاریخ التاريخ tarih".split())
_BEFORE_OR_AFTER = frozenset(
    "before after prior vor nach avant après antes después tras antes depois prima dopo voor før etter efter före "
    "inden przed перед після раніше после قبل بعد پیش پس önce sonra berî piştî 之前 之後 之后 以前 以後 以后".split()
)
_PART_OF = re.compile(
    r"(?<![^\W\d_])(?<!week-)(early|mid|late|anfang|mitte|ende|début|mi|fin|principios|mediados|finales|início|meados|fim|"
    r"inizio|metà|"
    r"fine|begin|half|eind|start|beginning|middle|end|początek|połowa|koniec|начало|середина|конец)"
    r"(?:[- ]+(?:de|del|di|of|d'))?[- ](?=[^\W\d_])"
)
"""Words for a part of a month or year; "mid-June" means around June."""
_SPAN = re.compile(
    r"(?<![^\W_])(?:t/m|s\.\s?d\.|s/d(?=\s)|tom|t\.\s?o\.\s?m\b\.?|t\.\s?e\.\s?m\b\.?|tot en met|till och med|"
    r"til og med|"
    r"bis und mit|bis einschließlich|up to and including)(?![^\W_])"
)
"""Dutch and Scandinavian "up to and including": "3 t/m 5 maart", "t.o.m.", "bis und mit"."""
_CROATIAN_OCTOBER = re.compile(r"(?<=\d\.)\s?listopada(?![^\W\d_])")
"""With a point behind the day this is Croatian; in Polish the same word, without one, is November."""
_SINCE = re.compile(r"(?<![^\W_])(?:fr\.\s?o\.\s?m\b\.?|f\.\s?o\.\s?m\b\.?|från och med|fra og med)(?![^\W_])")
_EVERY = frozenset(
    "every each weekly daily jeden jede jedes jeweils wöchentlich täglich weiteren weitere chaque hebdomadaire cada "
    "todos todas semanal toda ogni settimanale elke iedere wekelijks varje varannan hver ugentlig ukentlig każdy każda "
    "co каждый каждую каждое еженедельно кожен щотижня هر كل her haftalık".split()
)
A_MARCH = re.compile(
    r"(?<![^\W_])(?:(?<!\d[ ./-])|(?<=:\d\d )|(?<=\d{4} ))march(?![^\W_])(?!\.?[ /-]?\d{1,4}(?!\d|:|h|\s?[ap]m))"
)
"""The word if there is no number of a day or year next to it, so that it is not a month."""
BETWEEN = frozenset("between zwischen entre tra fra tussen mellan mellom mellem między между між بين بین".split())
"""Words before two dates that make their "and" a range."""
EITHER = "|"
_OR = frozenset("or oder ou eller lub albo или або veya vagy nebo alebo یا أو او 或 または 또는".split())
MOVED = "»"
_MOVED = frozenset(
    "postponed moved rescheduled changed verschoben verlegt vertagt neu reporté reportée décalé décalée "
    "déplacé déplacée aplazado aplazada pospuesto pospuesta reprogramado reprogramada trasladado trasladada "
    "adiado adiada remarcado remarcada transferido transferida rinviato rinviata spostato spostata "
    "posticipato posticipata uitgesteld verplaatst verzet verschoven uppskjuten framflyttad flyttad flyttat "
    "framflyttat jetzt now ahora maintenant adesso agora nu nå теперь тепер şimdi flyttet utsatt udsat "
    "udskudt przełożone przełożony przeniesione przeniesiony przesunięte перенесено перенесена перенесён "
    "перенесен перенесли отложено отложена відкладено перенесений ertelendi odloženo přesunuto elhalasztva "
    "siirretty تأجل تأجلت مؤجل موکول 延期 改期 改至 改到 改為 改为".split()
)
_MOVED_FROM = re.compile(rf"(?<![^\W_])({'|'.join(sorted(_MOVED))}) (?:vom|du|de|del|dal|dalla|da|do|z|ze)(?![^\W_])")
"""“Moved from”, with a word that has another meaning elsewhere in dates."""
_SMALL = frozenset(
    "at vom uhr uur hrs hs ore kl of the de del della di des du d den der dem am le la les el los las do da dos das "
    "o os no na em auf на naar on in im van het på om w r rok roku г года год р рр року في من de' st nd rd ve "
    "th h m ji ya هـ ه יום ביום".split()
)
_MAX_SHORT = 5
"""Length of "thurs", which is no plural."""
_MONTH_TWICE = re.compile(r"⟦(\d+)⟧\s*/\s*⟦\1⟧")
"""A month with both of its Arabic names: "أيار/مايو"."""
_TIME_BEFORE = re.compile(r"(?:\d{1,2} )?[¤~ ]+<[ ~<]*[\d⟦]")
"""A time before or after a date: "two weeks before 5 May"."""
_SHORT_WEEKDAYS = frozenset(" ".join((*SHORT_WEEKDAYS[:4], "ct pa")).split())
"""Finnish, Czech, Slovak and Hungarian; only before a numeric date, because they have other meanings elsewhere."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A written date with its words replaced by signs.

    Attributes
    ----------
    text
        Digits and signs.
    unknown
        Words without meaning for dates.
    weekdays
        Possible numbers of the weekday that the text names, Monday is 0; empty unless it names exactly one.
    """

    text: str
    unknown: tuple[str, ...]
    weekdays: frozenset[int]

    @property
    def is_before_or_after(self) -> bool:
        """Whether the text only says that something was before or after a date."""
        return self.text.startswith("<") or self.text.endswith("<") or _TIME_BEFORE.match(self.text) is not None


def to_signs(text: str) -> Signs:
    """Replace the words of a folded, lower-case text by signs."""
    # Lowering a Greek "ΐ" splits it into three characters.
    text = _CROATIAN_OCTOBER.sub(" october", text if text.isascii() else unicodedata.normalize("NFC", text))
    text = _SPAN.sub(" - ", _SINCE.sub(" ", _GENITIVE.sub(" ", text)))
    text = _PART_OF.sub(lambda match: f" {match[1].split()[0]} ", text.translate(_OWN_SIGNS))
    text = _MINGUO.sub(lambda m: f"{int(m[1] or m[2] or m[3]) + 1911}年", text)
    if "年" in text or "月" in text:
        text = _CJK.sub(lambda m: "-".join(filter(None, m.groups())), text)
        text = _CJK_SIGN.sub(" ", _CJK_DAY.sub(r"⟦\1⟧ \2", text))
    if not text.isascii():
        text = _PERSIAN_WEEKDAY.sub(lambda m: _PERSIAN_WEEKDAYS[m[1]], text)
        text = _HEBREW_IN.sub(" ", _PERSIAN_MONTH.sub(" ", figures_of_ordinals(text)))
    text = _ROMAN.sub(lambda m: f"{m[1]} ⟦{_ROMAN_MONTHS.index(m[2]) + 1}⟧ {m[3]}", text)
    text = _KOREAN.sub(lambda m: "-".join(filter(None, m.groups())), text)
    text = _VIETNAMESE.sub(r"\1 ⟦\2⟧ \3", text)
    if not text.isascii():
        for name, number in names_of_several_words().items():
            if name in text:
                text = text.replace(name, f" ⟦{number}⟧ ")
    text = _MOVED_FROM.sub(r"\1 from", _ORDINAL.sub("", text))
    words = [word[0].strip(".") for word in _WORD.finditer(text)]
    # A date in one of the rarer languages has few words and a year; sentences do not qualify.
    named = [word for word in words if not (is_small(word) or weekdays_of(word))]
    rare = len(named) <= _MAX_RARE_WORDS and _YEAR.search(text) is not None
    months = sum(month_of(word, in_all_languages=rare) is not None for word in words)
    has_figures = _FIGURES.search(text) is not None
    has_month = months > 1 or has_figures
    unknown: list[str] = []
    weekdays: list[frozenset[int]] = []

    def sign(match: re.Match[str]) -> str:
        word = match[0].rstrip(".")
        weekday = weekdays_of(word)
        month = month_of(word, in_all_languages=rare)
        is_weekday = weekday and has_month and (has_figures or not _DAY_BEFORE.search(text[: match.start()]))
        if month is not None and not is_weekday:
            return f" ⟦{month}⟧ "
        if "-" in word and not weekday:
            parts = [month_of(part, in_all_languages=rare) for part in word.split("-")]
            if all(parts):
                return " - ".join(f" ⟦{number}⟧ " for number in parts)
        is_range = word == "to" and match.start() > 0  # at the start it is Thursday in Norwegian
        if weekday and not is_range and word not in ("on", "do", "de", "so", "per", "me"):
            weekdays.append(weekday)
            return (
                " * " if len(word) > _MAX_SHORT and word.endswith("s") and weekdays_of(word[:-1]) else " "
            )  # "donnerstags", not "martes"
        if word == "do" and match.start() == 0 and text[2:3] in (".", ","):
            return " "  # Thursday; "do 7.1." is "until" in Slavic languages
        if match.start() == 0 and has_figures and word in _SHORT_WEEKDAYS:
            return " "
        return _sign_of(word, match[0], unknown)

    signs = _MONTH_TWICE.sub(r"⟦\1⟧", _WORD.sub(sign, text))
    return Signs(" ".join(signs.split()), tuple(unknown), weekdays[0] if len(weekdays) == 1 else frozenset())


def _sign_of(word: str, written: str, unknown: list[str]) -> str:
    if word in RANGE:
        return " - "
    if word in _LIST:
        return " + "
    if word in _OR:
        return f" {EITHER} "
    if word in _MOVED:
        return f" {MOVED} "
    if word in _EVERY:
        return " * "
    if word in _ABOUT:
        return " ~ "
    if word in FROM:
        return " > "
    if word in _BEFORE_OR_AFTER:
        return " < "
    if is_small(word) or weekdays_of(word):
        return " "
    unknown.append(written)
    return " ¤ "


def is_small(word: str) -> bool:
    """Return whether a word has no meaning by itself, such as "of"."""
    return word in _SMALL


def means_approximately(word: str) -> bool:
    """Return whether a word says that a date is approximate."""
    return word in _ABOUT


def is_only_approximate_mark(text: str) -> bool:
    """Return whether a text only says that the date next to it is approximate: "(approx.)", "(date approximate)"."""
    words = [word[0].rstrip(".") for word in _WORD.finditer(text) if word[0] not in _DATE_WORDS]
    return bool(words) and all(map(means_approximately, words)) and not any(char.isdecimal() for char in text)
