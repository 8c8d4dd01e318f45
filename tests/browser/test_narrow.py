"""Pages at 400 %: a window of 1280 by 1024 is then 320 by 256 wide (WCAG 2.2, 1.4.10), in a language of long words."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Site, Visit

WIDTH, HEIGHT = 320, 256
PAGES = ("/", "/compare?by=period", "/add", "/events")
BEYOND = """() => {
    const scrolls = (element) => getComputedStyle(element).overflowX !== 'visible';
    const ends = new Set([document.body, document.documentElement, ...document.querySelectorAll('.stApp, .stMain')]);
    const held = (element) => {
        for (let at = element.parentElement; at && !ends.has(at); at = at.parentElement) if (scrolls(at)) return true;
        return false;
    };
    const words = (element) => element.childElementCount === 0 && element.textContent.trim();
    return [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right, width, top } = element.getBoundingClientRect();
        return width > 1 && left > -innerWidth && (right > innerWidth + 1 || left < -1)
            && (words(element) || element.matches('button, input, a, img, iframe, svg'))
            && element.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !held(element);
    }).map((element) => element.outerHTML.slice(0, 120));
}"""


def test_nothing_is_beyond_the_edge_and_the_pages_are_in_one_line(visit: Callable[..., Visit], site: Site) -> None:
    visitor = visit(site, size=(WIDTH, HEIGHT))
    beyond, wide = {}, {}
    for path in PAGES:
        page = visitor.page
        if path == "/events":
            page.goto(f"{site.url}{path}?lang=de")
        else:
            visitor.open(f"{path}{'&' if '?' in path else '?'}lang=de")
        if found := page.evaluate(BEYOND):
            beyond[path] = found
        if (widest := page.evaluate("document.scrollingElement.scrollWidth")) > WIDTH:
            wide[path] = widest
    assert (beyond, wide) == ({}, {})
    visitor.open("/about?lang=de")
    current = visitor.page.locator(".st-key-phone_nav [aria-current=page]")
    expect(current).to_have_text("Über")
    expect(current).to_be_in_viewport(ratio=1)  # the last of the line
    boxes = [link.bounding_box() for link in visitor.page.locator(".st-key-phone_nav a").all()]
    tops = {box["y"] for box in boxes if box}
    assert len(tops) == 1
    links = visitor.page.locator(".st-key-phone_nav a")
    links.first.focus()
    for link in links.all():  # each is seen whole when it has the focus
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport(ratio=1)
        visitor.page.keyboard.press("Tab")


def test_map_for_other_sites_keeps_its_height_in_a_low_frame(visit: Callable[..., Visit], site: Site) -> None:
    page = visit(site, size=(WIDTH, HEIGHT)).page
    page.goto(f"{site.url}/embed?lang=fa")
    expect(page.locator(".rm-count:not(:empty)")).to_be_attached()
    stage, strip = (page.locator(part).bounding_box() for part in (".rm-stage", ".rm-time"))
    assert stage
    assert strip
    assert stage["height"] >= 180
    assert stage["y"] + stage["height"] <= strip["y"] + 1
    page.locator(".rm-track").scroll_into_view_if_needed()
    expect(page.locator(".rm-track")).to_be_in_viewport(ratio=1)
