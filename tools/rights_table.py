"""Write the rights table, role by verb, to ``docs/rights.md``: ``python -m tools.rights_table``."""

from __future__ import annotations

from pathlib import Path

from rallymap.moderation import rights_table

PATH = Path(__file__).resolve().parents[1] / "docs" / "rights.md"
INTRODUCTION = """\
# Who may do what

Rights are checked where things are done (`rallymap.workflows` and the store below it), whatever a page shows; a test
calls every verb as every role. A moderator can be limited to countries: then the rights that visitors do not have hold
for events of these countries only, and events elsewhere are not listed. Where `RALLYMAP_TWO_MODERATORS=1`, a future
venue is published when two moderators want it.

An organiser needs no account: the private link of a submission is the right to change that event. Accounts are made on
the command line (`rallymap moderators add`) or by an administrator's one-time link.

This table is printed from the code by `python -m tools.rights_table`.

"""


def document() -> str:
    """Return the whole file."""
    return INTRODUCTION + rights_table()


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(document(), "utf-8")
