"""The cookie of a person who signed in through an OpenID Connect provider, as Streamlit writes and signs it."""

from __future__ import annotations

from datetime import datetime

from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

ISSUER, SUBJECT = "https://provider.example.org", "248289761001"


def provider_cookie(issued_at: datetime, **claims: object) -> dict[str, str]:
    """Return the headers of a browser that came back from the provider at that moment."""
    said: dict[str, object] = {
        "origin": "http://localhost:8501",
        "is_logged_in": True,
        "iss": ISSUER,
        "sub": SUBJECT,
        "iat": int(issued_at.timestamp()),
    }
    parts: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(get_cookie_secret(), name, value)

    def keep(name: str, value: str) -> None:
        parts[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, AUTH_COOKIE_NAME, said | claims, cookie_attr_size=60)
    return {"cookie": "; ".join(f"{name}={value}" for name, value in parts.items())}
