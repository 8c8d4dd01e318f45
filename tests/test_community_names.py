"""Names of communities in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from rallymap.community_names import community_name
from rallymap.language import Language, add_wording, catalogue, use_language

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "community"
msgid "Tibet"
msgstr "Тыбет"
"""
BELARUSIAN = Language("be", "Беларуская", "ltr")


@pytest.mark.parametrize("name", ["Iran", "Turkey", "DR Congo", "Tibet", "Friends of Oslo"])
def test_english_readers_get_the_names_that_events_hold(name: str) -> None:
    assert community_name(name) == name


def test_countries_are_named_by_cldr_and_other_lands_by_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_own", [])
    (tmp_path / "be.po").write_text(PO, "utf-8")
    add_wording(tmp_path)
    with use_language(BELARUSIAN):
        assert [community_name(name) for name in ("Iran", "DR Congo")] == ["Іран", "Конга (Кіншаса)"]
        assert [community_name(name) for name in ("Tibet", "Kurds", "Friends of Oslo")] == [
            "Тыбет",
            "Kurds",
            "Friends of Oslo",
        ]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("Turkey", "de", "Türkei"),
        ("Iran", "fa", "ایران"),
        ("Kurds", "de", "Kurden"),
        ("Martians", "de", "Martians"),
    ],
)
def test_known_name_is_translated(name: str, code: str, said: str) -> None:
    with use_language(Language(code, "", "ltr")):
        assert community_name(name) == said
