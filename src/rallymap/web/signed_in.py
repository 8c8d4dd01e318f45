"""The signed-in account for routes: by our own cookie, or through an OpenID Connect provider, as on the pages."""

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
    """Return the account that sends a request, with its current permissions; None for a visitor. Reads the database."""
    now = services.now()
    ours = account_from_cookies(cookie_header(request), services.db, now)
    return ours or account_from_identity(_identity(request), services.db, now)


def _identity(request: Request) -> Mapping[str, object]:
    """Return the claims in Streamlit's signed cookie; {} if there is none, or it is from another origin.

    Streamlit compares the whole origin with that of the page. A request for a file has no ``Origin``, so only the host
    is compared, which is how browsers separate cookies.
    """

    def read_part(name: str) -> bytes | None:
        # The name is part of the signed data; the bytes of headers are decoded as Latin-1.
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
