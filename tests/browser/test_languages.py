"""The pages in another language: nothing English is left, the address of the language is true from the first byte."""

from __future__ import annotations

import csv
import re
import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.bracketed import write_catalogue
from tests.browser.conftest import ROOT, Site, Visit

CODE = "he"
"""A language that rallymap does not bring, from right to left: it tries what operators add, and mirrored pages."""
SITE = "Ἀγορά"
KNOWN = {
    "Athens",
    "Europe",
    "CSV",
    "SVG",
    "PNG",
    "GeoJSON",
    "iCalendar",
    "Atom",
    "API",
    "JSON",
    "QR",
    "XLSX",
    "BibTeX",
    "RIS",
    "CSL",
    "Natural",
    "Leaflet",
    "Earth",
    "GeoNames",
}
"""Names that no catalogue translates."""
TEXTS = """() => {
    const OTHER = 'script, style, noscript, template, title, select.rm-language, '
        + '[data-testid=stIconMaterial], svg';
    const found = [];
    const walk = (root) => {
        const tree = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
        for (let node = tree.currentNode; node; node = tree.nextNode()) {
            if (node.nodeType === Node.TEXT_NODE) {
                const parent = node.parentElement;
                if (!parent || parent.closest(OTHER)) continue;
                if (parent.checkVisibility({visibilityProperty: true})) found.push(node.textContent);
            } else {
                if (node.closest('svg') || !node.checkVisibility?.({visibilityProperty: true})) continue;
                for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
                    if (node.getAttribute(name)) found.push(node.getAttribute(name));
            }
        }
    };
    walk(document.body);
    return found;
}"""


def english_left(texts: list[str]) -> list[str]:
    """Return the texts that hold a Latin word outside of brackets and of what nobody translates."""
    left = []
    for text in texts:
        if text.count("⟦") != text.count("⟧"):
            continue  # a sentence over several elements
        rest = text
        while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
            rest = shorter
        words = set(re.findall(r"[A-Za-z]{3,}", re.sub(r"\S+[.:/]\S+", " ", rest))) - KNOWN
        if words:
            left.append(text.strip())
    return sorted(set(left))


