"""Split a text into several names, and join them again."""

from __future__ import annotations

from collections.abc import Iterable

from rallymap.name_lists import SEMICOLONS, cut_names, quoted_name

_COMMA = ","


def split_names(text: str) -> tuple[str, ...]:
    """Take a text of names apart at line ends and ``;``, or at commas where there is neither.

    A name in double quotes is kept whole, with ``""`` for a quote in it: ``"Women, Life, Freedom"; Group B``.
    """
    text = text.strip()
    parts = cut_names(text, SEMICOLONS)
    if len(parts) == 1:
        parts = cut_names(text, _COMMA)
    return tuple(part for part in parts if part)


def join_names(names: Iterable[str]) -> str:
    """Write several names as one text, one a line, that :func:`split_names` takes apart into the same names."""
    kept = [name for name in names if name]
    stops = SEMICOLONS + _COMMA if len(kept) == 1 else SEMICOLONS
    return "\n".join(quoted_name(name, stops) for name in kept)
