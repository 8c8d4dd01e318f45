"""What the hazards of this stack do in every field of an event: appear as text, in list, panel, filters and map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from rallymap.dates import parse_edtf
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
)
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


def event(name: str, payload: str) -> Event:
    """Return a published event that says nothing but a payload."""
    return Event(
        f"payload-{name}",
        payload,
        Kind.VIGIL,
        parse_edtf("2021-05-03"),
        Place(payload, payload, "PT"),
        Location(38.7, -9.1, LocationPrecision.CITY, 9000, 0.9, "gazetteer", payload, payload, "PT"),
        organisers=(payload,),
        communities=(payload,),
        about=payload,
        topics=(payload,),
        claims=(Claim(ClaimKind.SLOGAN, payload, payload, 0),),
        crowd=(CrowdClaim(1, 2, payload, payload, 0),),
        sources=(Source("https://example.org/", payload, payload, date(2021, 5, 4)),),
        review=ReviewStatus.PUBLISHED,
    )


@pytest.fixture(scope="module")
def payload_site(start_site: Callable[..., Site]) -> Site:
    """Return an app with one event per payload, all in one city."""
    site = start_site()
    db = Database.open(f"sqlite:///{site.home / 'rallymap.db'}")
    add_many(db, [event(name, payload) for name, payload in PAYLOADS.items()], actor="test")
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
