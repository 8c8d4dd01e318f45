"""Measure a large import: ``python -m benchmarks.import_speed [--rows 100000]``.

A register of assemblies is generated (German headings, dates and times as text, crowds in words, sixty venues in each
of 179 towns: 10 700 distinct places in 100 000 rows), parsed, geocoded, planned and written into a new SQLite database.
For comparison, the same file is processed with pandas and geopy with a dictionary geocoder: no notes, no precision, no
store.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from rallymap.intake.options import ImportOptions
from rallymap.places import default_resolver
from rallymap.places.gazetteer import load_gazetteer
from rallymap.store import Database
from rallymap.workflows.import_files import open_for_import
from rallymap.workflows.import_plan import plan_import
from rallymap.workflows.imports import write_import

SEED = 20
HEADER = (
    "Lfd. Nr.",
    "Datum",
    "Uhrzeit",
    "Thema",
    "Ort",
    "Stadt",
    "Veranstalter",
    "Teilnehmende",
    "Status",
    "Aktenzeichen",
)


def write_register(path: Path, rows: int) -> None:
    """Write the generated register."""
    chance = random.Random(SEED)
    gazetteer = load_gazetteer()
    towns = [gazetteer.name(place) for place in range(0, 200_000, 97) if gazetteer.country(place) in ("DE", "AT", "CH")]
    towns = towns[:600] or ["Berlin", "Hamburg", "München"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in range(1, rows + 1):
            hour = chance.randrange(8, 21)
            low = chance.randrange(5, 900)
            writer.writerow(
                (
                    number,
                    f"{chance.randrange(1, 29):02d}.{chance.randrange(1, 13):02d}.{chance.randrange(2012, 2026)}",
                    f"{hour}.00 - {hour + 2}.30 Uhr",
                    f"Versammlung {chance.randrange(40_000)} für {chance.choice(('Bäume', 'Ruhe', 'Brücken'))}",
                    f"{chance.choice(('Rathausplatz', 'Alter Markt', 'Am Ufer'))} {chance.randrange(20)}",
                    chance.choice(towns),
                    chance.choice(("Verein Nord", "Bündnis Ufer", "Privatperson")),
                    chance.choice((str(low), f"ca. {low}", f"{low} - {low + 50}", "unbekannt")),
                    chance.choice(("angemeldet", "bestätigt", "abgesagt")),
                    f"VS-{number}",
                )
            )


def measure_rival(path: Path) -> tuple[float, int]:
    """Read the file with pandas and geocode each town through geopy with a dictionary."""
    import pandas as pd
    from geopy.geocoders.base import Geocoder
    from geopy.location import Location

    gazetteer = load_gazetteer()
    places = {gazetteer.name(place): gazetteer.lat_lon(place) for place in range(200_000)}

    class Dictionary(Geocoder):  # type: ignore[misc]  # geopy has no types
        def geocode(self, query: str) -> Location | None:
            point = places.get(query)
            return Location(query, (*point, 0.0), {}) if point else None

    began = time.perf_counter()
    table = pd.read_csv(path, sep=";", parse_dates=["Datum"], dayfirst=True)
    geocoder = Dictionary()
    table["point"] = [geocoder.geocode(town) for town in table["Stadt"]]
    return time.perf_counter() - began, int(table["point"].notna().sum())


def main() -> None:
    """Print the time of each step and the peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        write_register(path, rows)
        resolver = default_resolver()
        resolver.resolve("Berlin")
        db = Database.open(f"sqlite:///{folder}/rallymap.db")
        gc.disable()  # as the command does
        began, busy = time.perf_counter(), time.process_time()
        file = open_for_import(path)
        opened = time.perf_counter()
        options = ImportOptions({"country": "DE", "source_title": "Register"})
        plan = plan_import(db, resolver, file, options)
        planned = time.perf_counter()
        summary = write_import(db, plan, actor="benchmark")
        written, busy = time.perf_counter(), time.process_time() - busy
        db.close()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{rows} rows, {path.stat().st_size / 2**20:.1f} MiB: {plan.counts}")
        print(f"open {opened - began:.1f} s, plan {planned - opened:.1f} s, write {written - planned:.1f} s")
        print(
            f"together {written - began:.1f} s, of which {busy:.1f} s of processor time, peak {peak:.0f} MB, "
            f"{summary.written} events"
        )
        seconds, found = measure_rival(path)
        print(f"pandas + geopy with a dictionary: {seconds:.1f} s, {found} rows with a point, nothing stored")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
