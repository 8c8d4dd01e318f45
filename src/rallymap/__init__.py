"""rallymap: a self-hosted, interactive map of diaspora rallies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

__version__ = "0.2.0"


def load(source: str | Path) -> pd.DataFrame:
    """Load public events as a DataFrame, one row for each event, sorted by first day, undated ones last.

    Parameters
    ----------
    source
        A ``.csv``, ``.parquet`` or ``.zip`` file of ``rallymap export``, a SQLite database (``.db``), a database's
        address (``sqlite:///FILE``, ``postgresql://...``), or the address of a site or of a view of it
        (``https://rallies.example/?country=NO``). Of a database all events are read that the public may see now.

    Returns
    -------
    events
        The columns of the CSV export, described in docs/export.md. Texts are ``string``, coordinates, radius (metres)
        and confidence ``Float64``, crowds (people) and numbers of sources ``Int64``, yes and no ``boolean``, days
        ``datetime64[s]``. What is not known is ``<NA>`` or ``NaT``. Lists of names are separated by "; ".

    Raises
    ------
    ExportError
        If there is no such file, it is neither an exported table nor a database, or the site cannot be read.
    StoreError
        If the database cannot be opened.
    """
    from rallymap.workflows.data_frames import load_events

    return load_events(source)
