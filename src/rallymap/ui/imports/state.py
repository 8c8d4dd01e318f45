"""What the steps of an import keep in a visitor's session."""

from __future__ import annotations

import secrets

import streamlit as st

FILE, PLAN, DONE = "import_file", "import_plan", "import_done"
ROUND = "import_round"
SHEETS, HEADER = "import_sheets", "import_header"
REPORT = "import_report"
FIELD = "import_field_{}"
DEFAULT = "import_default_{}"
_KEY = "import_key_{}"


def forget(*names: str) -> None:
    """Forget steps that no longer hold."""
    for name in names:
        st.session_state.pop(name, None)


def idempotency_key(form: str) -> str:
    """Return the key of a form, the same until :func:`forget_key`: a form that is sent twice is done once."""
    key: str = st.session_state.setdefault(_KEY.format(form), secrets.token_urlsafe(18))
    return key


def forget_key(form: str) -> None:
    """Give a form a new key, as it was done or says something else now."""
    forget(_KEY.format(form))


def start_again() -> None:
    """Forget the file and all that was said about it."""
    for name in [name for name in st.session_state if str(name).startswith("import_") and name != ROUND]:
        del st.session_state[name]
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
