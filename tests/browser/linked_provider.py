"""The settings by which a site signs people in through a provider."""

from __future__ import annotations

import secrets
from pathlib import Path


def link_provider(port: int, *, issuer: str, client_id: str, client_secret: str) -> None:
    """Write a ``secrets.toml`` that names the provider into the present folder."""
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
