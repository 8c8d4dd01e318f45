"""What is asked of the events: a period, kinds, countries, organisers, communities; in Python and in links."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from rallymap.dates import EARLIEST, LATEST
from rallymap.events import MAX_NAME, Kind

MAX_VALUES = 50
"""Values that one part of a filter may name."""

FACETS = {"kinds": "kind", "countries": "country", "organisers": "organiser", "communities": "community"}
"""The parts of a filter that name values, with their names in links."""

_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class EventFilter:
    """A choice among the public events; parts are joined by "and", the values of one part by "or".

    Attributes
    ----------
    period
        First and last day, both inclusive; events that overlap it match. None: no limit.
    kinds, countries, organisers, communities
        Values that match; empty: all. Countries are ISO 3166-1 alpha-2. Sorted and without doubles.
    undated
        Whether events whose day no source gives are drawn too, as long as no period is chosen.
    """

    period: tuple[date, date] | None = None
    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    undated: bool = True

    def __post_init__(self) -> None:
        for facet in FACETS:
            object.__setattr__(self, facet, tuple(sorted(set(getattr(self, facet)))))
        if self.period is not None and self.period[0] > self.period[1]:
            object.__setattr__(self, "period", (self.period[1], self.period[0]))

    def replaced(self, **changes: object) -> Self:
        """Return a copy with some parts replaced."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def with_period(self, period: tuple[date, date] | None) -> Self:
        """Return a copy for another period; None for all days."""
        return dataclasses.replace(self, period=period)

    @property
    def days(self) -> tuple[int, int] | None:
        """The period in days since 1970-01-01, both inclusive; None where there is no limit."""
        return None if self.period is None else (days_since_epoch(self.period[0]), days_since_epoch(self.period[1]))

    @property
    def shows_undated(self) -> bool:
        """Whether undated events are drawn: they lie in no period."""
        return self.undated and self.period is None

    @classmethod
    def from_query_params(cls, parameters: Mapping[str, Sequence[str]]) -> tuple[Self, tuple[str, ...]]:
        """Read a filter from the parameters of a link.

        Parameters
        ----------
        parameters
            Values by name, each a list: ``from`` and ``to`` (ISO days), ``kind``, ``country``, ``organiser``,
            ``community``, ``undated``. Other names are left alone.

        Returns
        -------
        event_filter
            From the values that could be read.
        complaints
            One sentence for each that could not, and was dropped.
        """
        complaints: list[str] = []
        found: dict[str, tuple[str, ...]] = {}
        for facet, name in FACETS.items():
            given = [value.strip() for value in parameters.get(name, ()) if value.strip()]
            found[facet] = tuple(_checked(name, given, complaints))
        undated = _last(parameters, "undated") != "0"
        return cls(period=_period(parameters, complaints), undated=undated, **found), tuple(complaints)

    def to_query_params(self) -> dict[str, list[str]]:
        """Return the parameters of a link to this filter; those of the default are left out."""
        parameters: dict[str, list[str]] = {}
        if self.period is not None:
            parameters["from"], parameters["to"] = ([day.isoformat()] for day in self.period)
        for facet, name in FACETS.items():
            if getattr(self, facet):
                parameters[name] = list(getattr(self, facet))
        if not self.undated:
            parameters["undated"] = ["0"]
        return parameters


def days_since_epoch(day: date) -> int:
    """Return the number of days from 1970-01-01."""
    return day.toordinal() - 719_163


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    return values[-1].strip() if values else ""


def _period(parameters: Mapping[str, Sequence[str]], complaints: list[str]) -> tuple[date, date] | None:
    days: dict[str, date | None] = {}
    for name in ("from", "to"):
        text = _last(parameters, name)
        days[name] = _day(text)
        if text and days[name] is None:
            complaints.append(f"“{text[:40]}” is not a day; write 2020-02-01. The link's “{name}” is left out.")
    if days["from"] is None and days["to"] is None:
        return None
    return days["from"] or EARLIEST, days["to"] or LATEST


def _day(text: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _checked(name: str, given: Sequence[str], complaints: list[str]) -> Iterable[str]:
    if len(given) > MAX_VALUES:
        complaints.append(f"At most {MAX_VALUES} values of “{name}” fit in one link; the others are left out.")
    for value in given[:MAX_VALUES]:
        if name == "kind" and value not in set(Kind):
            complaints.append(f"“{value[:40]}” is not a kind of event; it is left out.")
        elif name == "country" and not _COUNTRY.fullmatch(value.upper()):
            complaints.append(f"“{value[:40]}” is not a country's two-letter code; it is left out.")
        elif len(value) > MAX_NAME:
            complaints.append(f"A name in the link is longer than {MAX_NAME} characters; it is left out.")
        else:
            yield value.upper() if name == "country" else value
