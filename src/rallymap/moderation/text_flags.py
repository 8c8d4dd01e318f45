"""What in the public words of an event may identify a private person, for a moderator to look at before publishing.

A hostile reader takes telephone numbers, addresses and names from public pages. The patterns here find the plain
forms in the scripts of the pages' languages; they do not understand a text, and find no face in a picture. What they
find decides nothing. How much they find is measured on planted texts: ``python -m benchmarks.text_flags``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rallymap.events import Event

MOST = 12
"""Flags of one event; more say nothing new."""


class FlagKind(StrEnum):
    """What a piece of text looks like."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HANDLE = "handle"
    NAME = "name"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class TextFlag:
    """A piece of an event's text that may identify somebody.

    Attributes
    ----------
    field
        ``title``, ``about``, ``topics``, ``organisers``, ``claims``, ``crowd``, ``sources``, ``campaign`` or
        ``picture`` (its description).
    words
        As they are written there.
    """

    kind: FlagKind
    field: str
    words: str


# At most 64 octets are before the "@" (RFC 5321); without a limit, a long word would take the square of its length.
_EMAIL = re.compile(
    r"[\w.+-]{1,64}(?:@|\s*[\[({]\s*(?:at|ät|arroba)\s*[\])}]\s*|\s+at\s+(?=[\w-]+\s+dot\s))[\w-]+"
    r"(?:(?:\.|\s*[\[({]\s*(?:dot|punkt|punto)\s*[\])}]\s*|\s+dot\s+)[\w-]+)*"
    r"(?:\.|\s*[\[({]\s*(?:dot|punkt|punto)\s*[\])}]\s*|\s+dot\s+)[^\W\d_]{2,}",
    re.IGNORECASE,
)
_CALL = (
    r"tel|telephone|phone|call|mobile|mob|cell|sms|whatsapp|signal|viber|telefon|handy|mobil|anruf|ring|tlf|teléfono|"
    r"telefono|llam\w*|móvil|téléphone|appel\w*|тел|телефон\w*|звон\w*|дзвон\w*|моб|تلفن|تماس|شماره|موبایل|هاتف|اتصل|"
    r"جوال|ara|arayın|電話|電洽|手機|致電|telefonê"
)
_PHONE = re.compile(
    r"(?<![\dA-Za-z+:])(?:"
    r"(?:\+|00)\s?[1-9](?:[\s().\-/·]{0,3}\d){7,13}"  # international
    r"|(?<!\d[\s.-])0\d{1,4}(?:[\s().\-/·]{1,3}\d{2,8}){1,4}"  # national, in groups
    r"|0\d{9,10}"  # national, in one
    r"|\(?[2-9]\d{2}\)?[\s.-]\d{3}[\s.-]\d{4}"  # North America
    r")(?!\d|[./:-]\d)"
)
_CALLED = re.compile(
    rf"(?<!\w)(?:{_CALL})\w*[\s.:：\-–(]{{0,4}}(?:\w+[\s:]{{1,2}}){{0,2}}?(\+?\d(?:[\s().\-/]{{0,2}}\d){{5,13}})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\d{1,2}[./\s-]\d{1,2}[./\s-](?:1[3-9]|20)\d\d|(?:1[3-9]|20)\d\d[./\s-]\d{1,2}(?:[./\s-]\d{1,2})?)"
)
_DAYS = re.compile(r"\d{1,2}[./]\d{1,2}[./].{0,12}(?:1[3-9]|20)\d\d$")
_HANDLE = re.compile(
    r"(?<![\w@./])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,29}[A-Za-z0-9_])"
    r"|(?:(?:t|telegram)\.me|wa\.me|(?:instagram|facebook|twitter|x|tiktok|vk)\.com|signal\.me)/[\w.@#/+-]{2,}"
    r"|(?<!\w)(?:telegram|instagram|insta|tiktok|snapchat|twitter|تلگرام|اینستاگرام|телеграм|инстаграм|інстаграм)"
    r"\s?[:：]\s?@?[\w.]{3,}",
    re.IGNORECASE,
)
_STREET = (
    r"street|st|road|rd|avenue|ave|lane|ln|drive|terrace|crescent|boulevard|blvd|"
    r"str|gate|gata|gatan|vei|veien|väg|vägen|gränd|caddesi|cad|sokağı|sokak|sok"
)
_NUMBER = r"\d{1,4}\s?[a-hA-H]?"
_ADDRESS = re.compile(
    rf"(?<![\w/])(?:No\.?\s?)?{_NUMBER},?\s(?:[A-ZÀ-Þ][\w'’-]+\s){{1,3}}(?i:{_STREET})\b\.?"
    rf"|\b(?:[A-ZÀ-Þ][\w'’-]+\s){{1,3}}(?i:{_STREET})\b\.?,?\s(?i:No\s?[.:]?\s?)?{_NUMBER}(?![\w:.]\d|\w)"
    rf"|\b[A-ZÀ-Þ]\w+(?i:straße|strasse|str\.|weg|allee|gasse|gata|gatan|gate|veien|vegen|vägen)\s{_NUMBER}(?!\w|[.:]\d)"
    rf"|\b{_NUMBER}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|boulevard|impasse|allée|chemin|quai)\s(?:[\w'’-]+\s?){{1,5}}"
    rf"|\b(?:Calle|C/|Avenida|Avda\.?|Paseo)\s(?:[\w'’.-]+\s){{1,4}}?(?:n[.º°]*\s?)?{_NUMBER}(?!\w)"
    rf"|\b(?:ул\.|улица|вул\.|вулиця|пр\.|проспект|пер\.)\s(?:[\w'’-]+\s?){{1,3}},?\s?(?:д\.|буд\.|дом)?\s?{_NUMBER}(?!\w)"
    rf"|(?:خیابان|کوچه|شارع|بلوار)\s(?:\w+\s){{1,4}}?،?\s?(?:پلاک|شماره|رقم)\s?\d{{1,4}}"
    rf"|[\u4e00-\u9fff]{{1,6}}(?:路|街|道)(?:[\u4e00-\u9fff\d]{{1,3}}段)?\s?\d{{1,4}}\s?號",
)
_PLATE = re.compile(
    r"(?<![\w-])(?:"
    r"[A-HJ-PR-Y]{2}\d{2}\s?[A-HJ-PR-Z]{3}"  # United Kingdom
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
    r"registreringsnummer|regnr|bilnummer|skilt|номер\w*\s\w+|پلاک|車牌))\W{1,4}(?:\w+\W){0,3}?"
    r"((?=[\w\s-]{0,10}\d)[A-ZÅÄÖА-Я0-9]{1,4}[\s-]?[A-Z0-9А-Я]{1,5}(?:[\s-]?[A-Z0-9]{1,4})?)(?!\w)",
)
_NAME = r"[^\W\d_a-zß-ÿа-яёіїєґ][\w'’-]+"
_OFFICE = r"(?i:pr[eéäá]sident|prime|minister|ministr|chancellor|kanzler|ambassador|botschafter|secretary|speaker)"
_TITLED = re.compile(
    r"(?<!\w)(?:(?i:mrs?|ms|miss|herrn?|frau|madame|monsieur|mme|señora?|sra?|sayın|г-н|г-жа|пан|пані|"
    r"contact person|contact|ansprechpartner(?:in)?|kontakt(?:person)?|contacto|persona de contacto|"
    r"(?:ask|look|asks) for|organi[sz]ed by|his name is|her name is|named|namens|nommée?|llamad[ao]|"
    r"по имени|на ім['’]я)"
    rf"\.?)[:：]?\s({_NAME}(?:\s(?:van|von|de|del|bin|al|el)\b)?\s{_NAME}(?:\s{_NAME})?)"
    rf"|(?<!\w)(?:Mrs?|Ms|Miss|Herrn?|Frau|Madame|Señora?)\.?\s(?!{_OFFICE})({_NAME})"
)
_CALLED_NAME = re.compile(
    r"(?:آقای|خانم|السيد|السيدة|الأستاذ)\s(\w+(?:\s\w+)?)"
    r"|([\u4e00-\u9fff]{2,3})(?:先生|女士|小姐)"
)


