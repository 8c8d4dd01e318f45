"""A button that works even if the server restarted since the page was rendered."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_PRESSED = "form_pressed"


def lasting_button(label: str, key: str, action: Callable[[], None], *, is_primary: bool = False) -> None:
    """Render the button.

    After a restart Streamlit has lost the callback; the click is only visible in the return value.
    """

    def press() -> None:
        st.session_state[_PRESSED] = key
        action()

    pressed = st.button(label, key=key, type="primary" if is_primary else "secondary", on_click=press)
    if pressed and st.session_state.pop(_PRESSED, None) != key:
        action()
        st.rerun()
