"""Flag texts of an event that may identify a private person, for a moderator to check before publishing.

Hostile readers collect telephone numbers, addresses and names from public pages. The patterns here match common forms
in the scripts of the pages' languages; they do not understand the text and do not detect faces in pictures. Flags are
only warnings. ``python -m benchmarks.text_flags`` measures how much they find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rallymap.events import Event
from rallymap.moderation.names_in_texts import NAMES, is_no_person

MOST = 12
"""Maximum number of flags per event; more would not help."""


class FlagKind(StrEnum):
    """Kind of personal data that a text looks like."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HANDLE = "handle"
    NAME = "name"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class TextFlag:
    """A part of an event's text that may identify somebody.

    Attributes
    ----------
    field
        ``title``, ``place``, ``about``, ``translations``, ``topics``, ``organisers``, ``claims``, ``crowd``,
        ``sources``, ``campaign`` or ``picture`` (its description).
    words
        The text as written.
    """

    kind: FlagKind
    field: str
    words: str


# The part before "@" has at most 64 octets (RFC 5321); without a limit, long words would take quadratic time.
_AT_SIGN = r"(?:arroba|arobase|snabel-?a|krøll-?alfa|klammeraffe|собака|собачка|равлик)"
"""Names of the sign itself, which no sentence has before a domain."""
_AT = rf"(?:at|ät|{_AT_SIGN}|ات)"
_DOT_WORD = r"(?:dot|punkt|punto|point|точка|крапка|nokta|نقطه)"
_DOT = rf"(?:\.|\s*[\[({{]\s*{_DOT_WORD}\s*[\])}}]\s*|\s+{_DOT_WORD}\s+)"
_EMAIL = re.compile(
    rf"[\w.+-]{{1,64}}+(?:@|\s*[\[({{]\s*{_AT}\s*[\])}}]\s*|\s+{_AT}\s+(?=[\w-]+(?:\.[\w-]+)*\s+{_DOT_WORD}\s)"
    rf"|\s+{_AT_SIGN}\s+(?=[\w-]+\.))[\w-]+"
    rf"(?:{_DOT}[\w-]+)*{_DOT}[^\W\d_]{{2,}}",
    re.IGNORECASE,
)
_CALL = (
    r"tel|telephone|phone|call|mobile|mob|cell|sms|whatsapp|signal|viber|telefon|handy|mobil|anruf|ring|tlf|teléfono|"
    r"telefono|llam\w*|móvil|téléphone|appel\w*|тел|телефон\w*|звон\w*|дзвон\w*|моб|تلفن|تماس|شماره|موبایل|هاتف|اتصل|"
    r"جوال|ara|arayın|telefonê"
)
_CONTACT = (
    r"kontakt\w*(?: oss)?|contact\w*|iletişim|irtibat|têkilî|peywendî|связь|связаться|зв['’]язок|للاستفسار|للتواصل|"
    r"پیام|(?:escr[ií]b\w*|пиш\w+|напиш\w+|schreib\w*|écri\w+|skriv\w*|yaz\w*)(?:\s(?:a|al|an|at|au|på|til|till|to|на))?"
)
"""Words that often do not refer to telephones: only a complete number directly after them counts."""
_CALL_CHINESE = r"電話|電洽|手機|致電|請電|查詢|聯絡|电话|手机|联系|查询"
"""Written without a space before the number."""
_PHONE = re.compile(
    r"(?<![\dA-Za-z+:])(?:"
    r"(?:\+|00)\s?[1-9](?:[\s().\-/·]{0,3}\d){7,13}"  # international
    r"|(?<!\d[\s./-])0\d{1,4}(?:[\s().\-/·]{1,3}\d{2,8}){1,4}"  # national, in groups
    r"|0\d{9,10}"  # national, without spaces
    r"|8[\s(-]{1,2}\d{3,5}[\s)-]{1,2}\d{1,3}(?:[\s-]?\d{2}){2}"  # Russia, Belarus, Kazakhstan
    r"|\(?[2-9]\d{2}\)?[\s.-]\d{3}[\s.-]\d{4}"  # North America
    r")(?!\d|[./:-]\d)"
)
_CALLED = re.compile(
    rf"(?:(?<!\w)(?:{_CALL})\w*|{_CALL_CHINESE})[\s.:：\-–(]{{0,4}}(?:\w+[\s:]{{1,2}}){{0,2}}?(\+?\d(?:[\s().\-/]{{0,2}}\d){{5,13}})"
    rf"|(?<!\w)(?:{_CALL})\w*(?:\s\w+){{3}}[\s:]{{1,2}}(\+?\d(?:[\s().\-/]{{0,2}}\d){{7,13}})(?!\d)"
    rf"|(?<!\w)(?:{_CONTACT})[\s.:：\-–(]{{1,4}}(\+?\d(?:[\s().\-/]{{0,2}}\d){{7,13}})(?!\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 6
_DIGIT = re.compile(r"(?![0-9])\d")
_DATE = re.compile(
    r"(?:\d{1,2}[./\s-]\d{1,2}[./\s-](?:1[3-9]|20)\d\d|(?:1[3-9]|20)\d\d[./\s-]\d{1,2}(?:[./\s-]\d{1,2})?)"
)
_DAYS = re.compile(r"\d{1,2}[./]\d{1,2}[./].{0,12}(?:1[3-9]|20)\d\d$")
_NETWORKS = (
    r"telegram|instagram|insta|ig|tiktok|snapchat|twitter|discord|threema|skype|wechat|微信|微信號|تلگرام|اینستاگرام|"
    r"[إا]?نستغرام|تي?لي?غرام|телеграм|инстаграм|інстаграм"
)
_HANDLE = re.compile(
    r"(?<![\w@./])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,29}[A-Za-z0-9_])"
    r"|(?:(?:t|telegram)\.me|wa\.me|(?:instagram|facebook|twitter|x|tiktok|vk)\.com|signal\.me)/[\w.@#/+-]{2,}"
    r"|(?<![\w/])u/[A-Za-z][\w-]{2,19}(?![\w/])"
    rf"|(?<!\w)(?:{_NETWORKS}|line\s?id)\s?[:：]\s?@?[\w.]{{3,}}(?:#\d{{4}})?"
    rf"|(?<!\w)(?:{_NETWORKS})\s(?=[a-z.]*[_\d])[a-z][\w.]{{2,}}",
    re.IGNORECASE,
)
_STREET = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|terrace|crescent|close|grove|mews|boulevard|blvd|"
    r"straße|strasse|str|allee|damm|gasse|weg|gate|gata|gatan|vei|veien|väg|vägen|gränd|caddesi|cad|sokağı|sokak|sok|sk"
)
_NUMBER = r"\d{1,4}\s?[a-hA-H]?"
_NO_STREET = (
    r"(?:Mo|Diens|Donners|Frei|Sams|Sonn)\w*tag|Mittwoch|Jan|Feb|März|April|Mai|Jun|Jul|Aug|Sept|Okt|Nov|Dez|Tag|Ende|"
    r"Anfang|Gleis|Saal|Raum|Tor|Halle|Block|Zimmer|Stand"
)
"""What a German number after "Am" or "Im" belongs to if it is not a street's."""
_ADDRESS = re.compile(  # words have a maximum length: without it, a long one would take quadratic time
    rf"(?<![\w/])(?:No\.?\s?)?{_NUMBER},?\s(?:[A-ZÀ-Þ][\w'’-]{{1,40}}\s){{1,3}}(?i:{_STREET})\b\.?"
    rf"|\b(?:[A-ZÀ-Þ][\w'’-]{{1,40}}\s){{1,3}}(?i:{_STREET})\b\.?,?\s(?i:No\s?[.:]?\s?)?{_NUMBER}(?![\w:.]\d|\w)"
    rf"|\b[A-ZÀ-Þ][\w-]{{1,40}}(?i:straße|strasse|str\.|weg|allee|alleen|allén|gasse|gata|gatan|gate|veien|vegen|vägen)\s{_NUMBER}(?!\w|[.:]\d)"
    rf"|\b(?:Am|Im|An de[nr]|Auf de[mr]|In de[nr]|Unter den|Hinter de[mr]|Zu[mr])\s(?!{_NO_STREET})"
    r"[A-ZÄÖÜ][\w-]{1,40}\s\d{1,3}\s?[a-h]?(?=\s*(?:[,;)\n]|\.?\s*$))"
    rf"|\b{_NUMBER}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd|bld|impasse|allée|chemin|quai)\s(?:[\w'’-]{{1,40}}\s?){{1,5}}"
    rf"|\b(?:(?i:calle|c/|avda\.?|av\.|carrer|rambla|cra\.)|Avenida|Paseo)\s?(?!\d)(?:[\w'’.-]{{1,40}},?\s){{1,4}}?(?:n[.º°]*\s?)?{_NUMBER}(?!\w)"
    rf"|\b(?:ул\.|улиц[аеы]|вул\.|вулиц[яі]|пр\.|пр-т|просп\.|проспект[еі]?|пер\.|переул\w{{1,9}}|провул\w{{1,9}})\s[\w'’-]{{1,40}}(?:\s[\w'’-]{{1,40}}){{0,2}},?\s?(?:д\.|буд\.|дом)?\s?{_NUMBER}(?!\w)"
    rf"|\b[А-ЯЁЇІЄҐ][\w-]{{1,40}}\s(?:проспект|улица|вулиця|набережная|набережна|шоссе|шосе),?\s?(?:д\.|буд\.|дом)?\s?{_NUMBER}(?!\w)"
    rf"|\b(?:ul\.|Via|Rua)\s(?:(?:d[aeio]s?|dell?[ao])\s)?(?:[A-ZÀ-Þ][\w'’.-]{{1,40}},?\s){{1,3}}{_NUMBER}(?!\w)"
    rf"|(?:خیابان|کوچه|شارع|بلوار)\s(?:\w{{1,40}}\s?،?\s){{1,6}}?(?:پلاک|شماره|رقم|بناية|عمارة|منزل)\s?\d{{1,4}}"
    rf"|[\u4e00-\u9fff]{{1,6}}(?:路|街|道)(?:[\u4e00-\u9fff\d]{{1,3}}段)?\s?(?:\d{{1,4}}[巷弄]){{0,2}}\d{{1,4}}\s?[號号]",
)
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    r"[A-HJ-PR-Y]{2}\d{2}\s?[A-HJ-PR-Z]{3}"  # United Kingdom
    r"|[A-HJ-PR-Z]{3}\s?\d{2}(?!(?<=24)H)[A-HJ-PR-Z]"  # Sweden; three letters and three digits are too ambiguous
    r"|[A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2}"  # France
    r"|[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}\s?\d{1,4}[EH]?"  # Germany
    r"|[ABEIKMHOPCTXАВЕІКМНОРСТХ]{2}\s?\d{4}\s?[ABEIKMHOPCTXАВЕІКМНОРСТХ]{2}"  # Ukraine
    r"|[АВЕКМНОРСТУХ]\s?\d{3}\s?[АВЕКМНОРСТУХ]{2}\s?\d{2,3}"  # Russia
    r"|\d{2}\s?[بجدسصطقلمنوهیت]\s?\d{3}\s?(?:-|ایران)?\s?\d{2}"  # Iran
    r"|(?:0[1-9]|[1-7]\d|8[01])\s[A-Z]{1,3}\s\d{2,4}"  # Turkey
    r")(?![\w-])"
)
_NAMED_PLATE = re.compile(
    r"(?:(?i:plates?|registration|kennzeichen|nummernschild\w*|immatriculation|plaque|matr[ií]cula|plakası|plaka|plak|"
    r"registreringsnummer|regnr|bilnummer|skilt|номер\w*\s\w+|پلاک))\W{1,4}(?:\w+\W){0,3}?"
    r"((?=[\w\s-]{0,10}\d)[A-ZÅÄÖА-Я0-9]{1,4}[\s-]?[A-Z0-9А-Я]{1,5}(?:[\s-]?[A-Z0-9]{1,4})?)(?!\w)"
    r"|[車车]牌(?:號碼?|号码?)?[\s:：為为是]{0,3}([A-Z0-9]{1,4}[\s-]?[A-Z0-9]{2,5})"
    r"|(?:لوحة|لوحتها|نمرة)[\s:]{1,3}(?:رقم\s)?((?:[^\W\d]+\s){0,2}\d{4,7})",
)


