"""Extract the US Census Bureau's place list from Debian's `weather-util-data` package.

The list (counties, county subdivisions, places; 2022; public domain) is in no Python package, so its data is stored in
`gazetteer_sources/us_census_2022.tsv.xz`. This module generated that file, and reproduces it byte for byte::

    apt-get download weather-util-data=2.4.4-2
    python -m tools.gazetteer_census weather-util-data_2.4.4-2_all.deb
"""

from __future__ import annotations

import gzip
import hashlib
import io
import lzma
import math
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CENSUS_FILE: Final = Path(__file__).parent / "gazetteer_sources" / "us_census_2022.tsv.xz"
PACKAGE_SHA256: Final = "9971c76d22de4c06533854b5051dcf6547c5fcdd11c1f4fa37bf61230562753f"
_ENTRY: Final = re.compile(
    r"^\[fips(\d+)\]\ncentroid = \((-?[\d.]+), (-?[\d.]+)\)\ndescription = (.+), ([A-Z]{2})$", re.MULTILINE
)
_LEVELS: Final = {5: "county", 7: "place", 10: "subdivision"}


@dataclass(frozen=True, slots=True)
class CensusPlace:
    """One line of the list: `geoid` is the FIPS code, `level` is county, place or subdivision."""

    geoid: str
    level: str
    name: str
    state: str
    lat: float
    lon: float


def read_census() -> list[CensusPlace]:
    """Read the stored list, sorted by FIPS code."""
    places = []
    for line in lzma.decompress(CENSUS_FILE.read_bytes()).decode().splitlines():
        geoid, name, state, lat, lon = line.split("\t")
        places.append(CensusPlace(geoid, _LEVELS[len(geoid)], name, state, float(lat), float(lon)))
    return places


def extract_census(package: Path) -> bytes:
    """Convert the Debian package to the stored list.

    Raises
    ------
    ValueError
        If the file is not the exact package from which the stored list was made.
    """
    content = package.read_bytes()
    if hashlib.sha256(content).hexdigest() != PACKAGE_SHA256:
        raise ValueError(f"{package} is not weather-util-data 2.4.4-2: its SHA-256 differs")
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(unpacked)) as files:
        member = files.extractfile("./usr/share/weather-util/places.gz")
        if member is None:
            raise ValueError(f"{package} holds no list of places")
        text = gzip.decompress(member.read()).decode()
    rows = sorted(
        (geoid, name, state, f"{math.degrees(float(lat)):.4f}", f"{math.degrees(float(lon)):.4f}")
        for geoid, lat, lon, name, state in _ENTRY.findall(text)
        if len(geoid) in _LEVELS
    )
    return lzma.compress("".join("\t".join(row) + "\n" for row in rows).encode(), preset=9)


if __name__ == "__main__":
    CENSUS_FILE.parent.mkdir(exist_ok=True)
    CENSUS_FILE.write_bytes(extract_census(Path(sys.argv[1])))
    print(f"{CENSUS_FILE.name}: {len(read_census())} places, {CENSUS_FILE.stat().st_size} bytes")
