"""Operator's settings: who runs the site, the licence of its events, retention of personal data."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rallymap.errors import SettingsError
from rallymap.file_faults import reason_of
from rallymap.licences import CC_BY, KNOWN, Licence
from rallymap.setting_values import read_count, read_http_url, read_text

log = logging.getLogger(__name__)
MAX_OWN_TEXT = 8000
CONTACT_FORM = "an e-mail address or an https:// address, or empty"


@dataclass(frozen=True, slots=True)
class Host:
    """Who runs the site, as shown on About; each value is "" if not set.

    Attributes
    ----------
    operator
        Person or organisation.
    imprint
        Address and other details that the law requires; several lines.
    privacy_text
        The operator's own text about personal data, such as the legal basis; several lines.
    privacy_contact, takedown_contact
        E-mail or web address for questions about personal data, and for takedown requests.
    """

    operator: str = ""
    imprint: str = ""
    privacy_text: str = ""
    privacy_contact: str = ""
    takedown_contact: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """Retention periods in days.

    Attributes
    ----------
    drafts
        Drafts, after their last change.
    rejected_pictures
        Pictures of rejected or withdrawn events, after the decision.
    mail_addresses
        Organisers' e-mail addresses, after the last day of their event and after they were entered.
    tombstones
        Tombstones of events that were taken down; 0 means forever.
    """

    drafts: int = 30
    rejected_pictures: int = 30
    mail_addresses: int = 60
    tombstones: int = 0


def read_host(values: Mapping[str, str]) -> Host:
    """Read who runs the site from the settings.

    Raises
    ------
    SettingsError
        If a value is malformed.
    """
    return Host(
        operator=read_text(values, "RALLYMAP_OPERATOR", max_length=200),
        imprint=read_text(values, "RALLYMAP_IMPRINT", max_length=4000),
        privacy_text=read_text(values, "RALLYMAP_PRIVACY_TEXT", max_length=MAX_OWN_TEXT),
        privacy_contact=_contact(values, "RALLYMAP_PRIVACY_CONTACT"),
        takedown_contact=_contact(values, "RALLYMAP_TAKEDOWN_CONTACT"),
    )


def read_licence(values: Mapping[str, str]) -> Licence:
    """Read the licence of submitted events from the settings.

    Raises
    ------
    SettingsError
        If rallymap does not know the licence and its address is missing.
    """
    name = read_text(values, "RALLYMAP_DATA_LICENCE", max_length=100) or CC_BY.name
    known = next((licence for licence in KNOWN.values() if licence.name.lower() == name.lower()), None)
    url = read_http_url(values, "RALLYMAP_DATA_LICENCE_URL") or (known.url if known else "")
    if not url:
        raise SettingsError(
            "RALLYMAP_DATA_LICENCE",
            name,
            f"{', '.join(KNOWN)}, or another one with its address in RALLYMAP_DATA_LICENCE_URL",
        )
    return Licence(known.name if known else name, url, read_text(values, "RALLYMAP_DATA_LICENCE_TEXT", max_length=4000))


def read_retention(values: Mapping[str, str]) -> Retention:
    """Read the retention periods from the settings.

    Raises
    ------
    SettingsError
        If a value is not a number.
    """
    return Retention(
        drafts=read_count(values, "RALLYMAP_KEEP_DRAFTS_DAYS", 30, min_value=1, unit="days"),
        rejected_pictures=read_count(values, "RALLYMAP_KEEP_REJECTED_PICTURES_DAYS", 30, min_value=1, unit="days"),
        mail_addresses=read_count(values, "RALLYMAP_KEEP_MAIL_ADDRESSES_DAYS", 60, min_value=1, unit="days"),
        tombstones=read_count(values, "RALLYMAP_KEEP_TOMBSTONES_DAYS", 0, min_value=0, unit="days"),
    )


def own_text(folder: Path, language: str, otherwise: str) -> str:
    """Return one of the operator's texts, such as the imprint, in a language.

    Parameters
    ----------
    folder
        Contains a UTF-8 text file for each language, such as ``de.txt``; may be missing.
    otherwise
        Returned if the file does not exist or cannot be read; the latter is logged, and so is a text that is too long.
    """
    path = folder / f"{language}.txt"
    try:
        text = path.read_text("utf-8").strip()
    except FileNotFoundError:
        return otherwise
    except (OSError, UnicodeDecodeError) as err:
        log.warning("The text %s/%s cannot be read: %s", folder.name, path.name, reason_of(err, path))
        return otherwise
    if len(text) > MAX_OWN_TEXT:
        log.warning(
            "The text %s/%s has %d characters; only the first %d are shown.",
            folder.name,
            path.name,
            len(text),
            MAX_OWN_TEXT,
        )
    return text[:MAX_OWN_TEXT] or otherwise


def contact_link(contact: str) -> str:
    """Return the link to a contact: a web address as it is, an e-mail address with ``mailto:``."""
    return contact if "://" in contact else f"mailto:{contact}"


def _contact(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip().removeprefix("mailto:")
    user, at, host = text.partition("@")
    if (
        at
        and "://" not in text
        and user
        and "." in host
        and not any(char.isspace() or char in '<>"?&' for char in text)
    ):
        return text
    if "://" in text or not text:
        return read_http_url(values, name)
    raise SettingsError(name, text, CONTACT_FORM)
