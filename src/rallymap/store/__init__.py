"""Event storage: SQLite by default, PostgreSQL by URL.

:class:`Database` opens a database and provides transactions. Each module has the functions of one noun, which take a
transaction as their first argument: :class:`Reading`, or :class:`Transaction` to write. A transaction is committed
completely or not at all.

This room makes no decisions: :mod:`rallymap.workflows` checks permissions and defines the audit entries. It must not
use pages or requests. No other room writes SQL on this database.
"""

# Importing a module registers its tables: backups and takedowns must cover all of them.
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
