"""Remove characters that XML and calendars do not allow."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def without_unwritable(text: str) -> str:
    """Remove control characters (except tabs and line ends), lone surrogates and noncharacters."""
    return _UNWRITABLE.sub("", text)
