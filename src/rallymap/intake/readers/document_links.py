"""Addresses of links, and texts of footnotes, of DOCX documents; they are in other parts than the text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

_MAX_BYTES = 8 * 2**20
_FIELD = re.compile(r'HYPERLINK\s+"([^"]+)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class DocumentLinks:
    """Addresses by the id of their relation, and the texts of footnotes and endnotes by kind and number."""

    addresses: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)


def links_of_document(archive: zipfile.ZipFile) -> DocumentLinks:
    """Read the relations and notes of a DOCX document; parts that are damaged or too large are left out."""
    notes: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        root = _root(archive, f"word/{kind}s.xml")
        addresses = _addresses(archive, f"{kind}s") if root is not None else {}
        for note in root.iter(f"{_WORD}{kind}") if root is not None else ():
            linked = [addresses.get(link.get(_RELATION, ""), "") for link in note.iter(f"{_WORD}hyperlink")]
            text = " ".join(" ".join(["".join(note.itertext()), *linked]).split())
            notes[kind, note.get(f"{_WORD}id", "")] = text
    return DocumentLinks(_addresses(archive, "document"), notes)


def address_of_field(instruction: str) -> str:
    """Return the address of a field such as ``HYPERLINK "https://example.org"``, "" for other fields."""
    match = _FIELD.search(instruction)
    return match[1] if match is not None else ""


def _addresses(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    root = _root(archive, f"word/_rels/{part}.xml.rels")
    external = [one for one in root if one.get("TargetMode") == "External"] if root is not None else []
    return {one.get("Id", ""): one.get("Target", "") for one in external}


def _root(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    try:
        part = archive.getinfo(name)
        content = archive.read(part) if part.file_size <= _MAX_BYTES else b""
        return None if b"<!DOCTYPE" in content else ElementTree.fromstring(content)  # noqa: S314 - without entities
    except (KeyError, ElementTree.ParseError, LookupError):
        return None
