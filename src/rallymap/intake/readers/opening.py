"""Detect a file's format by its content and call the reader for that format."""

from __future__ import annotations

import re
from pathlib import Path

from rallymap.intake.limits import read_bytes, refuse
from rallymap.intake.readers.delimited import read_delimited
from rallymap.intake.readers.raw_table import CountKnown, Opened
from rallymap.language import phrase

_LIST = re.compile(rb"""["{\]]|\[\s*(?:["{\[\]\d-]|true|false|null|$)|$""")
"""Start of the first item of a JSON list."""
_OTHER_FORMATS = (
    (b"%PDF", phrase("This is a PDF; copy its table into a spreadsheet and save that as XLSX or CSV.")),
    (b"\x1f\x8b", phrase("This file is compressed with gzip; unpack it and give the table inside.")),
    (b"{\\rtf", phrase("This is a text document; copy its table into a spreadsheet and save that as XLSX or CSV.")),
    (b"\x89PNG", phrase("This is a picture, not a table.")),
    (b"\xff\xd8\xff", phrase("This is a picture, not a table.")),
)


def open_tables(source: Path | bytes, count_known: CountKnown) -> Opened:
    """Open a file of any supported format.

    Parameters
    ----------
    source
        A path, or the content of a file.
    count_known
        Counts known column names; used to detect the separator of CSV files.

    Raises
    ------
    IntakeError
        If the whole file cannot be read; the sentence says why and what to do.
    """
    content = read_bytes(source)
    for magic, sentence in _OTHER_FORMATS:
        if content.startswith(magic):
            refuse(sentence)
    # Imported lazily: most files are CSV, and each reader imports its library.
    from rallymap.intake.readers.workbook import is_workbook, read_workbook

    if is_workbook(content):
        from rallymap.intake.readers.markup import read_kmz
        from rallymap.intake.readers.text_document import read_text_document

        return read_kmz(content, count_known) or read_text_document(content) or read_workbook(content)
    return _open_text(content, count_known)


def _open_text(content: bytes, count_known: CountKnown) -> Opened:
    from rallymap.intake.readers.calendar_file import is_calendar, read_calendar
    from rallymap.intake.readers.front_matter import is_front_matter, read_yaml
    from rallymap.intake.readers.html_page import is_page, read_page
    from rallymap.intake.readers.json_file import read_json
    from rallymap.intake.readers.json_shapes import looks_like_script
    from rallymap.intake.readers.markup import is_markup, read_markup
    from rallymap.intake.readers.xml_records import read_xml

    start = content[:400].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").strip()
    if is_calendar(content):
        return read_calendar(content)
    if is_front_matter(content):
        return read_yaml(content)
    if not is_markup(content) and is_page(start):
        return read_page(content)
    if start.startswith(b"<"):
        if is_markup(content):
            return read_markup(content, count_known)
        return read_xml(content, count_known)
    start = start.lstrip(b"\x1e")
    if (start.startswith((b"{", b"[")) and _looks_like_json(start)) or looks_like_script(start):
        return read_json(content)
    return read_delimited(content, count_known)


def _looks_like_json(start: bytes) -> bool:
    """Return whether a text that begins with a bracket can be JSON; "{{" and "[[Link]]" begin MediaWiki source."""
    inner = start[1:].lstrip()
    if start.startswith(b"{"):
        return inner[:1] in (b'"', b"}") or not inner
    return _LIST.match(inner) is not None
