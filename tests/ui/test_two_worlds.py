"""No page shows a visitor in which of two worlds they are that differ only in what is withheld."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import rallymap.ui
from tests.web.test_two_worlds import PLAIN, TOLD
from tests.web.test_two_worlds import template as template
from tests.web.two_worlds import WORDS, opened_world

APP = Path(__file__).with_name("page_app.py")
MAIN = Path(rallymap.ui.__file__).with_name("main.py")
_RANDOM = re.compile(rb'"(?:session": "[0-9a-f]{16}|(?:form|draft)": "[\w-]{32})"')
MODULES = {
    "explore": "explore",
    "trends": "trends",
    "compare": "compare",
    "quality": "quality",
    "add": "submit.new_event",
    "review": "review",
    "about": "about",
    "mine": "submit.edit_link",
    "import": "imports",
    "account": "account",
}
"""Module of each page, by its name in the address."""
Steps = Callable[[AppTest], None]


def run(page: AppTest) -> None:
    page.run()
    assert not page.exception


def type_place(words: str) -> Steps:
    def step(page: AppTest) -> None:
        page.text_input("field_title").set_value("Rally city")
        run(page)
        page.button_group("add_step_0").set_value("When")
        run(page)
        page.text_input("field_start").set_value("2026-06-15")
        run(page)
        page.button_group("add_step_0").set_value("Where")
        run(page)
        page.text_input("field_place_text").set_value(words)

    return step


CASES: list[tuple[str, dict[str, str], Steps | None]] = [
    ("explore", {}, None),
    ("explore", {"event": "ahead-city"}, None),
    ("explore", {"event": "ahead-nowhere", "country": "NO"}, None),
    ("explore", {"event": "hidden-0", "from": "2026-06-01", "to": "2026-06-30"}, None),
    ("explore", {"q": WORDS[1], "place_precision": "venue"}, None),
    ("explore", {"q": "youngst", "near": "59.91,10.74", "radius_km": "3"}, None),
    ("quality", {}, None),
    ("compare", {"by": "city"}, None),
    ("compare", {"by": "period", "left": "2026-05-01/2026-05-31", "right": "2026-06-01/2026-06-30"}, None),
    ("trends", {}, None),
    ("trends", {"from": "2026-06-01", "to": "2026-06-30", "unit": "day", "split": "country"}, None),
    ("add", {}, type_place("Oslo")),
    ("add", {}, type_place(f"{WORDS[0]}, Oslo")),
    ("add", {}, type_place(WORDS[1])),
    ("add", {"draft": "no-such-draft"}, None),
    ("review", {"event": "ahead-city"}, None),
    ("about", {}, None),
    ("import", {"batch": "1"}, None),
    ("mine", {"key": "no-such-link"}, None),
    ("account", {}, None),
]


def elements(page: AppTest) -> list[tuple[str, bytes]]:
    """Return every element that the page has, as it goes to the browser, without random names of session and draft."""
    return [
        (type(node).__name__, _RANDOM.sub(b"", node.proto.SerializeToString()))
        for node in page._tree
        if getattr(node, "proto", None) is not None
    ]


def elements_of(name: str, address: dict[str, str], steps: Steps | None) -> list[tuple[str, bytes]]:
    """Return the elements of a page of the open world."""
    page = AppTest.from_file(APP, default_timeout=60)
    page.session_state["page"] = MODULES[name]
    for part, value in address.items():
        page.query_params[part] = value
    run(page)
    if steps is not None:
        steps(page)
        run(page)
    return elements(page)


@pytest.fixture(scope="module")
def pages(template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[list[tuple[str, bytes]]]]:
    """The elements of every case, in each of the two worlds."""
    found = []
    for told in (PLAIN, TOLD):
        with opened_world(template, tmp_path_factory.mktemp("world") / "home", told):
            found.append([elements_of(*case) for case in CASES])
    return found


def test_every_page_has_a_case() -> None:
    named = set(re.findall(r'url_path="(\w+)"', MAIN.read_text("utf-8")))
    assert named == MODULES.keys() == {name for name, *_ in CASES}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(CASES)), ids=[name for name, *_ in CASES])
def test_pages_of_two_worlds_are_alike(pages: list[list[list[tuple[str, bytes]]]], number: int) -> None:
    one, other = (found[number] for found in pages)
    assert one == other
    assert len(one) > 1
