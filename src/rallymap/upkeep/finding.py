"""One line of ``rallymap check --deploy``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and what is to be done.

    Attributes
    ----------
    what
        A word or two, such as "backup".
    said
        What was found; for a fault also what to do.
    is_ok
        False where something is to be done; None where it could not be looked at.
    """

    what: str
    said: str
    is_ok: bool | None = True
