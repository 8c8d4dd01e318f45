"""Words in headings, titles and places that mean something else than they do elsewhere."""

from __future__ import annotations

import pytest

from rallymap.events import Event, Kind
from rallymap.intake.findings import NoteKind
from rallymap.intake.reading import Reading
from tests.intake.tables_with_places import read

pytestmark = pytest.mark.slow


def _event(source: str) -> Event:
    (event,) = read(source).events
    return event


def _notes(reading: Reading) -> list[str]:
    return [note.reason for note in reading.rows[0].notes if note.kind is not NoteKind.KEPT]


@pytest.mark.parametrize(
    "place",
    [
        "from noon to midnight",
        "From Dawn to Dusk",
        "du lundi au vendredi",
        "da definire a breve",
        "od rana do wieczora",
        "с утра до вечера",
        "från lunch till kväll",
        "do meio-dia à noite",
        "ab Mittag bis Mitternacht",
        "vom Senat bis auf Weiteres gesperrt",
        "z důvodu deště na náměstí",
        "از صبح تا شب",
        "von Rathausplatz nach Neumarkt verlegt",
        "Da Gino a Trastevere",
        "Ab Bahnhof bis Ende der Veranstaltung",
        "From Hyde Park to TBA",
    ],
)
def test_a_place_with_words_for_from_and_to_is_no_route_without_two_places(place: str) -> None:
    event = _event(f"Date,City,Place,Event\n2022-03-12,Berlin,{place},For peace\n")

    assert event.route == ()
    assert event.kind is not Kind.MARCH


@pytest.mark.parametrize(
    "place",
    [
        "from the town hall to the park",
        "de la plaza Mayor a la calle Sol",
        "Marsch von Rathaus Schöneberg zum Alexanderplatz",
        "od Rynku do placu Solnego",
    ],
)
def test_a_route_in_a_place_has_a_note(place: str) -> None:
    reading = read(f"Date,City,Place,Event\n2022-03-12,Berlin,{place},For peace\n")

    assert (len(reading.events[0].route), reading.events[0].kind) == (2, Kind.MARCH)
    assert any(note.startswith("The route was read from this text") for note in _notes(reading))


@pytest.mark.parametrize(
    "title",
    [
        "Marsch von Frauen zum Rathausplatz",
        "Trauermarsch von Angehörigen zum Stadtpark",
        "Fackelzug von Amnesty zum Platz der Republik",
        "Mars van Oekraïners naar het Plein",
        "Marche des Fiertés de Lyon à la Place Bellecour",
        "Marche des étudiants de l'université à la Place Bellecour",
        "Marsch von Kirche und Gewerkschaft zum Rathausplatz",
        "March from Church Leaders to Trafalgar Square",
        "Corteo da Gaza a Piazza Duomo",
        "Marcha das Mulheres do Brasil à Praça do Comércio",
        "Шествие от Яблока до площади Сахарова",
        "Marche de Solidarité à la Place de la République",
        "March from Slavery to Freedom Park",
        "March for freedom from Iran to Trafalgar Square",
        "March from Most Americans to Union Square",
    ],
)
def test_people_and_causes_in_the_title_of_a_march_are_no_start(title: str) -> None:
    event = _event(f"Date,City,Event\n2022-03-12,Berlin,{title}\n")

    assert (event.kind, event.route, event.place.venue) == (Kind.MARCH, (), "")


@pytest.mark.parametrize(
    ("table", "edtf", "crowd"),
    [
        ("Date,City,Event,Hour,Min,Max\n2022-03-05,Vienna,A,14,50,80\n", "2022-03-05T14:00:00", [(50, 80)]),
        ("Fecha,Ciudad,Acto,H,M\n05/03/2022,Madrid,A,12,8\n", "2022-03-05", []),
        ("Date,City,Event,Hour,M\n2022-03-05,Vienna,A,14,5\n", "2022-03-05T14:05:00", []),
    ],
)
def test_smallest_numbers_and_letters_for_men_are_no_minutes(
    table: str, edtf: str, crowd: list[tuple[int, int]]
) -> None:
    event = _event(table)

    assert event.when.edtf.startswith(edtf)
    assert "12:08" not in event.when.edtf
    assert [(one.low, one.high) for one in event.crowd] == crowd


def test_joined_hours_and_minutes_have_a_remark() -> None:
    reading = read("Date,City,Event,Hour,Min\n2022-03-05,Vienna,A,14,5\n")

    assert any("Hour, Min" in str(remark) for remark in reading.remarks)


