"""Check a site from its public address: TLS, redirect, headers, WebSocket, and what the proxy forwards."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from rallymap.settings import Settings
from rallymap.upkeep.finding import Finding

TIMEOUT_S: Final = 10.0
CERTIFICATE_LEFT: Final = timedelta(days=14)
CLOCK_TOLERANCE: Final = timedelta(minutes=2)
_NOT_LOOKED_AT = "RALLYMAP_ADDRESS is not set, so it was not looked at how visitors reach the site."


def check_site_address(settings: Settings, now: datetime, context: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """Check the site's own address; no other host is contacted.

    Parameters
    ----------
    context
        Trusted certificates; default: the system's.
    """
    if not settings.address:
        yield Finding("address", _NOT_LOOKED_AT, False)
        return
    url = urlsplit(settings.address)
    is_secure = url.scheme == "https"
    if (url.hostname or "").endswith(".onion"):
        yield Finding("address", f"{settings.address} is reached through Tor; open it in Tor Browser to try it.", None)
        return
    if not is_secure:
        yield Finding("TLS", f"{settings.address} is not https; visitors' forms can be read on the way.", False)
    elif not settings.behind_tls:
        yield Finding("TLS", "The address is https: set behind_tls = true, so that cookies are for https only.", False)
    context = context or ssl.create_default_context()
    try:
        yield from _answers(settings, url, now, context)
        if is_secure:
            yield _certificate(url, now, context)
            yield _redirect(url)
        yield _websocket(url, context)
    except ssl.SSLCertVerificationError as err:
        yield Finding("TLS", f"The certificate is not valid: {err.verify_message}. Renew it or mend its chain.", False)
    except (OSError, http.client.HTTPException) as err:
        reason = getattr(err, "strerror", None) or err
        yield Finding("address", f"{settings.address} does not answer: {reason}. Is the proxy running?", False)


def _answers(settings: Settings, url: SplitResult, now: datetime, context: ssl.SSLContext) -> Iterator[Finding]:
    headers = {"Authorization": f"Bearer {settings.metrics_token}"} if settings.metrics_token else {}
    connection = _connection(url, context)
    try:
        connection.request("GET", f"{url.path}readyz", headers=headers)
        response = connection.getresponse()
        body, status = response.read(100_000), response.status
        answered = {name.lower(): value for name, value in response.getheaders()}
    finally:
        connection.close()
    try:
        said: dict[str, Any] = json.loads(body)
    except ValueError:
        said = {}
    if "database" not in said:
        yield Finding(
            "address", f"{settings.address} answers {status}, but not as rallymap does. Look at the proxy.", False
        )
        return
    wrong = [f"{name}: {text}" for name, text in said.items() if name in ("database", "snapshot") and text != "ok"]
    yield Finding("site", "; ".join(wrong) or f"ready at {settings.address}", not wrong)
    if url.scheme == "https":
        has_hsts = "strict-transport-security" in answered
        yield Finding("HSTS", "sent" if has_hsts else "Strict-Transport-Security is missing: set behind_tls.", has_hsts)
    yield _proxy(said, url)
    if "date" in answered:
        off = abs(parsedate_to_datetime(answered["date"]).astimezone(UTC) - now)
        is_near = off < CLOCK_TOLERANCE
        yield Finding(
            "clock of the proxy", "agrees" if is_near else f"differs by {off}; set it by a time server.", is_near
        )


def _proxy(said: dict[str, Any], url: SplitResult) -> Finding:
    if "forwarded" not in said:
        return Finding(
            "proxy headers",
            "Not looked at: with RALLYMAP_METRICS_TOKEN set, for the server and here, this says whether the proxy "
            "passes addresses on.",
            None,
        )
    if not said["forwarded"]:
        return Finding(
            "proxy headers",
            "The visitor's address does not arrive: let the proxy send X-Forwarded-For, and name the proxy in "
            "RALLYMAP_TRUSTED_PROXIES.",
            False,
        )
    if said["scheme"] != url.scheme:
        return Finding("proxy headers", "The proxy does not send X-Forwarded-Proto; see docs/deploy.", False)
    return Finding("proxy headers", "address and scheme arrive")


def _certificate(url: SplitResult, now: datetime, context: ssl.SSLContext) -> Finding:
    with (
        socket.create_connection(_where(url), TIMEOUT_S) as plain,
        context.wrap_socket(plain, server_hostname=url.hostname) as secure,
    ):
        found = secure.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), UTC)
    is_fine = ends - now > CERTIFICATE_LEFT
    until = f"valid until {ends:%Y-%m-%d}"
    return Finding("certificate", until if is_fine else f"Only {until}; look at its renewal.", is_fine)


def _redirect(url: SplitResult) -> Finding:
    try:
        connection = http.client.HTTPConnection(url.hostname or "", 80, timeout=TIMEOUT_S)
        connection.request("GET", url.path or "/")
        response = connection.getresponse()
        to = response.getheader("location", "")
        connection.close()
    except OSError:
        return Finding("plain http", "port 80 is closed")
    if to.startswith("https://"):
        return Finding("plain http", "leads to https")
    return Finding("plain http", "http:// is answered without https; let the proxy redirect it.", False)


def _websocket(url: SplitResult, context: ssl.SSLContext) -> Finding:
    """Open the page's WebSocket, and close it at once."""
    connection = _connection(url, context)
    origin = f"{url.scheme}://{url.netloc}"
    try:
        connection.request(
            "GET",
            f"{url.path}_stcore/stream",
            headers={
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
                "Origin": origin,
            },
        )
        status = connection.getresponse().status
    finally:
        connection.close()
    if status == http.client.SWITCHING_PROTOCOLS:
        return Finding("WebSocket", "passes the proxy")
    return Finding("WebSocket", f"It is answered with {status}: let the proxy pass Upgrade on (docs/deploy).", False)


def _connection(url: SplitResult, context: ssl.SSLContext) -> http.client.HTTPConnection:
    host, port = _where(url)
    if url.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S, context=context)
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)


def _where(url: SplitResult) -> tuple[str, int]:
    return url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
