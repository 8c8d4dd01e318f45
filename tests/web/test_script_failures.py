"""A page whose script fails inside Streamlit runs again by itself, at most twice; then it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from rallymap.errors import StoreUnavailableError
from rallymap.web.failures import UNKNOWN
from rallymap.web.script_failures import MOST_RERUNS, show_script_failure

pytestmark = pytest.mark.slow
SCRIPT = """
import streamlit as st
st.session_state.begun = st.session_state.get("begun", 0) + 1
st.text_input("Title", key="title")
if st.session_state.get("fails") == "ours":
    1 / 0
if st.session_state.get("fails") == "misuse":
    st.button("One", key="title")
if st.session_state.get("fails") == "fragment":
    st.fragment(lambda: st.button("Part", key="part"))()
st.text("drawn")
"""


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a function that opens a page in which Streamlit calls our function when the script fails."""
    begin = LocalScriptRunner.__init__

    def begin_with_ours(self: LocalScriptRunner, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        self._on_script_error = show_script_failure

    monkeypatch.setattr(LocalScriptRunner, "__init__", begin_with_ours)

    def opened(fails: str = "") -> AppTest:
        page = AppTest.from_string(SCRIPT, default_timeout=30)
        page.session_state["fails"] = fails
        return page.run()

    return opened


def fail(monkeypatch: pytest.MonkeyPatch, name: str, errors: Iterator[Exception]) -> None:
    """Let one of the functions by which Streamlit reads a session fail with these errors, and then work again."""
    works = getattr(SessionState, name)

    def failing(self: SessionState, *given: Any, **named: Any) -> Any:
        for error in errors:
            raise error
        return works(self, *given, **named)

    monkeypatch.setattr(SessionState, name, failing)


def race() -> RuntimeError:
    return RuntimeError("dictionary changed size during iteration")


def said(page: AppTest) -> list[str]:
    return [*(error.value for error in page.error), *(text.value for text in page.text)]


@pytest.mark.parametrize("times", [1, MOST_RERUNS])
def test_page_runs_again_after_streamlit_failed(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    page = open_page()
    page.text_input("title").input("Vigil")
    fail(monkeypatch, "on_script_will_rerun", iter([race() for _ in range(times)]))
    page.run()
    assert said(page) == ["drawn"]
    assert page.session_state.begun == 2  # the failed runs ended before the script began


def test_page_that_fails_always_says_so_and_offers_to_load_it_again(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    runs = []

    def endless() -> Iterator[Exception]:
        while True:
            runs.append(1)
            yield race()

    fail(monkeypatch, "register_widget", endless())
    page.run()
    assert len(runs) == 1 + MOST_RERUNS
    assert said(page) == ["This page could not be drawn.", UNKNOWN]
    assert [html.proto.body for html in page.get("html")] == [
        '<p class="rm-prose"><a href="" target="_self">Load this page again</a></p>'
    ]
    page.run()  # soon after: the sentence at once, no further attempts
    assert len(runs) == 2 + MOST_RERUNS


@pytest.mark.parametrize("fails", ["ours", "misuse"])
def test_fault_of_the_page_itself_is_said_at_once(open_page: Callable[..., AppTest], fails: str) -> None:
    page = open_page(fails)
    assert page.session_state.begun == 1
    assert said(page) == ["This page could not be drawn.", UNKNOWN]


def test_error_of_ours_is_said_in_its_sentence(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, "register_widget", iter([StoreUnavailableError("The disk is full.")]))
    assert said(open_page()) == ["This page could not be drawn.", "The disk is full."]


def test_part_that_is_drawn_alone_runs_again_with_its_page(
    open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    works = SessionState.register_widget
    errors = iter([race()])

    def failing(self: SessionState, metadata: Any, user_key: str | None) -> Any:
        if user_key == "part":
            for error in errors:
                raise error
        return works(self, metadata, user_key)

    monkeypatch.setattr(SessionState, "register_widget", failing)
    page = open_page("fragment")
    assert (said(page), page.session_state.begun) == (["drawn"], 2)
