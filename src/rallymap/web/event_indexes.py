"""Lists of event pages by community, country and year, without script and without a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.countries import country_name
from rallymap.errors import EventNotFoundError, ListingRequestError
from rallymap.events import Event
from rallymap.exports.info import LICENCE_URL, ExportInfo
from rallymap.palette import page_style_sheet
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_events
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.plain_page import font_address
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.wording import count_in_words, date_in_words, place_in_words
from rallymap.workflows.exports import describe_export, moment_of
from rallymap.workflows.services import Services

PER_PAGE: Final = 100
SORTS: Final = ("community", "country", "year")
_TITLES: Final = {"community": "Communities", "country": "Countries", "year": "Years"}
Asked = tuple[str, str, int, str, str]
"""Sort, name, page, address and root of what is asked for; sort and name are "" for the list of lists."""


def event_index_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the routes ``/events`` and ``/events/SORT/NAME``, such as ``/events/country/NO``.

    Parameters
    ----------
    services
        Gives what the process shares, or raises a RallymapError while it cannot be opened.
    settings
        For the site's name and its address.
    """
    answers = SnapshotAnswers(services)

    # A plain function runs in a thread of its own: reading the database may take a moment.
    def index(request: Request) -> Response:
        def read(parameters: dict[str, list[str]]) -> Asked:
            page = parameters.pop("page", ["1"])[-1]
            if parameters or not (page.isdecimal() and page.isascii() and 0 < len(page) < 7 and int(page)):
                raise ListingRequestError("A list has one parameter: “page”, a whole number from 1.")
            sort, name = (request.path_params.get(part, "") for part in ("sort", "name"))
            return sort, name, int(page), site_address(request, settings), request.scope.get("root_path", "")

        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            sort, name, page, address, root = asked
            shared = services()
            now = shared.now()
            listing = Listing(_filter(snapshot, sort, name))
            info = describe_export(settings.site_name, address, snapshot, listing, now)
            if not sort:
                return _page(info, f"{root}/", "Events", _lists(snapshot, f"{root}/"), "events", len(snapshot))
            rows = listing.rows(snapshot)
            last = -(-len(rows) // PER_PAGE)
            if page > max(last, 1):
                raise EventNotFoundError(name)
            first = len(rows) - page * PER_PAGE
            ids = snapshot.ids_of(rows[max(first, 0) : first + PER_PAGE][::-1])
            events = shared.db.read(get_public_events, ids, moment_of(snapshot, now))
            content = f'<ul class="events">{event_items(events, f"{root}/")}</ul>{_pages(page, last)}'
            place = f"events/{sort}/{quote(name, safe='')}"
            return _page(info, f"{root}/", _title(sort, name), content, place, len(rows))

        headers = {"Content-Security-Policy": PLAIN_PAGE_POLICY}
        return answers.send(request, read, answer, "text/html; charset=utf-8", by_day=True, headers=headers)

    return [Route("/events", index), Route("/events/{sort}/{name}", index)]


def index_paths(snapshot: Snapshot) -> list[str]:
    """Return the paths of all lists below the site's address, for the sitemap."""
    found = ["events"]
    for sort, names in _names(snapshot).items():
        found += [f"events/{sort}/{quote(name, safe='')}" for name, _, _ in names]
    return found


def _filter(snapshot: Snapshot, sort: str, name: str) -> EventFilter:
    """Return the filter of a list.

    Raises
    ------
    EventNotFoundError
        If there is no such list.
    """
    if not sort:
        return EventFilter()
    if sort == "community" and name in snapshot.communities:
        return EventFilter(communities=(name,))
    if sort == "country" and name in snapshot.countries:
        return EventFilter(countries=(name,))
    if sort == "year" and name in (f"{year:04}" for year in snapshot.years_with_events()):
        return EventFilter((date(int(name), 1, 1), date(int(name), 12, 31)))
    raise EventNotFoundError(name)


def _names(snapshot: Snapshot) -> dict[str, list[tuple[str, str, str]]]:
    """Return the lists of each sort: name in the address, title, number of events in words ("" for years)."""
    facets = snapshot.facets(EventFilter())
    by_name = {
        "community": [(name, name) for name in snapshot.communities],
        "country": sorted(
            ((code, country_name(code) or code) for code in snapshot.countries), key=lambda pair: pair[1]
        ),
    }
    counts = {"community": facets["communities"], "country": facets["countries"]}
    found = {
        sort: [(name, title, f"{counts[sort].get(name, 0):,}") for name, title in names]
        for sort, names in by_name.items()
    }
    return found | {"year": [(f"{year:04}", f"{year:04}", "") for year in snapshot.years_with_events()]}


def _title(sort: str, name: str) -> str:
    return f"Events in {country_name(name) or name}" if sort == "country" else f"Events: {name}"


def _lists(snapshot: Snapshot, root: str) -> str:
    content = ""
    for sort, names in _names(snapshot).items():
        items = "".join(
            f'<li dir="auto"><a href="{escape(root)}events/{sort}/{escape(quote(name, safe=""))}">{escape(title)}</a> '
            f"<small>{count}</small></li>"
            for name, title, count in names
        )
        content += f'<h2>{_TITLES[sort]}</h2><ul class="names">{items}</ul>'
    return content


def event_items(events: Iterable[Event], root: str) -> str:
    """Return list items that lead to the pages of events."""
    return "".join(
        f'<li dir="auto"><a href="{escape(root)}events/{event.id}">{escape(event.title)}</a>'
        f"<small>{escape(date_in_words(event.when, short=True))} · "
        f"{escape(place_in_words(event.place, event.location))}</small></li>"
        for event in events
    )


def _pages(page: int, last: int) -> str:
    if last < 2:
        return ""
    newer = f'<a rel="prev" href="?page={page - 1}">Newer</a>' if page > 1 else "<span></span>"
    older = f'<a rel="next" href="?page={page + 1}">Older</a>' if page < last else "<span></span>"
    return f'<nav aria-label="Pages">{newer}<span>Page {page:,} of {last:,}</span>{older}</nav>'


def _page(info: ExportInfo, root: str, title: str, content: str, place: str, total: int) -> bytes:
    order = "newest first" if "/" in place else "by community, country and year"
    return (
        _template()
        .substitute(
            title=escape(title),
            site=escape(info.site),
            description=escape(f"{count_in_words(total, 'event')}, {order}, each with its sources."),
            url=escape(f"{info.address}{place}"),
            root=escape(root),
            font=font_address(),
            colours=page_style_sheet(),
            licence_url=LICENCE_URL,
            content=content,
            citation=escape(f"Cite as: {info.citation}"),
        )
        .encode()
    )


@cache
def _template() -> Template:
    return Template(files("rallymap.web").joinpath("event_index.html").read_text("utf-8"))
