"""Which territories with their own ISO 3166-1 code belong to which state.

People write both "Nuuk, Greenland" and "Nuuk, Denmark". For disputed places both sides are listed, because people write
both; an entry takes no position in a dispute.
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
    """Return the states that a territory can be written with; () for a state."""
    return STATES_OF.get(code, ())


@cache
def territories_of(state: str) -> tuple[str, ...]:
    """Return the territories that can be written with a state."""
    return tuple(code for code, states in STATES_OF.items() if state in states)


def is_within(code: str, said: str) -> bool:
    """Return whether a place with the alpha-2 code `code` can be written with the country `said`.

    A place in a territory can be written with the territory's state, but a place in the state cannot be written with
    the territory.
    """
    return code == said or said in STATES_OF.get(code, ())
