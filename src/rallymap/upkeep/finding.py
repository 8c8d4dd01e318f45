"""One line of output of ``rallymap check --deploy``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was checked, and what the operator should do.

    Attributes
    ----------
    what
        One or two words, such as "backup".
    said
        Result of the check; for a fault, also what to do.
    is_ok
        False if something needs to be done; None if the check was not possible.
    """

    what: str
    said: str
    is_ok: bool | None = True
