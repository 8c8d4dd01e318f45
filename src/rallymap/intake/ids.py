"""Ids that people can read: ``rally-at-the-parliament-2020-02-01-3f9a2c4e``."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

from rallymap.dates import EventDate

_MOST_LETTERS = 40


def readable_id(title: str, when: EventDate, place_text: str) -> str:
    """Make an id for a row of a table that has none; the same row gives the same id again.

    Parameters
    ----------
    title, when
        What the id reads like; both are public, which the place of a future event may not be.
    place_text
        Only keeps two events of one title and day apart.

    Returns
    -------
    id
        Small ASCII letters, digits and hyphens, at most 64.
    """
    words = slug(title[:200])[:_MOST_LETTERS].strip("-")
    day = when.edtf.split("/")[0].split("T")[0].rstrip("~") or "undated"
    mark = hashlib.blake2s("\n".join((title, when.edtf, place_text)).encode(errors="replace"), digest_size=4)
    return f"{words or 'event'}-{day}-{mark.hexdigest()}"


def slug(text: str) -> str:
    """Return a text in small ASCII letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).casefold()).strip("-")
