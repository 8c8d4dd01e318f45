"""What the hazards of this stack do in every field of an event: appear as text, in list, panel, filters and map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from benchmarks.campaign.payloads import payload_event
from rallymap.store import Database
from rallymap.store.bulk import add_many
from tests.browser.conftest import Site, Visit
from tests.browser.map_frame import MapFrame

PAYLOADS = {
    "image": '<img src=x onerror="document.title=`run`; top.document.title=`run`">',
    "template": "${document.title='run'}`${document.title='run'}`",
    "escapes": "\\x3cimg src=x onerror=alert(1)\\x3e C:\\users \\u0041",
    "jinja": "{{ 7 * 7 }} {% raw %} {{ cycler.__init__.__globals__ }}",
    "markdown": "![x](https://evil.example/a.png) :red[x] :material/home: [y](javascript:alert(1))",
    "script": "</script><script>document.title='run'</script>",
    "persian": "تظاهرات در پاریس \u200c",
}


@pytest.fixture(scope="module")
def payload_site(start_site: Callable[..., Site]) -> Site:
    """Return an app with one event per payload, all in one city."""
    site = start_site()
    db = Database.open(f"sqlite:///{site.home / 'rallymap.db'}")
    made = [payload_event(f"payload-{name}", payload) for name, payload in PAYLOADS.items()]
    # There is no file of the picture, which this test would take for a failed request.
    add_many(db, [event.changed(picture=None) for event in made], actor="test")
    db.close()
    return site


@pytest.mark.parametrize("name", PAYLOADS)
def test_payload_is_text_in_list_panel_and_map(payload_site: Site, visit: Callable[..., Visit], name: str) -> None:
    seen, text = visit(payload_site), PAYLOADS[name].strip()
    page = seen.open(f"/?kind=vigil&event=payload-{name}")
    expect(page.locator("article.rm-card h2")).to_have_text(text)
    expect(page.locator(".st-key-list [class*=st-key-row-] button strong")).to_have_count(len(PAYLOADS))
    assert page.title().split() == f"{text} – rallymap".split()
    titles = page.locator(".st-key-list [class*=st-key-row-] button strong").all_inner_texts()
    assert " ".join(text.split()) in [" ".join(title.split()) for title in titles]
    chart = MapFrame(page)
    chart.press(f"{len(PAYLOADS)} events")
    chart.frame.locator(".rm-rows button").nth(len(PAYLOADS) - 1).wait_for()
    assert any(text in row for row in chart.frame.locator(".rm-rows button").all_inner_texts())
    for pill, facet in (("More filters", "Organiser"), ("Community", "Community")):
        page.get_by_role("button", name=pill, exact=True).click()
        page.get_by_role("combobox", name=facet).click()
        expect(page.get_by_role("option")).to_have_count(len(PAYLOADS))
        assert any(text in option for option in page.get_by_role("option").all_inner_texts())
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_load_state("networkidle")
    assert page.title().split() == f"{text} – rallymap".split()
    assert page.locator("article img, .st-key-list img, [role=option] img").count() == 0
    assert chart.frame.locator(".rm-list img").count() == 0
    assert seen.foreign_requests == []
    assert seen.console == []
    assert [url for url in seen.requests if url.endswith(("/x", "a.png"))] == []
