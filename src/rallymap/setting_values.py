"""Parse the value of a setting, or raise an error that names the accepted form."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from rallymap.errors import SettingsError

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
ACCEPTED_DATABASE_URLS = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
LEAST_TOKEN = 16
_MOST_DIGITS = 100
_SECONDS = "a number of seconds above 0 and below 86400"
LOOPBACK = ("127.0.0.0/8", "::1/128")
_SITE_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
_NOT_IN_ADDRESSES = re.compile(r'[\s\x00-\x1f\x7f<>"]')
_DATABASE_PORT = re.compile(r"postgresql[^:]*://(?:[^:/]*(?::[^@]*)?@)?+(?:\[[^\]]*\]|[^/:?]*):([^/?]*)")
"""As SQLAlchemy reads addresses: an "@" behind the host belongs to the name of the database or to an option."""
_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
_TILE_PARTS = {"{z}", "{x}", "{y}"}
_FRAME_SOURCE = re.compile(r"https?://(\*\.)?[a-zA-Z0-9.-]+(:\d{1,5})?")


def read_tile_url(values: Mapping[str, str], name: str) -> str:
    """Read the URL template of street tiles."""
    url = values.get(name, "").strip()
    named = _PLACEHOLDER.findall(url)
    is_right = url.startswith(("http://", "https://", "/")) and _TILE_PARTS <= set(named) <= {
        *_TILE_PARTS,
        "{s}",
        "{r}",
    }
    if url and (not is_right or _NOT_IN_ADDRESSES.search(url)):
        raise SettingsError(name, url, "https://HOST/…/{z}/{x}/{y}.png, also with {s} and {r}; or empty")
    return url


def read_http_url(values: Mapping[str, str], name: str) -> str:
    """Read a web address; non-ASCII characters are encoded as browsers do, because the address is used in headers."""
    url = values.get(name, "").strip()
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        is_right = is_right and not _NOT_IN_ADDRESSES.search(url)
        plain = url if url.isascii() else _in_ascii(url, parts.netloc)
    except ValueError:
        is_right = False
    if url and not is_right:
        raise SettingsError(name, url, "an http:// or https:// address, or empty")
    return plain if url else ""


def _in_ascii(url: str, netloc: str) -> str:
    """Return an address with its host in Punycode and all else percent-encoded; UnicodeError if the host is invalid."""
    user, at, place = netloc.rpartition("@")
    host, colon, port = place.partition(":")
    named = host if host.isascii() else host.encode("idna").decode()
    before, _, after = url.partition(netloc)
    found = f"{before}{user}{at}{named}{colon}{port}{after}"
    return "".join(char if char.isascii() else quote(char) for char in found)


def read_site_address(values: Mapping[str, str], name: str) -> str:
    """Read the site's address, with a slash at the end; "" if not set."""
    url = read_http_url(values, name)
    parts = urlsplit(url)
    # The path is used in links, redirects and cookies.
    if parts.query or parts.fragment or "@" in parts.netloc or not _SITE_PATH.fullmatch(parts.path):
        raise SettingsError(
            name, url, "https://HOST/ or https://HOST/PATH/, its path of letters, digits and .-_~ alone; or empty"
        )
    return f"{url.rstrip('/')}/" if url else ""


def read_database_url(url: str) -> str:
    """Read the address of the database; its password may have any characters, and is not in an error."""
    scheme, port = url.split(":", 1)[0], _DATABASE_PORT.match(url)
    is_wrong_port = port is not None and bool(port[1]) and read_number(port[1], 1, 65_535) is None
    if scheme not in DATABASE_SCHEMES or is_wrong_port:
        raise SettingsError("RALLYMAP_DATABASE_URL", f"{scheme}:…", ACCEPTED_DATABASE_URLS)
    # The driver is an internal choice; operators write the plain scheme.
    return "postgresql+psycopg" + url[len("postgresql") :] if scheme == "postgresql" else url


