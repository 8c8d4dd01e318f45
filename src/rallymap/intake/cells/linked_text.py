"""Texts with link addresses in Markdown notation, ``[Irish Times](https://example.org/a)``, or in that of uMap.

Readers convert the links of workbooks and web pages to Markdown; Markdown files contain it already. uMap, a site for
own maps, writes ``[[https://example.org/a|Irish Times]]`` or ``[[https://example.org/a]]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINKED = re.compile(r"\[([^\[\]\n]{1,500})\]\(\s*(https?://[^\s()<>]{1,1900})\s*\)", re.IGNORECASE)
_UMAP = re.compile(r"\[\[\s*(https?://[^\s\[\]|]{1,1900})\s*(?:\|\s*([^\[\]\n]{0,500}))?\]\]", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s()<>\[\]]{1,1900}", re.IGNORECASE)
_NOTHING = "\u2063"
"""An invisible character: the text of each further link of a cell."""
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3}|`)(?![\s*_`])([^*_`\n]{1,500}?)(?<!\s)\1(?![\w*])")
"""Markdown's markers for bold, italic and code; "Schüler*innen" has none."""


def with_link(text: str, address: str, more: Sequence[str] = ()) -> str:
    """Append web addresses to a text as Markdown links; unchanged if it contains the first address or has no letters.

    Other addresses (such as mailto:) are contact data or useless, and are dropped.
    """
    if not _WEB.fullmatch(address) or address.rstrip("/") in text or not any(map(str.isalpha, text)):
        return text
    further = "".join(f" [{_NOTHING}]({other})" for other in more if _WEB.fullmatch(other))
    return f"[{' '.join(text.replace('[', '(').replace(']', ')').split())}]({address}){further}"


def split_links(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text as people read it, and its link addresses."""
    if "](" not in text and "[[" not in text:
        return _without_stars(text), ()
    addresses = tuple(match[2] for match in _LINKED.finditer(text)) + tuple(match[1] for match in _UMAP.finditer(text))
    text = _UMAP.sub(lambda link: link[2] or "", _LINKED.sub(r"\1", text))
    return _without_stars(text.replace(f" {_NOTHING}", "")), addresses


def _without_stars(text: str) -> str:
    return _EMPHASIS.sub(r"\2", text) if "*" in text or "_" in text or "`" in text else text
