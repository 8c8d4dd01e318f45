"""Labels of events on the map."""

from __future__ import annotations

from typing import Any

from rallymap.countries import city_name
from rallymap.event_wording import marked_language, where_in_words, words_of
from rallymap.events import Event, line_of
from rallymap.wording import date_in_words


def label_of(event: Event) -> dict[str, Any]:
    """Return the label data of a public event, in the current language.

    `route`, the line of a moving event, and `lang`, the language of an untranslated title, are only present if they
    have a value. Titles are in no answer that covers all events: the cube has ids.
    """
    line, words = line_of(event.route), words_of(event)
    lang = marked_language(words.title_language)
    return {
        "id": event.id,
        "title": words.title,
        "kind": event.kind.value,
        "when": date_in_words(event.when, short=True),
        "where": where_in_words(event),
        "name": "" if event.location is None else city_name(event.location.name, event.location.country),
        "at": None if event.location is None else [event.location.lat, event.location.lon],
        **({"route": line} if line else {}),
        **({"lang": lang} if lang else {}),
    }
