"""Clean texts of an event, and limit their length."""

from __future__ import annotations

import unicodedata

from rallymap.errors import InvalidEventError
from rallymap.language import digits, mark, tr
from rallymap.visible_text import has_visible, limit_marks

MAX_TITLE = 200
MAX_NAME = 200
MAX_TEXT = 4000
MAX_QUOTE = 600
MAX_ITEMS = 40
MAX_DESCRIPTION = 400
_IF_EMPTY = {"title": mark("Give the event a title.")}
_EMPTY = mark("Please fill this in; it cannot be empty.")


def clean_text(field: str, text: str, *, max_length: int, required: bool = False) -> str:
    """Normalise a text for storage.

    Strip spaces, apply Unicode NFC and drop control characters (except line breaks), so that equal texts compare equal
    and contain nothing hidden. The text is not escaped: the code that renders it does that.

    Raises
    ------
    InvalidEventError
        If the text is longer than `max_length` characters, or empty and `required`.
    """
    if not text and not required:
        return text
    if len(text) > max_length * 4:
        raise InvalidEventError(
            field, tr("This text is too long; at most {most} characters fit.", most=digits(max_length)), value=text[:80]
        )
    if text.isprintable():
        # Fast path for most texts, which contain nothing hidden: a map of a million events reads ten texts of each.
        kept = text.strip() if text.isascii() else limit_marks(unicodedata.normalize("NFC", text)).strip()
    else:
        shown = "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or not _is_hidden(c))
        kept = limit_marks(shown).strip()
    if len(kept) > max_length:
        sentence = tr(
            "This text has {length} characters; at most {most} fit.", length=digits(len(kept)), most=digits(max_length)
        )
        raise InvalidEventError(field, sentence, value=kept[:80])
    if required and not has_visible(kept):
        raise InvalidEventError(field, tr(_IF_EMPTY.get(field, _EMPTY)))
    return kept


def _is_hidden(char: str) -> bool:
    # Cc: controls; Cs: lone surrogates, which databases and JSON reject. Bidirectional overrides reorder the text
    # around them, so that one name can be made to look like another. ZWNJ and ZWJ (Cf) are kept: Persian needs them.
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )


def clean_names(field: str, items: tuple[str, ...], *, max_length: int) -> tuple[str, ...]:
    """Normalise names; drop empty ones and duplicates.

    Raises
    ------
    InvalidEventError
        If there are more than `MAX_ITEMS` names, or one is longer than `max_length` characters.
    """
    if not items:
        return ()
    if len(items) > MAX_ITEMS:
        raise InvalidEventError(
            field,
            tr("At most {most} entries fit here; there are {found}.", most=digits(MAX_ITEMS), found=digits(len(items))),
        )
    cleaned = (clean_text(field, item, max_length=max_length) for item in items)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def clean_country(field: str, code: str) -> str:
    """Return a two-letter code in capitals, "" for none; raise ``InvalidEventError`` for anything else."""
    code = code.strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise InvalidEventError(field, tr("A country is its two-letter ISO 3166-1 code, such as NO."), value=code)
    return code
