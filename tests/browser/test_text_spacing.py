"""Pages with the spacing of text that some people need (WCAG 2.2, 1.4.12): nothing is cut or beyond the edge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Site, Visit

SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
"""
EVENT = "/?event=paris-2018-06"
APP_PAGES = ("/", EVENT, "/trends", "/compare", "/quality", "/add", "/about", "/review")
PLAIN_PAGES = ("/events", "/events/paris-2018-06", "/sign-in", "/embed", "/nowhere")
CUT = """() => {
    const hides = (value) => value === 'hidden' || value === 'clip';
    const scrolls = (value) => value === 'auto' || value === 'scroll';
    const found = new Set();
    const tree = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = tree.nextNode(); node; node = tree.nextNode()) {
        const words = node.textContent.trim();
        const parent = node.parentElement;
        // Names of filters and pages are shortened, and are whole in a chip, in the title, or when they have the focus.
        const known = 'script, style, noscript, option, svg, [data-testid=stPopoverButton], a[href="#main"]';
        if (!words || parent.closest(known) || parent.closest('[data-testid=stToolbar], [class*=stAppSkip]')) continue;
        if (!parent.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const {left, right, top, bottom, width} = range.getBoundingClientRect();
        if (width < 2) continue;
        let at = parent;
        for (; at && at !== document.body; at = at.parentElement) {
            const {overflowX, overflowY} = getComputedStyle(at);
            const box = at.getBoundingClientRect();
            if (scrolls(overflowX) || scrolls(overflowY) || box.width <= 2 || box.height <= 2) break;
            const isCut = (hides(overflowX) && (left < box.left - 2 || right > box.right + 2))
                || (hides(overflowY) && (top < box.top - 3 || bottom > box.bottom + 3));
            if (isCut) found.add(`cut: ${words}`);
        }
        const isHeld = at && at !== document.body;
        if (!isHeld && left > -innerWidth && (right > innerWidth + 2 || left < -2)) found.add(`beyond: ${words}`);
    }
    return [...found];
}"""


@pytest.mark.parametrize(
    ("size", "code", "paths"),
    [(PHONE, "de", (*APP_PAGES, *PLAIN_PAGES)), ((320, 256), "fa", (EVENT, "/embed")), (DESKTOP, "de", (EVENT,))],
)
def test_spaced_text_is_neither_cut_nor_beyond_the_edge(
    visit: Callable[..., Visit], bundled_site: Site, size: tuple[int, int], code: str, paths: tuple[str, ...]
) -> None:
    seen = visit(bundled_site, size=size, bypass_csp=True)
    page, faults = seen.page, {}
    for path in paths:
        address = f"{path}{'&' if '?' in path else '?'}lang={code}"
        if path in PLAIN_PAGES:
            page.goto(f"{bundled_site.url}{address}")
        else:
            seen.open(address)
        if path in ("/", EVENT):
            page.locator("iframe[data-drawn]").wait_for()
            second = page.frame_locator("iframe[data-drawn]").locator(".rm-period small")
            expect(second).to_have_count(1 if code == "fa" else 0)
        for part in (page.main_frame, *(frame for frame in page.frames if "/frame/" in frame.url)):
            part.add_style_tag(content=SPACING)
            part.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            if found := part.evaluate(CUT):
                faults[path] = found
    assert faults == {}
