"""The style sheet of the pages is cheap to match: a page of Trends has five thousand elements, often styled anew."""

from __future__ import annotations

import re

from rallymap.assets import STYLE, read_asset

COSTLY = re.compile(r":has\(|:lang\(")


def selectors(css: str) -> list[str]:
    """Return the selectors of a style sheet, lists split at their commas."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = []
    for prelude in re.findall(r"([^{}]+)\{", css):
        if not prelude.strip().startswith("@"):
            found += split(prelude.strip(), ",")
    return found


def split(text: str, at: str) -> list[str]:
    """Split at the characters that are outside brackets and quotation marks."""
    parts, depth, quoted = [""], 0, ""
    for char in text:
        if quoted:
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        else:
            depth += (char in "([") - (char in ")]")
        if char in at and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def test_no_rule_looks_around_every_element_of_the_page() -> None:
    """A rule for ``*`` looks at the siblings and ancestors of each element whenever the page changes."""
    slow = []
    for selector in selectors(read_asset(STYLE).decode()):
        *before, last = split(selector, " ~+>")
        is_child = selector.removesuffix(last).rstrip().endswith(">")
        if last == "*" and not is_child and any(map(COSTLY.search, before)):
            slow.append(selector)
    assert slow == []
