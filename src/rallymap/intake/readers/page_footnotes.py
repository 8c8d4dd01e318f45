"""Find the footnotes of a web page: marks such as "[3]" in its tables lead to a list of sources below them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote

_TARGET = re.compile(r"""href\s*=\s*["']?[^"'#\s>]{0,300}#([^"'\s>]{1,100})""", re.IGNORECASE)
_HOLDERS = frozenset("li p div dd td tr span cite section aside".split())
_MARK = re.compile(r"\W{0,2}(?:[^\W\d_]{1,12}\.?\s?)?(?:\d{1,3}|[^\W\d_])?\W{0,3}")
_MAX_ADDRESSES = 10
_LONGEST = 300
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Footnote:
    """Web addresses of a footnote; if there are none, its text."""

    refs: tuple[str, ...]
    remark: str


def footnotes_of(text: str) -> Mapping[str, Footnote]:
    """Return each element to which a link of the page leads, by its id.

    A note can refer to an entry of a bibliography; then the addresses are those of the entry.
    """
    wanted = frozenset(map(unquote, _TARGET.findall(text)))
    if not wanted:
        return {}
    parser = _NoteParser(wanted)
    parser.feed(text)
    parser.close()
    found = {}
    for name, inner in parser.inner.items():
        refs = tuple(parser.addresses[name] or (one for other in inner for one in parser.addresses.get(other, ())))
        words = " ".join("".join(parser.texts[name]).split()).strip(" ↑^.")
        found[name] = Footnote(refs, "" if refs or len(words) > _LONGEST else words)
    return found


def target_of(address: str) -> str:
    """Return the id that a link inside the page leads to, "" for other links."""
    path, mark, name = address.partition("#")
    return unquote(name) if mark and not path.startswith(("http://", "https://")) else ""


def is_footnote_mark(text: str) -> bool:
    """Return whether the text of a link is a mark such as "[3]", "*" or "note 2"."""
    return _MARK.fullmatch(text.strip()) is not None


class _NoteParser(HTMLParser):
    """Parser that collects the links inside the wanted elements."""

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: dict[str, list[str]] = {}
        self.texts: dict[str, list[str]] = {}
        self.inner: dict[str, list[str]] = {}
        self._wanted = wanted
        self._open: list[tuple[str, str, int]] = []  # id, tag, number of open elements with this tag inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._open = [(name, of, depth + (of == tag)) for name, of, depth in self._open]
        name = named.get("id") or ""
        if name in self._wanted and tag in _HOLDERS and name not in self.inner and len(self._open) < _DEEPEST:
            self.addresses[name], self.inner[name], self.texts[name] = [], [], []
            self._open.append((name, tag, 1))
        address = named.get("href") or ""
        if tag != "a" or not address:
            return
        for name, _, _ in self._open:
            if address.startswith(("http://", "https://")) and len(self.addresses[name]) < _MAX_ADDRESSES:
                self.addresses[name].append(address)
            elif (inside := target_of(address)) and len(self.inner[name]) < _MAX_ADDRESSES:
                self.inner[name].append(inside)

    def handle_data(self, data: str) -> None:
        for name, _, _ in self._open:
            self.texts[name].append(data)

    def handle_endtag(self, tag: str) -> None:
        counted = [(name, of, depth - (of == tag)) for name, of, depth in self._open]
        self._open = [one for one in counted if one[2] > 0]
