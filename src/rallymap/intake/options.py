"""Options for a whole file: sheets to read, meaning of columns, values for all rows."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rallymap.errors import IntakeError
from rallymap.intake.cells.date_stamps import Order
from rallymap.intake.coordinates import PointOrder
from rallymap.language import tr

DEFAULT_FIELDS = (
    "title", "date", "place", "country", "kind", "status", "communities", "topics", "organisers", "zone",
    "source_title", "source_url", "source_publisher", "year",
)  # fmt: skip
"""Fields that can have a value for all rows of a file."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Mapping and defaults; every part can be empty.

    Attributes
    ----------
    defaults
        Values by name from :data:`DEFAULT_FIELDS`, for rows that have none.
    columns
        Fields by heading; "note" keeps a column as a note, "" ignores it.
    sheets
        Names of the sheets to read; empty for all that contain events.
    header_row
        Number of the header row, None to detect it, 0 if the table has none.
    missing
        By heading, the values that mean "unknown".
    kinds, statuses
        Meanings of words in the file.
    order
        Order of day and month in numeric dates.
    points
        How to read coordinates: as given, swapped or not at all.
    skip_repeated
        Whether to skip rows that are identical to an earlier row, as possible duplicates.
    """

    defaults: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    header_row: int | None = None
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    order: Order = Order.UNKNOWN
    points: PointOrder = PointOrder.FIND_OUT
    skip_repeated: bool = True

    def default(self, name: str) -> str:
        """Return the value for all rows, or ""."""
        return self.defaults.get(name, "")

    def with_default(self, name: str, value: str) -> ImportOptions:
        """Return a copy with one more value for all rows."""
        return replace(self, defaults={**self.defaults, name: value})

    def with_defaults(self, other: ImportOptions) -> ImportOptions:
        """Merge with other options; the values of this instance override the other's."""
        return replace(
            other,
            defaults={**other.defaults, **self.defaults},
            columns={**other.columns, **self.columns},
            sheets=self.sheets or other.sheets,
            header_row=self.header_row if self.header_row is not None else other.header_row,
            missing={**other.missing, **self.missing},
            kinds={**other.kinds, **self.kinds},
            statuses={**other.statuses, **self.statuses},
            order=self.order if self.order is not Order.UNKNOWN else other.order,
            points=self.points if self.points is not PointOrder.FIND_OUT else other.points,
            skip_repeated=self.skip_repeated and other.skip_repeated,
        )


def to_toml(options: ImportOptions) -> str:
    """Convert options to a mapping file: TOML that people can read and edit."""
    lines = ["# How rallymap reads tables with these headings. Use it with: rallymap import FILE --map THIS_FILE", ""]
    if options.sheets:
        lines.append(f"sheets = [{', '.join(map(_quoted, options.sheets))}]")
    if options.header_row is not None:
        lines.append(f"header_row = {options.header_row}")
    if options.order is not Order.UNKNOWN:
        lines.append(f"order = {_quoted(options.order)}")
    if options.points is not PointOrder.FIND_OUT:
        lines.append(f"points = {_quoted(options.points)}")
    if not options.skip_repeated:
        lines.append("skip_repeated = false")
    for name, table in (
        ("defaults", options.defaults),
        ("columns", options.columns),
        ("kinds", options.kinds),
        ("statuses", options.statuses),
    ):
        if table:
            lines += ["", f"[{name}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items())]
    if options.missing:
        lines += ["", "[missing]"]
        lines += [
            f"{_quoted(key)} = [{', '.join(map(_quoted, sorted(marks)))}]" for key, marks in options.missing.items()
        ]
    return "\n".join(lines) + "\n"


def from_toml(text: str) -> ImportOptions:
    """Parse a mapping file.

    Raises
    ------
    IntakeError
        If it is not valid TOML, or a value is invalid.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise IntakeError(1, "", tr("The mapping file cannot be read: {err}.", err=err)) from err
    header_row, order = data.get("header_row"), data.get("order", "unknown")
    points = data.get("points", PointOrder.FIND_OUT)
    if header_row is not None and (not isinstance(header_row, int) or header_row < 0):
        raise IntakeError(1, "header_row", tr("In the mapping file “header_row” is a row number, such as 3."))
    if order not in list(Order):
        raise IntakeError(1, "order", tr("In the mapping file “order” is one of: {names}.", names=", ".join(Order)))
    if points not in list(PointOrder):
        names = ", ".join(PointOrder)
        raise IntakeError(1, "points", tr("In the mapping file “points” is one of: {names}.", names=names))
    defaults = _texts(data, "defaults")
    if unknown := defaults.keys() - set(DEFAULT_FIELDS):
        raise IntakeError(
            1,
            "defaults",
            tr(
                "In the mapping file “{name}” is not a default; one of: {names}.",
                name=min(unknown),
                names=", ".join(DEFAULT_FIELDS),
            ),
        )
    missing = data.get("missing", {})
    return ImportOptions(
        defaults=defaults,
        columns=_texts(data, "columns"),
        sheets=tuple(map(str, data.get("sheets", ()))),
        header_row=header_row,
        missing={str(key): _marks(values) for key, values in missing.items()} if isinstance(missing, dict) else {},
        kinds=_texts(data, "kinds"),
        statuses=_texts(data, "statuses"),
        order=Order(order),
        points=PointOrder(points),
        skip_repeated=bool(data.get("skip_repeated", True)),
    )


def _marks(values: object) -> frozenset[str]:
    items: Sequence[object] = values if isinstance(values, list) else [values]
    return frozenset(str(item).casefold() for item in items)


def _texts(data: Mapping[str, Any], name: str) -> dict[str, str]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise IntakeError(
            1, name, tr("In the mapping file “{name}” is a table with one line for each entry.", name=name)
        )
    return {str(key): str(value) for key, value in table.items()}


def _quoted(text: str) -> str:
    # JSON strings are valid TOML basic strings, except for DEL.
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
