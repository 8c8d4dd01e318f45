"""A page for each public event, without scripts or a session, and the sitemap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape as escape_xml

import numpy as np
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.errors import (
    DamagedEventError,
    EventNotFoundError,
    EventWithoutDayError,
    ListingRequestError,
    RallymapError,
)
from rallymap.event_wording import words_of
from rallymap.events import ID_PATTERN, Event, read_id
from rallymap.exports.calendar_file import write_calendar
from rallymap.exports.formats import FORMATS
from rallymap.exports.jsonld_file import CONTEXT, event_jsonld
from rallymap.exports.plain_words import facts_in_line
from rallymap.exports.provenance import Provenance
from rallymap.language import isolated, sentences, tr
from rallymap.palette import page_style_sheet
from rallymap.query.campaigns import list_campaigns
from rallymap.query.filters import EventFilter
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_event, get_public_events
from rallymap.templates import json_in_script, render
from rallymap.views.cards import event_card, public_picture_url
from rallymap.views.event_words import title_html
from rallymap.views.reference_links import reference_links
from rallymap.web.api_routes import OPEN_HEADERS
from rallymap.web.embed_routes import oembed_link
from rallymap.web.event_indexes import EventRow, alternates, event_rows, index_paths
from rallymap.web.moved import moved_to
from rallymap.web.plain_page import font_address, plain_page
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers, send_page_of_day
from rallymap.workflows.exports import describe_export, moment_of
from rallymap.workflows.services import Services

IN_SITEMAP: Final = 45_000
"""Event pages per sitemap, which may have 50,000 URLs: the first one also has the lists."""
LISTS_IN_SITEMAP: Final = 4_999
NEARBY: Final = 5
NEARBY_KM: Final = 30.0
_SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def event_page_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the routes ``/events/ID``, ``/events/ID.ics``, ``/sitemap.xml`` and ``/robots.txt``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name and URL.
    """
    site = settings.site_name
    answers = SnapshotAnswers(services)

    # Starlette runs plain functions in threads: reading the database blocks.
    def show(request: Request) -> Response:
        event_id = request.path_params["event_id"]
        try:
            shared = services()
            snapshot, now = shared.keeper.current(), shared.now()
            event = shared.db.read(get_public_event, read_id(event_id), moment_of(snapshot, now))
        except EventNotFoundError:
            text = tr("There is no event at this address. It may have been withdrawn, or the link is incomplete.")
            return plain_page(request, site=site, title=tr("Not found"), error=text, status_code=404)
        except DamagedEventError as err:  # retrying does not help
            title = tr("This did not work")
            return plain_page(request, site=site, title=title, error=err.user_message, status_code=500)
        except RallymapError as err:
            return plain_page(request, site=site, title=tr("Please wait"), error=err.user_message, status_code=503)
        if event.id != event_id:  # merged into another event, or the URL has more than the id
            return moved_to(request, f"events/{event.id}")

        def make() -> str:
            provenance = describe_export(settings, site_address(request, settings), snapshot, Listing(), now)
            root = f"{request.scope.get('root_path', '')}/"
            nearby = event_rows(_nearby(shared, snapshot, event, now), root)
            neighbours = _neighbours(shared, snapshot, event.id, now)
            return _page(event, provenance, root, neighbours, oembed_link(request, settings), nearby)

        return send_page_of_day(request, settings, snapshot, now, make)

    def calendar(request: Request) -> Response:
        event_id = request.path_params["event_id"]

        def answer(snapshot: Snapshot, address: str) -> bytes:
            shared = services()
            now = shared.now()
            event = shared.db.read(get_public_event, event_id, moment_of(snapshot, now))
            if not event.when.is_known:
                raise EventWithoutDayError(event_id)
            provenance = describe_export(settings, address, snapshot, Listing(), now)
            provenance = replace(provenance, selection=isolated(words_of(event).title))
            return b"".join(write_calendar([event], provenance))

        # An id from a URL only goes into a header if it has the form of our ids.
        name = event_id if ID_PATTERN.fullmatch(event_id) else "event"
        return answers.send(
            request,
            lambda _parameters: site_address(request, settings),
            answer,
            FORMATS["ics"].media_type,
            by_day=True,
            headers=OPEN_HEADERS | {"Content-Disposition": f'attachment; filename="{name}.ics"'},
            refuse=lambda err, status: PlainTextResponse(err.user_message, status_code=status),
        )

    def sitemap(request: Request) -> Response:
        def read(parameters: dict[str, list[str]]) -> tuple[int, str]:
            page = parameters.pop("page", ["0"])[-1]
            if parameters or not (page.isdecimal() and page.isascii() and len(page) < 6):
                raise ListingRequestError("A sitemap has one parameter: “page”, a whole number from 1.")
            return int(page), site_address(request, settings)

        return answers.send(request, read, _sitemap, "application/xml")

    def robots(request: Request) -> Response:
        address = site_address(request, settings)
        return PlainTextResponse(f"{ROBOTS}Sitemap: {address}sitemap.xml\n", headers={"cache-control": "max-age=3600"})

    return [
        Route("/events/{event_id}.ics", calendar),
        Route("/events/{event_id}", show),
        Route("/sitemap.xml", sitemap),
        Route("/robots.txt", robots),
    ]


