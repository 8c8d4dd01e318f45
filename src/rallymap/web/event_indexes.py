"""Lists of event pages by community, country and year, without scripts or a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.community_names import community_name
from rallymap.countries import country_name
from rallymap.errors import EventNotFoundError, ListingRequestError, RallymapError
from rallymap.event_wording import where_in_words
from rallymap.events import Event
from rallymap.exports.provenance import Provenance
from rallymap.language import digits, languages, mark, name_order, number, own_folder, separator, tr, trn
from rallymap.palette import page_style_sheet
from rallymap.query.filter_links import PARAMETERS
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot, count_facets
from rallymap.settings import Settings
from rallymap.store.events import get_public_events
from rallymap.templates import render
from rallymap.views.event_words import title_html
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.moved import moved_to
from rallymap.web.plain_page import font_address, plain_page
from rallymap.web.security_middleware import path_below_root
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.wording import date_in_words
from rallymap.workflows.exports import describe_export, moment_of
from rallymap.workflows.services import Services

PER_PAGE: Final = 100
SORTS: Final = ("community", "country", "year")
_TITLES: Final = {"community": mark("Communities"), "country": mark("Countries"), "year": mark("Years")}
Asked = tuple[str, str, int, str, str]
"""Sort, name, page, URL and root of a request; sort and name are "" for the list of lists."""


def event_index_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the routes ``/events`` and ``/events/SORT/NAME``, such as ``/events/country/NO``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name and URL.
    """
    answers = SnapshotAnswers(services)

    # Starlette runs a plain function in a thread: reading the database blocks.
    def index(request: Request) -> Response:
        path = path_below_root(request.scope)
        if path.endswith("/"):
            return moved_to(request, path.rstrip("/"))

        def read(parameters: dict[str, list[str]]) -> Asked:
            page = read_page(parameters)
            sort, name = (request.path_params.get(part, "") for part in ("sort", "name"))
            return sort, name, page, site_address(request, settings), request.scope.get("root_path", "")

        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            sort, name, page, address, root = asked
            shared = services()
            now = shared.now()
            listing = Listing(_filter(snapshot, sort, name))
            provenance = describe_export(settings, address, snapshot, listing, now)
            if not sort and page > 1:
                raise EventNotFoundError(name)
            if not sort:
                shown = _frame(provenance, f"{root}/", tr("Events"), "events", len(snapshot))
                return render("event_lists.html", lists=_lists(snapshot, f"{root}/"), **shown).encode()
            rows = listing.rows(snapshot)
            last = -(-len(rows) // PER_PAGE)
            if page > max(last, 1):
                raise EventNotFoundError(name)
            first = len(rows) - page * PER_PAGE
            ids = snapshot.ids_of(rows[max(first, 0) : first + PER_PAGE][::-1])
            events = shared.db.read(get_public_events, ids, moment_of(snapshot, now))
            place = f"events/{sort}/{quote(name, safe='')}"
            return render(
                "event_list.html",
                rows=event_rows(events, f"{root}/"),
                page=page,
                last=last,
                position=tr("Page {page} of {last}", page=number(page), last=number(last)),
                **_frame(provenance, f"{root}/", _title(sort, name), place, len(rows)),
            ).encode()

        def refuse(err: RallymapError, status: int) -> Response:
            text = err.user_message
            if status == 404:
                text = tr("There is no page at this address. Check it, or begin at the start page.")
            title = {404: tr("Not found"), 503: tr("Please wait")}.get(status, tr("Events"))
            return plain_page(request, site=settings.site_name, title=title, error=text, status_code=status)

        headers = {"Content-Security-Policy": PLAIN_PAGE_POLICY}
        return answers.send(
            request, read, answer, "text/html; charset=utf-8", by_day=True, headers=headers, refuse=refuse
        )

    # A community name may contain a slash; servers decode the URL before routes see it.
    return [Route("/events", index), Route("/events/{sort}/{name:path}", index)]


def read_page(parameters: dict[str, list[str]]) -> int:
    """Parse the page number of a list; ignore parameters that other services append to links, such as fbclid.

    Raises
    ------
    ListingRequestError
        If it is not a number from 1, or there is a filter, which lists do not support.
    """
    page = parameters.get("page", ["1"])[-1]
    if parameters.keys() & PARAMETERS or not (page.isdecimal() and page.isascii() and 0 < len(page) < 7 and int(page)):
        raise ListingRequestError(tr("A list has one parameter: “page”, a whole number from 1."))
    return int(page)


def index_paths(snapshot: Snapshot) -> list[str]:
    """Return the paths of all lists below the site's URL, for the sitemap."""
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
    """Return the lists of each sort: name in the URL, title, formatted number of events."""
    facets = count_facets(snapshot, EventFilter(), limit=None)
    by_name = {
        sort: sorted(pairs, key=lambda pair: name_order(pair[1]))
        for sort, pairs in (
            ("community", [(name, community_name(name)) for name in snapshot.communities]),
            ("country", [(code, country_name(code) or code) for code in snapshot.countries]),
        )
    }
    counts = {"community": facets["communities"], "country": facets["countries"]}
    found = {
        sort: [(name, title, number(counts[sort].get(name, 0))) for name, title in names]
        for sort, names in by_name.items()
    }
    years = snapshot.events_by_year.items()
    return found | {"year": [(f"{year:04}", digits(f"{year:04}"), number(count)) for year, count in years]}


def _title(sort: str, name: str) -> str:
    if sort == "country":
        return tr("Events in {country}", country=country_name(name) or name)
    # Translators: {name} is a community or a year.
    return tr("Events: {name}", name=digits(name) if sort == "year" else community_name(name))


def _lists(snapshot: Snapshot, root: str) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return title and lists of each sort: URL, name, formatted number of events."""
    return [
        (
            tr(_TITLES[sort]),
            [(f"{root}events/{sort}/{quote(name, safe='')}", title, count) for name, title, count in names],
        )
        for sort, names in _names(snapshot).items()
    ]


@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of a list of events; the title is HTML."""

    address: str
    title: Markup
    facts: str


def event_rows(events: Iterable[Event], root: str) -> list[EventRow]:
    """Return the rows of events for ``event_rows.html``; `root` is the site's, with a trailing slash."""
    return [
        EventRow(
            f"{root}events/{event.id}",
            title_html(event),
            f"{date_in_words(event.when, short=True)}{separator()}{where_in_words(event)}",
        )
        for event in events
    ]


def _frame(provenance: Provenance, root: str, title: str, place: str, total: int) -> dict[str, Any]:
    """Return the values for ``index_page.html`` that all lists share."""
    if "/" in place:
        description = trn("{n} event, with its sources.", "{n} events, newest first, each with its sources.", total)
    else:
        description = trn(
            "{n} event, by community, country and year, each with its sources.",
            "{n} events, by community, country and year, each with its sources.",
            total,
        )
    url = f"{provenance.address}{place}"
    return {
        "title": title,
        "site": provenance.site,
        "description": description,
        "url": url,
        "root": root,
        "font": font_address(),
        "colours": page_style_sheet(),
        "licence_url": provenance.licence.url,
        "alternates": alternates(url),
        "jsonld": "",
        "citation": tr("Cite as: {citation}", citation=provenance.citation),
    }


def alternates(url: str) -> list[tuple[str, str]]:
    """Return the URLs of a page in each language, for search engines; () if the site is English only."""
    known = languages(own_folder())
    if len(known) < 2:
        return []
    return [*((language.code, f"{url}?lang={language.code}") for language in known), ("x-default", url)]
