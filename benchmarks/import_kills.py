"""Kill an import at random moments: ``python -m benchmarks.import_kills [--kills 10] [--rows 20000]``.

``rallymap import`` of a generated register runs in a separate process and is killed (SIGKILL) at random moments,
repeatedly on one database. After each kill the database contains all rows of the file or none. At the end the import
runs to completion, and once more. Faults are rows that are partial, lost, or duplicated.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from benchmarks.import_speed import write_register
from rallymap.store import Database
from rallymap.store.import_tables import import_events, imports
from rallymap.store.schema import events

COMMAND = (sys.executable, "-m", "rallymap.cli", "import")


def count(home: Path) -> tuple[int, int, int]:
    """Return the number of imported events, of distinct ones, and of completed imports."""
    db = Database.open(f"sqlite:///{home / 'rallymap.db'}")
    with closing(db), db.reading() as reading:
        joined = sa.join(import_events, events, events.c.id == import_events.c.event_id).join(
            imports, sa.and_(imports.c.id == import_events.c.import_id, imports.c.state != "undone")
        )
        rows = reading.conn.scalar(sa.select(sa.func.count()).select_from(joined)) or 0
        ids = reading.conn.scalar(sa.select(sa.func.count(sa.distinct(events.c.id))).select_from(joined)) or 0
        done = reading.conn.scalar(sa.select(sa.func.count()).where(imports.c.state == "done")) or 0
    return rows, ids, done


def main() -> None:
    """Kill, check, complete, and print the result."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    chance = random.Random(told.seed)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "register.csv"
        write_register(file, told.rows)
        data = home / "data"
        data.mkdir()
        (data / "events.csv").write_text("id,title,date\n", "utf-8")
        env = os.environ | {"RALLYMAP_HOME": str(home), "RALLYMAP_DATA": str(data)}
        command = [*COMMAND, str(file), "--source-title", "Register"]
        began = time.monotonic()
        subprocess.run([*command, "--dry-run"], env=env, check=True, capture_output=True)
        reading_s = time.monotonic() - began
        killed = finished = 0
        while killed < told.kills:
            process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            wait = chance.uniform(0.2, 1.0) * reading_s * 1.6
            try:
                process.wait(wait)
                finished += 1
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
            rows, ids, done = count(home)
            is_whole = rows == ids and rows in (0, told.rows) and bool(rows) == bool(done)
            faults += not is_whole
            print(f"killed after {wait:.1f} s: {rows} rows there, {done} imports done{'' if is_whole else '  FAULT'}")
            if rows:
                batch = subprocess.run([*COMMAND, "--list"], env=env, check=True, capture_output=True, text=True).stdout
                name = next(word for word in batch.split() if word.startswith("register-"))
                subprocess.run([*COMMAND, "--undo", name], env=env, check=True, capture_output=True)
        for _ in range(2):
            subprocess.run(command, env=env, check=False, capture_output=True)
        rows, ids, done = count(home)
        faults += (rows, ids) != (told.rows, told.rows)
        print(
            f"{killed} kills, {finished} runs that ended before; in the end {ids} of {told.rows} rows, {faults} faults."
        )
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
