"""Print the output of all commands without markup and without control characters that a terminal would execute."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPE_WIDTH = 10_000
"""Wide enough that no row is wrapped: other programs read lines."""


_REORDERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return a text as one line without characters that a terminal would execute, or that reorder what follows."""
    shown = (char for char in text if char not in _REORDERS)
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in shown)


def note(sentence: str) -> None:
    """Print a message to standard error, separate from the result."""
    click.echo(printable(sentence), err=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> None:
    """Print a table to standard output; in a pipe each row is one line."""
    table = Table(title=Text(printable(title)) if title else None, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console = Console(highlight=False, soft_wrap=False)
    console = console if console.is_terminal else Console(highlight=False, width=_PIPE_WIDTH)
    with console.capture() as capture:
        console.print(table)
    # click.echo handles closed pipes, and streams that cannot encode a character.
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def count(number: int, noun: str, plural: str = "") -> str:
    """Format a number with its noun: "1 event", "2 events"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def size(number: int) -> str:
    """Format a number of bytes with its unit: "812 bytes", "3.4 MB"."""
    if number < 1000:
        return count(number, "byte")
    for unit in ("kB", "MB"):
        number_of_unit = number / (1e3 if unit == "kB" else 1e6)
        if number_of_unit < 1000:
            return f"{number_of_unit:.3g} {unit}"
    return f"{number / 1e9:.3g} GB"