@pytest.fixture(scope="module")
def foreign_site(start_site: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose record has Greek texts alone, and an operator's catalogue of another language."""
    data, home = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("home")
    with (ROOT / "data" / "events.csv").open(encoding="utf-8", newline="") as file:
        columns = list(csv.DictReader(file).fieldnames or ())
    row = dict.fromkeys(columns, "")
    rows = []
    for number, (date, kind) in enumerate((("2018-06-30", "rally"), ("2019-02", "march"), ("2020", "vigil"))):
        rows.append(
            row
            | {
                "id": f"1-{number}", "title": f"Συγκέντρωση {number}", "kind": kind, "date": date, "place": "Αθήνα",
                "country": "GR", "language": "el", "organisers": "Φίλοι", "communities": "Ουκρανοί",
                "about": "Μαζεύτηκαν.", "topics": "Ειρήνη", "status": "held",
                "crowd1_low": "200", "crowd1_by": "Εφημερίδα", "crowd1_source": "1",
                "source1_title": "Εφημερίδα", "source1_publisher": "Εφημερίδα", "source1_url": "https://example.org/1",
            }
        )  # fmt: skip
    with (data / "events.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    shutil.copy(ROOT / "data" / "context.csv", data)
    (home / "language").mkdir()
    write_catalogue(home / "language" / f"{CODE}.po")
    return start_site(RALLYMAP_HOME=str(home), RALLYMAP_DATA=str(data), RALLYMAP_SITE_NAME=SITE)


def frames(page: Page) -> Iterator[Page | Frame]:
    yield page
    yield from (frame for frame in page.frames if "/frame/" in frame.url)


def left_after_all(page: Page) -> list[str]:
    """Return what is left in English once the page's script has had the time to replace Streamlit's own words."""
    until = time.monotonic() + 20
    while left := english_left([text for part in frames(page) for text in part.evaluate(TEXTS)]):
        if time.monotonic() > until:
            break
        page.wait_for_timeout(100)
    return left


# Rules of WCAG 2.2, A and AA; the one about the size of targets is off unless named.
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
}
SAID_FIRST = """(() => {
    const said = (window.said = new Set());
    const look = () => {
        const link = document.querySelector('[data-testid=stSkipToContent]');
        if (link) said.add(link.textContent);
        requestAnimationFrame(look);
    };
    look();
})()"""
"""Notes what the first link of the page says in each frame: Streamlit draws it before our script has run."""
STREAMLIT_PAGES = ("/", "/?event=1-0", "/trends", "/compare", "/quality", "/add", "/review", "/about")
PLAIN_PAGES = ("/sign-in", "/events", "/events/1-0", "/nowhere", "/embed")


@pytest.mark.parametrize("code", ["en", CODE])
def test_pages_are_accessible_and_all_of_their_words_are_translated(
    foreign_site: Site, visit: Callable[..., Visit], code: str
) -> None:
    # Pages let no other script in, axe included.
    seen = visit(foreign_site, bypass_csp=True)
    seen.page.add_init_script(SAID_FIRST)
    axe, violations = Axe(), {}
    english: list[str] = []
    for path in (*STREAMLIT_PAGES, *PLAIN_PAGES):
        address = f"{path}{'&' if '?' in path else '?'}lang={code}"
        if path in PLAIN_PAGES:
            seen.page.goto(f"{foreign_site.url}{address}")
        else:
            seen.open(address)
            if path in ("/", "/?event=1-0"):
                expect(seen.page.locator("iframe[data-drawn]").first).to_be_attached()
                titles = seen.page.locator('[class*="st-key-row-"] strong')
                expect(titles.and_(seen.page.locator("[lang=el]"))).to_have_count(titles.count())
            seen.settle()
        expect(seen.page.locator("html")).to_have_attribute("lang", code)
        expect(seen.page.locator("html")).to_have_css("direction", "rtl" if code == CODE else "ltr")
        if "event=" not in path and path != "/events/1-0":  # their titles are what people wrote
            expect(seen.page).to_have_title(re.compile("^⟦" if code == CODE else "^[^⟦]+$"))
        if code == CODE:
            seen.shoot(f"language{path.replace('/', '-')}")
            english += [f"{path}: {text}" for text in left_after_all(seen.page)]
            english += [f"{path}, at first: {text}" for text in seen.page.evaluate("[...said]") if "⟦" not in text]
        for part in frames(seen.page):
            for violation in axe.run(part, options=AXE).response["violations"]:
                violations[path, violation["id"]] = [node["target"] for node in violation["nodes"]]
    assert (english, violations) == ([], {})


def test_language_holds_from_the_first_byte_and_is_remembered(foreign_site: Site) -> None:
    for path in ("/", "/events", "/sign-in"):
        status, headers, body = foreign_site.get(f"{path}?lang={CODE}")
        assert status == 200
        assert f'<html lang="{CODE}" dir="rtl"'.encode() in body[:200]
        assert headers["content-language"] == CODE
        assert headers["set-cookie"].startswith(f"lang={CODE}; Path=/;")
        by_cookie = foreign_site.get(path, {"Cookie": f"lang={CODE}"})
        by_browser = foreign_site.get(path, {"Accept-Language": f"{CODE}-IL,{CODE};q=0.9,en;q=0.5"})
        assert by_cookie[1]["content-language"] == by_browser[1]["content-language"] == CODE
        assert "set-cookie" not in by_browser[1]
        assert foreign_site.get(path, {"Accept-Language": "xx"})[1]["content-language"] == "en"


def test_switch_changes_the_language_and_keeps_the_view(foreign_site: Site, visit: Callable[..., Visit]) -> None:
    seen = visit(foreign_site)
    page = seen.open("/?kind=march")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("select.rm-language").select_option(CODE)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".rm-count")).to_contain_text("⟦")
    assert "kind=march" in page.url
    seen.open("/trends")
    expect(page.locator("html")).to_have_attribute("lang", CODE)
