"""The provenance of a file: licence, citation, filter, version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rallymap.language import isolated, tr
from rallymap.licences import CC_BY, Licence


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of one export.

    Attributes
    ----------
    made_on
        Day of the export.
    site
        Name of the site.
    address
        URL of the site with a trailing slash; "" if unknown.
    version
        Version of the public data.
    selection
        Description of the selected events.
    licence
        Licence of the events.
    operator, takedown_contact
        Operator of the site, and contact for takedown requests; "" if unknown.
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
        """Citation of the file: site, date, selection, version, licence and URL."""
        day, licence = isolated(self.made_on.isoformat()), isolated(self.licence.name)
        values = {"site": self.site, "events": self.selection, "day": day, "licence": licence}
        if self.version:
            # Translators: how to cite a file; {events} says which events are in it; {day} is written 2024-05-03.
            said = tr("{site}: {events}, version {version}, exported {day}. {licence}.", version=self.version, **values)
        else:
            said = tr("{site}: {events}, exported {day}. {licence}.", **values)
        return f"{said} {self.address}" if self.address else said

    def url_of(self, event_id: str) -> str:
        """Return the URL of an event's page; "" if the site's URL is unknown."""
        return f"{self.address}events/{event_id}" if self.address else ""

    def url_of_campaign(self, campaign_id: str) -> str:
        """Return the URL of a campaign's page; "" if the site's URL is unknown."""
        return f"{self.address}campaigns/{campaign_id}" if self.address else ""

    def as_json(self) -> dict[str, str]:
        """Return all values by name, for JSON formats."""
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
