"""What a file says about itself: licence, citation, filter, version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rallymap.language import isolated, tr
from rallymap.licences import CC_BY, Licence


@dataclass(frozen=True, slots=True)
class Provenance:
    """Describes one export.

    Attributes
    ----------
    made_on
        Day of the export.
    site
        The site's name.
    address
        The site's address with a slash at its end; "" where it is not known.
    version
        Version of the public data.
    selection
        Which events are in the file, in words.
    licence
        Of the events.
    operator, takedown_contact
        Who runs the site, and where rights are claimed; "" where it is not known.
    """

    made_on: date
    site: str = "rallymap"
    address: str = ""
    version: str = ""
    selection: str = "all events"
    licence: Licence = CC_BY
    operator: str = ""
    takedown_contact: str = ""

    @property
    def citation(self) -> str:
        """How to cite the file: who, when, which events, version, licence and address."""
        day, licence = isolated(self.made_on.isoformat()), isolated(self.licence.name)
        values = {"site": self.site, "events": self.selection, "day": day, "licence": licence}
        if self.version:
            # Translators: how to cite a file; {events} says which events are in it; {day} is written 2024-05-03.
            said = tr("{site}: {events}, version {version}, exported {day}. {licence}.", version=self.version, **values)
        else:
            said = tr("{site}: {events}, exported {day}. {licence}.", **values)
        return f"{said} {self.address}" if self.address else said

    def url_of(self, event_id: str) -> str:
        """Return the address of an event's page; "" where the site's address is not known."""
        return f"{self.address}events/{event_id}" if self.address else ""

    def url_of_campaign(self, campaign_id: str) -> str:
        """Return the address of a campaign's page; "" where the site's address is not known."""
        return f"{self.address}campaigns/{campaign_id}" if self.address else ""

    def as_json(self) -> dict[str, str]:
        """Return all of it by name, for formats that hold JSON."""
        more = {
            "rights": self.licence.text,
            "publisher": self.operator,
            "contact": self.takedown_contact,
        }
        return {
            "title": self.site,
            "license": self.licence.url,
            "citation": self.citation,
            "selection": self.selection,
            "version": self.version,
            "exported": self.made_on.isoformat(),
            **{name: text for name, text in more.items() if text},
        }
