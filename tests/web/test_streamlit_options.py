"""The options file holds, wherever the app is started from."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit import config

from rallymap.web.streamlit_options import apply_streamlit_options, options_file

SAFE = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "localhost",
    "client.allowedOrigins": [],
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "logger.enableRich": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
}


def test_options_are_safe_once_applied() -> None:
    apply_streamlit_options()
    assert {name: config.get_option(name) for name in SAFE} == SAFE


@pytest.mark.slow
def test_options_hold_in_any_folder(tmp_path: Path) -> None:
    script = (
        "from rallymap.web.streamlit_options import apply_streamlit_options as apply\n"
        "from streamlit import config\n"
        "apply()\n"
        "print(config.get_option('browser.gatherUsageStats'), config.get_option('client.allowedOrigins'))"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout == "False []\n"


@pytest.mark.slow
def test_options_of_the_operator_win(tmp_path: Path) -> None:
    script = (
        "from streamlit import config\n"
        "config.get_config_options(force_reparse=True, options_from_flags={'server.maxUploadSize': 3})\n"
        "from rallymap.web.streamlit_options import apply_streamlit_options as apply\n"
        "apply()\n"
        "print(config.get_option('server.maxUploadSize'), config.get_option('server.maxMessageSize'))"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert answer.stdout == "3 20\n"


def test_options_are_all_known_to_streamlit() -> None:
    tree = tomllib.loads(options_file().read_text("utf-8"))
    names = {f"{section}.{name}" for section, options in tree.items() if section != "theme" for name in options}
    assert sorted(name for name in names if name not in config.get_config_options()) == []
