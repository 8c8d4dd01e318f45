"""Resistance of the server to misuse: accumulated uploads, pages that stay open, requests that never end.

Each part starts a real server with a soft limit of 1 024 descriptors, misuses it over loopback, and prints memory, the
number of accepted requests, and the latency of health checks and map routes meanwhile.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.map_site import Site, free_port, wait_for

SOFT_LIMIT = 1024
FILES, FILE_BYTES = 100, 9_900_000
HALF_SENT = 1100
ANSWER_S = 30.0
ROUTES = ("/healthz", "/", "/map/version")


@contextlib.contextmanager
def fresh_site(hard: int | None) -> Iterator[tuple[Site, Path]]:
    """Serve the bundled events with few descriptors; yield the site and its log."""
    _, own_hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limits = (SOFT_LIMIT, hard or own_hard)
    port = free_port()
    command = [str(Path(sys.executable).with_name("rallymap")), "serve", "--port", str(port)]
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "server.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                command,
                env=os.environ | {"RALLYMAP_HOME": home},
                stdout=file,
                stderr=file,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits),
            )
        try:
            wait_for(port, process)
            yield Site(f"http://127.0.0.1:{port}", process), log
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def pile_up_files(site: Site) -> None:
    """Let one anonymous session upload 100 files of 9.9 MB."""
    with open_page(site) as page:
        session = session_of(page)
        before = site.memory_mb()
        begun = time.monotonic()
        statuses = Counter(upload(site, session) for _ in range(FILES))
        print(
            f"uploads: {statuses} in {time.monotonic() - begun:.0f} s; memory {before:.0f} MB before, "
            f"{site.memory_mb():.0f} MB after"
        )
    time.sleep(2)
    print(f"uploads: {site.memory_mb():.0f} MB once the page is closed")


def open_pages(site: Site, log: Path, count: int) -> None:
    """Open pages and keep them open."""
    pages: list[ClientConnection] = []
    try:
        for _ in range(count):
            try:
                pages.append(open_page(site))
                session_of(pages[-1])
            except (OSError, TimeoutError, WebSocketException) as err:
                print(f"pages: {len(pages)} open, then {type(err).__name__}: {err}")
                break
        print(f"pages: {len(pages)} open, {descriptors(site)} descriptors; {health(site)}")
        time.sleep(5)
        print(f"pages: log of {log.stat().st_size / 1e6:.1f} MB")
    finally:
        for page in pages:
            with contextlib.suppress(OSError):
                page.socket.shutdown(socket.SHUT_RDWR)


def half_send(site: Site, log: Path) -> None:
    """Start requests and never finish them."""
    address = (urlsplit(site.url).hostname, urlsplit(site.url).port)
    begun: list[socket.socket] = []
    try:
        for _ in range(HALF_SENT):
            try:
                begun.append(socket.create_connection(address, timeout=10))
                begun[-1].sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ")
            except OSError as err:
                print(f"half-sent: {len(begun)} begun, then {err!r}")
                break
        for after_s in (0, 5, 20):
            time.sleep(after_s)
            print(f"half-sent: {len(begun)} begun, {descriptors(site)} descriptors; {health(site)}")
        print(f"half-sent: log of {log.stat().st_size / 1e6:.1f} MB")
    finally:
        for one in begun:
            one.close()


def open_page(site: Site) -> ClientConnection:
    """Open a page's WebSocket and request a first run of the script."""
    page = connect(
        site.url.replace("http", "ws", 1) + "/_stcore/stream",
        max_size=None,
        open_timeout=ANSWER_S,
        ping_interval=None,
        legacy=True,
    )
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    page.send(asked.SerializeToString())
    return page


def session_of(page: ClientConnection) -> str:
    """Return the page's session, from its first message."""
    while True:
        message = ForwardMsg.FromString(page.recv(ANSWER_S))
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


def upload(site: Site, session: str) -> int:
    """Send one file to the upload route like a script without a browser; return the status, 0 for none."""
    token = "2|" + "|".join(("0" * 8, "0" * 32, str(int(time.time()))))
    boundary = secrets.token_hex(8)
    body = (
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
            "Content-Type: image/png\r\n\r\n"
        ).encode()
        + os.urandom(FILE_BYTES)
        + f"\r\n--{boundary}--\r\n".encode()
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
    }
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=ANSWER_S)
    try:
        connection.request("PUT", f"/_stcore/upload_file/{session}/{secrets.token_hex(16)}", body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def health(site: Site) -> str:
    """Request each route once; return its answer and latency."""
    return ", ".join(f"{path} {_ask(site, path)}" for path in ROUTES)


def _ask(site: Site, path: str) -> str:
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=10)
    try:
        connection.request("GET", path)
        status = str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as err:
        status = type(err).__name__
    finally:
        connection.close()
    return f"{status} in {(time.perf_counter() - begun) * 1000:.0f} ms"


def descriptors(site: Site) -> int:
    """Return the number of descriptors that the server uses."""
    return int(psutil.Process(site.process.pid).num_fds())


def main() -> None:
    """Run the requested parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=["uploads", "pages", "half-sent"])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--hard", type=int, help="hard limit of descriptors; left as it is when not given")
    asked = parser.parse_args()
    for part in asked.parts:
        with fresh_site(asked.hard) as (site, log):
            match part:
                case "uploads":
                    pile_up_files(site)
                case "pages":
                    open_pages(site, log, asked.pages)
                case "half-sent":
                    half_send(site, log)


if __name__ == "__main__":
    main()
