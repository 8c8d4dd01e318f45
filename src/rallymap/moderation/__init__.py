"""Rules of moderation: permissions, transitions between review statuses, and when a report hides an event.

Pure functions over events and accounts. This room must not access the database, use pages, or keep state;
:mod:`rallymap.workflows` calls it within its transactions.
"""

from rallymap.moderation.decisions import (
    MAX_REASON,
    NEEDS_REASON,
    TRANSITIONS,
    UNDO_WITHIN,
    Decision,
    TakedownReason,
    check_reason,
    next_review,
    possible_decisions,
)
from rallymap.moderation.permissions import (
    RIGHTS,
    VISITOR,
    Account,
    Permission,
    Role,
    country_of,
    has_permission,
    limit_in_words,
    require,
    require_place,
    rights_table,
)
from rallymap.moderation.reports import (
    JUST_HELD,
    ReportKind,
    ReportOutcome,
    networks_needed,
)

__all__ = [
    "JUST_HELD",
    "MAX_REASON",
    "NEEDS_REASON",
    "RIGHTS",
    "TRANSITIONS",
    "UNDO_WITHIN",
    "VISITOR",
    "Account",
    "Decision",
    "Permission",
    "ReportKind",
    "ReportOutcome",
    "Role",
    "TakedownReason",
    "check_reason",
    "country_of",
    "has_permission",
    "limit_in_words",
    "networks_needed",
    "next_review",
    "possible_decisions",
    "require",
    "require_place",
    "rights_table",
]
