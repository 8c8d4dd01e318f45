"""Stable ids for imported events whose table has none, which do not let anybody confirm a guess.

The reader makes an id from title, date and place (:func:`rallymap.intake.ids.readable_id`). It ends in a hash that
anybody can compute, so a public id would confirm a guess of a withheld place. Here the hash includes the site's secret
key. An account that can only add to the queue gets other ids, because its rows could test guesses as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rallymap.intake.findings import RowResult
from rallymap.moderation import Account, Permission, has_permission
from rallymap.store import Database
from rallymap.store.events import list_stored_ids
from rallymap.store.removal import find_removed

_READABLE_ID = re.compile(r"(.*?)-[0-9a-f]{6,8}((?:-[1-9]\d*)?)")
"""An id made by the reader; it ends with a number if another row has the same title, day and place."""
_MOST = 64
_MARK = 8


def with_site_ids(db: Database, rows: Sequence[RowResult], account: Account | None) -> list[RowResult]:
    """Replace the made ids of rows by the ids of this site.

    Parameters
    ----------
    account
        The importing account; None for the operator.
    """
    owner = "" if account is None or has_permission(account, Permission.IMPORT) else account.name
    chosen = site_ids(db, {row.event.id for row in rows if row.event and row.has_made_id}, owner)
    return [
        replace(row, event=row.event.changed(id=chosen[row.event.id]))
        if row.event is not None and row.event.id in chosen and row.has_made_id
        else row
        for row in rows
    ]


def site_ids(db: Database, made: Iterable[str], owner: str = "") -> dict[str, str]:
    """Return the site's id for each id made by the reader.

    An event keeps the made id if the store has it from an earlier version, or if it was taken down or merged under that
    id, so that no file restores it.

    Parameters
    ----------
    owner
        Name of the account, if its rows only go to the queue.
    """
    ids = {one: list(_ids(db, one, owner)) for one in made}
    removed = db.read(find_removed, {one for possible in ids.values() for one in possible})
    stored = frozenset[str]() if owner else db.read(list_stored_ids, ids)
    return {
        one: next((each for each in possible if each in removed or each in stored), possible[-1])
        for one, possible in ids.items()
    }


def _ids(db: Database, made: str, owner: str) -> Iterator[str]:
    """Yield the ids that a made id may have on this site; the one for a new event last."""
    yield made
    parts = _READABLE_ID.fullmatch(made)
    words, number = parts.groups() if parts else (made, "")
    for name in dict.fromkeys(("", owner)):
        mark = db.secret.keyed_hash("import-id", f"{name}\0{made}")[:_MARK]
        end = f"-{mark}{number}"
        yield words[: _MOST - len(end)].rstrip("-") + end
