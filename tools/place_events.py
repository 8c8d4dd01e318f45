"""Geocode the bundled events and write their places to ``data/places.csv``: ``python -m tools.place_events``.

Run it after a change of ``data/events.csv``, ``data/rallies.csv`` or the geocoder, and review the changes with ``git
diff data/places.csv``. A place without a single answer in its own country is listed and left out; the first start of a
site then geocodes it, and moderators find it under "Places to check".
"""

from __future__ import annotations

import sys

from rallymap.events import Location, Place
from rallymap.intake.bundled_places import write_bundled_places
from rallymap.intake.table import read_table
from rallymap.places import Located, default_resolver
from rallymap.settings import Settings
from rallymap.workflows.bundled_events import EVENT_FILES, PLACES_FILE
from rallymap.workflows.locations import resolve_place


def main() -> int:
    """Geocode all places; return 1 if some have no answer."""
    folder = Settings.from_env({}).data_dir
    resolver = default_resolver()
    places = {event.place for name in EVENT_FILES for event in read_table(folder / name).events}
    locations: dict[Place, Location] = {}
    for place in sorted(places, key=lambda place: (place.text, place.venue)):
        answer = resolve_place(place, resolver)
        candidate = answer.candidate if isinstance(answer, Located) else None
        if candidate is None or candidate.country != place.country_hint:
            print(f"no single answer: {place}", file=sys.stderr)
            continue
        locations[place] = Location(
            candidate.lat,
            candidate.lon,
            candidate.precision,
            candidate.radius_m,
            candidate.confidence,
            candidate.method,
            candidate.name,
            candidate.admin1 or "",
            candidate.country,
        )
    write_bundled_places(folder / PLACES_FILE, locations)
    print(f"{len(locations)} of {len(places)} places are in {PLACES_FILE}.")
    return int(len(locations) < len(places))


if __name__ == "__main__":
    sys.exit(main())
