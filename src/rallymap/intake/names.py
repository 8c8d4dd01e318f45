"""Split a text into names, and join names to a text."""

from __future__ import annotations

from collections.abc import Iterable

from rallymap.name_lists import SEMICOLONS, cut_names, quoted_name

_COMMA = ","


def split_names(text: str) -> tuple[str, ...]:
    """Split a text into names at line ends and ``;``, or at commas if it contains neither.

    A name in double quotes is not split; ``""`` in it is one quote: ``"Women, Life, Freedom"; Group B``.
    """
    text = text.strip()
    parts = cut_names(text, SEMICOLONS)
    if len(parts) == 1:
        parts = cut_names(text, _COMMA)
    return tuple(part for part in parts if part)


def join_names(names: Iterable[str]) -> str:
    """Join names to a text, one per line, that :func:`split_names` splits into the same names."""
    kept = [name for name in names if name]
    stops = SEMICOLONS + _COMMA if len(kept) == 1 else SEMICOLONS
    return "\n".join(quoted_name(name, stops) for name in kept)
