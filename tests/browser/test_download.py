"""What a visitor takes away from Explore, and the page of an event."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_download_holds_the_filter_and_the_feed_can_be_subscribed_to(desktop: Visit) -> None:
    page = desktop.open("/?country=NO&from=2020-01-01&to=2022-12-31")
    page.get_by_role("button", name="Download").click()
    links = page.locator(".rm-download li a")
    expect(links).to_have_text(["CSV", "XLSX", "GeoJSON", "GeoParquet", "KML", "iCalendar", "JSON-LD", "Data package"])
    with page.expect_download() as download:
        links.first.click()
    path = Path(download.value.path())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert {row["country"] for row in rows} == {"NO"}
    assert all("2020" <= row["start"][:4] <= "2022" for row in rows)
    noun = "event" if len(rows) == 1 else "events"
    expect(page.locator(".rm-download b").first).to_have_text(f"{len(rows)} {noun}")
    feed = page.locator("[data-testid=stCode]").first.inner_text().strip()
    assert feed.startswith(f"{desktop.site.url}/feeds/events.ics?")
    with urlopen(feed) as answer:  # noqa: S310 - our own server on loopback
        entries = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert {str(entry["uid"]).partition("@")[0] for entry in entries} == {row["id"] for row in rows}


def test_event_page_works_without_script_and_leads_to_the_map(desktop: Visit) -> None:
    page = desktop.page
    page.goto(f"{desktop.site.url}/events/paris-2018-06")
    expect(page.get_by_role("heading", level=1)).to_have_text("“Free Iran” rally in Paris")
    page.get_by_role("link", name="Next event").click()
    expect(page).not_to_have_url(f"{desktop.site.url}/events/paris-2018-06")
    page.go_back()
    assert desktop.console == []
    assert all(address.startswith(desktop.site.url) for address in desktop.requests)
    page.get_by_role("link", name="Show on the map").click()
    expect(page.locator("[class*=event_panel] .rm-title")).to_have_text("“Free Iran” rally in Paris", timeout=30_000)
