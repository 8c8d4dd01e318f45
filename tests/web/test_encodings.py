"""Which compression a request accepts."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from rallymap.settings import Settings
from rallymap.web.app import create_app
from rallymap.web.encodings import AcceptedEncodings, choose_encoding, pack


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


@pytest.mark.parametrize(
    ("accepted", "passed_on"),
    [
        ("gzip;q=0", "identity"),
        ("br, gzip;q=0, *;q=0", "br"),
        ("gzip, deflate, br, zstd", "br, gzip"),
        ("*", "br, gzip"),
        ("identity", "identity"),
        ("", ""),
    ],
)
def test_encodings_that_a_request_forbids_are_not_passed_on(ask, accepted: str, passed_on: str) -> None:
    def show(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers.get("accept-encoding", "none"))

    app = Starlette(routes=[Route("/", show)], middleware=[Middleware(AcceptedEncodings)])
    assert ask(app, "/", headers={"accept-encoding": accepted}).text == passed_on


def test_streamlit_does_not_compress_for_a_request_that_forbids_it(ask, tmp_path: Path) -> None:
    app = create_app(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), progress=lambda _line: None)
    for accepted, encoding in (("gzip", "gzip"), ("gzip;q=0", None)):
        answer = ask(app, "/no/such/page", headers={"accept-encoding": accepted})
        assert (answer.status, answer.headers.get("content-encoding")) == (404, encoding)
