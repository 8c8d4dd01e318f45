"""Where events are kept: SQLite by default, PostgreSQL by URL. :class:`EventStore` is the only door."""

from rallymap.store.case_values import AutomaticHiding, Message, Note, Report, StagedDecision
from rallymap.store.draft_rows import Draft
from rallymap.store.drafts import new_draft_token
from rallymap.store.event_store import EventStore
from rallymap.store.import_values import ImportBatch, ImportedNote, UndoResult
from rallymap.store.secret_key import replace_key
from rallymap.store.values import (
    AccountEntry,
    AddResult,
    Credentials,
    EventToLocate,
    HistoryEntry,
    Invitation,
    OwnEvent,
    PlaceToCheck,
    PossibleDuplicate,
    Proposal,
    PublicChanges,
    PublicHistoryEntry,
    QueueItem,
    Receipt,
    Refusal,
    Tombstone,
)

__all__ = [
    "AccountEntry",
    "AddResult",
    "AutomaticHiding",
    "Credentials",
    "Draft",
    "EventStore",
    "EventToLocate",
    "HistoryEntry",
    "ImportBatch",
    "ImportedNote",
    "Invitation",
    "Message",
    "Note",
    "OwnEvent",
    "PlaceToCheck",
    "PossibleDuplicate",
    "Proposal",
    "PublicChanges",
    "PublicHistoryEntry",
    "QueueItem",
    "Receipt",
    "Refusal",
    "Report",
    "StagedDecision",
    "Tombstone",
    "UndoResult",
    "new_draft_token",
    "replace_key",
]
