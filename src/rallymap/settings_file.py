"""The settings file ``rallymap.toml`` in the home folder, with one line per setting.

A setting is named like its environment variable without ``RALLYMAP_``, in lower case: ``site_name`` is
``RALLYMAP_SITE_NAME``. Environment variables override the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rallymap.licences import KNOWN

SETTINGS_FILE = "rallymap.toml"
PREFIX = "RALLYMAP_"


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting and its explanation in the file.

    Attributes
    ----------
    name
        Name without the prefix, in lower case.
    explanation
        What it does, and the accepted form.
    example
        Shown in a comment if the setting is not set.
    is_secret
        Whether backups leave out its value.
    is_of_machine
        Whether the value is specific to this machine. Backups leave it out: a restored copy must not use the site's
        database or send its mails a second time.
    """

    name: str
    explanation: str
    example: str = ""
    is_secret: bool = False
    is_of_machine: bool = False

    @property
    def variable(self) -> str:
        """Name of the environment variable."""
        return PREFIX + self.name.upper()


SECTIONS: tuple[tuple[str, tuple[SettingLine, ...]], ...] = (
    (
        "The site",
        (
            SettingLine("site_name", "Name in the top bar, 40 characters at most.", "Rallies of the North"),
            SettingLine(
                "address", "Where visitors find the site; it is served below this path.", "https://rallies.example.org/"
            ),
            SettingLine("contact_url", "Where visitors write to you: a web address.", "https://example.org/contact"),
            SettingLine("bundled_events", "0: a new database begins empty, without the bundled events.", "1"),
        ),
    ),
    (
        "Who runs it, shown on About",
        (
            SettingLine("operator", "You, or your association.", "Friends of the Archive, Kiel"),
            SettingLine(
                "imprint",
                "Postal address and what else the law of your country asks for; \\n begins a line. In each language: "
                "imprint/de.txt.",
                "…",
            ),
            SettingLine("privacy_contact", "Where people ask about their data.", "privacy@example.org"),
            SettingLine(
                "privacy_text",
                "What you add about personal data, such as the legal basis. In each language: privacy/de.txt.",
                "…",
            ),
            SettingLine("takedown_contact", "Where people ask to take an event down.", "takedown@example.org"),
        ),
    ),
    (
        "Licence of the events that are sent in here; bundled events stay CC BY 4.0",
        (
            SettingLine("data_licence", f"One of {', '.join(KNOWN)}, or another.", "CC BY 4.0"),
            SettingLine("data_licence_url", "Where it can be read, for another one.", "https://example.org/licence"),
            SettingLine(
                "data_licence_text",
                "What you add to it, such as how to name the source. In each language: licence/de.txt.",
                "…",
            ),
        ),
    ),
    (
        "How long things are kept, in days; deleted by the server every hour",
        (
            SettingLine("keep_drafts_days", "Forms that were not sent, after their last change.", "30"),
            SettingLine("keep_rejected_pictures_days", "Pictures of rejected and withdrawn events.", "30"),
            SettingLine(
                "keep_mail_addresses_days",
                "Addresses that organisers left for messages, after their event and after they left them.",
                "60",
            ),
            SettingLine(
                "keep_tombstones_days",
                "Ids of events that were taken down; 0 for good. Without them an import can bring the event back.",
                "0",
            ),
        ),
    ),
    (
        "The server",
        (
            SettingLine("behind_tls", "1 where visitors come by https, usually through a proxy.", "1"),
            SettingLine(
                "trusted_proxies",
                "Addresses and networks of your proxies, with commas; none: every request is from who sends it.",
                "127.0.0.0/8, ::1/128",
            ),
            SettingLine(
                "embed_from", "Sites that may show /embed in a frame: addresses with commas, any or none.", "any"
            ),
            SettingLine(
                "limits",
                "How often a network may do things within an hour, where the usual numbers do not fit.",
                "submission=20, event=120, report=20, hidden=5, hidden_a_day=20",
            ),
            SettingLine("log_details", "1: the log holds messages of exceptions, which may quote visitors.", "0"),
        ),
    ),
    (
        "Mail, none by default; it needs the address of the site",
        (
            SettingLine(
                "mail_host", "The mail server that takes the site's mail.", "mail.example.org", is_of_machine=True
            ),
            SettingLine("mail_port", "Its port; 587, 465 or 25 by mail_security when left out.", "587"),
            SettingLine("mail_security", "starttls, tls, or none for a mail server on this machine.", "starttls"),
            SettingLine("mail_user", "The name to sign in to it with.", "rallies@example.org"),
            SettingLine("mail_password", "The password to sign in to it with.", is_secret=True),
            SettingLine("mail_from", "The address that mails come from.", "rallies@example.org"),
        ),
    ),
    (
        "Monitoring",
        (
            SettingLine(
                "metrics_token",
                "Who asks /metrics has to send it; 16 characters or more.",
                is_secret=True,
            ),
        ),
    ),
    (
        "Where things are; a relative path begins in this folder",
        (
            SettingLine(
                "database_url",
                "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME; SQLite in this folder when left out.",
                "postgresql://rallymap@localhost/rallymap",
                is_secret=True,
                is_of_machine=True,
            ),
            SettingLine("key_file", "The secret key; rallymap.key in this folder when left out.", is_of_machine=True),
            SettingLine("data", "Folder whose tables fill a new database.", is_of_machine=True),
        ),
    ),
    (
        "Review",
        (SettingLine("two_moderators", "1: a future venue is published when two moderators want it.", "1"),),
    ),
    (
        "Backup",
        (
            SettingLine("backup_dir", "Folder for backups; backups/ in this folder when left out.", is_of_machine=True),
            SettingLine("keep_backups", "How many backups `rallymap backup` keeps in that folder.", "14"),
            SettingLine(
                "backup_passphrase",
                "Encrypts backups. Keep it elsewhere too: without it they cannot be read.",
                is_secret=True,
            ),
        ),
    ),
    (
        "Other services, none by default",
        (
            SettingLine(
                "tile_url", "Street tiles that a visitor may switch on.", "https://tiles.example.org/{z}/{x}/{y}.png"
            ),
            SettingLine("tile_attribution", "Their credit.", "© the makers of the tiles"),
            SettingLine("geocoder", "Online geocoding for moderators: nominatim, photon or pelias.", "nominatim"),
            SettingLine("geocoder_url", "Its address.", "https://nominatim.example.org"),
            SettingLine("geocoder_delay_s", "Seconds between two questions to it.", "15"),
        ),
    ),
)
LINES = {line.name: line for _, lines in SECTIONS for line in lines}


