"""Session state of the import steps."""

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
    """Delete steps that are no longer valid."""
    for name in names:
        st.session_state.pop(name, None)


def idempotency_key(form: str) -> str:
    """Return the idempotency key of a form, stable until :func:`forget_key`: a form that is sent twice acts once."""
    key: str = st.session_state.setdefault(_KEY.format(form), secrets.token_urlsafe(18))
    return key


def forget_key(form: str) -> None:
    """Give a form a new idempotency key after it was sent or changed."""
    forget(_KEY.format(form))


def start_again() -> None:
    """Delete the file and all settings for it."""
    for name in [name for name in st.session_state if str(name).startswith("import_") and name != ROUND]:
        del st.session_state[name]
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
