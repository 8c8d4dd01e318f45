"""Values about imports, for functions of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

DONE = "done"
UNDONE = "undone"
"""State of an import that was undone, and the reason code of the tombstones that it left."""


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import of a table.

    Attributes
    ----------
    id
        Short and readable: "register-2022-3f9a2c4e".
    name
        Of the file, or as the user named it.
    actor
        Who imported.
    state
        ``running`` (or interrupted), ``done`` or ``undone``.
    started_at, ended_at
        Begin, and end of the import or of its undoing; None while it runs.
    file_hash
        SHA-256 of the file's content, in hexadecimal.
    options
        The mapping and the defaults, as TOML.
    counts
        Rows by what became of them.
    """

    id: str
    name: str
    actor: str
    state: str = "running"
    started_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    ended_at: datetime | None = None
    file_hash: str = ""
    options: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DoneImport:
    """What a form wrote that was sent before: the id of its import, and how many events."""

    batch_id: str
    written: int


@dataclass(frozen=True, slots=True)
class ImportedNote:
    """What one cell said beyond the event.

    Attributes
    ----------
    column, value
        The heading, and the cell as written.
    remark
        Why it is not in the event, or how it was read; "" for a column that means nothing to an event.
    """

    column: str
    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What undoing an import did.

    Attributes
    ----------
    removed, restored
        Events that were new and are deleted; events that have their earlier version again.
    kept
        Ids of events that somebody changed since; they stay as they are.
    """

    removed: int
    restored: int
    kept: tuple[str, ...]
