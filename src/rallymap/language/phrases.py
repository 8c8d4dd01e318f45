"""Sentences that are made in one place and shown in another, perhaps in another language or much later."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, reduce

from rallymap.language.speech import semicolon, sentences, tr, trn

_TWO = "{first} {second}"
_ENDS = (".", "!", "?", "؟", "。", "！", "？")


class Phrase(str):
    """A sentence with its values: English as it is, and said in the reader's language by :func:`say`.

    It is a plain text for all that compares, sorts, prints or stores it. Where it becomes part of another text, it has
    to be a value of another phrase, or only the English is left.
    """

    message: str
    many: str
    n: int
    values: dict[str, object]


def phrase(message: str, /, **values: object) -> Phrase:
    """Make a sentence that is said later; see :func:`rallymap.language.tr` for the parameters."""
    return _made(message, values) if values else _plain(message)


@cache
def _plain(message: str) -> Phrase:
    """Make a phrase without values once, as a table may need it for each of its rows."""
    return _made(message, {})


def _made(message: str, values: dict[str, object]) -> Phrase:
    made = Phrase(message.format(**values) if values else message)
    made.message, made.many, made.n, made.values = message, "", 0, values
    return made


def phrase_n(one: str, many: str, n: int, /, **values: object) -> Phrase:
    """Make a sentence with a count that is said later; see :func:`rallymap.language.trn` for the parameters."""
    made = Phrase((one if n == 1 else many).format(n=f"{n:,}", **values))
    made.message, made.many, made.n, made.values = one, many, n, values
    return made


def joined(texts: Iterable[str]) -> str:
    """Join remarks, each of which is said in its turn: "This is doubtful. The end is not known."; "" for none."""
    found = [text for text in texts if text]
    if not found:
        return ""
    return reduce(lambda first, second: phrase(_TWO, first=first, second=second), found)


def in_turn(texts: Iterable[str]) -> str:
    """Say remarks one after the other in the reader's language: a semicolon follows what is not a whole sentence."""
    said = [say(text) for text in texts if text]
    ended = (one if one.endswith(_ENDS) else f"{one}{semicolon()}" for one in said[:-1])
    return sentences([*ended, *said[-1:]])


def packed(text: str) -> object:
    """Return a text as JSON can hold it, to be kept: a phrase with its values, any other text as it is."""
    if not isinstance(text, Phrase):
        return text
    values = {name: _packed_value(value) for name, value in text.values.items()}
    return {"say": text.message, "many": text.many, "n": text.n, "values": values}


def _packed_value(value: object) -> object:
    if isinstance(value, str):
        return packed(value)
    return value if isinstance(value, int | float) else str(value)


def unpacked(kept: object) -> str:
    """Return what :func:`packed` made into JSON; "" for what it cannot have made."""
    if not isinstance(kept, dict):
        return kept if isinstance(kept, str) else ""
    given = kept["values"].items()
    values = {name: unpacked(value) if isinstance(value, str | dict) else value for name, value in given}
    try:
        return phrase_n(kept["say"], kept["many"], kept["n"], **values) if kept["many"] else _made(kept["say"], values)
    except (KeyError, IndexError, ValueError):
        return ""


def say(text: str) -> str:
    """Say a phrase in the language of the present request, with those among its values; other text as it is."""
    if not isinstance(text, Phrase):
        return text
    values = {name: say(value) if isinstance(value, str) else value for name, value in text.values.items()}
    if text.message == _TWO:
        return sentences(map(str, values.values()))
    return trn(text.message, text.many, text.n, **values) if text.many else tr(text.message, **values)
