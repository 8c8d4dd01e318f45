"""Lists of public events for the API, feeds and exports: a filter, and where the next page begins."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from rallymap.errors import ListingRequestError
from rallymap.language import ENGLISH, use_language
from rallymap.query.filter_links import CHOICES, ONCE, PARAMETERS, last_of
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot.selection import Rows
from rallymap.query.snapshot.state import Snapshot

MOST_PER_PAGE: Final = 500
USUAL_PER_PAGE: Final = 100
PAGE_NAMES: Final = frozenset({"updated_since", "cursor", "limit"})
_CURSOR = re.compile(r"(-?\d{1,10})\.(-?\d{1,20})")
_VERSION = re.compile(r"(\d{1,18})(?:-(\d{1,12}))?")
_DROPPED = re.compile(
    r"( The link's “\w+” is left out\.|; it is left out\.|; the others are left out\.|; the two days are swapped\.)$"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Filter for a list of events; equal requests are equal. Undated events match only without a period."""

    event_filter: EventFilter = field(default_factory=EventFilter)

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]], *, also: frozenset[str] = frozenset()) -> Self:
        """Parse the parameters of a filter.

        Parameters
        ----------
        parameters
            Lists of values by name, see `docs/export.md`.
        also
            Further names that are allowed.

        Raises
        ------
        ListingRequestError
            If a name is unknown or a value is invalid; the sentence says which one and what is accepted.
        """
        known = PARAMETERS | also
        unknown = sorted(parameters.keys() - known)
        if unknown:
            raise ListingRequestError(
                f"“{unknown[0][:40]}” is not a parameter here; known are: {', '.join(sorted(known))}."
            )
        # A program whose variable is empty would otherwise be answered with all events.
        for name in sorted(parameters.keys() & (PARAMETERS - {"q"})):
            if not all(value.strip() for value in parameters[name]):
                raise ListingRequestError(f"“{name}” is empty; give it a value or leave it out.")
        # Sentences for pages end by saying that the wrong value was ignored, which is not true here. The ending can be
        # removed in English only; all other errors of this function are in English, too.
        with use_language(ENGLISH):
            event_filter, complaints = EventFilter.from_query_params(parameters)
        if complaints:
            sentence = _DROPPED.sub("", complaints[0]).removesuffix(".")
            raise ListingRequestError(f"{sentence}{_accepted(parameters, sentence)}.")
        for name in sorted(ONCE | also):
            if len(parameters.get(name, ())) > 1:
                raise ListingRequestError(f"“{name}” can be given once only.")
        if last_of(parameters, "undated") not in ("", "0", "1"):
            raise ListingRequestError("“undated” is 0 or 1.")
        return cls(event_filter)

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the link parameters of these events."""
        return self.event_filter.to_query_params()

    def rows(self, snapshot: Snapshot) -> Rows:
        """Return the rows of the events in snapshot order: undated events first, then by first day."""
        return np.flatnonzero(snapshot.counted_mask(self.event_filter))


def _accepted(parameters: Mapping[str, Sequence[str]], complaint: str) -> str:
    """Return the accepted values of a part, if a complaint is about a part with few of them."""
    for name, (_, values) in CHOICES.items():
        if any(complaint.startswith(f"“{given.strip()}”") for given in parameters.get(name, ()) if given not in values):
            return f"; known are: {', '.join(sorted(values))}"
    return ""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of a listing, newest first, undated events last.

    Attributes
    ----------
    after
        First day and hash of the last event on the previous page; None for the first page.
    changed_since
        Dataset version, and the Unix time (s) up to which disclosures by the clock are included; None for all events.
    """

    listing: Listing
    limit: int = USUAL_PER_PAGE
    after: tuple[int, int] | None = None
    changed_since: tuple[int, float] | None = None

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Parse a listing's parameters, ``limit``, ``cursor`` and ``updated_since``.

        Raises
        ------
        ListingRequestError
            See :meth:`Listing.from_query_params`.
        """
        listing = Listing.from_query_params(parameters, also=PAGE_NAMES)
        limit, cursor, since = (last_of(parameters, name) for name in ("limit", "cursor", "updated_since"))
        is_number = limit.isdecimal() and limit.isascii() and len(limit) <= 9
        if limit and not (is_number and 1 <= int(limit) <= MOST_PER_PAGE):
            raise ListingRequestError(f"“limit” is a whole number from 1 to {MOST_PER_PAGE}.")
        found = _CURSOR.fullmatch(cursor) if cursor else None
        if cursor and (found is None or not (-(2**31) <= int(found[1]) < 2**31 and -(2**63) <= int(found[2]) < 2**63)):
            raise ListingRequestError("“cursor” is the “next” of an earlier answer.")
        version = _VERSION.fullmatch(since) if since else None
        if since and version is None:
            raise ListingRequestError("“updated_since” is the “version” of an earlier answer, such as 1204.")
        return cls(
            listing,
            int(limit) if limit else USUAL_PER_PAGE,
            (int(found[1]), int(found[2])) if found else None,
            (int(version[1]), float(version[2] or math.inf)) if version else None,
        )

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the link parameters of these events, without the cursor."""
        parameters = self.listing.to_query_params()
        if self.limit != USUAL_PER_PAGE:
            parameters["limit"] = [str(self.limit)]
        if self.changed_since is not None:
            version, due = self.changed_since
            parameters["updated_since"] = [f"{version}" if math.isinf(due) else f"{version}-{due:.0f}"]
        return parameters

    def page(self, snapshot: Snapshot, disclosed: Sequence[str] = ()) -> tuple[Rows, str, int]:
        """Return the rows of the page, the cursor of the next page ("" for none), and the total number of events.

        Parameters
        ----------
        disclosed
            Ids of events that count as changed because they were disclosed, not edited.
        """
        rows = self.listing.rows(snapshot)
        columns = snapshot.columns
        if self.changed_since is not None:
            is_changed = columns.changed_in > self.changed_since[0]
            is_changed[columns.rows_of(disclosed, snapshot.dictionaries)] = True
            rows = rows[is_changed[rows]]
        total = len(rows)
        if self.after is not None:
            day, mark = self.after
            low, high = (int(np.searchsorted(columns.start, np.int32(day), side=side)) for side in ("left", "right"))
            at = low + int(np.searchsorted(columns.id_hash[low:high], mark, side="left"))
            rows = rows[: np.searchsorted(rows, at)]
        newest = rows[::-1][: self.limit]
        more = len(rows) > len(newest)
        last = newest[-1] if more else None
        following = "" if last is None else f"{int(columns.start[last])}.{int(columns.id_hash[last])}"
        return newest, following, total
