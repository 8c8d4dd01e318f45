"""Two visitors with a keyboard alone: one finds a rally in Paris in 2022, opens its source, filters, plays; one sends
in an event.

Each line of a transcript is what a screen reader says where the focus stops: role and name of the accessibility tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Frame, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conftest import Site, Visit

MOST_PRESSES = 60
TRANSCRIPT = [
    'searchbox "Search events"',
    'button "Period All years"',
    'radio "All years" [checked]',
    'radio "2022"',
    'button "Armenians in Paris demonstrate over the blockade of Nagorno-Karabakh Paris, France December 2022"',
    'region "Event"',
    'link "Armenians hold demonstration in Paris in support of Artsakh"',
    'button "Community"',
    'combobox "Community"',
    'button "Play"',
    'button "Pause"',
]

SENDING = [
    'textbox "Title"',
    'button "Next"',
    'heading "Please fix this first" [level=2]',
    'button "Give the event a title."',
    'textbox "Title" [invalid]',
    'button "Next"',
    'heading "When" [level=2]',
    'textbox "Day"',
    'button "Next"',
    'heading "Where" [level=2]',
    'textbox "Place"',
    'button "Next"',
    'heading "Who" [level=2]',
    'textbox "Community"',
    'button "Next"',
    'heading "Sources" [level=2]',
    'textbox "Link to an announcement or report"',
    'button "Next"',
    'heading "Send" [level=2]',
    'button "Submit for review"',
]


def part_with_focus(page: Page) -> Page | Frame:
    if page.evaluate("document.activeElement.tagName") != "IFRAME":
        return page
    return next(frame for frame in page.frames if "/frame/" in frame.url)


def spoken(page: Page) -> str:
    """Return role and name of what has the focus, as the accessibility tree has them; "" in a frame without content."""
    tree = ""
    for _ in range(5):  # what has the focus may be drawn anew meanwhile
        part = part_with_focus(page)
        part.evaluate("""() => {
            for (const old of document.querySelectorAll('[data-focused]')) delete old.dataset.focused;
            if (document.activeElement) document.activeElement.dataset.focused = 'yes';
        }""")
        with suppress(PlaywrightTimeoutError):
            tree = part.locator("[data-focused]").aria_snapshot(timeout=2000)
            if tree:  # of a part that is taken off the page there is nothing to say
                break
    first = tree.splitlines()[0] if tree else ""
    return first.removeprefix("- ").removesuffix(":").strip("'")


def tab_to(page: Page, wanted: str) -> str:
    return press_to(page, "Tab", wanted)


def press_to(page: Page, key: str, wanted: str) -> str:
    """Press a key until something is reached whose role and name begin like `wanted`; return both."""
    passed = []
    for _ in range(MOST_PRESSES):
        page.keyboard.press(key)
        passed.append(spoken(page))
        if passed[-1].startswith(wanted):
            return passed[-1]
    raise AssertionError(f"{wanted} was not reached: {passed}")


def test_rally_is_found_read_filtered_and_played_with_keys_alone(
    visit: Callable[..., Visit], bundled_site: Site
) -> None:
    visitor = visit(bundled_site)
    page = visitor.open("/")
    expect(page.locator("iframe[data-drawn]")).to_be_attached()
    transcript = [tab_to(page, 'searchbox "Search events')]
    page.keyboard.type("Paris")
    page.keyboard.press("Enter")
    expect(page.locator(".rm-count").first).to_have_text(re.compile("^34 events"))
    visitor.settle()

    transcript.append(tab_to(page, 'button "Period All years'))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Period")).to_be_focused()
    expect(page.get_by_role("radio", name="2022")).to_be_visible()
    transcript.append(tab_to(page, 'radio "All years'))
    transcript.append(press_to(page, "ArrowRight", 'radio "2022'))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Period 2022", exact=True)).to_be_visible()
    visitor.settle()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-period button").first).to_be_focused()

    transcript.append(tab_to(page, 'button "Armenians in Paris'))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Event")).to_be_focused()
    expect(page.get_by_role("article")).to_be_visible()
    transcript.append(spoken(page))
    transcript.append(tab_to(page, "link"))
    source = page.locator("[data-focused]")
    expect(source).to_have_attribute("target", "_blank")
    expect(source).to_have_attribute("href", "https://news.am/eng/news/737359.html")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Event")).to_have_count(0)

    transcript.append(press_to(page, "Shift+Tab", 'button "Community'))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Community")).to_be_focused()
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_visible()
    transcript.append(tab_to(page, "combobox"))
    page.keyboard.type("Armenia")
    page.keyboard.press("Enter")
    expect(page.locator(".rm-count").first).to_have_text(re.compile("^1 event"))
    visitor.settle()
    page.keyboard.press("Escape")

    transcript.append(tab_to(page, 'button "Play'))
    page.keyboard.press("Enter")
    transcript.append(spoken(page))
    assert transcript == TRANSCRIPT


def test_event_is_sent_in_with_keys_alone(visit: Callable[..., Visit], own_site: Site) -> None:
    visitor = visit(own_site)
    page = visitor.open("/add")
    transcript = []

    def go_on(to: str) -> None:
        """Press the button that has the focus or comes next, and note where the focus then is."""
        transcript.append(tab_to(page, 'button "Next'))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=to, exact=True)).to_be_focused()
        visitor.settle()
        transcript.append(spoken(page))

    transcript.append(tab_to(page, 'textbox "Title'))
    go_on("Please fix this first")
    transcript.append(tab_to(page, "button"))
    page.keyboard.press("Enter")
    title = page.get_by_role("textbox", name="Title")
    expect(title).to_be_focused()
    expect(title).to_have_accessible_description("Give the event a title.")
    transcript.append(spoken(page))
    page.keyboard.type("Vigil for Tibet")
    for heading, field, text in (
        ("When", "Day", "3 May 2024"),
        ("Where", "Place", "Oslo, Norway"),
        ("Who", "Community", "Tibet"),
        ("Sources", "Link to an announcement or report", "https://news.example.org/vigil"),
    ):
        go_on(heading)
        transcript.append(tab_to(page, f'textbox "{field}"'))
        page.keyboard.type(text)
    go_on("Send")
    expect(page.get_by_role("article", name="Vigil for Tibet")).to_contain_text("Oslo, Norway")
    transcript.append(tab_to(page, 'button "Submit'))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Sent. A moderator will review your event.")).to_be_visible()
    tab_to(page, 'link "Open the edit link')
    assert transcript == SENDING
