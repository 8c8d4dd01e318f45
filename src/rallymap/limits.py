"""How often visitors may do things: the numbers an operator can change."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from rallymap.errors import SettingsError

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers for one hour, by network where nothing else is said.

    Attributes
    ----------
    submission, event
        Forms, and the events in them; a form may hold a series of up to 60.
    report, picture, draft, change, message
        Reports of visitors, pictures that are read, drafts that are begun, changes and messages behind an edit link;
        the last two also for each link.
    lookup
        Searches for events like the one in a form, which asks at each change of its place, date, title or source.
    hidden_by_network, hidden, hidden_a_day
        Events that reports may hide without a moderator: by reports of one network, on the whole site, and there
        within a day; 0 leaves every report to the moderators.
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
    """Read ``RALLYMAP_LIMITS``, such as ``submission=40, event=240``; what is not named keeps its number.

    Raises
    ------
    SettingsError
        If a name is none of :class:`Limits`, or a number is none.
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
        if not (number.isascii() and number.isdecimal()) or not least <= int(number) <= MOST:
            raise SettingsError("RALLYMAP_LIMITS", part.strip(), f"{name}= and a whole number from {least} to {MOST}")
        given[name] = int(number)
    return Limits(**given)
