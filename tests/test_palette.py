"""Each colour is defined once, in rallymap/palette.py; files that cannot import it agree with it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from rallymap.events import Kind
from rallymap.palette import COLOURS, FONT, map_style_sheet, page_style_sheet, theme_style_sheet

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "rallymap"
WRITTEN_ELSEWHERE = {"assets/map/palette.css", "ui/icon.svg", "palette.py"}
"""The definition of the colours, the output of `make bundle`, and the icon, which is compared below."""
STREAMLIT_NAMES = {
    "primaryColor": "accent",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "card",
    "textColor": "ink",
    "borderColor": "line",
    "linkColor": "accent",
}


@pytest.mark.parametrize(("theme", "number"), [("light", 0), ("dark", 1)])
def test_theme_of_streamlit_has_the_colours_of_the_palette(theme: str, number: int) -> None:
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert options[theme] == {option: COLOURS[name][number] for option, name in STREAMLIT_NAMES.items()}


def test_streamlit_has_the_letters_of_the_other_pages() -> None:
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert options["font"] == FONT
    assert f"--font: {FONT};" in page_style_sheet()
    assert f"--font: {FONT};" in map_style_sheet()


def test_icon_has_the_colours_of_the_light_theme() -> None:
    found = re.findall(r"#[0-9a-f]{6}", (SOURCES / "ui" / "icon.svg").read_text("utf-8"))
    assert found == [COLOURS["tint"][0], COLOURS["accent"][0]]


def test_map_has_the_colours_of_the_palette_in_its_source_and_in_its_bundle() -> None:
    assert (SOURCES / "assets" / "map" / "palette.css").read_text("utf-8") == map_style_sheet()
    [bundle] = (SOURCES / "assets" / "bundle").glob("map-*.css")
    light, dark = re.findall(r":root[^{]*{([^}]*--ink[^}]*)}", bundle.read_text("utf-8"))
    for number, text in enumerate((light, dark)):
        named = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]+)", text))
        assert {name: _long(named[name]) for name in COLOURS} == {name: pair[number] for name, pair in COLOURS.items()}


def test_no_other_file_names_a_colour_of_the_palette() -> None:
    known = {colour for pair in COLOURS.values() for colour in pair} - {"#ffffff"}  # paper and QR codes are also white
    files = [path for ending in ("py", "css", "js", "html", "svg") for path in SOURCES.rglob(f"*.{ending}")]
    texts = {
        path.relative_to(SOURCES).as_posix(): path.read_text("utf-8") for path in files if "bundle" not in path.parts
    }
    found = {name: sorted(known & set(re.findall(r"#[0-9a-f]{6}\b", text))) for name, text in texts.items()}
    assert {name: colours for name, colours in found.items() if colours and name not in WRITTEN_ELSEWHERE} == {}


def test_style_sheets_of_pages_name_each_colour_in_both_themes() -> None:
    for sheet, times in ((page_style_sheet(), 2), (theme_style_sheet(".stApp"), 2)):
        names = Counter(re.findall(r"--([a-z-]+):", sheet))
        assert {names[name] for name in names if name in COLOURS} == {times}
        assert {"ink", "accent", "warn-tint", "rally", "other"} <= names.keys()


def test_event_page_draws_each_kind_in_the_shape_that_other_pages_have() -> None:
    names = ("assets/style/page.css", "templates/event_page.html")
    pages, event_page = ((SOURCES / name).read_text("utf-8") for name in names)
    rule = r"\.rm-kind-([a-z]+) i(?:, [^{]*)? \{ ((?:clip-path|border-radius)[^}]*)\}"
    shapes = dict(re.findall(rule, pages))
    assert dict(re.findall(rule, event_page)) == shapes
    assert shapes.keys() == {kind.value for kind in Kind}


def _long(colour: str) -> str:
    return "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour


def test_main_buttons_that_cannot_be_pressed_are_not_written_in_the_colour_of_the_page() -> None:
    css = (SOURCES / "assets" / "style" / "page.css").read_text("utf-8")
    # Buttons that submit a form have their own kind, which begins with the same word.
    rules = re.findall(r'^\s*([^{}]*button\[kind\^="primary"\][^{}]*)\{([^{}]*)\}', css, re.MULTILINE)
    assert 'kind="primary"' not in css
    assert any("var(--on-accent)" in said for _, said in rules)
    for selectors, said in rules:
        if "var(--on-accent)" in said:
            assert all(":enabled" in one for one in selectors.split(","))
    assert any(":disabled" in selectors and "var(--soft)" in said for selectors, said in rules)


def test_boxes_that_only_their_background_shows_get_an_edge_with_forced_colours() -> None:
    """Forced colours take all backgrounds away (docs/accessibility.md)."""
    css = (SOURCES / "assets" / "style" / "page.css").read_text("utf-8")
    rules = re.findall(r"^(\.rm-[\w-]+) \{([^}]*)\}", css, re.MULTILINE)
    boxes = {
        name
        for name, rule in rules
        if re.search(r"background: var\(--(warn-)?tint\)", rule) and "padding:" in rule and "border:" not in rule
    }
    forced = css.partition("@media (forced-colors: active) {")[2].partition("\n}\n")[0]
    edges = "".join(re.findall(r"^ *(\.rm.*) \{ outline: 1px solid", forced, re.MULTILINE))
    assert boxes >= {".rm-caution", ".rm-said"}
    assert {name for name in boxes if name not in edges.split(", ")} == {".rm-claim"}  # has a line at its start
    plain = (SOURCES / "templates" / "page.html").read_text("utf-8")
    assert ".error, button { border: 1px solid; }" in plain.partition("@media (forced-colors: active)")[2]
