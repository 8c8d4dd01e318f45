"""The result of a reader: tables of texts, before the meaning of their columns is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Row = tuple[int, tuple[str, ...]]
"""Row number, as a spreadsheet program counts, or the record's place in its list (from 1); and its cells."""


CountKnown = Callable[[Sequence[str]], int]
"""Counts how many of some texts are column names that mean something."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet, or one list of records.

    Attributes
    ----------
    name
        Of the sheet or list; "" where the file has only one without a name.
    rows
        All rows, empty ones left out.
    header
        Column names, where the format itself names its fields; None where a header row has to be found.
    facts
        What the file says of the whole table: ``title``, ``zone``.
    """

    name: str
    rows: Sequence[Row]
    header: tuple[str, ...] | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that could be read.

    Attributes
    ----------
    format
        Its name for people: "CSV", "XLSX", "GeoJSON" ...
    tables
        In the order of the file; at least one.
    remarks
        Sentences about the file as a whole: its encoding where that was guessed, rows that could not be kept.
    """

    format: str
    tables: tuple[RawTable, ...]
    remarks: tuple[str, ...] = ()
