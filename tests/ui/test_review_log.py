"""The log and the figures on the moderators' page, as an administrator and a moderator use them."""

from __future__ import annotations

import pytest

from rallymap.store import Database
from tests.ui.conftest import Open, press, run, words
from tests.workflows.moderated import ADA, MIRA, event, publish, submit

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them


def test_log_is_filtered_by_who_and_act_and_downloaded_so(db: Database, open_page: Open) -> None:
    submit(db, event("seen", title="Rally <i>at</i> noon"))
    publish(db, "seen")
    page = open_page(ADA, view="log")
    text = words(page)
    assert text.index("<b>Published</b> · <bdi>mira</bdi>") < text.index("<b>Submitted</b> · <bdi>organiser</bdi>")
    assert '<a href="review?view=log&amp;event=seen" target="_self"><bdi>seen</bdi></a>' in text
    assert "<b>Account made</b> · <bdi>operator</bdi>" in text
    assert 'href="audit-log.csv?"' in text

    assert page.selectbox("log_who").options == ["mira", "operator", "organiser"]
    page.selectbox("log_who").set_value("mira")
    text = words(run(page))
    assert "<b>Published</b>" in text
    assert "<b>Submitted</b>" not in text
    assert "<b>Account made</b>" not in text
    page.selectbox("log_act").set_value("published")
    text = words(run(page))
    assert text.count('class="rm-change"') == 1
    assert 'href="audit-log.csv?who=mira&amp;act=published"' in text
    page.selectbox("log_act").set_value("rejected")
    text = words(run(page))
    assert "No log entry matches these filters." in text
    assert "audit-log.csv" not in text


def test_log_shows_fifty_and_more_when_asked(db: Database, open_page: Open) -> None:
    for number in range(52):
        submit(db, event(f"many-{number:02}"))
    page = open_page(ADA, view="log")
    assert words(page).count('class="rm-change"') == 50
    assert "many-00" not in words(page)
    press(page, "log_more")
    assert "many-00" in words(page)
    assert words(page).count("<b>Submitted</b>") == 52
    assert [button.key for button in page.button if button.key == "log_more"] == []


def test_log_of_one_event_is_opened_by_its_link(db: Database, open_page: Open) -> None:
    submit(db, event("one"))
    submit(db, event("other"))
    text = words(open_page(ADA, view="log", event="one"))
    assert "<b>Submitted</b> by <bdi>organiser</bdi>" in text
    assert 'href="audit-log.csv?event=one"' in text
    assert "other" not in text


def test_figures_say_what_waits_and_how_long_decisions_took(db: Database, open_page: Open) -> None:
    submit(db, event("waits"))
    submit(db, event("done"))
    publish(db, "done")
    text = words(open_page(MIRA, view="figures"))
    assert "<h1>Figures</h1><p>1 waiting · the longest for &lt;\u00a01 minute</p>" in text
    assert text.count('<tr><th scope="row">') == 12
    assert text.count("<td>1</td><td>&lt;\u00a01 minute</td>") == 1
    assert text.count("<td>0</td><td>–</td>") == 11


def test_moderator_sees_no_log(open_page: Open) -> None:
    assert "<h1>Log</h1>" not in words(open_page(MIRA, view="log"))
