"""Where events are kept: SQLite by default, PostgreSQL by URL.

:class:`Database` opens one and gives transactions; each module holds the plain functions of one noun, which take
a transaction first: :class:`Reading`, or :class:`Transaction` to write. All of a transaction is kept, or nothing.

This room decides nothing: who may do what is checked by :mod:`rallymap.workflows`, which also says what the audit log
records. It must not use pages or requests. No other room writes SQL on this database.
"""

# A table belongs to the schema once its module is imported: all of them count in backups, and in a takedown.
from rallymap.store import desk_tables, import_tables, notice_tables  # noqa: F401
from rallymap.store.case_values import AutomaticHiding, Message, Note, Report, StagedDecision
from rallymap.store.database import Database
from rallymap.store.drafts import Draft, new_draft_token
from rallymap.store.import_values import ImportBatch, ImportedNote, UndoResult
from rallymap.store.secret_key import replace_key
from rallymap.store.transaction import Reading, Transaction, moment
from rallymap.store.values import (
    AccountEntry,
    AddResult,
    Credentials,
    EventPlaceCheck,
    HistoryEntry,
    Invitation,
    OwnEvent,
    PlaceCheck,
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
    "Database",
    "Draft",
    "EventPlaceCheck",
    "HistoryEntry",
    "ImportBatch",
    "ImportedNote",
    "Invitation",
    "Message",
    "Note",
    "OwnEvent",
    "PlaceCheck",
    "PossibleDuplicate",
    "Proposal",
    "PublicChanges",
    "PublicHistoryEntry",
    "QueueItem",
    "Reading",
    "Receipt",
    "Refusal",
    "Report",
    "StagedDecision",
    "Tombstone",
    "Transaction",
    "UndoResult",
    "moment",
    "new_draft_token",
    "replace_key",
]
