"""The organiser's form alone, for AppTest: a new event, or one's own where the address has a key."""

from __future__ import annotations

import streamlit as st

from rallymap.ui.submit import edit_link, new_event
from rallymap.workflows.services import running_services

(edit_link if "key" in st.query_params else new_event).render(running_services())
