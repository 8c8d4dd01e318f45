"""Values on their way into a script: the only door, because folium writes into scripts without escaping."""

from __future__ import annotations

from typing import Any

import orjson

_RISKY = {ord(char): f"\\u{ord(char):04x}" for char in "<>&'`${}\\\u2028\u2029"}


def script_json(value: Any) -> str:
    """Return `value` as a JavaScript expression that holds no sign with a meaning to HTML, templates or Jinja.

    The value is written as one JSON string, in which every risky sign is an escape, and parsed when the script runs.
    """
    text = orjson.dumps(value).decode()
    inner = text.translate(_RISKY).replace('"', "\\u0022")
    return f'JSON.parse("{inner}")'
