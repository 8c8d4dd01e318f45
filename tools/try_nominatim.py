"""Try the online stage with a real Nominatim on this machine, with a map of six places.

Needs `nominatim-db nominatim-api falcon uvicorn psycopg[binary]` from PyPI in addition to rallymap, Debian's
`postgresql postgis postgresql-15-postgis-3 osm2pgsql`, and a user `postgres` to run the database as. Everything is
created in a temporary folder and removed; nothing is downloaded and only 127.0.0.1 is contacted::

    python -m tools.try_nominatim
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rallymap.places import default_resolver, describe_candidate
from rallymap.places.answers import candidates_of
from rallymap.places.remote import RemotePlaceService
from rallymap.places.service_answer_cache import ServiceAnswerCache

_POSTGRES_BIN: Final = Path("/usr/lib/postgresql/15/bin")
_ASKED: Final = ("Qvaerkeby Folkehus", "Storgata 9, Qvaerkeby", "Nybyqvist", "Xqzzyvkw")
# Made-up places, so that only the service can find them.
_MAP: Final = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="rallymap">
 <bounds minlat="59.8" minlon="10.6" maxlat="60.0" maxlon="10.9"/>
 <node id="1" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.900" lon="10.700">
  <tag k="place" v="town"/><tag k="name" v="Qvaerkeby"/><tag k="population" v="12000"/></node>
 <node id="2" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.901" lon="10.702">
  <tag k="amenity" v="community_centre"/><tag k="name" v="Qvaerkeby Folkehus"/></node>
 <node id="3" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.950" lon="10.800">
  <tag k="place" v="village"/><tag k="name" v="Nybyqvist"/></node>
 <node id="4" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.9005" lon="10.7010">
  <tag k="addr:housenumber" v="9"/><tag k="addr:street" v="Storgata"/><tag k="building" v="yes"/></node>
 <node id="11" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.9000" lon="10.7000"/>
 <node id="12" version="1" timestamp="2024-01-01T00:00:00Z" lat="59.9010" lon="10.7020"/>
 <way id="21" version="1" timestamp="2024-01-01T00:00:00Z"><nd ref="11"/><nd ref="12"/>
  <tag k="highway" v="residential"/><tag k="name" v="Storgata"/></way>
</osm>
"""


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_as_postgres(*command: str | Path) -> None:
    """Run one of the database's programs, which refuse to run as root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def serve_database(folder: Path) -> Iterator[str]:
    """Run a database cluster in the folder; yield its libpq connection string."""
    port, data = free_port(), folder / "pg"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
    run_as_postgres(_POSTGRES_BIN / "initdb", "-D", data, "-A", "trust", "-U", "postgres")
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
    run_as_postgres(_POSTGRES_BIN / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start")
    try:
        address = f"host=127.0.0.1 port={port} user=postgres"
        run_as_postgres(_POSTGRES_BIN / "psql", f"{address} dbname=postgres", "-c", 'CREATE USER "www-data"')
        yield address
    finally:
        run_as_postgres(_POSTGRES_BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop")


@contextlib.contextmanager
def serve_nominatim(project: Path, environ: dict[str, str]) -> Iterator[str]:
    """Run Nominatim's own server; yield its URL."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("nominatim")), "serve", "--server", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=project, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with (
                contextlib.suppress(urllib.error.URLError, ConnectionError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=5),
            ):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def main() -> None:
    """Import, serve, geocode, and print the results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        project = folder / "project"
        project.mkdir()
        (project / "map.osm").write_text(_MAP, encoding="utf-8")
        with serve_database(folder) as address:
            environ = os.environ | {
                "NOMINATIM_DATABASE_DSN": "pgsql:" + ";".join([*address.split(), "dbname=nominatim"]),
                "NOMINATIM_DATABASE_WEBUSER": "www-data",
            }
            begun = time.perf_counter()
            command = [str(Path(sys.executable).with_name("nominatim")), "import", "--osm-file", "map.osm"]
            done = subprocess.run(
                [*command, "--threads", "1"], cwd=project, env=environ, capture_output=True, text=True
            )
            if done.returncode:
                raise SystemExit(f"nominatim import failed:\n{done.stderr[-2000:]}")
            print(f"imported in {time.perf_counter() - begun:.0f} s")
            with serve_nominatim(project, environ) as url:
                ask(url, folder)


def ask(url: str, folder: Path) -> None:
    """Geocode through a resolver, twice, and print answers and times."""
    answer_cache = ServiceAnswerCache(folder / "answers.db")
    service = RemotePlaceService("nominatim", url, delay_s=1.0, answer_cache=answer_cache)
    resolver = default_resolver(service=service)
    for turn in ("asked", "remembered"):
        for text in _ASKED:
            begun = time.perf_counter()
            answer = resolver.resolve(text)
            took = time.perf_counter() - begun
            first = next((describe_candidate(candidate) for candidate in candidates_of(answer)), None)
            print(f"{turn:10} {took:6.3f} s  {text!r}: {type(answer).__name__} {first}")
    print(service.attribution)
    answer_cache.close()


if __name__ == "__main__":
    main()
