"""Settings of one running rallymap; this module alone reads the environment."""

from __future__ import annotations

import ipaddress
import os
import re
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rallymap.errors import SettingsError

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
LOOPBACK = ("127.0.0.0/8", "::1/128")
_FRAME_SOURCE = re.compile(r"https?://(\*\.)?[a-zA-Z0-9.-]+(:\d{1,5})?")
PLACE_SERVICES = ("", "nominatim", "photon", "pelias")


@dataclass(frozen=True)
class Settings:
    """All settings; build with :meth:`from_env`.

    Attributes
    ----------
    home
        Folder for everything rallymap writes (``RALLYMAP_HOME``, default ``./var``).
    database_url
        SQLAlchemy URL (``RALLYMAP_DATABASE_URL``, default SQLite at ``home/rallymap.db``).
    key_file
        The secret key (``RALLYMAP_KEY_FILE``, default ``home/rallymap.key``). Several servers on one PostgreSQL
        database need copies of the same file.
    data_dir
        Folder with the tables that fill a new database (``RALLYMAP_DATA``); ``data/README.md`` describes them.
    site_name
        Shown in the top bar (``RALLYMAP_SITE_NAME``).
    tile_url, tile_attribution
        Street tiles a visitor may switch on (``RALLYMAP_TILE_URL`` with ``{z} {x} {y}``, and its credit
        ``RALLYMAP_TILE_ATTRIBUTION``); empty: there is no such switch.
    behind_tls
        Whether visitors reach us by https (``RALLYMAP_BEHIND_TLS=1``); cookies are then ``Secure``, and browsers are
        configured to use https only.
    trusted_proxies
        Addresses and networks of proxies that say whose request they pass on (``RALLYMAP_TRUSTED_PROXIES``, comma
        separated; default: this machine). ``none``: every request is from the address it comes from.
    geocoder, geocoder_url, geocoder_delay_s
        Opt-in online stage of geocoding (``RALLYMAP_GEOCODER`` = nominatim, photon or pelias, ``_URL``,
        ``_DELAY_S`` between two requests); empty means that nothing is ever sent.
    embed_from
        Sites that may show the map of ``/embed`` in a frame (``RALLYMAP_EMBED_FROM``: addresses such as
        ``https://news.example`` or ``https://*.example.org`` with commas between them, ``any``, or ``none``), as
        sources of ``frame-ancestors``. Default: any, because that page holds nothing but public data and runs in an
        origin of its own, without cookies, sign-in or forms: there is nothing that a page around it could trick
        a visitor into doing.
    contact_url
        Where visitors write to the operator (``RALLYMAP_CONTACT_URL``), shown on About; may be empty.
    two_moderators_for_future_venues
        Whether a future venue needs two moderators (``RALLYMAP_TWO_MODERATORS=1``).
    log_details
        Whether the log holds the messages of unforeseen exceptions (``RALLYMAP_LOG_DETAILS=1``); they may quote what
        visitors typed.
    """

    home: Path
    database_url: str
    data_dir: Path
    key_file: Path
    site_name: str = "rallymap"
    tile_url: str = ""
    tile_attribution: str = ""
    behind_tls: bool = False
    trusted_proxies: tuple[str, ...] = LOOPBACK
    geocoder: str = ""
    geocoder_url: str = ""
    geocoder_delay_s: float = 15.0
    contact_url: str = ""
    embed_from: tuple[str, ...] = ("*",)
    two_moderators_for_future_venues: bool = False
    log_details: bool = False

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment.

        Parameters
        ----------
        environ
            Names and values; the process environment when left out.

        Raises
        ------
        SettingsError
            If a variable has a value of the wrong form; the sentence names it and the accepted form.
        """
        env = os.environ if environ is None else environ
        home = Path(env.get("RALLYMAP_HOME") or "var").expanduser().resolve()
        url = env.get("RALLYMAP_DATABASE_URL") or f"sqlite:///{home / 'rallymap.db'}"
        return cls(
            home=home,
            database_url=_database_url(url),
            key_file=Path(env.get("RALLYMAP_KEY_FILE") or home / "rallymap.key").expanduser().resolve(),
            data_dir=Path(env.get("RALLYMAP_DATA") or _bundled_data()).expanduser().resolve(),
            site_name=(env.get("RALLYMAP_SITE_NAME") or "rallymap").strip()[:40],
            tile_url=_tile_url(env.get("RALLYMAP_TILE_URL", "")),
            tile_attribution=env.get("RALLYMAP_TILE_ATTRIBUTION", "").strip()[:200],
            behind_tls=_flag(env, "RALLYMAP_BEHIND_TLS"),
            trusted_proxies=_networks(env, "RALLYMAP_TRUSTED_PROXIES"),
            geocoder=_choice(env, "RALLYMAP_GEOCODER", PLACE_SERVICES),
            geocoder_url=_http_url(env, "RALLYMAP_GEOCODER_URL"),
            geocoder_delay_s=_positive(env, "RALLYMAP_GEOCODER_DELAY_S", 15.0),
            embed_from=_embed_from(env.get("RALLYMAP_EMBED_FROM", "")),
            contact_url=_http_url(env, "RALLYMAP_CONTACT_URL"),
            two_moderators_for_future_venues=_flag(env, "RALLYMAP_TWO_MODERATORS"),
            log_details=_flag(env, "RALLYMAP_LOG_DETAILS"),
        )

    @property
    def overrides_path(self) -> Path:
        """The operator's own place answers, a CSV that wins over every other source."""
        return self.home / "place-overrides.csv"

    @property
    def answers_path(self) -> Path:
        """Remembered lookups of the online stage; disposable."""
        return self.home / "place-answers.db"

    @property
    def written_files(self) -> list[Path]:
        """What rallymap has written into its folder."""
        return sorted([*self.home.glob("rallymap.*"), *self.home.glob("place-*")])


