"""The whole site as one ASGI app: Streamlit's pages, our routes, and the gate before both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict

from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import App

from rallymap.settings import Settings
from rallymap.web.gate import Gate
from rallymap.web.headers import HeaderPolicy
from rallymap.web.streamlit_options import apply_streamlit_options

SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "main.py"


class AppParts(TypedDict):
    """The arguments of ``streamlit.App``."""

    script_path: Path
    routes: Sequence[BaseRoute]
    middleware: Sequence[Middleware]
    exception_handlers: Mapping[Any, Any]


def create_app(settings: Settings | None = None) -> App:
    """Build the app that any ASGI server can run.

    Parameters
    ----------
    settings
        Read from the environment when left out.

    Raises
    ------
    SettingsError
        If the environment holds a value that cannot be used.
    AssetError
        If a file of the package is missing.
    """
    return App(**app_parts(settings))


def app_parts(settings: Settings | None = None) -> AppParts:
    """Return what :func:`create_app` hands to ``streamlit.App``.

    ``streamlit run app.py`` finds an app only where that file itself calls ``App``, hence the two functions.
    """
    settings = settings or Settings.from_env()
    apply_streamlit_options()
    policy = HeaderPolicy(settings.tile_url)
    return AppParts(
        script_path=SCRIPT,
        routes=[],
        middleware=[Middleware(Gate, policy=policy, secure_cookies=settings.behind_tls)],
        exception_handlers={},
    )