_EXPECTED = {"organisers": (FlagKind.NAME,), "place": (FlagKind.ADDRESS, FlagKind.NAME)}
"""Kinds that a field should contain: names of organisations look like those of people, and streets have their names."""


def text_flags(event: Event) -> tuple[TextFlag, ...]:
    """Return parts of an event's public text that may identify somebody, in the order of the fields; at most 12.

    URLs of sources are not checked: they are links to publications, and a moderator sees each of them.
    """
    found: dict[TextFlag, None] = {}
    for field, text in _texts(event):
        for kind, words in flagged_words(text):
            if kind not in _EXPECTED.get(field, ()):
                found.setdefault(TextFlag(kind, field, words))
    return tuple(found)[:MOST]


def flagged_words(text: str) -> Iterator[tuple[FlagKind, str]]:
    """Find parts of one text that may identify somebody, without overlaps."""
    text = unicodedata.normalize("NFKC", text)
    latin = _DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)  # same length as the text
    taken: list[tuple[int, int]] = []
    for kind, pattern in (
        (FlagKind.EMAIL, _EMAIL),
        (FlagKind.HANDLE, _HANDLE),
        (FlagKind.PHONE, _PHONE),
        (FlagKind.PHONE, _CALLED),
        (FlagKind.ADDRESS, _ADDRESS),
        (FlagKind.PLATE, _NAMED_PLATE),
        (FlagKind.PLATE, _PLATE),
        *((FlagKind.NAME, pattern) for pattern in NAMES),
    ):
        for match in pattern.finditer(latin):
            group = match.lastindex or 0
            start, end = match.span(group)
            words = text[start:end].strip(" ,.;")
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if kind is FlagKind.PHONE and not _can_be_called(match[group]):
                continue
            if kind is FlagKind.NAME and is_no_person(words):
                continue
            taken.append((start, end))
            yield kind, words


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    yield "title", event.title
    yield from (("place", text) for text in (event.place.text, event.place.venue, *(one.text for one in event.route)))
    yield "about", event.about
    yield from (("translations", f"{one.title}\n{one.about}") for one in event.translations)
    yield from (("topics", topic) for topic in event.topics)
    yield from (("organisers", name) for name in event.organisers)
    yield from (("claims", f"{claim.text}\n{claim.by}") for claim in event.claims)
    yield from (("crowd", f"{claim.words}\n{claim.by}") for claim in event.crowd)
    yield from (("sources", f"{source.title}\n{source.publisher}") for source in event.sources)
    if event.campaign:
        yield "campaign", event.campaign.name
    if event.picture:
        yield "picture", event.picture.description


def _can_be_called(words: str) -> bool:
    """Return whether a telephone can have the number: it is no date, and no pair of short numbers such as "04/10"."""
    is_date = _DATE.match(words) is not None or _DAYS.match(words) is not None
    return not is_date and sum(map(str.isdigit, words)) >= _FEWEST_DIGITS
