"""Repair text whose UTF-8 bytes a program decoded as Windows-1252 or Latin-1 and encoded again: "KÃ¶ln".

Facebook exports events like this, with each wrong character as a JSON escape.
"""

from __future__ import annotations

import re

_SPECIALS = {  # Windows-1252 differs from Latin-1 in these bytes
    bytes([code]).decode("cp1252"): code for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_NEXT = "[\u0080-\u00bf" + "".join(_SPECIALS) + "]"
_RUN = re.compile(rf"(?:[\u00c3-\u00df]{_NEXT}|\u00c2{_NEXT}|[\u00e0-\u00ef]{_NEXT}{{2}}|[\u00f0-\u00f4]{_NEXT}{{3}})+")
_ESCAPED = re.compile(r"(?:\\u00[c-fC-F][0-9a-fA-F](?:\\u00[89abAB][0-9a-fA-F])+)+")
_ONE_ESCAPE = re.compile(r"\\u00([0-9a-fA-F]{2})")
_LATIN_1, _SIGNS = "\u0100", "\u2000"
_HIGH = re.compile(r"[^\x00-\x7f]+")


def repair_double_encoding(text: str) -> tuple[str, str, str]:
    """Repair the double-encoded lines of a text.

    A line is repaired if all of its non-ASCII characters are such pairs: "«LIBERTÉ»" contains none.

    Returns
    -------
    text, wrong, right
        The first repaired letters, before and after; "" if there are none.
    """
    found: list[tuple[str, str]] = []

    def escaped(match: re.Match[str]) -> str:
        data = bytes.fromhex("".join(_ONE_ESCAPE.findall(match[0])))
        try:
            right = data.decode("utf-8")
        except UnicodeDecodeError:
            return match[0]
        found.append((data.decode("latin-1"), right))
        return right

    mended = _ESCAPED.sub(escaped, text) if "\\u00" in text else text
    if not mended.isascii() and _RUN.search(mended) is not None:
        mended = "".join(_line(line, found) for line in mended.splitlines(keepends=True))
    return (mended, *found[0]) if found else (text, "", "")


def _line(line: str, found: list[tuple[str, str]]) -> str:
    runs = _HIGH.findall(line)
    if not runs:
        return line
    pairs = {run: right for run in set(runs) if (right := _right(run)) is not None}
    mended = "".join(pairs[run] for run in runs if run in pairs)
    if len(pairs) < len(set(runs)) or (len(mended) == 1 and _LATIN_1 < mended < _SIGNS):
        return line  # one pair such as "Ù»" can be French
    found.extend(pairs.items())
    return _HIGH.sub(lambda match: pairs[match[0]], line)


def _right(run: str) -> str | None:
    if _RUN.fullmatch(run) is None:
        return None
    try:
        right = bytes(_SPECIALS.get(char, ord(char)) for char in run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return None
    # Phonetic symbols never occur in these texts; "TÉ»" is French.
    return None if any("\u0250" <= char <= "\u02af" for char in right) else right
