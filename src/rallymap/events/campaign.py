"""The campaign of an event: several events that were called for together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events.texts import MAX_TITLE, clean_text
from rallymap.language import tr

ID_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{2,63}")
"""Pattern of campaign and event ids."""
_AROUND = re.compile(r"^[^a-z0-9]+|[^a-z0-9-]+$")


def read_id(text: str) -> str:
    """Return the id at the end of a link; "" if there is none.

    Programs that turn text into links often include the punctuation after it; phones capitalise the first letter.
    """
    read = _AROUND.sub("", text.lower())
    return read if ID_PATTERN.fullmatch(read) else ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Events that were called for together: the same event in several cities, on several dates, or both.

    `name` becomes public with the first published event.
    """

    id: str
    name: str

    def __post_init__(self) -> None:
        if not ID_PATTERN.fullmatch(self.id):
            raise InvalidEventError(
                "campaign", tr("An id has 3 to 64 small letters, digits and hyphens."), value=self.id
            )
        object.__setattr__(self, "name", clean_text("campaign", self.name, max_length=MAX_TITLE, required=True))
