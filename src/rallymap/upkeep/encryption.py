"""Encrypt a stream with a passphrase, in chunks, so that backups of any size need little memory.

The key is derived from the passphrase with scrypt (RFC 7914). Each chunk of 1 MiB is encrypted with AES-256-GCM; its
nonce consists of a random prefix, the chunk's number, and a flag for the last chunk. This is the STREAM construction
(Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015),
which detects changed, missing, reordered and truncated chunks.

::

    magic (20 bytes) | log2 of scrypt's N (1) | salt (16) | nonce prefix (7) | chunks, each with its tag of 16 bytes
"""

from __future__ import annotations

import io
import os
import struct
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from rallymap.errors import BackupError

MAGIC: Final = b"rallymap encrypted 1"
CHUNK: Final = 1 << 20
MIN_PASSPHRASE: Final = 12
_TAG = 16
_PREFIX, _SALT = 7, 16
_LOG_N = 17
"""Takes 128 MiB of memory per guess."""
_HEADER = struct.Struct(f">{len(MAGIC)}sB{_SALT}s{_PREFIX}s")
WRONG: Final = "The passphrase is wrong, or the backup is damaged."


def is_encrypted(file: BinaryIO) -> bool:
    """Return whether a file begins with the magic bytes of :class:`EncryptedWriter`; the file position is unchanged."""
    start = file.tell()
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(start)
    return found


def check_passphrase(passphrase: str) -> None:
    """Reject a passphrase that is too short.

    Raises
    ------
    BackupError
        If the passphrase has fewer than 12 characters.
    """
    if len(passphrase) < MIN_PASSPHRASE:
        raise BackupError(f"A passphrase has at least {MIN_PASSPHRASE} characters; several words are good.")


class EncryptedWriter(io.RawIOBase):
    """Writable stream that encrypts; closing it writes the last chunk and leaves the underlying file open."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt, prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._file = file
        self._header = _HEADER.pack(MAGIC, _LOG_N, salt, prefix)
        self._cipher = _cipher(passphrase, salt, _LOG_N)
        self._prefix, self._number = prefix, 0
        self._waiting = bytearray()
        file.write(self._header)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        """Encrypt and write all complete chunks except the last one, which may be the end of the stream."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._put(bytes(self._waiting), is_last=True)
        super().close()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._number, is_last), chunk, self._header))
        self._number += 1


class EncryptedReader(io.RawIOBase):
    """Readable stream that decrypts what :class:`EncryptedWriter` wrote; never returns bytes of a changed chunk.

    Raises
    ------
    BackupError
        If the passphrase is wrong, or the file was changed or truncated; also raised by each read.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._file = file
        self._header = file.read(_HEADER.size)
        if len(self._header) != _HEADER.size:
            raise BackupError(WRONG, detail="no whole header")
        _magic, log_n, salt, self._prefix = _HEADER.unpack(self._header)
        if log_n != _LOG_N:  # larger lets a forged file exhaust the memory, smaller is easy to brute-force
            raise BackupError(WRONG, detail=f"scrypt with 2^{log_n}")
        self._cipher = _cipher(passphrase, salt, log_n)
        self._number = 0
        self._next = file.read(CHUNK + _TAG)
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read the next bytes into a buffer; return 0 at the end."""
        if not self._ready and (self._next or not self._number):
            self._open_chunk()
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _open_chunk(self) -> None:
        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        nonce = _nonce(self._prefix, self._number, is_last=not self._next)
        try:
            self._ready = memoryview(self._cipher.decrypt(nonce, sealed, self._header))
        except InvalidTag as err:
            raise BackupError(WRONG, detail=f"chunk {self._number}") from err
        self._number += 1


def _cipher(passphrase: str, salt: bytes, log_n: int) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << log_n, r=8, p=1).derive(passphrase.encode()))


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)
