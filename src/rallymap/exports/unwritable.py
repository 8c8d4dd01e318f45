"""Characters that XML and calendars cannot hold."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def without_unwritable(text: str) -> str:
    """Return a text without control characters (tabs and line ends stay), half characters and noncharacters."""
    return _UNWRITABLE.sub("", text)
