"""Insert many rows at once; SQLAlchemy would convert the values of each row although the drivers need no conversion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from rallymap.store.transaction import Transaction


def insert_rows(tx: Transaction, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of texts and numbers.

    Parameters
    ----------
    rows
        Values by column; all rows have the same columns. Nothing is done if there are none.
    """
    if not rows:
        return
    statement, order = _statement(table, tuple(rows[0]), tx.conn.dialect)
    values = [tuple(map(row.__getitem__, order)) for row in rows] if order else list(rows)
    tx.conn.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _statement(table: sa.Table, columns: tuple[str, ...], dialect: sa.Dialect) -> tuple[str, tuple[str, ...]]:
    """Return the statement in the driver's syntax, and the order of its columns; () if they have names in it."""
    compiled = sa.insert(table).compile(dialect=dialect, column_keys=columns)
    return str(compiled), tuple(compiled.positiontup or ())
