"""The store as everyone outside sees it: one object, its parts in one module each."""

from __future__ import annotations

from rallymap.store.accounts import Accounts
from rallymap.store.bulk import Bulk
from rallymap.store.places_to_check import PlacesToCheck
from rallymap.store.reads import Reads
from rallymap.store.reviewing import Reviewing
from rallymap.store.sign_in import SignIn
from rallymap.store.submissions import Submissions


class EventStore(Reads, Bulk, Submissions, Reviewing, PlacesToCheck, Accounts, SignIn):
    """All events of one rallymap, with who may change them and every change that was made.

    Open with :meth:`open`; safe to share between threads. Every write is one transaction that also holds its audit
    row, and none waits for a screen. Methods raise :class:`~rallymap.errors.StoreUnavailableError` if the database
    cannot be read or written just now; nothing is then saved.
    """