def settings_text(values: Mapping[str, str]) -> str:
    """Return the content of a settings file with comments.

    Parameters
    ----------
    values
        Values by environment variable; a missing or empty setting becomes a comment with its example.
    """
    parts = [
        "# Settings of this rallymap. A line that begins with # is off; the value after it is an example.",
        "# An environment variable such as RALLYMAP_SITE_NAME wins over the line here.",
        "# Restart rallymap after a change.",
    ]
    for title, lines in SECTIONS:
        parts += ["", f"# --- {title} ---"]
        for line in lines:
            value = values.get(line.variable, "")
            parts += ["", f"# {line.explanation}"]
            parts.append(f"{line.name} = {_toml(value)}" if value else f"# {line.name} = {_toml(line.example)}")
    return "\n".join(parts) + "\n"


def shareable(values: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Split settings into those that a backup contains and those that it leaves out.

    Returns
    -------
    kept
        Values for the backup, by environment variable.
    left_out
        Names in the file of secrets and machine-specific settings.
    """
    kept, left_out = {}, []
    for line in LINES.values():
        if value := values.get(line.variable, ""):
            if line.is_secret or line.is_of_machine:
                left_out.append(line.name)
            else:
                kept[line.variable] = value
    return kept, left_out


def _toml(value: str) -> str:
    # A JSON string is a valid TOML basic string, except for U+007F.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
