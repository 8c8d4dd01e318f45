"""The slider of the rivals on Streamlit: a range of days, as rallymap's own."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from benchmarks.rivals.columns import STEP_DAYS, read_columns


def chosen_period() -> tuple[date, date]:
    """Render the slider on a wide page; initially all days are selected."""
    st.set_page_config(layout="wide")
    first, last = read_columns().bounds()
    return st.slider("Period", first, last, (first, last), step=timedelta(days=STEP_DAYS))
