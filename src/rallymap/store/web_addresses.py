"""Recognise URLs of the same web page, to find two records of one event."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

from rallymap.events import Event

_TRACKING = ("utm_", "fbclid", "gclid", "mc_", "igshid")


def normalise_url(url: str) -> str:
    """Normalise a URL, so that two links to one page are equal.

    Ignores scheme, ``www.``, ``m.``, fragment, trailing slash and tracking parameters.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    kept = sorted((name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING))
    return f"{host}{parts.path.rstrip('/')}?{urlencode(kept)}"


def url_key(url: str) -> int:
    """Return a signed 64-bit hash that is the same for two links to one page."""
    digest = hashlib.blake2b(normalise_url(url).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def url_keys(event: Event) -> set[int]:
    """Return the keys of all source URLs of an event."""
    return {url_key(source.url) for source in event.sources if source.url}
