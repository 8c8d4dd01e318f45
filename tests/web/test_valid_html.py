"""Pages without Streamlit are valid HTML, in a language from the left and in one from the right.

html5lib reports each error that the HTML standard's parser finds, which browsers silently repair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import html5lib
import pytest
from starlette.applications import Starlette

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Claim, ClaimKind, CrowdClaim, Disclosure, Event, Kind, Source, Waypoint
from rallymap.store import Database
from rallymap.store.bulk import add_many
from tests.web.conftest import Ask
from tests.web.test_two_worlds import site_of
from tests.web.two_worlds import CAMPAIGN, PAST, Secret, Secrets, opened_world, past, shown

HOSTILE = 'A <b>"rally"</b> & </p></script> `more` میدان'
PAGES = {
    "/events/rich": 200,
    "/events/past-oslo-0": 200,
    "/events/ahead-city": 200,
    "/events/nowhere": 404,
    "/events": 200,
    "/events/community/Iran": 200,
    "/events/country/NO": 200,
    "/events/year/2020": 200,
    "/events/country/XX": 404,
    "/events?page=x": 400,
    "/events/country/NO?page=9": 404,
    f"/campaigns/{CAMPAIGN.id}": 200,
    "/campaigns/none": 404,
    "/embed?country=NO&event=rich": 200,
    "/embed?theme=pink": 400,
    "/frame/any/explore": 200,
    "/frame/any/pick": 200,
    "/sign-in": 200,
    "/invite/none": 404,
    "/reset/none": 404,
    "/nothing/here": 404,
    "/": 200,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    folder = tmp_path_factory.mktemp("valid-html")
    template = folder / "rallymap.db"
    Database.open(f"sqlite:///{template}").close()
    secrets = Secrets(tuple(Secret(has_picture=True, has_route=True) for _ in shown()))
    with opened_world(template, folder / "world", secrets) as world:
        add_many(world.db, [rich_event()], actor="test")
        yield site_of(world)


def rich_event() -> Event:
    """Return an event with something in every field, in letters that HTML needs written otherwise."""
    return past()[0].changed(
        id="rich",
        title=HOSTILE,
        kind=Kind.MARCH,
        about=f"{HOSTILE}\n\nSecond paragraph.",
        when=EventDate(PAST, precision=DatePrecision.DAY, zone="Europe/Oslo"),
        disclosure=Disclosure.PUBLIC,
        topics=(HOSTILE,),
        organisers=(HOSTILE, "A committee"),
        claims=(Claim(ClaimKind.SLOGAN, HOSTILE, HOSTILE),),
        crowd=(CrowdClaim(800, 1000, by=HOSTILE), CrowdClaim(2000, words=HOSTILE, by="organisers")),
        sources=(Source("https://news.example/a?b=1&c=2", HOSTILE, HOSTILE), Source("https://news.example/x")),
        route=(Waypoint(HOSTILE), Waypoint("Youngstorget")),
        campaign=CAMPAIGN,
    )


def errors_of(html: str) -> list[str]:
    """Return what the standard's parser finds wrong, each with the line, and ids that two elements share."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Any = parser.parse(html)
    found = [
        f"line {line}: {code} {names}: {html.splitlines()[line - 1][:200]}" for (line, _), code, names in parser.errors
    ]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    return found + [f"two elements are #{name}" for name in sorted({name for name in ids if ids.count(name) > 1})]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("address", PAGES)
def test_page_is_valid_html(site: Starlette, ask: Ask, address: str, language: str) -> None:
    answer = ask(site, f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert (answer.status, answer.headers["content-type"]) == (PAGES[address], "text/html; charset=utf-8")
    assert f'<html lang="{language}"' in answer.text
    assert ('dir="rtl"' in answer.text.partition("<head>")[0]) == (language == "fa")
    assert errors_of(answer.text) == []
