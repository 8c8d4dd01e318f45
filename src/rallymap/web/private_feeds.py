"""Private Atom feeds: pending work for a moderator, and the history of an organiser's event.

A feed reader may run on another server, so a feed has counts, kinds and links, but no title, place or contact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.errors import EventNotFoundError
from rallymap.exports.atom import ATOM, FeedEntry, FeedHead, write_feed
from rallymap.language import separator, tr
from rallymap.mail.letters import REVIEW_WORDS, waiting_in_words
from rallymap.store.own_feed import ASKED, OwnNews, read_own_feed
from rallymap.store.proposals import ACCEPTED, ACCEPTED_IN_PART, REFUSED
from rallymap.store.refused_proposals import REFUSAL_UNDONE
from rallymap.store.removal import MERGED_AWAY
from rallymap.store.waiting import WaitingItem
from rallymap.web.site_address import site_address
from rallymap.wording import KIND_LABELS
from rallymap.workflows.services import Services
from rallymap.workflows.waiting import read_feed

MAX_TOKEN = 100


def private_feed_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the routes; an invalid URL answers 404, whatever is wrong with it.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """

    def review(request: Request) -> Response:
        shared = services()
        found = read_feed(shared.db, request.path_params["token"][:MAX_TOKEN])
        if found is None:
            return _not_found()
        counts, items = found
        site, address = shared.settings.site_name, site_address(request, shared.settings)
        head = FeedHead(
            # Translators: title of a moderator's feed.
            tr("{site}: what waits for review", site=site),
            _urn(shared.db.secret.keyed_hash("review-feed", request.path_params["token"])),
            items[0].since if items else datetime.combine(shared.now().astimezone(UTC), time.min, UTC),
            site,
            f"{address}feeds/review/{request.path_params['token']}",
            f"{address}review",
            subtitle=separator().join(waiting_in_words(counts)) or tr("Nothing waits."),
        )
        return _feed(write_feed(head, [_entry(item, address) for item in items]))

    def mine(request: Request) -> Response:
        shared, name = services(), request.path_params["name"]
        try:
            code, news = shared.db.read(read_own_feed, name[:MAX_TOKEN])
        except EventNotFoundError:
            return _not_found()
        site, address = shared.settings.site_name, site_address(request, shared.settings)
        head = FeedHead(
            # Translators: title of an organiser's feed; {code} is that of the receipt.
            tr("{site}: your event with the receipt {code}", site=site, code=code),
            _urn(shared.db.secret.keyed_hash("own-feed-id", name)),
            news[0].at if news else datetime.combine(shared.now().astimezone(UTC), time.min, UTC),
            site,
            f"{address}feeds/mine/{name}",
            address,
            subtitle=tr("Open the edit link that you saved, to read and to answer."),
        )
        return _feed(write_feed(head, [_news_entry(one, address) for one in news]))

    return [
        Route("/feeds/review/{token}", review, methods=["GET"]),
        Route("/feeds/mine/{name}", mine, methods=["GET"]),
    ]


def _entry(item: WaitingItem, address: str) -> FeedEntry:
    titles = {
        "queue": tr("An event waits for review"),
        "messages": tr("An organiser wrote"),
        "places": tr("A place needs checking"),
        "reports": tr("A visitor reported an event"),
        "changes": tr("A change is proposed"),
    }
    page = f"{address}review" if item.place == "queue" else f"{address}review?view={item.place}"
    kind = tr(KIND_LABELS[item.kind])
    return FeedEntry(f"{titles[item.place]}{separator()}{kind}", _urn(item.id), item.since, page, (item.kind.value,))


def _news_entry(news: OwnNews, address: str) -> FeedEntry:
    if news.action == ASKED:
        title = tr("A moderator asks")
    elif news.action in (ACCEPTED, ACCEPTED_IN_PART, REFUSED, REFUSAL_UNDONE):
        title = tr("A moderator decided about your change")
    elif news.action == MERGED_AWAY:
        title = tr("It was merged with another entry of the same event, which has an edit link of its own.")
    else:
        title = tr(REVIEW_WORDS[news.review])
    return FeedEntry(title, _urn(news.id), news.at, address)


def _feed(body: bytes) -> Response:
    return Response(
        body,
        media_type=ATOM,
        headers={"cache-control": "private, no-store", "x-robots-tag": "noindex"},
    )


def _not_found() -> Response:
    said = tr("This feed does not exist any more. Make a new one where you made it.")
    return PlainTextResponse(f"{said}\n", status_code=404, headers={"cache-control": "no-store"})


def _urn(hexadecimal: str) -> str:
    return UUID(hexadecimal[:32]).urn
