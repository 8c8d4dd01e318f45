"""An OpenID Connect provider for tests, with one person, whose sign-in always succeeds."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET, SUBJECT = "rallymap-test", "not a secret", "248289761001"


class Provider(ThreadingHTTPServer):
    """A provider on a free port of this machine.

    `issued_ago_s` is the age of its tokens in seconds.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig"})
        self.nonces: dict[str, str] = {}
        self.issued_ago_s = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider for a while."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        issuer = self.server.issuer
        if url.path == "/.well-known/openid-configuration":
            self._answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                    "code_challenge_methods_supported": ["S256"],
                }
            )
        elif url.path == "/keys":
            self._answer({"keys": [self.server.key.as_dict(private=False)]})
        elif url.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            code = secrets.token_urlsafe(16)
            self.server.nonces[code] = asked["nonce"]
            self.send_response(302)
            self.send_header(
                "location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        issued = int(time.time()) - self.server.issued_ago_s
        claims = {
            "iss": self.server.issuer,
            "sub": SUBJECT,
            "aud": CLIENT_ID,
            "iat": issued,
            "exp": int(time.time()) + 600,
            "nonce": self.server.nonces.pop(form["code"][0]),
            "email": "kim@example.org",
        }
        token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.server.key)
        self._answer({"access_token": "unused", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    def _answer(self, body: object) -> None:
        packed = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_words: object) -> None:
        """Print nothing: the test's own output is enough."""
