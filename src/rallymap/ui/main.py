"""The script that Streamlit runs for each visitor."""

import streamlit as st

st.title("rallymap")
