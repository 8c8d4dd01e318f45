"""Ids of imported events whose table has none: the same row has the same id again, and no id confirms a guess.

Reading makes an id from title, date and place (:func:`rallymap.intake.ids.readable_id`). Its last part is a hash that
anybody can make, so that a public id would confirm a guess of a place that is withheld. Here the site's key is hashed
with it. An account whose rows go to the queue gets other ids, because its rows would confirm guesses as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rallymap.intake.findings import RowResult
from rallymap.moderation import Account, Permission, has_permission
from rallymap.store import Database
from rallymap.store.events import get_events
from rallymap.store.removal import find_removed

_MADE = re.compile(r"(.*?)-[0-9a-f]{6,8}((?:-[1-9]\d*)?)")
"""An id that reading made; at its end is the number of a row that says the same in title, day and place."""
_MOST = 64
_MARK = 8


def with_site_ids(db: Database, rows: Sequence[RowResult], account: Account | None) -> list[RowResult]:
    """Give the events of rows without an id of their own the one that they have on this site.

    Parameters
    ----------
    account
        Who imports; None: the operator.
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
    """Return the id that events have on this site, by the one that reading made.

    An event keeps the id that reading made where the store has it from an earlier version, and the one under which it
    was taken down or merged, so that no file brings it back.

    Parameters
    ----------
    owner
        The name of an account whose rows only fill the queue.
    """
    ids = {one: list(_ids(db, one, owner)) for one in made}
    removed = db.read(find_removed, {one for possible in ids.values() for one in possible})
    stored = set() if owner else {event.id for event in db.read(get_events, ids)}
    return {
        one: next((each for each in possible if each in removed or each in stored), possible[-1])
        for one, possible in ids.items()
    }


def _ids(db: Database, made: str, owner: str) -> Iterator[str]:
    """Give the ids that a made one may have on this site, the one for a new event last."""
    yield made
    parts = _MADE.fullmatch(made)
    words, number = parts.groups() if parts else (made, "")
    for name in dict.fromkeys(("", owner)):
        mark = db.secret.keyed_hash("import-id", f"{name}\0{made}")[:_MARK]
        end = f"-{mark}{number}"
        yield words[: _MOST - len(end)].rstrip("-") + end
