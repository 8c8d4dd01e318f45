"""Serve the app from the present folder, whose ``secrets.toml`` names a provider: ``PORT ISSUER CLIENT_ID SECRET``."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

from rallymap.cli import main

port, issuer, client_id, client_secret = sys.argv[1:]
folder = Path(".streamlit")
folder.mkdir()
folder.joinpath("secrets.toml").write_text(
    f"""
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{secrets.token_urlsafe(32)}"
client_id = "{client_id}"
client_secret = "{client_secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
)
main(["serve", "--port", port])
