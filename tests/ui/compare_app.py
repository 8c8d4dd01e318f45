"""Compare alone, in the language of its address, for AppTest."""

from __future__ import annotations

import streamlit as st

from rallymap.language import choose_language, languages, set_language
from rallymap.ui import compare
from rallymap.workflows.services import running_services

# AppTest has no cookies to ask; the page leaves the language out of the address that it writes.
set_language(choose_language(languages(), st.session_state.setdefault("lang", st.query_params.get("lang", ""))))
compare.render(running_services())
