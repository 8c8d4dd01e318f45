"""Join and split lists of names; names that contain a separator are put in double quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

SEPARATOR: Final = "; "
SEMICOLONS: Final = ";\n"
"""Separators between names in tables; not commas, because names contain them."""
_QUOTED = re.compile(r'[^\S\n]*"((?:[^"]|"")+)"[^\S\n]*')


def join_at_semicolons(names: Sequence[str]) -> str:
    """Join names to a text that :func:`split_at_semicolons` splits into the same names."""
    text = SEPARATOR.join(names)
    if text.count(";") < max(len(names), 1) and '"' not in text and "\n" not in text:
        return text  # the usual case, and a million events have three such lists each
    return SEPARATOR.join(quoted_name(name, SEMICOLONS) for name in names)


def split_at_semicolons(text: str) -> tuple[str, ...]:
    """Split a text into names at ``;`` and line ends; a name in double quotes is not split."""
    return tuple(part for part in cut_names(text, SEMICOLONS) if part)


def quoted_name(name: str, stops: str) -> str:
    """Return a name, in double quotes if it contains a character of `stops` or begins with a quote."""
    needs = name.startswith('"') or any(sign in name for sign in stops)
    return '"{}"'.format(name.replace('"', '""')) if needs else name


def cut_names(text: str, stops: str) -> list[str]:
    """Split a text at any character of `stops` outside double quotes; ``""`` inside quotes is one quote."""
    if '"' not in text:  # nearly always
        for stop in stops[1:]:
            text = text.replace(stop, stops[0])
        return [part.strip() for part in text.split(stops[0])]
    parts, position = list[str](), 0
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
