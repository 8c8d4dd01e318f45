"""Network addresses: which of them count as one network, and which mean this machine."""

from __future__ import annotations

import ipaddress
from typing import Final

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
"""Names of this machine, as an address of a site or of a mail server has them."""


def network_of(address: str) -> str:
    """Return what counts as one network: an IPv4 address, or the /64 that one IPv6 customer gets as a whole."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address) or ip.is_loopback:
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, 64), strict=False))