ROBOTS: Final = """User-agent: *
Disallow: /mine
Disallow: /review
Disallow: /account
Disallow: /sign-in
Disallow: /invite/
Disallow: /reset/
Disallow: /export/
"""


def _neighbours(services: Services, snapshot: Snapshot, event_id: str, now: datetime) -> list[tuple[str, str, Markup]]:
    """Return relation, id and title of the dated events before and after an event."""
    row = snapshot.row_of(event_id)
    if row is None or row < snapshot.columns.undated:
        return []
    rows = (row - 1, row + 1)
    ids = [snapshot.ids_of([at])[0] if snapshot.columns.undated <= at < len(snapshot) else "" for at in rows]
    found = services.db.read(get_public_events, [one for one in ids if one], moment_of(snapshot, now))
    titles = {event.id: title_html(event) for event in found}
    return [(relation, one, titles[one]) for relation, one in zip(("prev", "next"), ids, strict=True) if one in titles]


def _nearby(services: Services, snapshot: Snapshot, event: Event, now: datetime) -> list[Event]:
    """Return events near the public place of an event that are closest in time, closest first."""
    own = snapshot.row_of(event.id)
    if event.location is None or own is None:
        return []
    around = EventFilter(near=(event.location.lat, event.location.lon, NEARBY_KM), undated=False)
    rows = Listing(around).rows(snapshot)
    rows = rows[rows != own]
    days = snapshot.columns.start[rows].astype(np.int64)
    # For an undated event these are the newest ones.
    away = np.abs(days - snapshot.columns.start[own]) if own >= snapshot.columns.undated else -days
    nearest = rows[np.argsort(away, kind="stable")[:NEARBY]]
    return services.db.read(get_public_events, snapshot.ids_of(nearest), moment_of(snapshot, now))


def _page(
    event: Event,
    provenance: Provenance,
    root: str,
    neighbours: list[tuple[str, str, Markup]],
    links: Markup,
    nearby: list[EventRow],
) -> str:
    words = words_of(event)
    description = sentences((facts_in_line(event), words.about))[:300]
    shown = [(relation, f"{root}events/{event_id}", title) for relation, event_id, title in neighbours]
    picture = public_picture_url(event)
    preview = picture or f"events/{event.id}/preview.png"
    node = {"@context": CONTEXT, **event_jsonld(event, provenance)}
    url = provenance.url_of(event.id)
    return render(
        "event_page.html",
        title=words.title,
        site=provenance.site,
        description=description,
        url=url,
        root=root,
        id=event.id,
        is_in_calendars=event.when.is_known,
        font=font_address(),
        colours=page_style_sheet(),
        alternates=alternates(url),
        licence_url=provenance.licence.url,
        head_links=links,
        preview=provenance.address + preview,
        preview_words=event.picture.description if event.picture is not None else description,
        jsonld=json_in_script(node),
        card=event_card(
            event,
            picture_url=f"{root}{picture}" if picture else "",
            heading="h1",
            campaign_link=f"{root}campaigns/{event.campaign.id}" if event.campaign else "",
            in_all_languages=True,
        ),
        neighbours=shown,
        nearby=nearby,
        reference_links=reference_links(f"{root}events/{event.id}"),
        # Translators: how to name this page as a source; {day} is written 2024-05-03.
        citation=tr(
            "Cite as: {site}: {title}. Version {version}, {day}, {address} ({licence}).",
            site=isolated(provenance.site),
            title=isolated(words.title),
            version=provenance.version,
            day=isolated(provenance.made_on.isoformat()),
            address=isolated(url),
            licence=provenance.licence.name,
        ),
    )


def _sitemap(snapshot: Snapshot, asked: tuple[int, str]) -> bytes:
    """Return the sitemap of the event pages, or an index of sitemaps if there are too many.

    Raises
    ------
    EventNotFoundError
        If there is no such page.
    """
    page, address = asked
    if not page and len(snapshot) > IN_SITEMAP:
        pages = range(1, -(-len(snapshot) // IN_SITEMAP) + 1)
        found = "".join(
            f"<sitemap><loc>{escape_xml(address)}sitemap.xml?page={number}</loc></sitemap>\n" for number in pages
        )
        return _xml("sitemapindex", found)
    first = (max(page, 1) - 1) * IN_SITEMAP
    if page > 1 and first >= len(snapshot):
        raise EventNotFoundError("")
    ids = snapshot.ids_of(range(first, min(first + IN_SITEMAP, len(snapshot))))
    found = "".join(f"<url><loc>{escape_xml(address)}events/{event_id}</loc></url>\n" for event_id in ids)
    campaigns = [f"campaigns/{campaign_id}" for campaign_id in list_campaigns(snapshot)]
    starts = [] if page > 1 else ["", *[*index_paths(snapshot), *campaigns][:LISTS_IN_SITEMAP]]
    start = "".join(f"<url><loc>{escape_xml(address + path)}</loc></url>\n" for path in starts)
    return _xml("urlset", start + found)


def _xml(name: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{name} xmlns="{_SITEMAPS}">\n{content}</{name}>\n'.encode()
