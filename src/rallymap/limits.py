"""Rate limits for visitors, which the operator can change."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from rallymap.errors import SettingsError
from rallymap.setting_values import read_number

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits per hour, and per network unless stated otherwise.

    Attributes
    ----------
    submission, event
        Submitted forms, and the events in them; a form can contain a series of up to 60.
    report, picture, draft, change, message
        Reports, uploaded pictures, new drafts, changes and messages with an edit link; the last two are also limited
        per link.
    lookup
        Searches for similar events; a form sends one whenever its place, date, title or source changes.
    hidden_by_network, hidden, hidden_a_day
        Events that reports can hide without a moderator: per network, on the whole site, and on the whole site per day;
        with 0 only moderators hide events.
    """

    submission: int = 20
    event: int = 120
    report: int = 20
    picture: int = 40
    draft: int = 30
    change: int = 40
    message: int = 20
    lookup: int = 300
    hidden_by_network: int = 2
    hidden: int = 5
    hidden_a_day: int = 20


def read_limits(values: Mapping[str, str]) -> Limits:
    """Read ``RALLYMAP_LIMITS``, such as ``submission=40, event=240``; other limits keep their default.

    Raises
    ------
    SettingsError
        If a name is not a field of :class:`Limits`, or a value is not a number.
    """
    names = [part.name for part in fields(Limits)]
    given: dict[str, int] = {}
    for part in values.get("RALLYMAP_LIMITS", "").split(","):
        if not part.strip():
            continue
        name, _, number = (text.strip() for text in part.partition("="))
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            raise SettingsError("RALLYMAP_LIMITS", name, f"perhaps {near[0]}" if near else ", ".join(names))
        least = 0 if name.startswith("hidden") else 1
        limit = read_number(number, least, MOST)
        if limit is None:
            raise SettingsError("RALLYMAP_LIMITS", part.strip(), f"{name}= and a whole number from {least} to {MOST}")
        given[name] = limit
    return Limits(**given)
