"""rallymap: a self-hosted, interactive map of diaspora rallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__version__ = "0.2.0"


def load(source: str | Path) -> pd.DataFrame:
    """Load public events as a DataFrame, one row per event, sorted by first day, undated events last.

    Parameters
    ----------
    source
        A ``.csv``, ``.parquet`` or ``.zip`` file of ``rallymap export``, a SQLite database (``.db``), a database's
        address (``sqlite:///FILE``, ``postgresql://...``), or the address of a site, with or without filters
        (``https://rallies.example/?country=NO``). From a database, only events that are public now are read.

    Returns
    -------
    events
        The columns of the CSV export, described in docs/export.md. Texts are ``string``, coordinates, radius (metres)
        and confidence ``Float64``, crowd sizes (people) and numbers of sources ``Int64``, flags ``boolean``, days
        ``datetime64[s]``. Unknown values are ``<NA>`` or ``NaT``. Names in a list are separated by "; ".

    Raises
    ------
    ExportError
        If the file does not exist, is neither an exported table nor a database, or the site cannot be read.
    StoreError
        If the database cannot be opened.
    """
    from rallymap.workflows.data_frames import load_events

    return load_events(source)
