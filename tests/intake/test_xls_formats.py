"""Read what cells of legacy XLS workbooks show: months, percent, currencies, struck-through text."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest

from rallymap.events import EventStatus
from rallymap.intake.readers.xls_parts import parts_of_xls
from rallymap.intake.reading import read_events

pytestmark = pytest.mark.slow

_PACKED = (
    "eNrtWEloFFEQfb+7J5kZk3ESk7jh0Iy4hxDxIoKOCS4HGYmKuCDoaFozJOmRTqvowT1HQfCkiCDuIC4XF1TQm6Cg6EEQhERvelIUPGjGquqeGL"
    "UHDLigdDW/+lf92vr/+v/XzONHNX0nr47rx3cwDzoGijFUDOEparESkQSNF4vcLb2j1Ioh/FMQi9JCVkRwq/phJa8hr3c/NFwx7hEGXlJbh61Y"
    "WrAt8w9Cq8SQUxzDXMIKx4mTwFiJqlbwJsGjBF8WyduC5wvnkOC5JNun1uJRZun02X4Wr9bSMpYA270uOs+FMxP1uM9ZvOew8mQjaHHyua5woM"
    "xA9O84TxlVOA3K2MWWbTlMV+MMH0DZbNZcQ5Ay4jhL0ujomNPdnTISOMdnV7OZbrOcnqY0c84zZ0GT6emkjAm4gCqoiWjERHqa0UStGSbSuGim"
    "0Yc62h6n8aFoAu9L5+BdM+T/Wb6iFcHHb/mVZfhRyoogfoySI4gfpzQJ4o8gjSB+FSVREL+6TDwJSrEg/sgy9pNl7NcEyB/RDGAvihvkuOwl3R"
    "0V3rXc0unm6fy2P2E/RQxptDUW5Nxt3STSam3J2zYxVri5dpfe2YLrFmgz8VZhPZJpsV0r38XCjtVt2Q2s7Wze5ph2flOHa263nC1WT4+ILslR"
    "p4v25iInb7VbNkXVWrB5ZFWuo8uy41xGyLWT/ObaqZbjuIpwO80H92vkUE7SF3y68PZJdmNbZr1w9kqp4RUkk/irUcQ+1iDlhIwYKFmdLhozBO"
    "8Xq+OlP05wHc0DvSe31fudRQdE5qCMTiY/swSeZqYM6U+lfu+bZTdSva8y06h/aXH/rrpLzzIn6aSIUfRKngNoVI3q2FGGm5nSW/mX1wvBY3+4"
    "yKJa0o+96FddI/EZcenWCPYonh01SGn+XHmUTpQ+SBlEGYNUhKiI70d952e3FhdeLdbe1aDTXPJ3jMJKgVcZtqDEV4VvT4kvXsI7pKXITx3eEV"
    "WPU+KLvWgBXpjXgGPkha1oYjPq2yTPGC2F5h2ZKwNj8FrnuXowaFMPsKnLqp7wbepiM+7b1CXOEaI1gfqGP0NcsHpGKpFSSNG4ZypCacLu5mm1"
    "uMbRUlXxFeIIIYQQQgghhH8ZlBQPkMvQ8MpCudwr/f91PlMbCP8m+W9hOQr0uPRTYiFsejvYOaz8aUBElWypn9Qp/V/IsIq8O+jERomjc9j5Sw"
    "WiGvo9P62Y/HVbaLj+B4YT52/2/wXe6WJp"
)
"""A workbook of Excel 97, compressed: three rows with the formats MMM YYYY, 0%, "€" and a struck-through title."""


def _content() -> bytes:
    return zlib.decompress(base64.b64decode(_PACKED))


def test_cells_of_an_xls_workbook_are_read_as_they_are_shown() -> None:
    reading = read_events(_content())
    month, struck, day = reading.events

    assert [event.when.edtf for event in (month, struck, day)] == ["2023-06", "2023-06-17", "2023-06-18"]
    assert [claim.low for claim in month.crowd] == [60]
    assert (struck.status, struck.crowd) == (EventStatus.CANCELLED, ())
    notes = [[(note.column, note.value) for note in row.notes] for row in reading.rows]
    assert ("Anteil", "40%") in notes[0]
    assert ("Personen", "250 €") in notes[1]


@pytest.mark.parametrize("length", range(0, 5632, 97))
def test_a_damaged_xls_workbook_gives_no_parts_or_some(length: int) -> None:
    assert set(parts_of_xls(_content()[:length])) <= {"Aktionen"}


@pytest.mark.parametrize("at", range(0, 1600, 23))
def test_changed_bytes_of_an_xls_workbook_do_no_harm(at: int) -> None:
    content = bytearray(_content())
    content[at : at + 4] = b"\x03\x00\x00\x00"

    for parts in parts_of_xls(bytes(content)).values():
        assert len(parts.formats) <= 24


def test_links_of_xls_cells_become_sources() -> None:
    address = "https://example.org/a\0".encode("utf-16-le")
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(address)) + address
    class_id = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
    body = struct.pack("<4H", 1, 1, 3, 3) + class_id + struct.pack("<II", 2, 3) + moniker
    record = struct.pack("<HH", 0x1B8, len(body)) + body
    content = _content()
    end = content.rindex(b"\x0a\0\0\0", 0, 512 + 4096 - len(record))
    stream_end = 512 + 4096
    assert not any(content[stream_end - len(record) : stream_end])
    with_link = content[:end] + record + content[end : stream_end - len(record)] + content[stream_end:]

    assert [source.url for source in read_events(with_link).events[0].sources] == ["https://example.org/a"]


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """Return a compound file with one table of sectors, a folder and the stream of a workbook."""
    sectors = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    names = (("Root Entry", 5, 0xFFFFFFFE, 0), ("Workbook", 2, 2, len(stream)))
    folder = b"".join(
        struct.pack("<64sHBB12x36xII4x", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, start, length)
        for name, kind, start, length in names
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<8I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE) + struct.pack("<I", 0)
    lists = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    padded = [*table, *[0xFFFFFFFF] * (128 - len(table))]
    return head + lists + struct.pack("<128I", *padded) + folder.ljust(512, b"\0") + stream


def test_sheets_of_a_damaged_xls_workbook_do_not_overlap() -> None:
    count = 300
    errors = [_record(0x205, struct.pack("<HHHBB", number, 0, 0, 42, 1)) for number in range(count)]
    first = count * len(_record(0x85, bytes(12))) + 4
    sheets = [
        _record(0x85, struct.pack("<IH", first + number * len(errors[0]), 0) + bytes([4, 0]) + b"%04d" % number)
        for number in range(count)
    ]
    found = parts_of_xls(_compound(b"".join([*sheets, _record(0x0A, b""), *errors])))

    assert [len(parts.formats) for parts in found.values()] == [1] * count
