"""C libraries that are loaded before a process and let its disk fail or its clock jump."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

NO_COMPILER = "no C compiler is installed"


def build_library(name: str, folder: Path) -> Path | None:
    """Compile ``failing_disk`` or ``moved_clock`` into a folder; None if there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    library = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def failing(library: Path, part: str, *, kinds: str = "", flag: Path | None = None) -> dict[str, str]:
    """Return the environment of a process for which the files with `part` in their paths fail.

    Parameters
    ----------
    kinds
        Of "read", "write" and "fsync", with spaces; "" for all.
    flag
        Nothing fails while this file does not exist; None for a disk that fails from the start.
    """
    given = {"LD_PRELOAD": str(library), "FAILING_PART": part}
    if kinds:
        given["FAILING_KINDS"] = kinds
    if flag is not None:
        given["FAILING_FLAG"] = str(flag)
    return given


def moved(library: Path, offset: Path) -> dict[str, str]:
    """Return the environment of a process whose wall clock differs by the seconds written in a file."""
    return {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(offset)}
