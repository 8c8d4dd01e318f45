"""Kill commands (SIGKILL) at random moments: import, backup, upgrade. No partial result may count as complete."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payloads import PAYLOADS, fill
from benchmarks.campaign.server import RALLYMAP, environment, run
from benchmarks.import_kills import count
from benchmarks.import_speed import write_register

ROWS = 800
OLD_SCHEMA = Path(__file__).parents[2] / "tests" / "store" / "version_before.sql"
OLD_KEY = "5a" * 32 + "\n"
"""Key of that database, which is only for tests."""


def kill_imports(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap import``; afterwards all rows of the file are stored, or none."""
    home, file = folder / "imports", folder / "register.csv"
    home.mkdir()
    write_register(file, ROWS)
    done = Outcome(f"`rallymap import` of {ROWS:,} rows killed {kills} times")
    words = ("import", str(file), "--source-title", "Register")
    began = time.monotonic()
    run(home, *words, "--dry-run")
    whole_s, finished = time.monotonic() - began, 0
    for _ in range(kills):
        finished += _kill(home, words, chance.uniform(0.3, 1.6) * whole_s)
        rows, ids, imports = count(home)
        is_whole = rows == ids and rows in (0, ROWS) and bool(rows) == bool(imports)
        done.check(is_whole, f"{rows} rows, {ids} events, {imports} imports")
        if rows:
            listed = run(home, "import", "--list").stdout
            name = next(word for word in listed.split() if word.startswith("register-"))
            done.check(run(home, "import", "--undo", name).returncode == 0, "an undo failed")
    done.check(run(home, *words).returncode == 0 and count(home)[:2] == (ROWS, ROWS), "the import does not run through")
    done.notes.append(f"{finished} runs ended before their kill")
    return done


def kill_backups(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap backup``; each file named as a backup is complete, and the next backup works."""
    home = folder / "backups"
    fill(home, PAYLOADS)
    done = Outcome(f"`rallymap backup` killed {kills} times")
    began = time.monotonic()
    run(home, "backup")
    whole_s, finished = time.monotonic() - began, 0
    for _ in range(kills):
        finished += _kill(home, ("backup",), chance.uniform(0.3, 1.1) * whole_s)
    done.check(run(home, "backup").returncode == 0, "no backup can be made afterwards")
    made = sorted((home / "backups").glob("rallymap-*.tar.gz"))
    for path in made:
        done.check(run(home, "verify", str(path)).returncode == 0, f"{path.name} is not whole")
    done.notes.append(f"{len(made)} backups there, all verified; {finished} runs ended before their kill")
    return done


def kill_upgrades(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap upgrade`` of a previous version's database; the next upgrade succeeds, with every event."""
    done = Outcome(f"`rallymap upgrade` killed {kills} times")
    first = folder / "upgrade-whole"
    many = _old_home(first)
    began = time.monotonic()
    run(first, "upgrade")
    whole_s, finished = time.monotonic() - began, 0
    for number in range(kills):
        home = folder / f"upgrade-{number}"
        _old_home(home)
        finished += _kill(home, ("upgrade",), chance.uniform(0.4, 1.05) * whole_s)
        after = run(home, "upgrade")
        done.check(after.returncode == 0, f"kill {number}: {(after.stdout + after.stderr)[-200:]}")
        there = _events(home)
        done.check(there == many, f"kill {number}: {there} of {many} events")
        shutil.rmtree(home)
    done.notes.append(f"{finished} runs ended before their kill")
    return done


def _kill(home: Path, words: tuple[str, ...], after_s: float) -> int:
    """Start a command and kill it after some seconds; return 1 if it had ended before, else 0."""
    process = subprocess.Popen(
        [RALLYMAP, *words], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return 0
    return 1


def _old_home(home: Path) -> int:
    """Create a home folder with a previous version's database; return its number of events."""
    home.mkdir()
    path = home / "rallymap.db"
    with contextlib.closing(sqlite3.connect(path)) as conn:
        conn.executescript(OLD_SCHEMA.read_text("utf-8"))
    path.with_suffix(".key").write_text(OLD_KEY)
    path.with_suffix(".key").chmod(0o600)
    return _events(home)


def _events(home: Path) -> int:
    # Without rallymap, which would migrate it.
    with contextlib.closing(sqlite3.connect(home / "rallymap.db")) as conn:
        return int(conn.execute("SELECT count(*) FROM events").fetchone()[0])
