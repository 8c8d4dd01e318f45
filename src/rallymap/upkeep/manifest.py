"""Manifest of a backup: its files with sizes and hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rallymap.errors import BackupError

MANIFEST_NAME: Final = "manifest.json"
FORMAT: Final = 1
NO_BACKUP = "This file is no backup of a rallymap, or it is damaged or cut off. Use another backup."


@dataclass(frozen=True, slots=True)
class Stored:
    """One file of a backup: size in bytes and SHA-256 as hexadecimal digits."""

    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Stored:
        """Return size and hash of a file."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return cls(file.tell(), digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Description of a backup.

    Attributes
    ----------
    made_at
        When the copy of the database was started.
    version
        Version of rallymap that made the backup.
    site
        Name of the site.
    schema
        Migration that the database is at.
    counts
        Number of rows by table.
    left_out
        Names of settings that are set but not included: secrets and machine-specific settings.
    files
        Files by name in the archive.
    """

    made_at: datetime
    version: str
    site: str
    schema: str
    counts: Mapping[str, int]
    left_out: tuple[str, ...]
    files: Mapping[str, Stored]

    def as_json(self) -> bytes:
        """Serialise the manifest for ``manifest.json``."""
        content = {
            "rallymap_backup": FORMAT,
            "made_at": self.made_at.astimezone(UTC).isoformat(timespec="seconds"),
            "version": self.version,
            "site": self.site,
            "schema": self.schema,
            "counts": dict(self.counts),
            "settings_left_out": list(self.left_out),
            "files": {name: {"size": file.size, "sha256": file.sha256} for name, file in self.files.items()},
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Parse a manifest.

        Raises
        ------
        BackupError
            If the text is not a manifest, or of a newer format.
        """
        try:
            content: dict[str, Any] = json.loads(text)
            if content["rallymap_backup"] != FORMAT:
                raise BackupError("This backup was made by a newer rallymap; use that version or a later one.")
            return cls(
                datetime.fromisoformat(content["made_at"]),
                str(content["version"]),
                str(content["site"]),
                str(content["schema"]),
                {str(name): int(number) for name, number in content["counts"].items()},
                tuple(map(str, content["settings_left_out"])),
                {str(name): Stored(int(f["size"]), str(f["sha256"])) for name, f in content["files"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as err:
            raise BackupError(NO_BACKUP, detail=repr(err)) from err
