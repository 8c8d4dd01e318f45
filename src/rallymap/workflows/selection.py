"""One decision about all events that a moderator selected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rallymap.errors import RallymapError, StoreUnavailableError
from rallymap.events import Event
from rallymap.moderation import NEEDS_REASON, Account, Decision, Permission, check_reason, require
from rallymap.store import Database
from rallymap.workflows.decisions import decide


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of one decision about many events.

    Attributes
    ----------
    done
        The updated events.
    failed
        The message for each event that could not be decided, by id.
    """

    done: tuple[Event, ...]
    failed: Mapping[str, str]


def decide_each(
    db: Database,
    seen: Mapping[str, int],
    decision: Decision,
    *,
    account: Account,
    reason: str = "",
    seen_at: datetime | None = None,
    idempotency_key: str,
) -> Decided:
    """Apply the same decision to many events, each in its own transaction with its own audit entry.

    A failure for one event does not affect the others. If the database is unavailable, the rest is not tried: each
    attempt may block for long, and the moderator waits for all of them.

    Parameters
    ----------
    seen, reason, seen_at
        See :func:`decide_all`.

    Raises
    ------
    RightsError
        If the account is not a moderator.
    ModerationError
        If the decision needs a reason, or the reason is too long; nothing is decided then.
    """
    require(account, Permission.DECIDE)
    check_reason(reason, is_required=decision in NEEDS_REASON)
    done, failed = list[Event](), dict[str, str]()
    for event_id, revision in seen.items():
        try:
            event = decide(
                db,
                event_id,
                decision,
                account=account,
                expected_revision=revision,
                reason=reason,
                seen_at=seen_at,
                idempotency_key=f"{idempotency_key}:{event_id}",
            )
        except StoreUnavailableError as err:
            return Decided(tuple(done), failed | dict.fromkeys(list(seen)[len(done) + len(failed) :], err.user_message))
        except RallymapError as err:
            failed[event_id] = err.user_message
        else:
            done.append(event)
    return Decided(tuple(done), failed)
