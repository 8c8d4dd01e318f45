"""The documented rights table equals the one that the code enforces."""

from tools import rights_table


def test_rights_page_matches_the_enforced_rules() -> None:
    assert rights_table.PATH.read_text("utf-8") == rights_table.document(), "run: python -m tools.rights_table"
