"""Replace the templates of MediaWiki source by the text that a reader of the page sees."""

from __future__ import annotations

import re

from rallymap.countries import read_country_code
from rallymap.intake.cells.linked_text import with_link

_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_NAMED = re.compile(r"\s*([\w\s-]{1,20}?)\s*=\s*(.*)", re.DOTALL)
_NOTHING = frozenset(
    "cn citation needed fact dash n/a unknown refn sfn center anchor dubious when who clarify nbsp".split()
) | {"citation needed", "better source needed", "failed verification"}
_NOTES = frozenset({"efn", "efn-la", "efn-ua", "refn", "notetag", "nota", "note", "anm", "прим", "комментарий", "noot"})
_FLAGS = frozenset({"flagicon", "flag icon", "flagg", "flagdeco", "прапорець", "флаг", "bandera icono"})
_NAMED_FLAGS = frozenset({"flag", "flagu", "flagcountry", "flagland", "drapeau", "bandera", "bandeira", "bandiera",
                          "flagge", "vlag", "flaga", "флагификация", "прапор", "flagga", "flagg med navn"})  # fmt: skip
"""Templates that show the flag and the name of a country."""
_BEFORE_A_NAME = re.compile(r"(?:\s|<br\s*/?>|&nbsp;)*(?:\[\[|[^\W\d_])")
_FLAG = 0x1F1E6
_DATES = frozenset({"dts", "start date", "date", "dtsh", "end date", "datum", "date table sorting"})
_LISTS = frozenset({"ubl", "unbulleted list", "plainlist", "hlist", "flatlist"})
_LAST = frozenset({"sort", "nts2", "hs", "tooltip"})
_ABOUT = frozenset({"circa", "c.", "ca", "approx"})
_ADDRESSES = ("url", "адреса", "ссылка", "archive-url")
_TITLES = ("title", "titre", "titolo", "título", "titulo", "titel", "tittel", "назва", "заглавие", "tytuł", "başlık")
_YEAR = re.compile(r"(?:18|19|20|21)\d\d")
_CODE = re.compile(r"[A-Z]{3}")
_PARTS_OF_DATE = 3
_MAX_PASSES = 5


def with_templates(text: str, remarks: list[str]) -> str:
    """Replace templates from the inside out; the words of notes are appended to `remarks`."""

    def fill(match: re.Match[str]) -> str:
        name = match[1].partition("|")[0].strip().casefold().replace("_", " ")
        if name in _NOTES:
            words = " ".join(match[1].partition("|")[2].split())
            remarks.extend([words] if words and "=" not in words.partition(" ")[0] else [])
            return ""
        is_before = _BEFORE_A_NAME.match(match.string, match.end()) is not None
        if is_before and (flag := _flag_of_country(name, match[1])):
            return flag  # "{{flag|Norway}} [[Oslo]]"
        return _text_of(name, match[1])

    for _ in range(_MAX_PASSES):
        changed = _TEMPLATE.sub(fill, text)
        if changed == text:
            break
        text = changed
    return text


def _text_of(name: str, inner: str) -> str:
    """Return the text of a template if its name is known; otherwise its date, its link or its first value."""
    if name.startswith("formatnum:"):
        return name.removeprefix("formatnum:")
    title, *parts = [part.strip() for part in inner.split("|")]
    named = {match[1].casefold(): match[2] for part in parts if (match := _NAMED.fullmatch(part)) is not None}
    values = [part for part in parts if _NAMED.fullmatch(part) is None]
    if name in _FLAGS:
        return _flag(values[0] if values else "")
    if not values and _CODE.fullmatch(title) and read_country_code(title):
        return title  # {{LTU}} is the flag and name of a country
    address = next((named[key] for key in _ADDRESSES if named.get(key)), "")
    if address:
        words = next((named[key] for key in _TITLES if named.get(key)), "")
        return with_link(words, address) if words else address
    if name in _NOTHING or not values:
        return ""
    if (day := _date(values, is_date=name in _DATES)) is not None:
        return day
    if name == "sortname":
        return " ".join(values[:2])
    if name in _LISTS:
        return "\n".join(values)
    if name in _ABOUT:
        return f"c. {values[0]}"
    return values[-1] if name in _LAST else values[0]


def _flag_of_country(name: str, inner: str) -> str:
    """Return the flag for a template that shows the name of a country, "" for others."""
    title, _, rest = (part.strip() for part in inner.partition("|"))
    if name in _NAMED_FLAGS:
        return _flag(rest.partition("|")[0])
    return _flag(title) if not rest and _CODE.fullmatch(title) else ""


def _date(values: list[str], *, is_date: bool) -> str | None:
    """Return the date in the first values, whatever the template's name; None if they are something else.

    Templates with a year first are in the order year, month, day; others begin with the day.
    """
    parts = values[:_PARTS_OF_DATE]
    if len(parts) == _PARTS_OF_DATE and all(map(str.isdecimal, parts)):
        if _YEAR.fullmatch(parts[0]):
            return "-".join(part.zfill(2) for part in parts)
        return ".".join(parts) if _YEAR.fullmatch(parts[2]) else None
    if not is_date or " " in parts[0] or not any(_YEAR.fullmatch(part) for part in parts):
        return None
    if _YEAR.fullmatch(parts[0]):
        return "-".join(part.zfill(2) for part in parts if part.isdecimal())
    return " ".join(parts)


def _flag(country: str) -> str:
    """Return the flag of a country, as in saved web pages; "" for other flags."""
    code = read_country_code(country)
    return "".join(chr(_FLAG + ord(letter) - ord("A")) for letter in code) + " " if code else ""
