"""Result of a reader: tables of texts, before the meaning of their columns is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Row = tuple[int, tuple[str, ...]]
"""Row number as in a spreadsheet program, or the record's position in its list (from 1), and the cells."""


CountKnown = Callable[[Sequence[str]], int]
"""Counts the known column names among some texts."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet, or one list of records.

    Attributes
    ----------
    name
        Name of the sheet or list; "" if the file has only one without a name.
    rows
        All rows except empty ones.
    header
        Column names, if the format itself names its fields; None if a header row must be found.
    facts
        Facts about the whole table: ``title``, ``zone``, ``epoch`` (the year from which numbers count days).
    """

    name: str
    rows: Sequence[Row]
    header: tuple[str, ...] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened successfully.

    Attributes
    ----------
    format
        Display name of the format: "CSV", "XLSX", "GeoJSON" ...
    tables
        Tables in the order of the file; at least one.
    remarks
        Remarks about the whole file: a guessed encoding, rows that could not be kept.
    file_name
        Name of the file, "" if unknown.
    """

    format: str
    tables: tuple[RawTable, ...]
    remarks: tuple[str, ...] = ()
    file_name: str = ""
