"""Citations for reference managers: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

import orjson

from rallymap.event_wording import words_of
from rallymap.events import Event
from rallymap.exports.plain_words import facts_in_line
from rallymap.exports.provenance import Provenance

_IN_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)  # fmt: skip
_IN_ADDRESS: Final = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})
# Isolates and overrides of direction are for pages; a manager shows a title on a line of its own.
_NOT_TEXT: Final = re.compile("[\u0000-\u001f\u007f\u2028-\u202e\u2066-\u2069]+")
_NOT_IN_KEY: Final = re.compile(r"[^A-Za-z0-9]+")
_KEY_DIGITS: Final = 6
# biblatex's "langid" is babel's name of a language; without one that it knows, it takes the document's.
_IN_BABEL: Final = {
    "en": "english", "fa": "persian", "ar": "arabic", "uk": "ukrainian", "ru": "russian", "ku": "kurmanji",
    "tr": "turkish", "es": "spanish", "fr": "french", "de": "ngerman", "nb": "norsk", "sv": "swedish",
}  # fmt: skip
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation says.

    Attributes
    ----------
    key
        Short name by which a text cites it, of any characters.
    is_dataset
        Whether it is a set of events, and no page about a single one.
    title, author, site, address, note
        Texts; a note says what the fields cannot.
    day
        Day of the cited state.
    version
        Version of the public data; "" if unknown.
    language
        Tag of the title's language; "" if unknown.
    """

    key: str
    is_dataset: bool
    title: str
    author: str
    site: str
    address: str
    day: date
    version: str = ""
    language: str = ""
    note: str = ""


def reference_of_selection(provenance: Provenance, *, address: str) -> Reference:
    """Return the reference of a view, a file or a release.

    Parameters
    ----------
    address
        URL that shows it. Its hash is part of the key, except for the whole site, as in a release.
    """
    key = f"{provenance.site} {provenance.version or provenance.made_on.isoformat()}"
    if address != provenance.address:
        key = f"{key} {sha256(address.encode()).hexdigest()[:_KEY_DIGITS]}"
    return Reference(
        key,
        True,
        f"{provenance.site}: {provenance.selection}",
        provenance.operator or provenance.site,
        provenance.site,
        address,
        provenance.made_on,
        provenance.version,
        note=provenance.licence.name,
    )


def reference_of_event(event: Event, provenance: Provenance) -> Reference:
    """Return the reference of an event's page."""
    words = words_of(event)
    return Reference(
        event.id,
        False,
        words.title,
        provenance.operator or provenance.site,
        provenance.site,
        provenance.url_of(event.id),
        provenance.made_on,
        provenance.version,
        words.title_language,
        f"{facts_in_line(event)} {provenance.licence.name}",
    )


def write_bibtex(reference: Reference) -> bytes:
    """Return a BibTeX entry; texts stay in UTF-8, which biber and BibTeX's successors read."""
    fields = {
        "author": f"{{{_latex(reference.author)}}}",
        "title": f"{{{_latex(reference.title)}}}",
        "year": f"{reference.day.year}",
        "month": _MONTHS[reference.day.month - 1],
        "date": reference.day.isoformat(),
        "howpublished": _latex("" if reference.author == reference.site else reference.site),
        "version": _latex(reference.version),
        "url": _text(reference.address).translate(_IN_ADDRESS),
        "urldate": reference.day.isoformat(),
        "langid": _IN_BABEL.get(reference.language.partition("-")[0], ""),
        "note": _latex(reference.note),
    }
    written = [f"  {name} = {text if name == 'month' else f'{{{text}}}'}" for name, text in fields.items() if text]
    key = _NOT_IN_KEY.sub("-", reference.key).strip("-") or "rallymap"
    return (f"@misc{{{key},\n" + ",\n".join(written) + "\n}\n").encode()


def write_ris(reference: Reference) -> bytes:
    """Return a RIS record."""
    fields = (
        ("TY", "DATA" if reference.is_dataset else "ELEC"),
        ("ID", _NOT_IN_KEY.sub("-", reference.key).strip("-")),
        ("AU", reference.author),
        ("TI", reference.title),
        ("T2", reference.site),
        ("PY", f"{reference.day.year}"),
        ("DA", f"{reference.day:%Y/%m/%d}"),
        ("ET", reference.version),
        ("LA", reference.language),
        ("UR", reference.address),
        ("Y2", f"{reference.day:%Y/%m/%d}"),
        ("N1", reference.note),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {_text(text)}\r\n" for tag, text in fields if text or tag == "ER").encode()


def write_csl(reference: Reference) -> bytes:
    """Return CSL-JSON: a list of one item."""
    day = {"date-parts": [[reference.day.year, reference.day.month, reference.day.day]]}
    item: dict[str, Any] = {
        "id": _NOT_IN_KEY.sub("-", reference.key).strip("-"),
        "type": "dataset" if reference.is_dataset else "webpage",
        "title": _text(reference.title),
        "author": [{"literal": _text(reference.author)}],
        "container-title": _text(reference.site),
        "issued": day,
        "accessed": day,
        "version": reference.version,
        "language": reference.language,
        "URL": _text(reference.address),
        "note": _text(reference.note),
    }
    return orjson.dumps([{name: value for name, value in item.items() if value}], option=orjson.OPT_INDENT_2) + b"\n"


Write = Callable[[Reference], bytes]
REFERENCE_FORMATS: Final[dict[str, tuple[str, str, Write]]] = {
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": ("RIS", "application/x-research-info-systems; charset=utf-8", write_ris),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json", write_csl),
}
"""Name, media type and writer by file extension."""


def _text(text: str) -> str:
    return " ".join(_NOT_TEXT.sub(" ", text).split())


def _latex(text: str) -> str:
    return _text(text).translate(_IN_LATEX)
