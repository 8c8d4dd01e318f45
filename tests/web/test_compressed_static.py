"""Scripts and styles are compressed once, and only what lasts is kept."""

from __future__ import annotations

import anyio
import brotli
import pytest
from starlette.responses import HTMLResponse, Response
from starlette.types import Message, Receive, Scope, Send

from rallymap.web.compressed_static import CompressedStatic

SCRIPT = b"const rally = 'rally';\n" * 200
IMMUTABLE = {"cache-control": "public, immutable, max-age=31536000", "etag": '"plain"'}


class Files:
    """Stand in for Streamlit's files; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        if scope["path"] == "/static/js/known.js":
            response: Response = Response(SCRIPT, media_type="text/javascript", headers=IMMUTABLE)
        else:
            response = HTMLResponse("<p>page</p>", headers={"cache-control": "no-cache"})
        await response(scope, receive, send)


def test_script_arrives_compressed_and_whole(ask) -> None:
    answer = ask(CompressedStatic(Files()), "/static/js/known.js", headers={"accept-encoding": "gzip, br;q=0.9"})
    assert brotli.decompress(answer.body) == SCRIPT
    assert answer.headers == {
        "cache-control": "public, immutable, max-age=31536000",
        "content-encoding": "br",
        "content-length": str(len(answer.body)),
        "content-type": "text/javascript; charset=utf-8",
        "vary": "Accept-Encoding",
    }


def test_script_is_compressed_once(ask) -> None:
    files = Files()
    app = CompressedStatic(files)
    first = ask(app, "/static/js/known.js", headers={"accept-encoding": "br"})
    second = ask(app, "/static/js/known.js", headers={"accept-encoding": "br"})
    assert (first, files.asked) == (second, 1)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"accept-encoding": "gzip"},
        {"accept-encoding": "br", "range": "bytes=0-3"},
        {"accept-encoding": "br", "if-none-match": '"plain"'},
    ],
)
def test_script_stays_plain_for(ask, headers: dict[str, str]) -> None:
    assert ask(CompressedStatic(Files()), "/static/js/known.js", headers=headers).body == SCRIPT


def test_made_up_address_is_not_kept(ask) -> None:
    files = Files()
    app = CompressedStatic(files)
    for _ in range(2):
        assert ask(app, "/static/js/made-up.js", headers={"accept-encoding": "br"}).text == "<p>page</p>"
    assert files.asked == 2


class Leaving:
    """Files that stop halfway once the client has gone; or, if `cut`, the first time."""

    def __init__(self, *, cut: bool) -> None:
        self.asked = 0
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        length = str(len(SCRIPT)).encode()
        headers = [(b"cache-control", b"immutable"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        is_gone = self._cut and self.asked == 1
        with anyio.move_on_after(0.05):
            is_gone = is_gone or (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.body", "body": b"" if is_gone else SCRIPT})


def test_script_is_read_whole_though_its_visitor_left() -> None:
    sent: list[Message] = []

    async def visit() -> None:
        async def gone() -> Message:
            return {"type": "http.disconnect"}

        async def keep(message: Message) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/static/js/known.js",
            "headers": [(b"accept-encoding", b"br")],
        }
        await CompressedStatic(Leaving(cut=False))(scope, gone, keep)

    anyio.run(visit)
    assert brotli.decompress(sent[1]["body"]) == SCRIPT


def test_script_that_was_cut_off_is_not_kept(ask) -> None:
    files = Leaving(cut=True)
    app = CompressedStatic(files)
    bodies = [ask(app, "/static/js/known.js", headers={"accept-encoding": "br"}).body for _ in range(2)]
    assert (bodies[0], brotli.decompress(bodies[1]), files.asked) == (b"", SCRIPT, 2)
