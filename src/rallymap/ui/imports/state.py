"""What the steps of an import keep in a visitor's session."""

from __future__ import annotations

import streamlit as st

FILE, PLAN, DONE = "import_file", "import_plan", "import_done"
ROUND = "import_round"
SHEETS, HEADER = "import_sheets", "import_header"
REPORT = "import_report"
FIELD = "import_field_{}"
DEFAULT = "import_default_{}"


def forget(*names: str) -> None:
    """Forget steps that no longer hold."""
    for name in names:
        st.session_state.pop(name, None)


def start_again() -> None:
    """Forget the file and all that was said about it."""
    for name in [name for name in st.session_state if str(name).startswith("import_") and name != ROUND]:
        del st.session_state[name]
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
