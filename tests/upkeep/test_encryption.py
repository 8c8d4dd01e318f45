"""Encrypted streams: every size is restored, and every change of the file is detected."""

from __future__ import annotations

import io
import os

import pytest

from rallymap.errors import BackupError
from rallymap.upkeep.encryption import CHUNK, EncryptedReader, EncryptedWriter, check_passphrase, is_encrypted

PASSPHRASE = "correct horse battery staple"
HEADER = 44
SEALED = CHUNK + 16


def sealed(content: bytes) -> bytes:
    file = io.BytesIO()
    with EncryptedWriter(file, PASSPHRASE) as writer:
        for start in range(0, len(content), 300_000):
            writer.write(content[start : start + 300_000])
    return file.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return io.BufferedReader(EncryptedReader(io.BytesIO(data), passphrase)).read()


@pytest.mark.slow
@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 5])
def test_content_of_any_size_is_restored(size: int) -> None:
    content = os.urandom(size)
    data = sealed(content)

    assert opened(data) == content
    assert len(data) == HEADER + size + 16 * max(1, -(-size // CHUNK))
    assert is_encrypted(io.BytesIO(data))
    assert content[:100] not in data or size < CHUNK - 1  # a single byte can occur by chance


@pytest.fixture(scope="module")
def three_chunks() -> bytes:
    return sealed(bytes(2 * CHUNK) + b"end")


def swapped(data: bytes) -> bytes:
    first, second = data[HEADER : HEADER + SEALED], data[HEADER + SEALED : HEADER + 2 * SEALED]
    return data[:HEADER] + second + first + data[HEADER + 2 * SEALED :]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda data: flipped(data, 20),  # cost
        lambda data: flipped(data, 21),  # salt
        lambda data: flipped(data, 40),  # nonce
        lambda data: flipped(data, HEADER),
        lambda data: flipped(data, HEADER + SEALED + 7),
        lambda data: flipped(data, len(data) - 1),
        lambda data: data[:-1],
        lambda data: data[: HEADER + 2 * SEALED],  # the last chunk is missing
        lambda data: data[: HEADER + SEALED] + data[HEADER + 2 * SEALED :],
        lambda data: data[:HEADER],
        lambda data: data[:30],
        lambda data: data + b"x",
        swapped,
    ],
)
def test_change_is_noticed(three_chunks: bytes, change: object) -> None:
    assert callable(change)
    with pytest.raises(BackupError) as caught:
        opened(change(three_chunks))
    assert caught.value.user_message == "The passphrase is wrong, or the backup is damaged."


@pytest.mark.slow
def test_other_passphrase_opens_nothing(three_chunks: bytes) -> None:
    with pytest.raises(BackupError):
        opened(three_chunks, "correct horse battery stable")


@pytest.mark.slow
def test_same_content_is_never_the_same_file() -> None:
    assert sealed(b"events")[HEADER:] != sealed(b"events")[HEADER:]


def test_short_passphrase_is_refused() -> None:
    with pytest.raises(BackupError) as caught:
        check_passphrase("elevenchars")
    assert caught.value.user_message == "A passphrase has at least 12 characters; several words are good."