def read_frame_sources(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read which sites may show a page in a frame, as sources for ``frame-ancestors``."""
    named = [part.strip() for part in values.get(name, "").split(",") if part.strip()]
    if [part.lower() for part in named] in ([], ["any"]):
        return ("*",)
    if [part.lower() for part in named] == ["none"]:
        return ()
    for part in named:
        # Other characters would end the directive in the header and begin another one.
        if not _FRAME_SOURCE.fullmatch(part):
            raise SettingsError(
                name, part, "addresses with commas between them, such as https://news.example; or any; or none"
            )
    return tuple(named)


def read_path(values: Mapping[str, str], name: str, default: Path | str) -> Path:
    """Read the path of a file or folder as an absolute one."""
    text = values.get(name, "").strip()
    try:
        return Path(text or default).expanduser().resolve()
    except (ValueError, RuntimeError, OSError) as err:  # a NUL, an unknown user behind "~", a circle of links
        raise SettingsError(name, text, "the path of a file or folder") from err


def read_flag(values: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Read a boolean."""
    value = values.get(name, "").strip().lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(name, value, "1 or 0")
    return value in ("1", "yes", "true") if value else default


def read_networks(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read a list of addresses and networks."""
    text = values.get(name, "").strip()
    if not text:
        return LOOPBACK
    if text.lower() == "none":
        return ()
    try:
        return tuple(str(ipaddress.ip_network(part.strip(), strict=False)) for part in text.split(","))
    except ValueError as err:
        raise SettingsError(
            name, text, "addresses and networks with commas between them, such as 10.0.0.5, 172.16.0.0/12; or none"
        ) from err


def read_choice(values: Mapping[str, str], name: str, accepted: tuple[str, ...]) -> str:
    """Read one of the accepted words."""
    value = values.get(name, "").strip().lower()
    if value not in accepted:
        raise SettingsError(name, value, ", ".join(c or "empty" for c in accepted))
    return value


def read_seconds(values: Mapping[str, str], name: str, default: float) -> float:
    """Read a duration above 0 and below a day, in seconds."""
    text = values.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError as err:
        raise SettingsError(name, text, _SECONDS) from err
    if not 0 < value < 86400:
        raise SettingsError(name, text, _SECONDS)
    return value


def read_line(values: Mapping[str, str], name: str, *, max_length: int) -> str:
    """Read a text of at most `max_length` characters; line breaks become spaces."""
    return read_text({name: " ".join(values.get(name, "").split())}, name, max_length=max_length)


def read_text(values: Mapping[str, str], name: str, *, max_length: int) -> str:
    """Read a text of at most `max_length` characters; it can have several lines."""
    text = values.get(name, "").strip()
    if len(text) > max_length:
        raise SettingsError(name, f"{text[:40]}…", f"{max_length} characters at most; this has {len(text)}")
    if any(not char.isprintable() and char not in "\n\t" for char in text):
        raise SettingsError(name, text[:40], "a text without control characters")
    return text


def read_count(values: Mapping[str, str], name: str, default: int, *, min_value: int, unit: str) -> int:
    """Read a whole number of `unit`, from `min_value` to 36 500 (a hundred years of days)."""
    text = values.get(name, "").strip()
    if not text:
        return default
    number = read_number(text, min_value, 36_500)
    if number is None:
        raise SettingsError(name, text, f"a whole number of {unit} from {min_value} to 36500")
    return number


def read_number(text: str, min_value: int, max_value: int) -> int | None:
    """Return the whole number of a text, in digits of any script; None if it has none, or one outside of the limits."""
    # Python refuses to convert thousands of digits.
    number = int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
    return number if number is not None and min_value <= number <= max_value else None


def read_token(values: Mapping[str, str], name: str) -> str:
    """Read a secret that requests have to send; it may be empty."""
    token = values.get(name, "").strip()
    if token and (len(token) < LEAST_TOKEN or not token.isascii() or " " in token):
        raise SettingsError(name, "…", f"at least {LEAST_TOKEN} letters and digits, without spaces; or empty")
    return token
