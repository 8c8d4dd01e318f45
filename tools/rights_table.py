"""Write the rights table, role by permission, into ``docs/rights.md``: ``python -m tools.rights_table``.

The rest of the page is written by hand; only what follows :data:`MARK` is generated.
"""

from __future__ import annotations

from pathlib import Path

from rallymap.moderation import rights_table

PATH = Path(__file__).resolve().parents[1] / "docs" / "rights.md"
MARK = "This table is written from the code by `python -m tools.rights_table`.\n\n"


def document() -> str:
    """Return the whole page with the current table.

    Raises
    ------
    ValueError
        If the page does not contain :data:`MARK`.
    """
    text = PATH.read_text("utf-8")
    return text[: text.index(MARK) + len(MARK)] + rights_table()


if __name__ == "__main__":
    PATH.write_text(document(), "utf-8")