def text_flags(event: Event) -> tuple[TextFlag, ...]:
    """Return what in the public words of an event may identify somebody, in the event's own order; 12 at most.

    Addresses of sources are left out: they are links to publications, and a moderator sees each of them.
    """
    found: dict[TextFlag, None] = {}
    for field, text in _texts(event):
        for kind, words in flagged_words(text):
            if not (field == "organisers" and kind is FlagKind.NAME):
                found.setdefault(TextFlag(kind, field, words))
    return tuple(found)[:MOST]


def flagged_words(text: str) -> Iterator[tuple[FlagKind, str]]:
    """Find what may identify somebody in one text; nothing is found twice."""
    text = unicodedata.normalize("NFKC", text)
    taken: list[tuple[int, int]] = []
    for kind, pattern in (
        (FlagKind.EMAIL, _EMAIL),
        (FlagKind.HANDLE, _HANDLE),
        (FlagKind.PHONE, _PHONE),
        (FlagKind.PHONE, _CALLED),
        (FlagKind.ADDRESS, _ADDRESS),
        (FlagKind.PLATE, _NAMED_PLATE),
        (FlagKind.PLATE, _PLATE),
        (FlagKind.NAME, _TITLED),
        (FlagKind.NAME, _CALLED_NAME),
    ):
        for match in pattern.finditer(text):
            group = match.lastindex or 0
            start, end = match.span(group)
            words = match[group].strip(" ,.;")
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if kind is FlagKind.PHONE and _is_date(words):
                continue
            taken.append((start, end))
            yield kind, words


def _texts(event: Event) -> Iterator[tuple[str, str]]:
    yield "title", event.title
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


def _is_date(words: str) -> bool:
    return _DATE.match(words) is not None or _DAYS.match(words) is not None
