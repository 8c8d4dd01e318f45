"""Damaged and missing files, a full, failing or read-only disk: report it, lose nothing, recover."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill
from benchmarks.campaign.preload import NO_COMPILER, build_library, failing
from benchmarks.campaign.server import Server, run
from rallymap.store import Database
from rallymap.store.schema import revisions

MANY = 20
_MOUNT_MB = 24
_TABLE = "title,date,place,country,source_url\n" + "".join(
    f"Rally {number},2020-02-{number % 28 + 1:02},Oslo,NO,https://example.org/{number}\n" for number in range(500)
)
"""More than the free space inside the existing database file."""


def damage_files(folder: Path) -> Outcome:
    """Damage one file after another; the server refuses to start with a message, or serves the rest."""
    done = Outcome("home folders with a damaged or missing file")
    whole = folder / "whole"
    fill(whole, PAYLOADS[:MANY])
    with Server(whole) as site:
        done.check(site.serves, "the undamaged home is not served")
    tried = 0
    for name, harm, refuses in _HARMS:
        home = folder / f"damaged-{tried}"
        shutil.copytree(whole, home)
        harm(home)
        before = _listing(home)
        with Server(home, must_serve=False) as site:
            status, body = site.ask("/healthz")
            page, _ = site.ask("/events")
            lives = site.process.poll() is None
            said = body.decode("utf-8", "replace") + site.log.read_text("utf-8", "replace")
            if refuses:
                done.check(status in (0, 503), f"{name}: health says {status}")
                done.check(len(said.strip()) > 40, f"{name}: no sentence")
                done.check("rallymap.db" not in _listing(home) - before, f"{name}: a database was made anew")
            else:
                done.check(lives and status == 200 and page == 200, f"{name}: health {status}, list {page}")
            done.check(not site.tracebacks(), f"{name}: {site.tracebacks()[:2]}")
        tried += 1
    done.did = f"{tried} home folders with a damaged or missing file"
    return done


def fill_disk(folder: Path) -> Outcome:
    """Fill the disk of the home folder while the server runs, and free it again."""
    done = Outcome(f"a disk of {_MOUNT_MB} MB that fills up and is freed again, and is then mounted read-only")
    home = folder / "disk"
    home.mkdir()
    if not _mount(home, f"size={_MOUNT_MB}m,mode=700"):
        done.skipped = "only root can mount a small disk"
        return done
    try:
        fill(home, PAYLOADS[:MANY])
        backup, table = run(home, "backup").stdout.strip(), folder / "table.csv"
        table.write_text(_TABLE, "utf-8")
        with Server(home) as site:
            ballast = home / "ballast"
            _write_until_full(ballast)
            full_s = site.wait_until(503)
            done.check(full_s is not None, "health stays 200 on a full disk")
            done.check(site.ask("/events")[0] == 200, "lists are not served on a full disk")
            for words in (("backup",), ("verify", backup), ("import", str(table))):
                ended = run(home, *words)
                is_said = ended.returncode == 1 and "full" in ended.stderr and "Traceback" not in ended.stderr
                done.check(is_said, f"{words[0]} on a full disk: {ended.returncode}, {ended.stderr[-300:]}")
            ballast.unlink()
            back_s = site.wait_until(200)
            done.check(back_s is not None, "the site does not recover from a full disk")
            done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
            done.notes.append(
                f"noticed after {full_s or 0:.1f} s, served again {back_s or 0:.1f} s after there was room"
            )
        # A file system with files open for writing cannot be remounted read-only, so restart the server on it.
        _mount(home, "remount,ro")
        with Server(home, must_serve=False) as site:
            status, said = site.ask("/healthz")
            done.check(status == 503, f"health says {status} on a disk that can only be read")
            done.check(b"message" in said, "no sentence on a disk that can only be read")
            _mount(home, "remount,rw")
            done.check(site.wait_until(200) is not None, "the site does not recover once the disk can be written")
            done.check(not site.tracebacks(), f"read-only: {site.tracebacks()[:3]}")
        done.check(_events(home) == MANY, "events are missing")
    finally:
        subprocess.run(["umount", "-l", str(home)], check=False, capture_output=True)
    return done


def fail_disk(folder: Path) -> Outcome:
    """Let the disk fail under the files of the running site, and let it work again."""
    done = Outcome("a disk that fails (EIO) under the running site and works again: all files, reads, writes, syncs")
    library = build_library("failing_disk", folder)
    if library is None:
        done.skipped = NO_COMPILER
        return done
    home, flag = folder / "failing", folder / "flag"
    fill(home, PAYLOADS[:MANY])
    times = []
    for part, kinds in ((str(home), ""), ("rallymap.db", "read"), ("rallymap.db", "write"), ("rallymap.db", "fsync")):
        with Server(home, failing(library, part, kinds=kinds, flag=flag)) as site:
            flag.touch()
            said = _said_by_health(site)
            done.check(b"disk" in said and b"damaged" not in said, f"{kinds or 'all'}: health says {said[:200]!r}")
            done.check(site.ask("/events")[0] in (200, 503), f"{kinds or 'all'}: lists end in an error")
            flag.unlink()
            back_s = site.wait_until(200)
            done.check(back_s is not None, f"{kinds or 'all'}: the site does not recover")
            times.append(back_s or 0.0)
            done.check(not site.tracebacks(), f"{kinds or 'all'}: {site.tracebacks()[:3]}")
    done.check(_events(home) == MANY, "events are missing")
    done.notes.append(f"health says that the disk fails; served again after {max(times):.1f} s at most")
    return done


def _said_by_health(site: Server) -> bytes:
    """Return the first answer of health that is not good; b"" if there is none within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        status, said = site.ask("/healthz")
        if status != 200:
            return said
        time.sleep(0.1)
    return b""


