"""The table of a campaign's cities: pasted in any form, stored as one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallymap.errors import InvalidEventError
from rallymap.intake.city_table import MAX_CITIES, CityRow, kept_cities, read_cities, write_cities

PARIS = CityRow("Paris", "Place de la République", time="15:00", organiser="Collectif")
LYON = CityRow("Lyon", "Bellecour, left", time="16:30")


@pytest.mark.parametrize(
    "text",
    [
        "City\tVenue\tTime\tGroup\nParis\tPlace de la République\t15:00\tCollectif\nLyon\tBellecour, left\t16:30\t\n",
        'group,local time,where,city\nCollectif,15:00,Place de la République,Paris\n,16:30,"Bellecour, left",Lyon\n',
        "Heure;Ville;Lieu;Organisateur\n15:00;Paris;Place de la République;Collectif\n16:30;Lyon;Bellecour, left;\n",
        "Paris\tPlace de la République\t15:00\tCollectif\n\n\t\t\t\nLyon\tBellecour, left\t16:30\t\n",
        "15:00\tParis\tPlace de la République\tCollectif\n16:30\tLyon\tBellecour, left\n",
        (
            "Ort der Kundgebung;Uhrzeit;Treffpunkt;Gruppe\nParis;15:00;Place de la République;Collectif\n"
            "Lyon;16:30;Bellecour, left;\n"
        ),
    ],
)
def test_rows_are_read_in_any_order_of_columns(text: str) -> None:
    assert read_cities(text).rows == (PARIS, LYON)


def test_headings_of_the_page_are_known_and_others_are_named() -> None:
    table = read_cities("Stadt X\tUhr X\tFarbe\nKiel\t14 Uhr\trot", labels={"Stadt X": "city", "Uhr X": "time"})
    assert table.rows == (CityRow("Kiel", time="14 Uhr"),)
    assert table.remarks == ("Not read, as it has no place here: Farbe.",)


def test_merged_cities_totals_and_unknown_cells_of_a_spreadsheet() -> None:
    table = read_cities(
        "City\tCountry\tVenue\tTime\tGroup\n\nBerlin\tDE\tTor\t18 Uhr\tTBA\n\t\tMarkt\tn/a\t?\n"
        "〃\t\tPark\t\t-\n?\t\tSaal\t\t\nتهران\tIR\tمیدان\t۱۸:۳۰\tگروه\nSumme\t\t\t\t5\n"
    )
    assert table.rows == (
        CityRow("Berlin", "Tor", time="18 Uhr", country="DE"),
        CityRow("Berlin", "Markt", country="DE"),
        CityRow("Berlin", "Park", country="DE"),
        CityRow("?", "Saal"),  # not in Berlin
        CityRow("تهران", "میدان", time="۱۸:۳۰", organiser="گروه", country="IR"),
    )
    assert table.remarks == ("Not read, as these are totals: Summe.", "An empty city is read as the city above it.")


def test_cells_without_a_column_are_named_and_a_town_is_no_total() -> None:
    table = read_cities("Oslo\tTorget\tGroup A\tbring candles\nBergen\tTorget\tGroup B\t-")
    assert table.remarks == ("Not read, as it has no place here: bring candles.",)
    assert read_cities("Philadelphia\nMedia").rows == (CityRow("Philadelphia"), CityRow("Media"))


def test_one_column_of_names_and_days() -> None:
    assert read_cities("Paris\nLyon").rows == (CityRow("Paris"), CityRow("Lyon"))
    assert read_cities("Paris\t4 July 2026\nLyon\t5 July 2026").rows[1] == CityRow("Lyon", date="5 July 2026")
    assert read_cities(" \n").rows == ()


def test_too_long_a_text_is_refused_in_words() -> None:
    with pytest.raises(InvalidEventError) as caught:
        read_cities("x\n" * 40_000)
    assert (caught.value.field, caught.value.user_message) == (
        "cities",
        "This is too long to be pasted at once; paste fewer rows.",
    )


CELL = st.text(max_size=20).map(lambda text: " ".join(text.split()))


def test_form_reads_a_limited_number_of_rows() -> None:
    for row in ("", "Oslo"):
        assert len(kept_cities("city\n" + f"{row}\n" * 20_000)) == MAX_CITIES


@pytest.mark.slow
@given(st.lists(st.builds(CityRow, CELL, CELL, CELL, CELL, CELL, CELL, CELL), max_size=5))
def test_kept_rows_are_the_same(rows: list[CityRow]) -> None:
    assert kept_cities(write_cities(rows)) == tuple(rows)
