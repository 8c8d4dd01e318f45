"""Vocabulary of communities: countries and territories by ISO code, and peoples by name.

Events store a community as its name. Names outside the vocabulary are allowed everywhere.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from rallymap.countries import is_country
from rallymap.errors import InvalidEventError
from rallymap.events import MAX_NAME, clean_text
from rallymap.language import phrase

COLUMNS = ("name", "kind", "iso")


@dataclass(frozen=True, slots=True)
class Community:
    """A community; `country` is its ISO 3166-1 alpha-2 code, or "" for a people."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """Communities that are offered by name."""

    communities: tuple[Community, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names as stored in events."""
        return tuple(community.name for community in self.communities)


def read_communities(path: Path) -> tuple[Vocabulary, tuple[str, ...]]:
    """Read the vocabulary.

    Parameters
    ----------
    path
        A CSV file (UTF-8) with the columns of :data:`COLUMNS`. May not exist.

    Returns
    -------
    vocabulary
        Communities in the order of the file; empty if the file does not exist.
    complaints
        One sentence for each invalid row, or for the whole file.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        return Vocabulary(), ()
    except (OSError, UnicodeDecodeError, csv.Error):
        return Vocabulary(), (
            phrase("{file} in the data folder cannot be read; no community is offered by name.", file=path.name),
        )
    communities: dict[str, Community] = {}
    complaints = []
    for number, row in enumerate(rows, start=2):
        try:
            community = _community(row)
        except (KeyError, InvalidEventError):
            complaints.append(
                phrase(
                    "Row {number} of {file} is left out; it needs a name, and a country's two-letter code or nothing.",
                    number=number,
                    file=path.name,
                )
            )
            continue
        communities.setdefault(community.name, community)
    return Vocabulary(tuple(communities.values())), tuple(complaints)


def _community(row: dict[str, str]) -> Community:
    code = (row["iso"] or "").strip().upper()
    if code and not is_country(code):
        raise InvalidEventError("iso", "This is not the code of a country.", value=code)
    return Community(clean_text("communities", row["name"] or "", max_length=MAX_NAME, required=True), code)
