"""Settings of the mail server, and validation of e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rallymap.errors import SettingsError
from rallymap.setting_values import read_choice, read_number
from rallymap.visible_text import strip_unseen

SECURITY = ("starttls", "tls", "none")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
MAX_ADDRESS = 254
_HOST = re.compile(r"[\w.-]{1,253}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+(%[\w.-]+)?")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>(),;:\\\"\[\]\x00-\x1f\x7f]{1,189}")


@dataclass(frozen=True, slots=True)
class MailServer:
    """How the site sends mail; `host` is "" if it sends none.

    Attributes
    ----------
    security
        ``starttls``, ``tls`` (implicit TLS), or ``none`` for a mail server on this machine.
    user, password
        "" if the server requires none.
    sender
        Address in the From header.
    """

    host: str = ""
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""

    @property
    def is_set(self) -> bool:
        """Whether the site sends mail."""
        return bool(self.host)


def read_mail_server(values: Mapping[str, str]) -> MailServer:
    """Read the mail server from the settings.

    Raises
    ------
    SettingsError
        If a value is malformed, or a required one is missing.
    """
    host = values.get("RALLYMAP_MAIL_HOST", "").strip()
    if not host:
        return MailServer()
    if not _HOST.fullmatch(host):
        raise SettingsError("RALLYMAP_MAIL_HOST", host, "the name of a mail server, such as smtp.example.org; no port")
    security = read_choice(values, "RALLYMAP_MAIL_SECURITY", ("", *SECURITY)) or "starttls"
    sender = clean_address(values.get("RALLYMAP_MAIL_FROM", ""))
    if not sender:
        raise SettingsError("RALLYMAP_MAIL_FROM", values.get("RALLYMAP_MAIL_FROM", ""), "an e-mail address")
    if not values.get("RALLYMAP_ADDRESS"):
        raise SettingsError("RALLYMAP_ADDRESS", "", "the address of the site, which mails link to")
    return MailServer(
        host,
        _port(values, _PORTS[security]),
        security,
        values.get("RALLYMAP_MAIL_USER", ""),
        values.get("RALLYMAP_MAIL_PASSWORD", ""),
        sender,
    )


def clean_address(text: str) -> str:
    """Return an e-mail address with its host in ASCII; "" if the text is not an address."""
    text = strip_unseen(text)
    if len(text) > MAX_ADDRESS or not _ADDRESS.fullmatch(text):
        return ""
    user, _, host = text.rpartition("@")
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = ascii_host.split(".")
    is_host = len(labels) > 1 and all(re.fullmatch(r"[A-Za-z0-9-]{1,63}", label) for label in labels)
    return f"{user}@{ascii_host}" if is_host else ""


def _port(values: Mapping[str, str], default: int) -> int:
    text = values.get("RALLYMAP_MAIL_PORT", "").strip()
    if not text:
        return default
    port = read_number(text, 1, 65_535)
    if port is None:
        raise SettingsError("RALLYMAP_MAIL_PORT", text, "a number from 1 to 65535")
    return port
