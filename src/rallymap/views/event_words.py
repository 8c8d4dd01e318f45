"""Title and summary of an event in its languages as HTML, with `lang` attributes."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from rallymap.event_wording import foreign_language, marked_language, words_of
from rallymap.events import Event
from rallymap.language import language_name, tr


def title_html(event: Event) -> Markup:
    """Return the title of an event in the reader's language, or else the original, marked with its language."""
    words = words_of(event)
    return Markup("<bdi{}>{}</bdi>").format(lang_attribute(words.title_language), words.title)


def lang_attribute(tag: str) -> Markup:
    """Return the `lang` attribute for a text; "" if it is in the page's language."""
    marked = marked_language(tag)
    return Markup(' lang="{}"').format(marked) if marked else Markup()


class Written(NamedTuple):
    """Title and summary in one language; the tag is "" if the original's language is unknown."""

    language: str
    title: str
    about: str


def in_other_languages(event: Event) -> list[tuple[Written, str]]:
    """Return title and summary in each language except that of the heading, with the language's name."""
    if not event.translations:
        return []
    shown = words_of(event)
    texts = [Written(event.language, event.title, event.about)]
    texts += [Written(one.language, one.title, one.about) for one in event.translations]
    return [(one, _language_of(event, one.language)) for one in texts if one.language != shown.title_language]


def _language_of(event: Event, tag: str) -> str:
    name = language_name(tag) if tag else tr("language not known")
    if tag == event.language:
        # Translators: {language} is what the title and summary of an event were first written in.
        name = tr("Original: {language}", language=name)
    return name


def original_in(tag: str) -> str:
    """Say that a text is shown in its original language; "" if that is the reader's."""
    language = foreign_language(tag)
    # Translators: below the title of an event that nobody translated into the reader's language.
    return tr("Original language: {language}", language=language) if language else ""
