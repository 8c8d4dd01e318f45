"""Network addresses: which ones count as one network, and which ones mean this machine."""

from __future__ import annotations

import ipaddress
from typing import Final

THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
"""Host names of this machine, in the address of a site or of a mail server."""


def network_of(address: str) -> str:
    """Return the network of an address: the IPv4 address itself, or the /64 that an IPv6 customer usually gets."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address) or ip.is_loopback:
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.IPv6Network((ip, 64), strict=False))
