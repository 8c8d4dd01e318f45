"""Files opened for import, and stored mappings for tables with the same headings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rallymap.intake.fields import TownFinder
from rallymap.intake.inspection import TableReading, inspect_tables
from rallymap.intake.limits import read_bytes
from rallymap.intake.options import ImportOptions, from_toml
from rallymap.intake.presets import preset_for
from rallymap.intake.readers import Opened
from rallymap.intake.reading import open_file
from rallymap.store import Database
from rallymap.store.imports import get_mapping


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file opened for import: its content is read once, but it can be planned several times."""

    name: str
    content: Opened
    file_hash: str


def open_for_import(source: Path | bytes, name: str = "") -> OpenedFile:
    """Open a file of any supported format.

    Raises
    ------
    IntakeError
        If the file cannot be read at all.
    """
    content = read_bytes(source)
    stated = name or (source.name if isinstance(source, Path) else "")
    opened = replace(open_file(content), file_name=stated)
    return OpenedFile(stated or "pasted table", opened, hashlib.sha256(content).hexdigest())


def headings_key(tables: Sequence[TableReading]) -> str:
    """Return a hash of the headings of all selected tables, the key of a stored mapping."""
    names = "\n".join("\t".join(one.table.header) for one in tables if one.is_read)
    return hashlib.sha256(names.encode("utf-8", "replace")).hexdigest()


def complete_options(
    db: Database, file: OpenedFile, options: ImportOptions, find_town: TownFinder | None = None
) -> tuple[ImportOptions, str, tuple[TableReading, ...]]:
    """Add options from a preset and from an earlier import of the same headings; the user's own options win.

    Parameters
    ----------
    db, file, options
        The store, the file, and the user's own options.
    find_town
        Returns the population of a town; None if towns are not to be recognised.

    Returns
    -------
    options, preset, tables
        The preset's name is "" if none matches.
    """
    tables = inspect_tables(file.content, options, find_town)
    saved = db.read(get_mapping, headings_key(tables))
    if saved:
        options = options.with_defaults(from_toml(saved))
    found = next((preset for one in tables if one.is_read and (preset := preset_for(one.table.header))), None)
    if found is not None:
        options = options.with_defaults(found[1])
    if saved or found is not None:
        tables = inspect_tables(file.content, options, find_town)
    return options, found[0] if found is not None else "", tables
