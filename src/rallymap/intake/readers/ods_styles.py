"""Read the styles of cells in OpenDocument spreadsheets: months and years instead of days, struck-through text."""

from __future__ import annotations

from rallymap.intake.readers.workbook_formats import CellFormat

_MAX_STYLES = 2_000
_MAX_COLUMNS = 300
_STYLE, _TEXT, _DATES, _COLUMN = "style:style", "style:text-properties", "number:date-style", "table:table-column"
_PARTS = {"number:day": "day", "number:month": "month", "number:year": "year", "number:day-of-week": "day"}
_NONE = ("", "none")


class CellStyles:
    """Collector of styles; call :meth:`start` for each element of the file, in order."""

    def __init__(self) -> None:
        self._dates: dict[str, set[str]] = {}
        self._formats: dict[str, tuple[str, bool]] = {}
        self._date = self._style = ""
        self._columns: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element of styles, or the default style of columns."""
        if name == _DATES and len(self._dates) < _MAX_STYLES:
            self._date = attributes.get("style:name", "")
            self._dates[self._date] = set()
        elif name in _PARTS and self._date in self._dates:
            self._dates[self._date].add(_PARTS[name])
        elif name == _STYLE and len(self._formats) < _MAX_STYLES:
            self._style = attributes.get("style:name", "")
            self._formats[self._style] = (attributes.get("style:data-style-name", ""), False)
        elif name == _TEXT and self._style in self._formats:
            lines = [attributes.get(f"style:text-line-through-{kind}", "") for kind in ("style", "type")]
            if any(line not in _NONE for line in lines):
                self._formats[self._style] = (self._formats[self._style][0], True)
        elif name == _COLUMN:
            repeated = int(attributes.get("table:number-columns-repeated", 1))
            some = min(repeated, _MAX_COLUMNS - len(self._columns))
            self._columns += [attributes.get("table:default-cell-style-name", "")] * some

    def begin_table(self) -> None:
        """Forget the columns of the table before."""
        self._columns = []

    def format_of(self, attributes: dict[str, str], column: int) -> CellFormat:
        """Return the format of a cell from its own style, or that of its column."""
        default = self._columns[column] if column < len(self._columns) else ""
        dates, is_struck = self._formats.get(attributes.get("table:style-name") or default, ("", False))
        parts = self._dates.get(dates, set())
        is_date = attributes.get("office:value-type") == "date"
        shows = "" if not is_date or "day" in parts else "month" if "month" in parts else "year" if parts else ""
        return CellFormat(shows, is_struck)
