"""Entry point for ``streamlit run app.py`` and for any ASGI server (``uvicorn app:app``)."""

from streamlit import App

from rallymap.web.app import app_parts

app = App(**app_parts())
