"""Title and summary of an event in further languages."""

from __future__ import annotations

from dataclasses import dataclass

from rallymap.errors import InvalidEventError
from rallymap.events.texts import MAX_ITEMS, MAX_TEXT, MAX_TITLE, clean_text
from rallymap.language import clean_tag, digits, language_name, tr


@dataclass(frozen=True, slots=True)
class Translation:
    """Translation of an event's title, summary, or both into one language.

    Attributes
    ----------
    language
        Language tag (BCP 47), with script or region if needed: "fa", "zh-Hant".
    title, about
        Translated title and summary; "" if only the other one is translated.
    """

    language: str
    title: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        language = checked_tag("translation_language", self.language)
        object.__setattr__(self, "language", language)
        object.__setattr__(self, "title", clean_text("translation_title", self.title, max_length=MAX_TITLE))
        object.__setattr__(self, "about", clean_text("translation_about", self.about, max_length=MAX_TEXT))
        if not (self.title or self.about):
            raise InvalidEventError("translation_title", tr("A translation needs a title or a summary."))
        if not language:
            raise InvalidEventError("translation_language", tr("Choose the language of this translation."))


def checked_tag(field: str, text: str) -> str:
    """Return a language tag in normal form, "" if the text is empty; raise InvalidEventError if it is invalid."""
    tag = clean_tag(text)
    if tag is None:
        sentence = tr("“{text}” is not a language here; give its code, such as fa or zh-Hant.", text=text.strip()[:40])
        raise InvalidEventError(field, sentence, value=text)
    return tag


def checked_translations(original: str, translations: tuple[Translation, ...]) -> tuple[Translation, ...]:
    """Sort translations by tag, so that equal sets compare equal.

    Parameters
    ----------
    original
        Tag of the event's original language, or "".

    Raises
    ------
    InvalidEventError
        If there are more than `MAX_ITEMS`, two for one language, or one for the original language.
    """
    if len(translations) > MAX_ITEMS:
        raise InvalidEventError("translations", tr("At most {most} entries fit here.", most=digits(MAX_ITEMS)))
    by_tag: dict[str, Translation] = {}
    for one in translations:
        if one.language == original or one.language in by_tag:
            sentence = tr(
                "There are two texts in one language ({language}); keep one of them.",
                language=language_name(one.language),
            )
            raise InvalidEventError("translations", sentence, value=one.language)
        by_tag[one.language] = one
    return tuple(by_tag[tag] for tag in sorted(by_tag))
