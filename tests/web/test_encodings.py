"""Which compression a request accepts."""

from __future__ import annotations

import gzip

import brotli
import pytest

from rallymap.web.encodings import choose_encoding, pack


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0.0", ""),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity", ""),
        ("", ""),
        ("br;q=much, gzip", "gzip"),
        ("brotli, xgzip", ""),
    ],
)
def test_best_accepted_encoding_is_chosen(accepted: str, encoding: str) -> None:
    assert choose_encoding(accepted) == encoding


def test_only_what_is_offered_is_chosen() -> None:
    assert choose_encoding("gzip, br", ("gzip",)) == "gzip"
    assert choose_encoding("br", ("gzip",)) == ""


def test_packed_body_comes_back() -> None:
    body = b"rally" * 100
    assert brotli.decompress(pack(body, "br", quality=5)) == body
    assert gzip.decompress(pack(body, "gzip", quality=5)) == body
    assert pack(body, "", quality=5) == body
