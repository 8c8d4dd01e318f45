"""Title and summary of an event as HTML, with the language of each; every text in it is escaped."""

from __future__ import annotations

from html import escape

from rallymap.event_wording import foreign_language, marked_language, words_of
from rallymap.events import Event, Translation
from rallymap.language import language_name, tr


def title_html(event: Event) -> str:
    """Draw the title of an event in the reader's language, else as it was written and marked with its language."""
    words = words_of(event)
    return f"<bdi{lang_attribute(words.title_language)}>{escape(words.title)}</bdi>"


def lang_attribute(tag: str) -> str:
    """Return the attribute that says to programs which language a text is in; "" where that is the page's."""
    return f' lang="{escape(marked)}"' if (marked := marked_language(tag)) else ""


def in_other_languages(event: Event, *, below: str) -> str:
    """Draw title and summary of an event in each language but that of its heading; "" where there is none."""
    shown = words_of(event)
    texts = [Translation(event.language, event.title, event.about), *event.translations] if event.translations else []
    items = "".join(_in_language(event, one) for one in texts if one.language != shown.title_language)
    if not items:
        return ""
    tag = f"h{int(below[1:]) + 1}"
    head = f"<{tag}>{escape(tr('In other languages'))}</{tag}>"
    return f'<section class="rm-sources rm-languages">{head}<ul>{items}</ul></section>'


def _in_language(event: Event, one: Translation) -> str:
    name = language_name(one.language) if one.language else tr("language not known")
    if one.language == event.language:
        # Translators: {language} is what the title and summary of an event were first written in.
        name = tr("Original: {language}", language=name)
    lang = lang_attribute(one.language)
    title = f"<bdi{lang}>{escape(one.title)}</bdi>" if one.title else ""
    about = f'<p{lang} dir="auto">{escape(one.about)}</p>' if one.about else ""
    return f"<li>{title}<small>{escape(name)}</small>{about}</li>"


def original_in(tag: str) -> str:
    """Say that a text is shown as it was written, in a language that is not the reader's; "" where it is theirs."""
    language = foreign_language(tag)
    # Translators: below the title of an event that nobody translated into the reader's language.
    return tr("Original language: {language}", language=language) if language else ""
