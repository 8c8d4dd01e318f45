"""Read a table with towns, countries and zones from the gazetteer, as the import does."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from rallymap.intake.reading import Reading, read_events
from rallymap.places import country_of_towns, default_resolver
from rallymap.workflows.town_names import town_finder
from rallymap.workflows.zones import zone_finder

resolver = cache(default_resolver)


def read(source: str | bytes | Path) -> Reading:
    """Read a file, its content, or the text of a CSV file."""
    places = resolver()
    return read_events(
        source.encode() if isinstance(source, str) else source,
        find_zone=zone_finder(places),
        find_country=partial(country_of_towns, places),
        find_town=town_finder(places),
    )
