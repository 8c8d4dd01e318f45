"""The coverage record in the database."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from rallymap.events import CoverageEntry
from rallymap.store.accounts import record_account
from rallymap.store.desk_tables import coverage
from rallymap.store.transaction import Reading, Transaction


def list_coverage(tx: Reading) -> list[tuple[int, CoverageEntry]]:
    """Return all entries with their numbers, the most recently searched first."""
    stmt = sa.select(coverage).order_by(coverage.c.looked_on.desc(), coverage.c.id.desc())
    return [
        (
            row.id,
            CoverageEntry(
                row.country,
                row.city,
                date.fromisoformat(row.first_day),
                date.fromisoformat(row.last_day),
                date.fromisoformat(row.looked_on),
                row.looked_by,
                row.sources,
            ),
        )
        for row in tx.conn.execute(stmt)
    ]


def add_coverage(tx: Transaction, entry: CoverageEntry, *, actor: str) -> int:
    """Add an entry and return its number; this changes public answers."""
    done = tx.conn.execute(
        sa.insert(coverage).values(
            country=entry.country,
            city=entry.city,
            first_day=entry.first.isoformat(),
            last_day=entry.last.isoformat(),
            looked_on=entry.looked_on.isoformat(),
            looked_by=entry.by,
            sources=entry.sources,
        )
    )
    record_account(tx, actor, "coverage recorded", _about(entry))
    tx.public_version()
    [number] = done.inserted_primary_key or (0,)
    return int(number)


def remove_coverage(tx: Transaction, number: int, entry: CoverageEntry, *, actor: str) -> None:
    """Delete a wrong entry; the audit log keeps its content."""
    tx.conn.execute(sa.delete(coverage).where(coverage.c.id == number))
    record_account(tx, actor, "coverage removed", _about(entry))
    tx.public_version()


def _about(entry: CoverageEntry) -> str:
    place = f"{entry.city}, {entry.country}" if entry.city else entry.country
    return f"{place}, {entry.first.isoformat()}/{entry.last.isoformat()}"
