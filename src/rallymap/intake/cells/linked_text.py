"""Texts with an address behind them, written as Markdown does: ``[Irish Times](https://example.org/a)``.

Readers write the links of workbooks and web pages in this form; Markdown files have it already.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINKED = re.compile(r"\[([^\[\]\n]{1,500})\]\(\s*(https?://[^\s()<>]{1,1900})\s*\)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s()<>\[\]]{1,1900}", re.IGNORECASE)
_NOTHING = "\u2063"
"""An invisible sign: the text of a further address behind one cell."""
_BOLD = re.compile(r"(\*\*|__)(\S(?:.*\S)?)\1")


def with_link(text: str, address: str, more: Sequence[str] = ()) -> str:
    """Return a text with the web addresses behind it; as it is where it says the first one or has no letters.

    Other addresses (mailto: and the like) are contact data or name nothing, and are not kept.
    """
    if not _WEB.fullmatch(address) or address.rstrip("/") in text or not any(map(str.isalpha, text)):
        return text
    further = "".join(f" [{_NOTHING}]({other})" for other in more if _WEB.fullmatch(other))
    return f"[{' '.join(text.replace('[', '(').replace(']', ')').split())}]({address}){further}"


def split_links(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as people read it, and the addresses behind it."""
    if "](" not in text:
        return _without_stars(text), ()
    addresses = tuple(match[2] for match in _LINKED.finditer(text))
    return _without_stars(_LINKED.sub(r"\1", text).replace(f" {_NOTHING}", "")), addresses


def _without_stars(text: str) -> str:
    match = _BOLD.fullmatch(text) if text[:2] in ("**", "__") else None
    return match[2] if match else text
