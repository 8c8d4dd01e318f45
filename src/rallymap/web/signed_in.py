"""Who is signed in, for routes: by our own cookie, or through an OpenID Connect provider, as on the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from rallymap.moderation import Account
from rallymap.web.sign_in import cookie_header
from rallymap.workflows.services import Services
from rallymap.workflows.sessions import account_from_cookies, account_from_identity


def signed_in_account(request: Request, services: Services) -> Account | None:
    """Return who sends a request, with the rights they have at this moment; None for a visitor. Reads the database."""
    now = services.now()
    ours = account_from_cookies(cookie_header(request), services.db, now)
    return ours or account_from_identity(_identity(request), services.db, now)


def _identity(request: Request) -> Mapping[str, object]:
    """Return the claims that Streamlit keeps in its signed cookie; {} where there is none, or one of another origin.

    Streamlit compares the whole origin with that of the page. A request that opens a file sends no ``Origin``, so the
    host has to do; it is the part that a browser keeps cookies apart by.
    """

    def read_part(name: str) -> bytes | None:
        # The name is part of what is signed; a header's bytes are read as Latin-1.
        return decode_signed_value(get_cookie_secret(), name, request.cookies.get(name, "").encode("latin-1"))

    signed = get_cookie_with_chunks(read_part, AUTH_COOKIE_NAME)
    try:
        claims = json.loads(signed or b"{}")
    except ValueError:
        return {}
    if not isinstance(claims, dict):
        return {}
    host = urlsplit(str(claims.get("origin"))).netloc.lower()
    return claims if host == request.headers.get("host", "").lower() else {}
