"""Titles and summaries in several languages in tables and JSON."""

from __future__ import annotations

import json

import pytest

from rallymap.events import Event, Translation
from rallymap.intake.options import ImportOptions
from rallymap.intake.reading import read_events
from rallymap.intake.tables.meanings import meaning_label
from rallymap.intake.tables.tagged_headings import tagged_field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("title (fa)", "title:fa"),
        ("Title [FA]", "title:fa"),
        ("title_fa", "title:fa"),
        ("TITLE_ZH_HANT", "title:zh-Hant"),
        ("Titel (de)", "title:de"),
        ("Titel (Deutsch)", "title:de"),
        ("Title (Persian)", "title:fa"),
        ("عنوان (فارسی)", "title:fa"),
        ("name:uk", "title:uk"),
        ("name.pt-BR", "title:pt-BR"),
        ("properties.name.uk", "title:uk"),
        ("about_fa", "about:fa"),
        ("description@ku", "about:ku"),
        ("Beschreibung (Ukrainisch)", "about:uk"),
        ("title", ""),
        ("name_id", ""),
        ("title_no", ""),
        ("title (short)", ""),
        ("city (fa)", ""),
        ("source_title", ""),
        ("source1_title", ""),
        ("", ""),
    ],
)
def test_heading_names_a_language(heading: str, field: str) -> None:
    assert tagged_field(heading) == field


def test_label_of_a_column_includes_its_language() -> None:
    assert meaning_label("title:fa") == "Title (Persian)"


def read(text: str) -> list[Event]:
    return list(read_events(text.encode(), ImportOptions()).events)


def words(event: Event) -> tuple[str, str, str, tuple[Translation, ...]]:
    return event.title, event.language, event.about, event.translations


def test_table_with_columns_for_languages() -> None:
    first, second = read(
        "title,language,about,title (fa),about_fa,Titel (de),date,city\n"
        "Rally,en,Words,تجمع,درباره,,2022-02-01,Oslo\n"
        "Vigil,,,,,Mahnwache,2022-02-02,Oslo\n"
    )
    assert words(first) == ("Rally", "en", "Words", (Translation("fa", "تجمع", "درباره"),))
    assert words(second) == ("Vigil", "", "", (Translation("de", "Mahnwache"),))


def test_code_of_a_language_that_looks_like_a_missing_value_is_read() -> None:
    [event] = read(
        "title,language,translation1_language,translation1_title,date,city\nSamling,nn,ka,აქცია,2022-02-01,Oslo\n"
    )
    assert words(event) == ("Samling", "nn", "", (Translation("ka", "აქცია"),))


def test_first_language_is_the_original_if_every_column_has_one() -> None:
    first, second = read(
        "Titel (de),name:uk,Beschreibung (de),Datum,Ort\nDemo,Мітинг,Text,2022-02-01,Kiel\n,Віче,,2022-02-02,Kiel\n"
    )
    assert words(first) == ("Demo", "de", "Text", (Translation("uk", "Мітинг"),))
    assert words(second) == ("Віче", "uk", "", ())


def test_title_equal_to_a_translation_is_in_its_language() -> None:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [10.75, 59.91]},
        "properties": {"name": "Мітинг", "name:uk": "Мітинг", "name:en": "Rally", "date": "2022-02-01"},
    }
    [event] = read(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert words(event) == ("Мітинг", "uk", "", (Translation("en", "Rally"),))


def test_json_with_a_text_for_each_language() -> None:
    [event] = read(json.dumps([{"title": {"en": "Rally", "fa": "تجمع"}, "date": "2022-02-01", "city": "Oslo"}]))
    assert words(event) == ("Rally", "en", "", (Translation("fa", "تجمع"),))


def test_jsonld_with_values_in_languages() -> None:
    node = {
        "@type": "Event",
        "name": [{"@value": "Rally", "@language": "en"}, {"@value": "تجمع", "@language": "fa"}],
        "description": {"@value": "درباره", "@language": "fa"},  # no summary in the original language
        "startDate": "2022-02-01",
        "location": {"@type": "Place", "name": "Oslo"},
    }
    [event] = read(json.dumps([node]))
    assert words(event) == ("Rally", "en", "", (Translation("fa", "تجمع", "درباره"),))


def test_invalid_value_is_left_out_with_a_note_and_the_event_kept() -> None:
    result = read_events(
        b"title,language,title_fa,name:fa,translation1_title,translation2_language,translation2_title,date,city\n"
        b"Rally,klingon!," + b"x" * 201 + b",,No language,fa,Again,2022-02-01,Oslo\n",
        ImportOptions(),
    )
    [event] = result.events
    assert words(event) == ("Rally", "", "", (Translation("fa", "Again"),))
    assert [(note.column, note.reason) for note in result.rows[0].notes] == [
        ("translation1_title", "The table does not say which language this text is in."),
        ("title_fa", "This is longer than the 200 characters that fit."),
        ("language", "This is not the code of a language, such as fa or zh-Hant."),
    ]
