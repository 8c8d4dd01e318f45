"""Streamlit's options, from one file that checkout and wheel share."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Iterator
from pathlib import Path

from streamlit import config

from rallymap.errors import AssetError
from rallymap.file_faults import shipped_file_fault

SOURCE = "rallymap"
"""Streamlit records where each option was set; this is our name there."""

CHECKOUT_FILE = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"
INSTALLED_SUFFIX = "share/rallymap/streamlit/config.toml"


def apply_streamlit_options() -> None:
    """Set Streamlit's options for this process, independent of the working directory.

    Streamlit looks for its file in the working directory and next to the script, and finds neither after a plain ``pip
    install`` or under an ASGI server. Options from a flag or an environment variable take precedence.

    Raises
    ------
    AssetError
        If the file is missing or damaged.
    """
    path = options_file()
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as err:
        raise AssetError(shipped_file_fault("The file with Streamlit's options", err, path), detail=str(err)) from err
    for name, value in _flat(tree):
        # Both of Streamlit's records for "set by the operator" end in these words.
        if not config.get_where_defined(name).endswith("environment variable"):
            config.set_option(name, value, SOURCE)


def options_file() -> Path:
    """Return the path of ``config.toml``: in the checkout, else of the wheel's copy."""
    if CHECKOUT_FILE.exists():
        return CHECKOUT_FILE
    for file in importlib.metadata.files("rallymap") or ():
        if file.as_posix().endswith(INSTALLED_SUFFIX):
            return Path(str(file.locate()))
    raise AssetError("The file with Streamlit's options is missing; reinstall rallymap.")


def _flat(tree: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
