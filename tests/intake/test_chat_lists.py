"""Lists of cities as people copy them from a chat message."""

from __future__ import annotations

import pytest

from rallymap.intake.chat_lists import is_chat_list
from rallymap.intake.city_table import CityRow, read_cities


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("🇩🇪 Berlin, Alexanderplatz, 14:00", CityRow("Berlin", "Alexanderplatz", time="14:00", country="DE")),
        ("🇫🇷 Paris – Place d’Italie – 15h", CityRow("Paris", "Place d’Italie", time="15h", country="FR")),
        ("• Wien: Stephansplatz, 18 Uhr", CityRow("Wien", "Stephansplatz", time="18 Uhr")),
        ("- Oslo, Stortinget, kl. 17", CityRow("Oslo", "Stortinget", time="kl. 17")),
        ("* Toronto - Nathan Phillips Square - 6 pm", CityRow("Toronto", "Nathan Phillips Square", time="6 pm")),
        ("[24.11.26, 12:05:40] Ben: Madrid, Puerta del Sol, 19:30", CityRow("Madrid", "Puerta del Sol", time="19:30")),
        ("24/11/2026, 12:06 - Chris: Rome, Piazza Navona, 16:00", CityRow("Rome", "Piazza Navona", time="16:00")),
        ("11/24/26, 1:06 PM - Ana B.: Boston, Copley Square, noon", CityRow("Boston", "Copley Square", time="noon")),
        ("📍 Genève, Place des Nations 18h30", CityRow("Genève", "Place des Nations", time="18h30")),
        ("Copenhagen 13:00 Rådhuspladsen", CityRow("Copenhagen", "Rådhuspladsen", time="13:00")),
        ("➤ Hamburg 15-17 Uhr", CityRow("Hamburg", time="15-17 Uhr")),
        ("• München, Straße des 17. Juni 12", CityRow("München", "Straße des 17. Juni 12")),
        ("• Sat 12 December: Bergen, Torget, 13:00", CityRow("Bergen", "Sat 12 December, Torget", time="13:00")),
        ("• 12.12.2026: Bergen, 13:00", CityRow("Bergen", date="12.12.2026", time="13:00")),
        ("• برلین، الکساندرپلاتز، ساعت ۱۴", CityRow("برلین", "الکساندرپلاتز", time="ساعت ۱۴")),
        ("• Львів: площа Ринок, о 15 годині", CityRow("Львів", "площа Ринок", time="о 15 годині")),
        ("台北：自由廣場 15:00", CityRow("台北", "自由廣場", time="15:00")),
        ("• 倫敦：唐寧街 下午2點", CityRow("倫敦", "唐寧街", time="下午2點")),
        ("✅ Frankfurt am Main - Römer - ab 15 Uhr", CityRow("Frankfurt am Main", "Römer", time="ab 15 Uhr")),
    ],
)  # fmt: skip
def test_line_of_a_message_is_read(line: str, row: CityRow) -> None:
    assert read_cities(f"{line}\nLyon - Bellecour").rows == (row, CityRow("Lyon", "Bellecour"))


def test_line_of_invisible_characters_is_empty() -> None:
    assert read_cities("\u200e\nOslo 18:00\n\ufe0f\nBergen 19:00").rows == (
        CityRow("Oslo", time="18:00"),
        CityRow("Bergen", time="19:00"),
    )


def test_numbers_of_a_list_are_no_part_of_the_city() -> None:
    assert [row.city for row in read_cities("1. Lisbon, Rossio\n2) Porto, Aliados\n3. Faro").rows] == [
        "Lisbon", "Porto", "Faro",
    ]  # fmt: skip


def test_what_names_no_city_is_said_and_not_sent() -> None:
    read = read_cities("[24.11.26, 12:03] Ana: Hi all, here is the list 🙏\n🇩🇪 Berlin 14:00\n\nPlease share!\n🙏🙏")
    assert read.rows == (CityRow("Berlin", time="14:00", country="DE"),)
    assert read.remarks == (
        "Not read, as no city was recognised: [24.11.26, 12:03] Ana: Hi all, here is the list 🙏 / Please share!",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Berlin, Alexanderplatz, 14:00\nParis, Place de la République, 15:00",
        "City\tVenue\n• Berlin\tAlexanderplatz",
        "Berlin;Brandenburger Tor - Westseite;14:00",
        "Oslo\nBergen",
        "-,Torget\nOslo,Stortinget",
        "\n \n",
    ],
)
def test_table_is_no_message(text: str) -> None:
    assert not is_chat_list(text)
