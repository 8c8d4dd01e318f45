"""Read and write backup files: tar archives, compressed with gzip and optionally encrypted.

``tar -xzf`` opens an unencrypted backup. The manifest is its first member.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, BinaryIO, Final

from rallymap.errors import BackupError
from rallymap.file_faults import can_be_read, file_fault, is_of_disk
from rallymap.private_files import new_file
from rallymap.upkeep.encryption import EncryptedReader, EncryptedWriter, is_encrypted
from rallymap.upkeep.manifest import MANIFEST_NAME, NO_BACKUP, Manifest, Stored

COMPRESSION: Final = 4
"""Gzip level (1 to 9); pictures are already compressed, and higher levels make texts hardly smaller."""
MAX_MANIFEST: Final = 4_000_000
_MEMBER = re.compile(
    r"database\.(sqlite3|pgdump)|(place-overrides|guided_views)\.csv|rallymap\.(toml|key)"
    r"|data/[A-Za-z0-9][\w.-]{0,80}\.(csv|md)|language/[A-Za-z0-9][\w.-]{0,40}\.po"
    r"|(privacy|imprint|licence)/[A-Za-z0-9][\w.-]{0,40}\.txt"
)


def write_archive(target: Path, manifest: Manifest, files: Mapping[str, Path], passphrase: str) -> None:
    """Write a backup atomically: it gets its name after it is complete and flushed to disk.

    Parameters
    ----------
    target
        Path that does not exist, in a folder that exists.
    files
        The files of the manifest, by name.
    passphrase
        "" for an unencrypted archive.

    Raises
    ------
    BackupError
        If the archive cannot be written.
    """
    if target.exists():
        raise BackupError(f"{target.name} is there already; choose another name.")
    try:
        with new_file(target) as file, _encrypting(file, passphrase) as stream:
            _write_tar(stream, manifest, files)
    except OSError as err:
        raise BackupError(f"The backup cannot be written: {file_fault(err, target.parent)}.", detail=repr(err)) from err


def read_archive(path: Path, folder: Path, passphrase: str) -> Manifest:
    """Unpack a backup into an empty folder and check each file against its manifest.

    Parameters
    ----------
    passphrase
        Ignored if the backup is not encrypted.

    Raises
    ------
    BackupError
        If the backup cannot be read, is damaged, or the passphrase is wrong or missing.
    """
    try:
        # tarfile does not read the checksum at the end of a gzip stream (CPython, tarfile._Stream), and no hash in the
        # manifest covers the manifest itself.
        with path.open("rb") as file, _decrypting(file, passphrase) as stream, gzip.GzipFile(fileobj=stream) as tar:
            manifest = _read_tar(tar, folder)
            while tar.read(1 << 20):
                pass
            return manifest
    except (tarfile.TarError, EOFError, zlib.error) as err:
        raise BackupError(NO_BACKUP, detail=repr(err)) from err
    except OSError as err:
        # gzip's own errors have no errno.
        where = folder.parent if is_of_disk(err) and can_be_read(path) else path
        sentence = f"The backup cannot be read: {file_fault(err, where)}." if err.errno else NO_BACKUP
        raise BackupError(sentence, detail=repr(err)) from err


def needs_passphrase(path: Path) -> bool:
    """Return whether a backup is encrypted.

    Raises
    ------
    BackupError
        If the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return is_encrypted(file)
    except OSError as err:
        raise BackupError(f"The backup cannot be read: {file_fault(err, path)}.", detail=repr(err)) from err


def _write_tar(stream: BinaryIO, manifest: Manifest, files: Mapping[str, Path]) -> None:
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=COMPRESSION) as tar:
        content = manifest.as_json()
        member = tarfile.TarInfo(MANIFEST_NAME)
        member.size, member.mode, member.mtime = len(content), 0o600, int(manifest.made_at.timestamp())
        tar.addfile(member, io.BytesIO(content))
        for name, path in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = manifest.files[name].size, 0o600, int(path.stat().st_mtime)
            with path.open("rb") as file:
                tar.addfile(member, file)


def _read_tar(stream: gzip.GzipFile, folder: Path) -> Manifest:
    manifest: Manifest | None = None
    found: dict[str, Stored] = {}
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise BackupError(NO_BACKUP, detail=f"{member.name[:80]} is no file")
            if manifest is None:
                if member.name != MANIFEST_NAME or member.size > MAX_MANIFEST:
                    raise BackupError(NO_BACKUP, detail="no manifest first")
                manifest = Manifest.from_json(content.read())
                continue
            expected = manifest.files.get(member.name)
            if expected is None or not _MEMBER.fullmatch(member.name) or member.size != expected.size:
                raise BackupError(NO_BACKUP, detail=f"unexpected: {member.name[:80]}, {member.size} bytes")
            found[member.name] = _unpack(content, folder / member.name)
    if manifest is None or found != dict(manifest.files):
        wrong = [] if manifest is None else sorted(n for n, f in manifest.files.items() if found.get(n) != f)
        raise BackupError(
            f"The backup is damaged. Missing or changed: {', '.join(wrong) or 'its manifest'}. Use another backup.",
            detail=str(wrong),
        )
    return manifest


def _unpack(content: IO[bytes], path: Path) -> Stored:
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        path.chmod(0o600)
        while block := content.read(1 << 20):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return Stored.of(path)


@contextlib.contextmanager
def _encrypting(file: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    if not passphrase:
        yield file
        return
    writer = EncryptedWriter(file, passphrase)
    yield writer  # type: ignore[misc]
    writer.close()


@contextlib.contextmanager
def _decrypting(file: BinaryIO, passphrase: str) -> Iterator[BinaryIO]:
    if not is_encrypted(file):
        yield file
        return
    if not passphrase:
        raise BackupError("This backup is encrypted; its passphrase is needed.")
    yield io.BufferedReader(EncryptedReader(file, passphrase), 1 << 20)
