"""Kill commands (SIGKILL) at work: import, backup, restore, upgrade. No partial result may count as complete."""

from __future__ import annotations

import contextlib
import itertools
import random
import shutil
import sqlite3
import time
from pathlib import Path

from benchmarks.campaign.killing import Killing, step_times
from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill
from benchmarks.campaign.server import RALLYMAP, environment, run
from benchmarks.import_kills import count
from benchmarks.import_speed import write_register
from rallymap.store.home_lock import RESTORING_FILE

ROWS = 800
FEW = 20
STEPS = 3
"""Steps of an upgrade: backup, migration of a copy, migration."""
OLD_SCHEMAS = tuple(
    Path(__file__).parents[2] / "tests" / "store" / name for name in ("schema_0001.sql", "version_before.sql")
)
OLD_KEY = "5a" * 32 + "\n"
"""Secret key of the test databases."""


def kill_imports(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap import``; afterwards all rows of the file are stored, or none."""
    home, file = folder / "imports", folder / "register.csv"
    home.mkdir()
    write_register(file, ROWS)
    done = Outcome(f"`rallymap import` of {ROWS:,} rows killed {kills} times")
    words = ("import", str(file), "--source-title", "Register")
    began = time.monotonic()
    run(home, *words, "--dry-run")
    killing = Killing(kills, chance, 1.3 * (time.monotonic() - began))
    while killing.goes_on:
        killing.kill((RALLYMAP, *words), environment(home))
        rows, ids, imports = count(home)
        is_whole = rows == ids and rows in (0, ROWS) and bool(rows) == bool(imports)
        done.check(is_whole, f"{rows} rows, {ids} events, {imports} imports")
        if rows:
            listed = run(home, "import", "--list").stdout
            name = next(word for word in listed.split() if word.startswith("register-"))
            done.check(run(home, "import", "--undo", name).returncode == 0, "an undo failed")
    done.check(run(home, *words).returncode == 0 and count(home)[:2] == (ROWS, ROWS), "the import does not run through")
    killing.count(done)
    return done


def kill_backups(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap backup``; each file named as a backup is complete, and the next backup works."""
    home = folder / "backups"
    fill(home, PAYLOADS)
    done = Outcome(f"`rallymap backup` killed {kills} times")
    began = time.monotonic()
    run(home, "backup")
    killing = Killing(kills, chance, time.monotonic() - began)
    while killing.goes_on:
        killing.kill((RALLYMAP, "backup"), environment(home))
    done.check(run(home, "backup").returncode == 0, "no backup can be made afterwards")
    made = sorted((home / "backups").glob("rallymap-*.tar.gz"))
    for path in made:
        done.check(run(home, "verify", str(path)).returncode == 0, f"{path.name} is not whole")
    killing.count(done)
    done.notes.append(f"the {len(made)} newest backup files are whole")
    return done


def kill_restores(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill ``rallymap restore --replace``; afterwards the site has the complete old state or the complete backup."""
    done = Outcome(f"`rallymap restore` killed {kills} times")
    master = folder / "restores"
    fill(master, PAYLOADS[:FEW])
    backup = Path(run(master, "backup").stdout.strip())
    words = ("restore", "--replace", str(backup))
    fill(master, PAYLOADS[:FEW], prefix="later")
    began = time.monotonic()
    shutil.copytree(master, folder / "restore-whole")
    run(folder / "restore-whole", *words)
    killing, resumed = Killing(kills, chance, time.monotonic() - began), 0
    while killing.goes_on:
        home = folder / f"restore-{killing.killed}-{killing.finished}"
        shutil.copytree(master, home)
        if killing.killed % 2:
            was_killed = killing.kill((RALLYMAP, *words), environment(home))
        else:  # during the moves of files, which take milliseconds
            was_killed = killing.kill_once_there(home / RESTORING_FILE, (RALLYMAP, *words), environment(home))
        expected = 2 * FEW if was_killed else FEW
        if (home / RESTORING_FILE).exists():
            resumed += 1
            done.check(run(home, "moderators", "list").returncode == 1, f"{home.name}: half a restore is opened")
            done.check(run(home, "restore", "--resume").returncode == 0, f"{home.name}: it cannot be finished")
            expected = FEW
        after, there = run(home, "moderators", "list"), _events(home)
        done.check(after.returncode == 0, f"{home.name}: {(after.stdout + after.stderr)[-200:]}")
        # It may have been killed after its last move.
        is_whole = there == expected or (was_killed and there == FEW)
        done.check(is_whole, f"{home.name}: {there} events instead of {expected}")
        shutil.rmtree(home)
    killing.count(done)
    done.notes.append(f"{resumed} killed while files were moved, and finished with `--resume`")
    return done


def kill_upgrades(folder: Path, kills: int, chance: random.Random) -> Outcome:
    """Kill each step of ``rallymap upgrade`` from the first and the previous schema; the next upgrade succeeds."""
    done = Outcome(f"`rallymap upgrade` killed {kills} times")
    command, steps_s = (RALLYMAP, "upgrade"), {}
    for schema in OLD_SCHEMAS:
        home = folder / f"whole-{schema.stem}"
        _old_home(home, schema)
        steps_s[schema] = step_times(command, environment(home))[:STEPS]
    killing = Killing(kills, chance, 0.0)
    turns = itertools.cycle((schema, step) for schema in OLD_SCHEMAS for step in range(STEPS))
    while killing.goes_on:
        schema, step = next(turns)
        home = folder / f"upgrade-{killing.killed}-{killing.finished}"
        many = _old_home(home, schema)
        killing.kill_in_step(step, steps_s[schema], command, environment(home))
        after = run(home, "upgrade")
        done.check(after.returncode == 0, f"{schema.stem}, step {step}: {(after.stdout + after.stderr)[-200:]}")
        there = _events(home)
        done.check(there == many, f"{schema.stem}, step {step}: {there} of {many} events")
        shutil.rmtree(home)
    killing.count(done)
    return done


def _old_home(home: Path, schema: Path) -> int:
    """Create a home folder with a database of an old version; return its number of events."""
    home.mkdir()
    path = home / "rallymap.db"
    with contextlib.closing(sqlite3.connect(path)) as conn:
        conn.executescript(schema.read_text("utf-8"))
    if schema is not OLD_SCHEMAS[0]:  # the first version kept the key in the database
        path.with_suffix(".key").write_text(OLD_KEY)
        path.with_suffix(".key").chmod(0o600)
    return _events(home)


def _events(home: Path) -> int:
    # Without rallymap, which would migrate it.
    with contextlib.closing(sqlite3.connect(home / "rallymap.db")) as conn:
        return int(conn.execute("SELECT count(*) FROM events").fetchone()[0])
