"""Messages of our scripts on a page: each is taken once, and none that an ended session left in the browser.

Such a script sends ``{"session": ..., "seq": ..., ...}`` as its component's state ``message``. A state reaches the
server even if the connection breaks in between. A browser also repeats it when it connects to a new session, as after a
restart of the server. So each message carries the token of its session, and a number that differs from the one before.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st


def session_token(key: str) -> str:
    """Return the token that messages of a component carry in this session.

    Parameters
    ----------
    key
        The component's key.
    """
    token: str = st.session_state.setdefault(f"{key}_session", secrets.token_hex(8))
    return token


def newest_message(key: str) -> tuple[Mapping[str, Any] | None, int]:
    """Return the component's newest message of this session, even if it was taken, and its number; else None and 0."""
    state = st.session_state.get(key)
    message = state.get("message") if isinstance(state, Mapping) else None
    if not isinstance(message, Mapping) or message.get("session") != session_token(key):
        return None, 0
    number = message.get("seq")
    return message, number if isinstance(number, int) and not isinstance(number, bool) else 0


def is_taken(key: str, number: int) -> bool:
    """Return whether the message with a number was taken before; it counts as taken from now on."""
    taken = f"{key}_message_number"
    if number == st.session_state.get(taken, 0):
        return True
    st.session_state[taken] = number
    return False
