"""Split a text into several names, and join them again."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'[^\S\n]*"((?:[^"]|"")+)"[^\S\n]*')
_LINE_STOPS, _COMMA = ";\n", ","


def split_names(text: str) -> tuple[str, ...]:
    """Take a text of names apart at line ends and ``;``, or at commas where there is neither.

    A name in double quotes is kept whole, with ``""`` for a quote in it: ``"Women, Life, Freedom"; Group B``.
    """
    text = text.strip()
    parts = _cut(text, _LINE_STOPS)
    if len(parts) == 1:
        parts = _cut(text, _COMMA)
    return tuple(part for part in parts if part)


def join_names(names: Iterable[str]) -> str:
    """Write several names as one text, one a line, that :func:`split_names` takes apart into the same names."""
    kept = [name for name in names if name]
    return "\n".join(_quoted(name, is_only=len(kept) == 1) for name in kept)


def _cut(text: str, stops: str) -> list[str]:
    parts, position = [], 0
    while position <= len(text):
        quoted = _QUOTED.match(text, position)
        end = quoted.end() if quoted is not None else position
        if quoted is not None and (end == len(text) or text[end] in stops):
            parts.append(quoted[1].replace('""', '"'))
        else:
            end = next((index for index in range(position, len(text)) if text[index] in stops), len(text))
            parts.append(text[position:end].strip())
        position = end + 1
    return parts


def _quoted(name: str, *, is_only: bool) -> str:
    needs = re.search(r"[;\n]", name) or (is_only and "," in name) or name.startswith('"')
    return '"{}"'.format(name.replace('"', '""')) if needs else name
