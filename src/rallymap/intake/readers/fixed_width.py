"""Text with columns aligned by spaces, as consoles and old programs print tables."""

from __future__ import annotations

from rallymap.intake.readers.raw_table import CountKnown

_MAX_LINES = 20_000
_LONGEST = 1_000
_FEWEST = 3


def find_fixed_columns(text: str, count_known: CountKnown) -> str:
    """Convert aligned text to tab-separated text; "" if it is not aligned.

    Columns start after at least two spaces in the heading line; all lines below must match them.
    """
    lines = [line.rstrip().expandtabs() for line in text.splitlines()]
    filled = [line for line in lines if line]
    if len(filled) < 2 or len(filled) > _MAX_LINES or max(map(len, filled)) > _LONGEST:
        return ""
    head = filled[0]
    rule = [
        at for at, line in enumerate(filled[:3]) if (set(line) <= set("-=+ ") and "-" in line) or set(line) == {"="}
    ]
    starts = [0, *(at for at in range(2, len(head)) if head[at] != " " and head[at - 2 : at] == "  ")]
    names = [head[first:last].strip() for first, last in zip(starts, [*starts[1:], len(head)], strict=True)]
    if len(starts) < _FEWEST or count_known(names) < 2:
        return ""
    body = [line for at, line in enumerate(filled) if at not in rule]
    broken = sum(line[start - 1 : start] not in ("", " ") for line in body for start in starts[1:])
    if broken > len(body) // 50:
        return ""
    ends = [*starts[1:], None]
    cut = [
        "\t".join(line[first:last].strip().replace('"', "'") for first, last in zip(starts, ends, strict=True))
        if at not in rule
        else ""
        for at, line in enumerate(lines)
    ]
    return "\n".join(cut)
