"""Page runs wait for each other."""

from __future__ import annotations

import threading

from streamlit.testing.v1 import AppTest

from rallymap.run_queue import RunQueue


def _script() -> None:
    import streamlit as st

    from rallymap.ui.run_slot import run_slot

    with run_slot(st.session_state["queue"]):
        st.text("made")
        if st.button("Again") and st.session_state.setdefault("reruns", 0) < 1:
            st.session_state["reruns"] = 1
            st.session_state["kept"] = st.session_state["run_ticket"]
            st.rerun()
        st.session_state["used"] = st.session_state["run_ticket"]


def test_page_waits_until_a_slot_is_free_and_is_made_then() -> None:
    now = [0.0]
    queue = RunQueue(1, lambda: now[0])
    page = AppTest.from_function(_script, default_timeout=30)
    page.session_state["queue"] = queue
    thread = threading.Thread(target=page.run, daemon=True)
    with queue.slot(queue.ticket()):
        thread.start()
        while queue.waiting() < 1:
            assert thread.is_alive(), "the page did not wait"
            thread.join(0.01)
        now[0] = 4.0
    thread.join(30)
    assert [error.value for error in page.exception] == []
    assert ([text.value for text in page.text], queue.waiting()) == (["made"], 0)
    assert "run_ticket" not in page.session_state


def test_run_that_begins_again_keeps_its_place() -> None:
    page = AppTest.from_function(_script, default_timeout=30)
    page.session_state["queue"] = RunQueue(1)
    page.run()
    first = page.session_state["used"]
    page.button[0].click().run()
    assert page.session_state["used"] == page.session_state["kept"] != first


def _script_without_ticket() -> None:
    import streamlit as st

    from rallymap.ui.run_slot import run_slot

    with run_slot(st.session_state["queue"]):
        del st.session_state["run_ticket"]
        st.text("made")


def test_run_ends_without_an_error_if_a_newer_run_has_removed_its_ticket() -> None:
    page = AppTest.from_function(_script_without_ticket, default_timeout=30)
    page.session_state["queue"] = RunQueue(1)
    page.run()
    assert ([text.value for text in page.text], [error.value for error in page.exception]) == (["made"], [])
