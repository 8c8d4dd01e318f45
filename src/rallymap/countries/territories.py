"""Which territories with an ISO 3166-1 code of their own belong to which state.

People write both: "Nuuk, Greenland" and "Nuuk, Denmark". Where a place is disputed, both sides are listed, as both
are written; the entry says nothing about who is right.
"""

from __future__ import annotations

from functools import cache
from typing import Final

#: Territory -> the states that it is written with, by alpha-2 code.
STATES_OF: Final[dict[str, tuple[str, ...]]] = {
    "HK": ("CN",), "MO": ("CN",), "TW": ("CN",),
    "GL": ("DK",), "FO": ("DK",),
    "AX": ("FI",), "SJ": ("NO",), "BV": ("NO",),
    "GP": ("FR",), "MQ": ("FR",), "GF": ("FR",), "RE": ("FR",), "YT": ("FR",), "PM": ("FR",), "BL": ("FR",),
    "MF": ("FR",), "NC": ("FR",), "PF": ("FR",), "WF": ("FR",), "TF": ("FR",),
    "GI": ("GB",), "JE": ("GB",), "GG": ("GB",), "IM": ("GB",), "BM": ("GB",), "KY": ("GB",), "VG": ("GB",),
    "TC": ("GB",), "AI": ("GB",), "MS": ("GB",), "FK": ("GB", "AR"), "SH": ("GB",), "PN": ("GB",), "IO": ("GB",),
    "GS": ("GB",),
    "PR": ("US",), "GU": ("US",), "VI": ("US",), "AS": ("US",), "MP": ("US",), "UM": ("US",),
    "AW": ("NL",), "CW": ("NL",), "SX": ("NL",), "BQ": ("NL",),
    "NF": ("AU",), "CX": ("AU",), "CC": ("AU",), "HM": ("AU",),
    "CK": ("NZ",), "NU": ("NZ",), "TK": ("NZ",),
    "XK": ("RS",), "EH": ("MA",), "PS": ("IL",),
}  # fmt: skip


def states_of(code: str) -> tuple[str, ...]:
    """Return the states that a territory is written with; () for a state."""
    return STATES_OF.get(code, ())


@cache
def territories_of(state: str) -> tuple[str, ...]:
    """Return the territories that are written with a state."""
    return tuple(code for code, states in STATES_OF.items() if state in states)


def is_within(code: str, said: str) -> bool:
    """Return whether a place with this country code may be written with the country `said` (alpha-2 codes).

    A place in a territory may be written with the territory's state; a place in that state may not be written with
    the territory.
    """
    return code == said or said in STATES_OF.get(code, ())
