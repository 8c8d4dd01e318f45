"""Parse the campaign of an event in a table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from anyascii import anyascii

from rallymap.events import ID_PATTERN, Campaign


def read_campaign(fields: Mapping[str, str]) -> Campaign | None:
    """Build a campaign from the fields ``campaign`` (an id or a name) and ``campaign_name``; None if both are empty.

    The id is derived from a name, so that all rows with the same name belong to one campaign, even in different files.

    Raises
    ------
    InvalidEventError
        If the name contains no letters or digits, or is too long.
    """
    said, name = (fields.get(field, "").strip() for field in ("campaign", "campaign_name"))
    if not (said or name):
        return None
    is_id = ID_PATTERN.fullmatch(said) is not None
    named = name or said
    made = re.sub(r"[^a-z0-9]+", "-", anyascii(named).casefold()).strip("-")[:64].strip("-")
    return Campaign(said if is_id else made, named)