def _cut(home: Path) -> None:
    path = home / "rallymap.db"
    os.truncate(path, path.stat().st_size // 2)


def _scribble(home: Path) -> None:
    with (home / "rallymap.db").open("r+b") as file:
        for place in range(4096, (home / "rallymap.db").stat().st_size, 8192):
            file.seek(place)
            file.write(b"\xa5" * 4096)


def _break_document(home: Path) -> None:
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    with db.writing() as tx:
        tx.conn.execute(sa.update(revisions).where(revisions.c.event_id == "payload-0").values(document='{"title":'))
    db.close()


_HARMS: tuple[tuple[str, Callable[[Path], object], bool], ...] = (
    ("database of 0 bytes", lambda home: (home / "rallymap.db").write_bytes(b""), True),
    ("text in place of the database", lambda home: (home / "rallymap.db").write_text("no database\n" * 500), True),
    ("half of the database", _cut, True),
    ("every second page overwritten", _scribble, True),
    ("key missing", lambda home: (home / "rallymap.key").unlink(), True),
    ("another key", lambda home: (home / "rallymap.key").write_text("0" * 64), True),
    ("broken document of one event", _break_document, False),
    ("overrides of bytes", lambda home: (home / "place-overrides.csv").write_bytes(bytes(range(256)) * 20), False),
    ("overrides without columns", lambda home: (home / "place-overrides.csv").write_text("a;b\n1;2\n"), False),
    ("wording that is no catalogue", lambda home: _put(home / "language" / "de.po", 'msgid "x'), False),
    ("guided views that are no table", lambda home: _put(home / "guided_views.csv", "\x00\x01"), False),
    ("folder in place of the key", lambda home: _put_folder(home / "rallymap.key"), True),
    ("key in UTF-16", lambda home: (home / "rallymap.key").write_text("0" * 64, "utf-16"), True),
    ("folder in place of the database", lambda home: _put_folder(home / "rallymap.db"), True),
    ("folder in place of the settings", lambda home: _put_folder(home / "rallymap.toml"), True),
    ("folder in place of the overrides", lambda home: _put_folder(home / "place-overrides.csv"), False),
    ("folder in place of place answers", lambda home: _put_folder(home / "place-answers.db"), False),
    ("privacy text in another encoding", lambda home: _put(home / "privacy" / "en.txt", "x", "utf-16"), False),
    ("file in place of the folder of wording", lambda home: _put(home / "language", "x"), False),
    ("write-ahead log of bytes", lambda home: _put(home / "rallymap.db-wal", "x" * 5000), False),
    ("settings that are no TOML", lambda home: _put(home / "rallymap.toml", "site_name = ["), True),
)


def _put(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding)


def _put_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _listing(home: Path) -> set[str]:
    return {path.name for path in home.iterdir()}


def _mount(home: Path, options: str) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", options, "none", str(home)]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def _write_until_full(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1_000_000, 10_000, 100):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def _events(home: Path) -> int:
    with Server(home) as site:
        return site.ask("/export/events.csv")[1].count(b"\npayload-")
