"""The text of the policies, and which path gets which."""

from __future__ import annotations

import pytest

from rallymap.web.headers import (
    HeaderPolicy,
    frame_policy,
    inline_script_hashes,
    page_policy,
    tile_host,
)

MAP = "<script>alert('Hello, world.');</script>"
FRAME = (
    "default-src 'none'; script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"
)


def test_inline_script_hash_of_a_known_text() -> None:
    # The example of the Content Security Policy specification, level 2, section 7.15.1.
    page = "<script>alert('Hello, world.');</script>"
    assert inline_script_hashes(page) == ("sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=",)


def test_inline_script_hash_leaves_out_scripts_with_an_address() -> None:
    assert inline_script_hashes('<script type="module" src="./a.js"></script>') == ()


def test_page_policy_is_the_one_that_was_tried() -> None:
    assert page_policy("<script>alert('Hello, world.');</script>") == (
        "default-src 'self'; script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def test_frame_policy_names_nobody_by_default() -> None:
    assert frame_policy(MAP) == FRAME


def test_frame_policy_with_street_tiles_differs_in_pictures_alone() -> None:
    assert frame_policy(MAP, "https://tiles.example.org/{z}/{x}/{y}.png") == FRAME.replace(
        "img-src 'self' data: blob:", "img-src 'self' data: blob: https://tiles.example.org"
    )


@pytest.mark.parametrize(
    ("tile_url", "host"),
    [
        ("", ""),
        ("/tiles/{z}/{x}/{y}.png", ""),
        ("https://{s}.tile.example.org/{z}/{x}/{y}.png", "https://*.tile.example.org"),
        ("http://localhost:8080/{z}/{x}/{y}.png", "http://localhost:8080"),
        ("https://a.example; script-src *'/{z}/{x}/{y}", ""),
    ],
)
def test_tile_host_of(tile_url: str, host: str) -> None:
    assert tile_host(tile_url) == host


@pytest.mark.parametrize(
    ("path", "sandboxed", "open_to_all"),
    [
        ("/", False, False),
        ("/explore", False, False),
        ("/sign-in", False, False),
        ("/static/js/index.js", False, False),
        ("/media/abc", False, False),
        ("/frame/0123456789ab/explore", True, False),
        ("/map/cube", False, True),
        ("/assets/leaflet.js", False, True),
        ("/mapped", False, False),
        ("/framed", False, False),
    ],
)
def test_header_policy_of_path(path: str, sandboxed: bool, open_to_all: bool) -> None:
    headers = dict(HeaderPolicy("<p>page</p>", MAP).for_path(path))
    assert headers[b"content-security-policy"].endswith(b"sandbox allow-scripts") is sandboxed
    assert (headers.get(b"access-control-allow-origin") == b"*") is open_to_all
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert headers[b"cross-origin-opener-policy"] == b"same-origin"
    assert headers[b"permissions-policy"].startswith(b"camera=(), ")


@pytest.mark.parametrize(
    ("sites", "ancestors"),
    [
        (("*",), "*"),
        ((), "'none'"),
        (("https://a.example", "https://b.example"), "https://a.example https://b.example"),
    ],
)
def test_embedded_map_is_framed_by_the_sites_of_the_operator_alone(sites: tuple[str, ...], ancestors: str) -> None:
    headers = dict(HeaderPolicy(MAP, MAP, embed_from=sites).for_path("/embed"))
    policy = headers[b"content-security-policy"].decode()
    assert f"; frame-ancestors {ancestors}; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox" in policy
    assert b"x-frame-options" not in headers
    assert b"x-frame-options" in dict(HeaderPolicy(MAP, MAP, embed_from=sites).for_path("/embed/x"))
