"""Several names in one text: a name that holds a separator is in double quotes, so that each is found again whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

SEPARATOR: Final = "; "
SEMICOLONS: Final = ";\n"
"""What separates names in tables; commas do not, as names hold them."""
_QUOTED = re.compile(r'[^\S\n]*"((?:[^"]|"")+)"[^\S\n]*')


def join_at_semicolons(names: Sequence[str]) -> str:
    """Write names as one text that :func:`split_at_semicolons` takes apart into the same names."""
    text = SEPARATOR.join(names)
    if text.count(";") < max(len(names), 1) and '"' not in text and "\n" not in text:
        return text  # nearly all, and a million events have three such lists each
    return SEPARATOR.join(quoted_name(name, SEMICOLONS) for name in names)


def split_at_semicolons(text: str) -> tuple[str, ...]:
    """Take a text of names apart at ``;`` and line ends; a name in double quotes is kept whole."""
    return tuple(part for part in cut_names(text, SEMICOLONS) if part)


def quoted_name(name: str, stops: str) -> str:
    """Return a name, in double quotes where it holds one of some signs or begins with a quote."""
    needs = name.startswith('"') or any(sign in name for sign in stops)
    return '"{}"'.format(name.replace('"', '""')) if needs else name


def cut_names(text: str, stops: str) -> list[str]:
    """Take a text apart at some signs, not within double quotes; ``""`` is a quote in them."""
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
