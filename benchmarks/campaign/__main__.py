"""Run the campaign: ``python -m benchmarks.campaign [--long] [PART ...]``.

The short run takes some minutes on two cores; ``--long`` makes each part larger (310 kills, 100 000
requests). The table is printed in Markdown and written to ``benchmarks/results/campaign.md``. The exit status is 1 if
anything went wrong.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from benchmarks.campaign.clock import move_clock
from benchmarks.campaign.commands import kill_backups, kill_imports, kill_restores, kill_upgrades
from benchmarks.campaign.credentials import try_credentials
from benchmarks.campaign.damage import damage_files, fail_disk, fill_disk
from benchmarks.campaign.fuzz import fuzz
from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payloads import try_payloads
from benchmarks.campaign.postgresql import NOT_INSTALLED, running_postgresql
from benchmarks.campaign.pressure import slow_clients, stop_postgresql
from benchmarks.campaign.rights import try_rights
from benchmarks.kills import FAULTS, measure

RESULTS = Path(__file__).parents[1] / "results" / "campaign.md"
HEAD = "| What was done | faults | figures | seconds |\n|---|--:|---|--:|"


def kill_server(folder: Path, kills: int, postgresql: str = "") -> Outcome:
    """Kill the server while forms, series with pictures and decisions are sent over its WebSocket."""
    where = "PostgreSQL" if postgresql else "SQLite"
    done = Outcome(f"the server on {where} killed {kills} times during submissions and decisions", kills=kills)
    world = measure(kills, folder / "kills", seed=kills, postgresql=postgresql)
    counts, starts_s = world.counts, sorted(world.starts_s)
    done.faults += [f"{counts[name]} {name}" for name in (*FAULTS, "without receipt") if counts[name]]
    done.notes.append(f"{counts['receipts']} receipts and {counts['decisions']} decisions acknowledged, all there")
    done.notes.append(f"{counts['cut off']} people cut off at work")
    done.notes.append(f"served again {starts_s[len(starts_s) // 2]:.1f} s after the start (at most {starts_s[-1]:.1f})")
    return done


def kill_server_on_postgresql(folder: Path, kills: int) -> Outcome:
    """Kill the server over a PostgreSQL database; PostgreSQL itself keeps running."""
    with running_postgresql(folder) as server:
        if server is None:
            return Outcome("the server on PostgreSQL killed", skipped=NOT_INSTALLED)
        return kill_server(folder, kills, server.url)


def parts(*, is_long: bool) -> dict[str, Callable[[Path], Outcome]]:
    """Return the parts by name, in running order."""
    chance = random.Random(1)
    return {
        "server": lambda folder: kill_server(folder, 90 if is_long else 3),
        "server-postgresql": lambda folder: kill_server_on_postgresql(folder, 30 if is_long else 1),
        "import": lambda folder: kill_imports(folder, 30 if is_long else 3, chance),
        "backup": lambda folder: kill_backups(folder, 80 if is_long else 4, chance),
        "restore": lambda folder: kill_restores(folder, 50 if is_long else 3, chance),
        "upgrade": lambda folder: kill_upgrades(folder, 30 if is_long else 3, chance),
        "files": damage_files,
        "disk": fill_disk,
        "failing-disk": fail_disk,
        "clock": move_clock,
        "postgresql": stop_postgresql,
        "credentials": try_credentials,
        "rights": try_rights,
        "slow": lambda folder: slow_clients(folder, 200),
        "fuzz": lambda folder: fuzz(folder, 100_000 if is_long else 4_000),
        "payloads": lambda folder: try_payloads(folder, 500 if is_long else 100),
    }


def run_part(name: str, part: Callable[[Path], Outcome]) -> Outcome:
    """Run one part in a folder of its own; a part that breaks off is a fault, and the others are still run."""
    folder = Path(tempfile.mkdtemp(prefix="rallymap-campaign-"))
    try:
        return part(folder)
    except Exception as err:  # noqa: BLE001 - whatever ends one part must not hide the results of the others
        traceback.print_exc()
        return Outcome(f"{name} broke off", faults=[f"it broke off: {err!r}"[:300]])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Run the requested parts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(parts(is_long=False))}; all by default"
    )
    parser.add_argument("--long", action="store_true", help="more kills, requests and payloads; takes an hour or more")
    asked = parser.parse_args()
    known = parts(is_long=asked.long)
    if unknown := set(asked.parts) - set(known):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    rows, faults, kills = [], 0, 0
    for name in asked.parts or known:
        began = time.monotonic()
        outcome = run_part(name, known[name])
        rows.append(outcome.row(name, time.monotonic() - began))
        faults += len(outcome.faults)
        kills += outcome.kills
        sys.stdout.write(f"{rows[-1]}\n")
        for fault in outcome.faults[:20]:
            sys.stdout.write(f"    {fault}\n")
        sys.stdout.flush()
    table = "\n".join([HEAD, *rows])
    sys.stdout.write(f"\n{table}\n\n{kills} processes killed at work, {faults} faults\n")
    if not asked.parts:
        RESULTS.write_text(f"{table}\n", "utf-8")
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
