"""Collect all errors of a row or form instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from rallymap.errors import InvalidEventError
from rallymap.language import tr

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_YES = frozenset({"1", "y", "yes", "true", "x"})
_NO = frozenset({"", "0", "n", "no", "false"})
_YES_OR_NO = _YES | _NO


class FieldErrors:
    """Errors found so far, in order."""

    def __init__(self) -> None:
        self.found: list[InvalidEventError] = []

    def add(self, field: str, sentence: str, *, value: str = "") -> None:
        """Add one error for `field`."""
        self.found.append(InvalidEventError(field, sentence, value=value))

    def attempt(self, build: Callable[[], T], otherwise: T, *, field_for: Callable[[str], str] = str) -> T:
        """Build a value; if this fails, record the error and return a fallback.

        Parameters
        ----------
        build
            Function without arguments that builds the value.
        otherwise
            Returned if `build` raises ``InvalidEventError``.
        field_for
            Maps the field in the error to the name of the form field or column.
        """
        try:
            return build()
        except InvalidEventError as err:
            self.add(field_for(err.field), err.user_message, value=err.value)
            return otherwise


def read_choice(field: str, text: str, kind: type[E], default: E) -> E:
    """Parse a value of `kind` as people write it ("Moved online"); an empty text gives `default`.

    Raises
    ------
    InvalidEventError
        If the text is not an accepted value.
    """
    if not text:
        return default
    if _is_value(kind, text):
        return kind(text)  # written by a reader
    folded = "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
    if not folded:
        return default
    try:
        return kind(folded)
    except ValueError as err:
        raise InvalidEventError(
            field,
            tr("“{text}” is not known here; one of: {choices}.", text=text.strip()[:40], choices=", ".join(kind)),
            value=text,
        ) from err


@lru_cache(maxsize=256)
def _is_value(kind: type[StrEnum], text: str) -> bool:
    return any(text == member.value for member in kind)


def read_yes_or_no(field: str, text: str) -> bool:
    """Parse yes or no as people and spreadsheets write it; "" means no.

    Raises
    ------
    InvalidEventError
        If the text is neither.
    """
    folded = text.strip().casefold()
    if folded not in _YES_OR_NO:
        raise InvalidEventError(field, tr("“{text}” is neither yes nor no.", text=text.strip()[:40]), value=text)
    return folded in _YES
