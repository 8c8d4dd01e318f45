"""Events as a pandas DataFrame, from an exported table, a database or a site."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from rallymap.errors import ExportError
from rallymap.exports.geoparquet_file import GEOMETRY
from rallymap.exports.table_columns import Cell, EventCells, column_named
from rallymap.exports.table_rows import opened_table
from rallymap.formulas import unguard_cell
from rallymap.own_command import own_command
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.store import Database
from rallymap.store.events import public_rows
from rallymap.store.search import SearchIndex
from rallymap.workflows.exports import export_cells

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}
"""Pandas dtype by column type of the codebook."""
TIMEOUT_S = 60
MAX_REASON = 10_000
_IN_PATH = "/%:@!$&'()*+,;="
_IN_QUERY = f"{_IN_PATH}?"
"""Characters of a URL that stay as they are (RFC 3986); "%" because most links are encoded already."""
_NOT_FOUND = 404
_DATABASES = (".db", ".sqlite", ".sqlite3")


def load_events(source: str | Path) -> pd.DataFrame:
    """Load public events; :func:`rallymap.load` describes the columns.

    Raises
    ------
    ExportError
        If there is no such file, it is neither an exported table nor a rallymap database, or the server cannot be read.
    StoreError
        If the database cannot be opened.
    """
    address = str(source)
    if address.startswith(("sqlite:", "postgresql:", "postgresql+")):
        return _from_database(address)
    if address.startswith(("http://", "https://")):
        return _from_server(address)
    path = Path(source)
    if not path.is_file():
        raise ExportError(f"There is no file “{path.name}”.", detail=address)
    if path.suffix.lower() in _DATABASES:
        return _from_database(f"sqlite:///{path}")
    reader = _TABLES.get(path.suffix.lower())
    if reader is not None:
        return reader(path)
    known = ", ".join(_TABLES)
    raise ExportError(f"“{path.name}” is neither a table nor a database; give one of {known} or a .db file.")


def snapshot_of(db: Database) -> Snapshot:
    """Read all public events of a store into a snapshot."""
    finder = SearchIndex(db)
    finder.renew()
    version = db.dataset_version()
    return Snapshot.build(public_rows(db), version, finder)


def _from_database(url: str) -> pd.DataFrame:
    with _opened(url) as db, opened_table(_all_public(db)) as table:
        return _frame([column.name for column in table.columns], table.rows)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    db = Database.open(url.replace("postgresql:", "postgresql+psycopg:", 1))
    try:
        yield db
    finally:
        db.close()


def _all_public(db: Database) -> Iterator[EventCells]:
    return export_cells(db, snapshot_of(db), Listing(), db.now())


def _from_server(address: str) -> pd.DataFrame:
    try:
        parts = urlsplit(address)
    except ValueError as err:  # for example an IPv6 address without its closing bracket
        raise ExportError(f"{address} is not the address of a site.", detail=repr(err)) from err
    folder = parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/"
    # A link may be typed as a browser shows it: "?q=زن زندگی آزادی".
    path, query = quote(f"{folder}export/events.csv", safe=_IN_PATH), quote(parts.query, safe=_IN_QUERY)
    target = parts._replace(path=path, query=query, fragment="").geturl()
    try:
        with (
            urlopen(Request(target), timeout=TIMEOUT_S) as answer,  # noqa: S310 - http or https, as checked
            tempfile.TemporaryDirectory() as made,
        ):
            table = Path(made) / "events.csv"
            with table.open("wb") as file:
                shutil.copyfileobj(answer, file)
            return _from_csv(table)
    except (OSError, HTTPException) as err:
        # HTTPError is a subclass of OSError; the response body explains the error.
        raise ExportError(f"{target} cannot be read: {_reason(err)}.", detail=repr(err)) from err


def _reason(error: Exception) -> str:
    if not isinstance(error, HTTPError):
        return str(getattr(error, "reason", "") or error) or "unknown reason"
    try:
        return str(json.loads(error.read(MAX_REASON))["error"]).rstrip(".")
    except (ValueError, KeyError, TypeError):
        further = "; give the address of the site, or a link to its Explore page" if error.code == _NOT_FOUND else ""
        return f"the server answered {error.code}{further}"


def _from_csv(path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            for name in header:
                column_named(name)
            if "id" not in header:
                raise KeyError("id")
            return _frame(header, (_cells(header, row) for row in reader))
    except (KeyError, ValueError, csv.Error) as err:
        raise _not_ours(path, err) from err


def _from_parquet(path: Path) -> pd.DataFrame:
    # Imported here because pyarrow takes a third of a second to import.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        names = [name for name in table.column_names if name != GEOMETRY]
        days = [column_named(name).type == "date" for name in names]
        if "id" not in names:
            raise KeyError("id")
    except (KeyError, pa.ArrowException) as err:
        raise _not_ours(path, err) from err
    columns = [table.column(name).to_pylist() for name in names]
    rows = (
        [str(cell) if is_day and cell else cell for is_day, cell in zip(days, row, strict=True)]
        for row in zip(*columns, strict=True)
    )
    return _frame(names, rows)


def _from_data_package(path: Path) -> pd.DataFrame:
    try:
        with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory() as made:
            return _from_csv(Path(package.extract("events.csv", made)))
    except (KeyError, zipfile.BadZipFile) as err:
        raise _not_ours(path, err) from err


def _not_ours(path: Path, error: Exception) -> ExportError:
    words = f"“{path.name}” is not a table that rallymap exported; bring it in with: {own_command('import FILE')}"
    return ExportError(words, detail=repr(error))


_TABLES: Final = {".csv": _from_csv, ".parquet": _from_parquet, ".zip": _from_data_package}
"""Readers of exported tables by file extension."""


def _cells(header: list[str], row: list[str]) -> list[Cell]:
    return [_cell(column_named(name).type, text) for name, text in zip(header, row, strict=True)]


def _cell(kind: str, text: str) -> Cell:
    if not text:
        return None
    if kind == "boolean":
        return {"yes": True, "no": False}[text]
    if kind == "integer":
        return int(text)
    return float(text) if kind == "number" else unguard_cell(text)


def _frame(names: list[str], rows: Iterator[list[Cell]]) -> pd.DataFrame:
    import pandas as pd

    columns: list[list[Cell]] = [[] for _ in names]
    for row in rows:
        for column, cell in zip(columns, row, strict=True):
            column.append(cell if cell != "" else None)
    series: dict[str, Any] = {}
    for name, cells in zip(names, columns, strict=True):
        dtype: Any = DTYPES[column_named(name).type]
        series[name] = pd.array(cells, dtype=dtype) if dtype != "datetime64[s]" else _days(cells)
    return pd.DataFrame(series, columns=names)


def _days(cells: list[Cell]) -> Any:
    import numpy as np

    return np.array([cell or "NaT" for cell in cells], "datetime64[s]")
