"""Bundle and minify the scripts and the style sheet of the maps with esbuild.

Run by ``make bundle``. Sources are in ``src/rallymap/assets/map/``, and the page's script that writes dates as the maps
do is in ``assets/page/``; one file per entry point is written to
``src/rallymap/assets/bundle/``, named after its entry point and a hash of its content. The same sources and the same
esbuild produce the same bytes: ``python -m tools.bundle_map --check`` (in ``make check``) fails if the committed files
are out of date.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from rallymap.palette import map_style_sheet

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "rallymap" / "assets" / "map"
TARGET = ROOT / "src" / "rallymap" / "assets" / "bundle"
PALETTE = SOURCES / "palette.css"
ENTRIES = (
    "explore.js",
    "pick.js",
    "single.js",
    "embed.js",
    "side.js",
    "map.css",
    "single.css",
    "../page/period_slider.js",
)
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
OPTIONS = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--charset=utf8",
    "--entry-names=[name]-[hash]",
    "--log-level=warning",
)


def build(folder: Path) -> dict[str, bytes]:
    """Bundle every entry point into a folder.

    Returns
    -------
    files
        The content of each bundle by file name.

    Raises
    ------
    subprocess.CalledProcessError
        If esbuild rejects a source; it has printed the reason.
    """
    entries = [str(SOURCES / name) for name in ENTRIES]
    subprocess.run([str(ESBUILD), *entries, *OPTIONS, f"--outdir={folder}"], check=True, cwd=ROOT)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def main() -> int:
    """Write the bundles, or compare them with ``--check``; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail where the bundles are out of date")
    check = parser.parse_args().check
    if check and PALETTE.read_text("utf-8") != map_style_sheet():
        print("The colours of the map are not those of rallymap/palette.py: run `make bundle` and commit the result.")
        return 1
    PALETTE.write_text(map_style_sheet(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder))
    TARGET.mkdir(exist_ok=True)
    present = {path.name: path.read_bytes() for path in TARGET.iterdir()}
    if check:
        if made != present:
            print("The bundles of the map are not those of its sources: run `make bundle` and commit the result.")
        return int(made != present)
    for name in present.keys() - made.keys():
        (TARGET / name).unlink()
    for name, content in made.items():
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
