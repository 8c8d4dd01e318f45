"""Where events are kept: SQLite by default, PostgreSQL by URL. :class:`EventStore` is the only door."""

from rallymap.store.event_store import EventStore
from rallymap.store.values import (
    AccountEntry,
    AddResult,
    Credentials,
    EventToLocate,
    PlaceToCheck,
    PublicChanges,
    QueueItem,
    Receipt,
)

__all__ = [
    "AccountEntry",
    "AddResult",
    "Credentials",
    "EventStore",
    "EventToLocate",
    "PlaceToCheck",
    "PublicChanges",
    "QueueItem",
    "Receipt",
]
