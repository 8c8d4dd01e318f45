"""Settings of one running rallymap: from the environment, which this module alone reads, and the settings file."""

from __future__ import annotations

import difflib
import os
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from rallymap.errors import SettingsError
from rallymap.hosting import Host, Retention, own_text, read_host, read_licence, read_retention
from rallymap.licences import CC_BY, Licence
from rallymap.limits import Limits, read_limits
from rallymap.mail_server import MailServer, read_mail_server
from rallymap.setting_values import (
    LOOPBACK,
    read_choice,
    read_count,
    read_flag,
    read_frame_sources,
    read_http_url,
    read_networks,
    read_seconds,
    read_site_address,
    read_tile_url,
)
from rallymap.settings_file import LINES, SETTINGS_FILE, read_settings_file

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
ACCEPTED_DATABASE_URLS = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
LEAST_TOKEN = 16
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
    address
        Where visitors find the site (``RALLYMAP_ADDRESS``), with a slash at its end; "" where it is not set. The
        site is served below its path.
    bundled_events
        Whether a new database is filled with the bundled events (``RALLYMAP_BUNDLED_EVENTS=0`` begins empty).
    host, licence, retention
        See :mod:`rallymap.hosting`.
    limits
        How often visitors may do things (``RALLYMAP_LIMITS``), see :mod:`rallymap.limits`.
    mail
        The mail server (``RALLYMAP_MAIL_HOST`` and so on), see :mod:`rallymap.mail_server`.
    metrics_token
        Who asks ``/metrics`` has to send it (``RALLYMAP_METRICS_TOKEN``); "": there is no such page.
    backup_dir
        Folder for backups (``RALLYMAP_BACKUP_DIR``, default ``home/backups``).
    keep_backups
        How many backups are kept in it (``RALLYMAP_KEEP_BACKUPS``).
    backup_passphrase
        Encrypts backups (``RALLYMAP_BACKUP_PASSPHRASE``); "" when it is asked for, or not wanted.
    given
        What the operator set, as text by environment variable; holds secrets.
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
    address: str = ""
    bundled_events: bool = True
    host: Host = field(default_factory=Host)
    licence: Licence = CC_BY
    retention: Retention = field(default_factory=Retention)
    limits: Limits = field(default_factory=Limits)
    mail: MailServer = field(default_factory=MailServer)
    backup_dir: Path = Path()
    keep_backups: int = 14
    backup_passphrase: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    given: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from the environment, and from the settings file in the home folder what is not set there.

        Parameters
        ----------
        environ
            Names and values; the process environment when left out.

        Raises
        ------
        SettingsError
            If a variable or a line of the file has a value of the wrong form; the sentence names it and the accepted
            form.
        """
        variables = os.environ if environ is None else environ
        home = Path(variables.get("RALLYMAP_HOME") or "var").expanduser().resolve()
        _check_names(variables)
        env = read_settings_file(home / SETTINGS_FILE)
        env.update((line.variable, text) for line in LINES.values() if (text := variables.get(line.variable)))
        url = env.get("RALLYMAP_DATABASE_URL") or f"sqlite:///{home / 'rallymap.db'}"
        return cls(
            home=home,
            database_url=_database_url(url),
            key_file=Path(env.get("RALLYMAP_KEY_FILE") or home / "rallymap.key").expanduser().resolve(),
            data_dir=Path(env.get("RALLYMAP_DATA") or _bundled_data()).expanduser().resolve(),
            site_name=" ".join((env.get("RALLYMAP_SITE_NAME") or "rallymap").split())[:40],  # a line: it heads mails
            tile_url=read_tile_url(env, "RALLYMAP_TILE_URL"),
            tile_attribution=env.get("RALLYMAP_TILE_ATTRIBUTION", "").strip()[:200],
            behind_tls=read_flag(env, "RALLYMAP_BEHIND_TLS"),
            trusted_proxies=read_networks(env, "RALLYMAP_TRUSTED_PROXIES"),
            geocoder=read_choice(env, "RALLYMAP_GEOCODER", PLACE_SERVICES),
            geocoder_url=read_http_url(env, "RALLYMAP_GEOCODER_URL"),
            geocoder_delay_s=read_seconds(env, "RALLYMAP_GEOCODER_DELAY_S", 15.0),
            embed_from=read_frame_sources(env, "RALLYMAP_EMBED_FROM"),
            contact_url=read_http_url(env, "RALLYMAP_CONTACT_URL"),
            two_moderators_for_future_venues=read_flag(env, "RALLYMAP_TWO_MODERATORS"),
            log_details=read_flag(env, "RALLYMAP_LOG_DETAILS"),
            address=read_site_address(env, "RALLYMAP_ADDRESS"),
            bundled_events=read_flag(env, "RALLYMAP_BUNDLED_EVENTS", default=True),
            host=read_host(env),
            licence=read_licence(env),
            retention=read_retention(env),
            limits=read_limits(env),
            mail=read_mail_server(env),
            metrics_token=_token(env, "RALLYMAP_METRICS_TOKEN"),
            backup_dir=Path(env.get("RALLYMAP_BACKUP_DIR") or home / "backups").expanduser().resolve(),
            keep_backups=read_count(env, "RALLYMAP_KEEP_BACKUPS", 14, least=1, unit="backups"),
            backup_passphrase=env.get("RALLYMAP_BACKUP_PASSPHRASE", ""),
            given=MappingProxyType({name: value for name, value in env.items() if value}),
        )

    @property
    def base_path(self) -> str:
        """The path below which the site is served, such as ``/rallies``; "" where it has its host for itself."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def file_path(self) -> Path:
        """The settings file; it need not exist."""
        return self.home / SETTINGS_FILE

    @property
    def has_own_data(self) -> bool:
        """Whether the operator named a folder of tables of their own."""
        return bool(self.given.get("RALLYMAP_DATA"))

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is PostgreSQL, which several processes may share."""
        return self.database_url.startswith("postgresql")

    @property
    def overrides_path(self) -> Path:
        """The operator's own place answers, a CSV that wins over every other source."""
        return self.home / "place-overrides.csv"

    @property
    def answers_path(self) -> Path:
        """Remembered lookups of the online stage; disposable."""
        return self.home / "place-answers.db"

    @property
    def language_dir(self) -> Path:
        """Folder with catalogues of sentences (``.po``) that the operator changed or added."""
        return self.home / "language"

    @property
    def privacy_dir(self) -> Path:
        """Folder with the operator's privacy text in each language (``de.txt``)."""
        return self.home / "privacy"

    @property
    def imprint_dir(self) -> Path:
        """Folder with the operator's imprint in each language (``de.txt``)."""
        return self.home / "imprint"

    @property
    def licence_dir(self) -> Path:
        """Folder with what the operator adds to the licence of the events, in each language (``de.txt``)."""
        return self.home / "licence"

    @property
    def own_text_dirs(self) -> tuple[Path, ...]:
        """The folders that hold a text of the operator for each language."""
        return self.privacy_dir, self.imprint_dir, self.licence_dir

    def licence_for(self, language: str) -> Licence:
        """Return the licence of the events that are sent in here, with what the operator adds to it in a language."""
        return replace(self.licence, text=own_text(self.licence_dir, language, self.licence.text))

    def said_in_answers(self, language: str) -> tuple[object, ...]:
        """Return what public pages, files and feeds in a language say of the site and who runs it."""
        return self.site_name, self.address, self.contact_url, self.host, self.licence_for(language)

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
        raise SettingsError("RALLYMAP_DATABASE_URL", f"{scheme}:…", ACCEPTED_DATABASE_URLS)
    # The driver is ours to choose; operators write the plain scheme they know from elsewhere.
    return "postgresql+psycopg" + url[len("postgresql") :] if scheme == "postgresql" else url


def _token(env: Mapping[str, str], name: str) -> str:
    token = env.get(name, "").strip()
    if token and (len(token) < LEAST_TOKEN or not token.isascii() or " " in token):
        raise SettingsError(name, "…", f"at least {LEAST_TOKEN} letters and digits, without spaces; or empty")
    return token


def _check_names(variables: Mapping[str, str]) -> None:
    """Refuse an environment variable that has nearly the name of a setting: it would be off without a word.

    Raises
    ------
    SettingsError
        With the name that is probably meant.
    """
    known = {line.variable for line in LINES.values()} | {"RALLYMAP_HOME"}
    for name in variables.keys() - known:
        if name.startswith("RALLYMAP_") and (near := difflib.get_close_matches(name, known, n=1, cutoff=0.9)):
            raise SettingsError("The environment", name, f"names of settings; perhaps {near[0]}")
