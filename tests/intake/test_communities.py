"""The vocabulary of communities."""

from __future__ import annotations

from pathlib import Path

from rallymap.countries import read_country_code
from rallymap.intake.communities import Community, Vocabulary, read_communities

BUNDLED = Path(__file__).parents[2] / "data" / "communities.csv"


def test_bundled_vocabulary_is_complete() -> None:
    vocabulary, complaints = read_communities(BUNDLED)
    assert complaints == ()
    assert len(set(vocabulary.names)) == len(vocabulary.names) == 68
    countries = [community for community in vocabulary.communities if community.country]
    assert len({community.country for community in countries}) == len(countries)
    # Name and code must denote the same country.
    assert [one for one in countries if read_country_code(one.name) != one.country] == []


def test_invalid_rows_are_left_out_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "communities.csv"
    path.write_text(
        "name,kind,iso\nIran,country or territory,IR\n,people,\nAtlantis,country,XX\nKurds,people,\nIran,,\n"
    )
    vocabulary, complaints = read_communities(path)
    assert vocabulary.communities == (Community("Iran", "IR"), Community("Kurds"))
    words = "is left out; it needs a name, and a country's two-letter code or nothing."
    assert complaints == (f"Row 3 of communities.csv {words}", f"Row 4 of communities.csv {words}")


def test_missing_or_damaged_file_gives_an_empty_vocabulary(tmp_path: Path) -> None:
    assert read_communities(tmp_path / "none.csv") == (Vocabulary(), ())
    damaged = tmp_path / "communities.csv"
    damaged.write_bytes(b"name,kind,iso\n\xff\xfe,,\n")
    assert read_communities(damaged) == (
        Vocabulary(),
        ("communities.csv in the data folder cannot be read; no community is offered by name.",),
    )
