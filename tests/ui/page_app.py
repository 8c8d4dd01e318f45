"""One page alone, for AppTest, on the open test site; the session names the page."""

from __future__ import annotations

import importlib

import streamlit as st

from tests.web.two_worlds import OPEN

importlib.import_module(f"rallymap.ui.{st.session_state['page']}").render(OPEN[-1].services)
