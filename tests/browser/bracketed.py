"""Catalogues that show which sentences of a page are translated."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from rallymap.language.languages import BUILT_IN


def write_catalogue(path: Path) -> None:
    """Write a catalogue in which every sentence is in brackets, for the language that the file is named after."""
    with (BUILT_IN / "rallymap.pot").open("rb") as file:
        template = read_po(file)
    made = Catalog(locale=path.stem, fuzzy=False)
    for message in template:
        if isinstance(message.id, tuple):
            forms = (f"⟦{message.id[1]}⟧",) * made.num_plurals
            made.add(message.id, forms, locations=message.locations, context=message.context)
        elif message.id:
            made.add(message.id, f"⟦{message.id}⟧", locations=message.locations, context=message.context)
    with path.open("wb") as file:
        write_po(file, made)
