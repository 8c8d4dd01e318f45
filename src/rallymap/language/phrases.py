"""Sentences that are created in one place and translated in another, perhaps much later."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, reduce

from rallymap.language.speech import isolated, semicolon, sentences, tr, trn

_TWO = "{first} {second}"
_ENDS = (".", "!", "?", "؟", "。", "！", "？")


class Phrase(str):
    """A sentence with its values: the English text, which :func:`say` translates into the reader's language.

    Comparing, sorting, printing and storing use the English text. To embed it in another text, pass it as a value of
    another phrase; formatting it into a plain string keeps only the English.
    """

    message: str
    many: str
    n: int
    values: dict[str, object]


def phrase(message: str, /, **values: object) -> Phrase:
    """Create a sentence to be translated later; see :func:`rallymap.language.tr` for the parameters."""
    return _made(message, values) if values else _plain(message)


@cache
def _plain(message: str) -> Phrase:
    """Create a phrase without values; cached, because a table can need it for each of its rows."""
    return _made(message, {})


def _made(message: str, values: dict[str, object]) -> Phrase:
    made = Phrase(message.format(**values) if values else message)
    made.message, made.many, made.n, made.values = message, "", 0, values
    return made


def phrase_n(one: str, many: str, n: int, /, **values: object) -> Phrase:
    """Create a sentence with a count to be translated later; see :func:`rallymap.language.trn` for the parameters."""
    made = Phrase((one if n == 1 else many).format(n=f"{n:,}", **values))
    made.message, made.many, made.n, made.values = one, many, n, values
    return made


def joined(texts: Iterable[str]) -> str:
    """Join remarks into one phrase: "This is doubtful. The end is not known."; "" for none."""
    found = [text for text in texts if text]
    if not found:
        return ""
    return reduce(lambda first, second: phrase(_TWO, first=first, second=second), found)


def in_turn(texts: Iterable[str]) -> str:
    """Translate remarks and join them; a semicolon follows those that are not whole sentences."""
    said = [say(text) for text in texts if text]
    ended = (one if one.endswith(_ENDS) else f"{one}{semicolon()}" for one in said[:-1])
    return sentences([*ended, *said[-1:]])


def to_json_value(text: str) -> object:
    """Convert a text to a JSON value for storage: a phrase with its values, any other text unchanged."""
    if not isinstance(text, Phrase):
        return text
    values = {name: _packed_value(value) for name, value in text.values.items()}
    return {"say": text.message, "many": text.many, "n": text.n, "values": values}


def _packed_value(value: object) -> object:
    if isinstance(value, str):
        return to_json_value(value)
    return value if isinstance(value, int | float) else str(value)


def from_json_value(kept: object) -> str:
    """Restore a text from the JSON value of :func:`to_json_value`; "" if the value is invalid."""
    if not isinstance(kept, dict):
        return kept if isinstance(kept, str) else ""
    given = kept["values"].items()
    values = {name: from_json_value(value) if isinstance(value, str | dict) else value for name, value in given}
    try:
        return phrase_n(kept["say"], kept["many"], kept["n"], **values) if kept["many"] else _made(kept["say"], values)
    except (KeyError, IndexError, ValueError):
        return ""


def _said(value: str) -> str:
    return say(value) if isinstance(value, Phrase) else isolated(value)


def say(text: str) -> str:
    """Translate a phrase, and phrases among its values, into the current language; return other texts unchanged.

    Values that are no phrases are isolated: they were written by people, and may run in the other direction.
    """
    if not isinstance(text, Phrase):
        return text
    values = {name: _said(value) if isinstance(value, str) else value for name, value in text.values.items()}
    if text.message == _TWO:
        return sentences(map(str, values.values()))
    return trn(text.message, text.many, text.n, **values) if text.many else tr(text.message, **values)
