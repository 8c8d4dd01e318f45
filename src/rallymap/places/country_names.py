"""English country names, from the gazetteer's own rows."""

from __future__ import annotations


def english_country_name(code: str) -> str:
    """Name a country in English; an unknown code is given back as it is, "" stays ""."""
    # Imported when asked: values must be cheap to import, the gazetteer is not.
    from rallymap.places.index import load_gazetteer

    return load_gazetteer().country_name(code)