@pytest.mark.parametrize("heading", ["Sector", "Zona", "Designation"])
def test_headings_that_are_everyday_words_are_notes(heading: str) -> None:
    reading = read(f"Date,City,Event,{heading}\n2022-03-05,Paris,March for schools,Education\n")

    assert (reading.events[0].place.text, reading.events[0].title) == ("Paris", "March for schools")
    assert [note.value for note in reading.rows[0].notes] == ["Education"]


@pytest.mark.parametrize("heading", ["Val", "Sat", "Kell", "Hr"])
def test_a_short_heading_is_a_time_only_with_times(heading: str) -> None:
    reading = read(f"Datum,Stad,Titel,{heading}\n2022-09-11,Malmö,Demo,Riksdagsval\n")
    timed = _event(f"Datum,Stad,Titel,{heading}\n2022-09-11,Malmö,Demo,18:00\n")

    assert not _notes(reading)
    assert timed.when.edtf == "2022-09-11T18:00:00"


def test_the_description_of_a_named_place_stays_complete() -> None:
    prose = "We meet behind the church. Bring a candle, and tell your friends. " * 5
    location = f'{{"name":"Town Hall","city":"Bonn","description":"{prose}"}}'
    event = _event(f'[{{"title":"A","date":"2022-03-05","location":{location}}}]')

    assert event.place.venue == "Town Hall"
    assert prose.strip() in event.about


@pytest.mark.parametrize(
    ("heading", "by"),
    [
        ("Estimate by police forces", "police"),
        ("Security forces estimate", None),
        ("Asistentes efectivos", None),
        ("Estimación efectivos policiales", None),
        ("Participants (staff and students)", None),
    ],
)
def test_estimates_by_forces_and_people_who_take_part_are_crowds(heading: str, by: str | None) -> None:
    event = _event(f"Date,City,Event,{heading}\n2024-05-01,Paris,March,500\n")

    assert [one.low for one in event.crowd] == [500]
    assert by is None or event.crowd[0].by == by


@pytest.mark.parametrize("heading", ["Detained participants", "Police staff", "Arrested protesters"])
def test_people_who_were_arrested_are_no_crowd(heading: str) -> None:
    assert _event(f"Date,City,Event,{heading}\n2024-05-01,Paris,March,500\n").crowd == ()


@pytest.mark.parametrize("heading", ["Média", "Medio", "СМИ", "Testata"])
def test_the_medium_of_a_source_is_its_publisher(heading: str) -> None:
    event = _event(f"Date,City,Event,Source,{heading}\n2024-05-01,Paris,March,https://example.org/a,Le Monde\n")

    assert [(one.url, one.publisher) for one in event.sources] == [("https://example.org/a", "Le Monde")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("What is happening in Iran: rally", Kind.RALLY),
        ("Хід подій в Україні", None),
        ("Збор коштів", None),
        ("전시 성폭력 피해자 집회", Kind.RALLY),
        ("토론회 규탄 집회", Kind.RALLY),
        ("이태원 참사 추모 문화제", Kind.VIGIL),
        ("기자회견", None),
        ("Velada de boxeo", None),
        ("Skup złomu", None),
        ("Събиране на подписи", None),
        ("Vivir sin miedo", None),
        ("Mesa de mujeres", None),
    ],
)
def test_everyday_words_in_titles_are_no_kind_of_event(title: str, kind: Kind | None) -> None:
    plain = _event("Date,City,Event\n2022-03-05,Berlin,Freiheit\n").kind

    assert _event(f"Date,City,Event\n2022-03-05,Berlin,{title}\n").kind is (kind or plain)


def test_the_same_words_in_a_column_of_kinds_are_kinds() -> None:
    reading = read("Дата;Місто;Тип;Назва\n05.03.2022;Київ;хід;А\n06.03.2022;Київ;мітинг;Б\n")

    assert [event.kind for event in reading.events] == [Kind.MARCH, Kind.RALLY]


@pytest.mark.parametrize(
    ("heading", "value"), [("Tip", "Bring water"), ("Dan", "Miller"), ("Part", "B"), ("Buyer", "ACME"), ("Fte", "1.5")]
)
def test_short_headings_of_other_languages_need_fitting_values(heading: str, value: str) -> None:
    reading = read(f"Date,City,Event,{heading}\n2022-03-05,Berlin,Freiheit,{value}\n")

    assert (reading.events[0].title, reading.events[0].crowd, reading.events[0].sources) == ("Freiheit", (), ())
    assert [note.value for note in reading.rows[0].notes if note.kind is NoteKind.KEPT] == [value]
    assert not _notes(reading)