def _bundled_data() -> str:
    """Find ``data/``: next to the checkout's ``src/``, else where the wheel put its copy."""
    checkout = Path(__file__).resolve().parents[2] / "data"
    installed = Path(sysconfig.get_path("data")) / "share" / "rallymap" / "data"
    return str(checkout if (checkout / "events.csv").exists() else installed)


def _database_url(url: str) -> str:
    scheme = url.split(":", 1)[0]
    if scheme not in DATABASE_SCHEMES:
        raise SettingsError(
            "RALLYMAP_DATABASE_URL", f"{scheme}:…", "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        )
    # The driver is ours to choose; operators write the plain scheme they know from elsewhere.
    return "postgresql+psycopg" + url[len("postgresql") :] if scheme == "postgresql" else url


def _tile_url(url: str) -> str:
    if url and not (url.startswith(("http://", "https://", "/")) and all(k in url for k in ("{z}", "{x}", "{y}"))):
        raise SettingsError("RALLYMAP_TILE_URL", url, "https://HOST/…/{z}/{x}/{y}.png, or empty")
    return url


def _http_url(env: Mapping[str, str], name: str) -> str:
    url = env.get(name, "").strip()
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc):
        raise SettingsError(name, url, "an http:// or https:// address, or empty")
    return url


def _embed_from(text: str) -> tuple[str, ...]:
    named = [part.strip() for part in text.split(",") if part.strip()]
    if [part.lower() for part in named] in ([], ["any"]):
        return ("*",)
    if [part.lower() for part in named] == ["none"]:
        return ()
    for part in named:
        # Anything else in it would end the directive of the header and begin another one.
        if not _FRAME_SOURCE.fullmatch(part):
            raise SettingsError(
                "RALLYMAP_EMBED_FROM",
                part,
                "addresses with commas between them, such as https://news.example; or any; or none",
            )
    return tuple(named)


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise SettingsError(name, value, "1 or 0")
    return value in ("1", "yes", "true")


def _networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    text = env.get(name, "").strip()
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


def _choice(env: Mapping[str, str], name: str, accepted: tuple[str, ...]) -> str:
    value = env.get(name, "").strip().lower()
    if value not in accepted:
        raise SettingsError(name, value, ", ".join(c or "empty" for c in accepted))
    return value


def _positive(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name, "").strip()
    try:
        value = float(text) if text else default
    except ValueError as err:
        raise SettingsError(name, text, "a number of seconds above 0") from err
    if not 0 < value < 86400:
        raise SettingsError(name, text, "a number of seconds above 0")
    return value
