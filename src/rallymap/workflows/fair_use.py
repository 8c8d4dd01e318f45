"""Limits that keep one network from filling the queue, and two quiet traps for robots."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from rallymap.errors import RateLimitError
from rallymap.store import EventStore
from rallymap.workflows.sessions import network_of

SUBMISSIONS_AN_HOUR = 20
REPORTS_AN_HOUR = 20
PICTURES_AN_HOUR = 40
TRAP_FIELD = "website"
"""A field that no person sees; robots fill it in."""
SHORTEST = timedelta(seconds=2)
"""Nobody fills the form in less; robots do."""

_LIMITS = {"submission": SUBMISSIONS_AN_HOUR, "report": REPORTS_AN_HOUR, "picture": PICTURES_AN_HOUR}
_WORDS = {"submission": "events were sent", "report": "reports were sent", "picture": "pictures were read"}


def check_rate(store: EventStore, kind: str, address: str, now: datetime) -> None:
    """Count one action of a network; the address is kept for an hour, as a salted hash.

    Parameters
    ----------
    kind
        ``submission``, ``report`` or ``picture``.
    address
        Network address of who asks, "" where it is not known: then nothing is counted.
    now
        With a zone.

    Raises
    ------
    RateLimitError
        From the 21st action within an hour on; of pictures from the 41st.
    """
    if not address:
        return
    network = store.hash_address(network_of(address))
    if store.count_attempts(network, kind, now - timedelta(hours=1)) >= _LIMITS[kind]:
        raise RateLimitError(
            f"{_LIMITS[kind]} {_WORDS[kind]} from your network within an hour; please try again later.",
            retry_after_s=3600,
        )
    store.record_attempt(network, kind, now)


def looks_like_a_robot(fields: Mapping[str, str], opened: datetime | None, now: datetime) -> bool:
    """Tell whether a form was filled by a robot: the hidden field has text, or it took under 2 seconds."""
    return bool(fields.get(TRAP_FIELD)) or (opened is not None and now - opened < SHORTEST)
