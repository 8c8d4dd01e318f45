"""Settings of a running rallymap, from environment variables (read only here) and the settings file."""

from __future__ import annotations

import difflib
import os
import sysconfig
from collections.abc import Mapping
from contextlib import suppress
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
    read_database_url,
    read_flag,
    read_frame_sources,
    read_http_url,
    read_line,
    read_networks,
    read_path,
    read_seconds,
    read_site_address,
    read_tile_url,
    read_token,
)
from rallymap.settings_file import LINES, SETTINGS_FILE
from rallymap.settings_reading import read_settings_file

MAX_SITE_NAME = 40
DEFAULT_HOME = "var"
PLACE_SERVICES = ("", "nominatim", "photon", "pelias")


@dataclass(frozen=True)
class Settings:
    """All settings; build with :meth:`from_env`.

    Attributes
    ----------
    home
        Folder for all files that rallymap writes (``RALLYMAP_HOME``, default ``./var``).
    database_url
        SQLAlchemy URL (``RALLYMAP_DATABASE_URL``, default SQLite at ``home/rallymap.db``).
    key_file
        File with the secret key (``RALLYMAP_KEY_FILE``, default ``home/rallymap.key``). Several servers on one
        PostgreSQL database need copies of the same file.
    data_dir
        Folder with the tables for a new database (``RALLYMAP_DATA``); ``data/README.md`` describes them.
    site_name
        Name shown in the top bar (``RALLYMAP_SITE_NAME``).
    tile_url, tile_attribution
        Street tiles that a visitor can switch on (``RALLYMAP_TILE_URL`` with ``{z} {x} {y}``, and the credit in
        ``RALLYMAP_TILE_ATTRIBUTION``); if empty, the switch is hidden.
    behind_tls
        Whether visitors use https (``RALLYMAP_BEHIND_TLS=1``). If so, cookies are ``Secure`` and browsers are
        instructed to use https only.
    trusted_proxies
        Addresses and networks of proxies whose forwarding headers are trusted (``RALLYMAP_TRUSTED_PROXIES``, comma
        separated; default: this machine). ``none``: use the address of the connection.
    geocoder, geocoder_url, geocoder_delay_s
        Optional online geocoder (``RALLYMAP_GEOCODER`` = nominatim, photon or pelias, ``_URL``, ``_DELAY_S`` between
        two requests); if empty, no request is ever sent.
    embed_from
        Sites that may show the map of ``/embed`` in a frame (``RALLYMAP_EMBED_FROM``: addresses such as
        ``https://news.example`` or ``https://*.example.org`` with commas between them, ``any``, or ``none``), as
        sources of ``frame-ancestors``. Default: any, because the page contains only public data and runs in its own
        origin, without cookies, sign-in or forms, so that clickjacking has no target.
    contact_url
        Where visitors can write to the operator (``RALLYMAP_CONTACT_URL``), shown on About; can be empty.
    two_moderators_for_future_venues
        Whether publishing a future venue needs two moderators (``RALLYMAP_TWO_MODERATORS=1``).
    log_details
        Whether the log contains the messages of unexpected exceptions (``RALLYMAP_LOG_DETAILS=1``); they can quote what
        visitors typed.
    address
        Public address of the site (``RALLYMAP_ADDRESS``), with a slash at the end; "" if not set. The site is served
        below the path of this address.
    bundled_events
        Whether a new database is filled with the bundled events (``RALLYMAP_BUNDLED_EVENTS=0`` leaves it empty).
    host, licence, retention
        See :mod:`rallymap.hosting`.
    limits
        Rate limits for visitors (``RALLYMAP_LIMITS``), see :mod:`rallymap.limits`.
    mail
        The mail server (``RALLYMAP_MAIL_HOST`` and so on), see :mod:`rallymap.mail_server`.
    metrics_token
        Token that requests to ``/metrics`` must send (``RALLYMAP_METRICS_TOKEN``); if "", the page does not exist.
    backup_dir
        Folder for backups (``RALLYMAP_BACKUP_DIR``, default ``home/backups``).
    keep_backups
        Number of backups to keep in this folder (``RALLYMAP_KEEP_BACKUPS``).
    backup_passphrase
        Encrypts backups (``RALLYMAP_BACKUP_PASSPHRASE``); "" if the command prompts for it or backups are not
        encrypted.
    given
        Values that the operator set, as text by environment variable; contains secrets.
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
        """Read settings from the environment and, if not set there, from the settings file in the home folder.

        Parameters
        ----------
        environ
            Names and values; default: the process environment.

        Raises
        ------
        SettingsError, SettingsFileError
            If the value of a variable or of a line in the file is malformed; the sentence names it and the accepted
            form. Or if the file cannot be read.
        """
        variables = os.environ if environ is None else environ
        home = read_path(variables, "RALLYMAP_HOME", DEFAULT_HOME)
        with suppress(OSError):  # its reason is in the error about the settings file, which cannot be read either
            if home.exists() and not home.is_dir():
                raise SettingsError("RALLYMAP_HOME", str(home), "the path of a folder; this is a file")
        _check_names(variables)
        written = read_settings_file(home / SETTINGS_FILE)
        given = {line.variable: text for line in LINES.values() if (text := variables.get(line.variable))}
        try:
            return cls._read(home, {**written, **given})
        except SettingsError as err:
            # With a file, a setting that is missing is missing there.
            name = next((line.name for line in LINES.values() if line.variable == err.variable), "")
            if err.variable in given or not written or not name:
                raise
            raise SettingsError(f"{name} in {home / SETTINGS_FILE}", err.value, err.accepted) from err

    @classmethod
    def _read(cls, home: Path, env: Mapping[str, str]) -> Settings:
        url = env.get("RALLYMAP_DATABASE_URL") or f"sqlite:///{home / 'rallymap.db'}"
        return cls(
            home=home,
            database_url=read_database_url(url),
            key_file=read_path(env, "RALLYMAP_KEY_FILE", home / "rallymap.key"),
            data_dir=read_path(env, "RALLYMAP_DATA", _bundled_data()),
            site_name=read_line(env, "RALLYMAP_SITE_NAME", max_length=MAX_SITE_NAME) or "rallymap",
            tile_url=read_tile_url(env, "RALLYMAP_TILE_URL"),
            tile_attribution=read_line(env, "RALLYMAP_TILE_ATTRIBUTION", max_length=200),
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
            metrics_token=read_token(env, "RALLYMAP_METRICS_TOKEN"),
            backup_dir=read_path(env, "RALLYMAP_BACKUP_DIR", home / "backups"),
            keep_backups=read_count(env, "RALLYMAP_KEEP_BACKUPS", 14, min_value=1, unit="backups"),
            backup_passphrase=env.get("RALLYMAP_BACKUP_PASSPHRASE", ""),
            given=MappingProxyType({name: value for name, value in env.items() if value}),
        )

    @property
    def base_path(self) -> str:
        """Path below which the site is served, such as ``/rallies``; "" if it is served at the root of its host."""
        return urlsplit(self.address).path.rstrip("/")

    @property
    def file_path(self) -> Path:
        """The settings file; may not exist."""
        return self.home / SETTINGS_FILE

    @property
    def has_own_data(self) -> bool:
        """Whether the operator set a folder with their own tables."""
        return bool(self.given.get("RALLYMAP_DATA"))

    @property
    def is_postgresql(self) -> bool:
        """Whether the database is PostgreSQL, which several processes can share."""
        return self.database_url.startswith("postgresql")

    @property
    def overrides_path(self) -> Path:
        """The operator's place overrides, a CSV with priority over every other source."""
        return self.home / "place-overrides.csv"

    @property
    def answers_path(self) -> Path:
        """Cache of online geocoding results; can be deleted."""
        return self.home / "place-answers.db"

    @property
    def language_dir(self) -> Path:
        """Folder with translation catalogues (``.po``) that the operator changed or added."""
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
        """Folder with the operator's addition to the licence in each language (``de.txt``)."""
        return self.home / "licence"

    @property
    def own_text_dirs(self) -> tuple[Path, ...]:
        """The folders with the operator's texts in each language."""
        return self.privacy_dir, self.imprint_dir, self.licence_dir

    def licence_for(self, language: str) -> Licence:
        """Return the licence of submitted events, with the operator's addition in a language."""
        return replace(self.licence, text=own_text(self.licence_dir, language, self.licence.text))

    def site_facts(self, language: str) -> tuple[object, ...]:
        """Return the settings that public pages, files and feeds show in a language."""
        return self.site_name, self.address, self.contact_url, self.host, self.licence_for(language)

    @property
    def data_files(self) -> list[Path]:
        """Files that rallymap has written to its home folder."""
        return sorted([*self.home.glob("rallymap.*"), *self.home.glob("place-*")])


def _bundled_data() -> str:
    """Return the path of ``data/``: next to the checkout's ``src/``, or where the wheel installs its copy."""
    checkout = Path(__file__).resolve().parents[2] / "data"
    installed = Path(sysconfig.get_path("data")) / "share" / "rallymap" / "data"
    return str(checkout if (checkout / "events.csv").exists() else installed)


def given_command() -> str:
    """Return how the operator calls ``rallymap``, as a wrapper or container says in ``RALLYMAP_COMMAND``; "" if not."""
    return os.environ.get("RALLYMAP_COMMAND", "")


def _check_names(variables: Mapping[str, str]) -> None:
    """Reject an environment variable whose name is nearly that of a setting, as it would have no effect.

    Raises
    ------
    SettingsError
        With the name of the most similar setting.
    """
    known = {line.variable for line in LINES.values()} | {"RALLYMAP_HOME", "RALLYMAP_COMMAND"}
    for name in variables.keys() - known:
        if name.startswith("RALLYMAP_") and (near := difflib.get_close_matches(name, known, n=1, cutoff=0.9)):
            raise SettingsError("The environment", name, f"names of settings; perhaps {near[0]}")
