"""Pages for campaigns, without scripts or a session: a map, local start times, total attendance."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.dates import EventDate
from rallymap.errors import EventNotFoundError, RallymapError
from rallymap.events import Campaign, Event
from rallymap.exports.jsonld_file import CONTEXT, campaign_jsonld
from rallymap.exports.provenance import Provenance
from rallymap.language import isolated, number, sentences, separator, tr, trn
from rallymap.palette import page_style_sheet
from rallymap.query.listing import Listing
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_events
from rallymap.templates import json_in_script, render
from rallymap.trends.figures import missing_limits
from rallymap.views.event_words import title_html
from rallymap.views.still_map import Mark, still_map
from rallymap.web.event_indexes import PER_PAGE, alternates, read_page
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.plain_page import font_address, plain_page
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.wording import date_in_words, days_in_words, place_in_words
from rallymap.workflows.campaigns import CampaignPlace, PublicCampaign, get_public_campaign
from rallymap.workflows.exports import describe_export, moment_of
from rallymap.workflows.services import Services

Asked = tuple[int, str, str]
"""Page number, URL, and root of the site."""


def campaign_page_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the route ``/campaigns/ID``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name and URL.
    """
    answers = SnapshotAnswers(services)

    # Starlette runs a plain function in a thread: reading the database blocks.
    def show(request: Request) -> Response:
        campaign_id = request.path_params["campaign_id"]

        def read(parameters: dict[str, list[str]]) -> Asked:
            return read_page(parameters), site_address(request, settings), f"{request.scope.get('root_path', '')}/"

        def answer(snapshot: Snapshot, asked: Asked) -> bytes:
            page, address, root = asked
            shared = services()
            now = shared.now()
            campaign = get_public_campaign(shared.db, snapshot, campaign_id, now)
            ids = campaign.ids[(page - 1) * PER_PAGE : page * PER_PAGE]
            if not ids:
                raise EventNotFoundError(campaign_id)
            events = shared.db.read(get_public_events, ids, moment_of(snapshot, now))
            provenance = describe_export(settings, address, snapshot, Listing(), now)
            return _page(campaign, page, events, provenance, root).encode()

        def refuse(err: RallymapError, status: int) -> Response:
            title, text = tr("Not found") if status == 404 else tr("Events"), err.user_message
            if status == 404:
                text = tr(
                    "There is no campaign at this address. It may have been withdrawn, or the link is incomplete."
                )
            elif status == 503:
                title = tr("Please wait")
            return plain_page(request, site=settings.site_name, title=title, error=text, status_code=status)

        headers = {"Content-Security-Policy": PLAIN_PAGE_POLICY}
        return answers.send(
            request, read, answer, "text/html; charset=utf-8", by_day=True, headers=headers, refuse=refuse
        )

    return [Route("/campaigns/{campaign_id}", show)]


def _page(campaign: PublicCampaign, page: int, events: list[Event], provenance: Provenance, root: str) -> str:
    """Return one page; the first has the map and the total attendance of the campaign."""
    url = provenance.url_of_campaign(campaign.id)
    count = trn("{n} event", "{n} events", len(campaign.ids))
    parts = [count, days_in_words(*campaign.days)] if campaign.days else [count]
    node = campaign_jsonld(Campaign(campaign.id, campaign.name), campaign.days, events, provenance)
    last = -(-len(campaign.ids) // PER_PAGE)
    return render(
        "campaign.html",
        id=campaign.id,
        page=page,
        last=last,
        position=tr("Page {page} of {last}", page=number(page), last=number(last)),
        map=_map(campaign) if page == 1 else "",
        left_out=_unplaced_text(campaign) if page == 1 else "",
        crowd=_crowd(campaign),
        crowd_notes=_crowd_notes(campaign),
        rows=[_row(event, campaign.name, root) for event in events],
        title=campaign.name,
        site=provenance.site,
        description=separator().join(parts),
        url=url,
        root=root,
        font=font_address(),
        colours=page_style_sheet(),
        licence_url=provenance.licence.url,
        alternates=alternates(url),
        jsonld=json_in_script({"@context": CONTEXT, **node}),
        # Translators: how to name this page as a source; {day} is written 2024-05-03.
        citation=tr(
            "Cite as: {site}: {title}. Version {version}, {day}, {address} ({licence}).",
            site=isolated(provenance.site),
            title=isolated(campaign.name),
            version=provenance.version,
            day=isolated(provenance.made_on.isoformat()),
            address=isolated(url),
            licence=provenance.licence.name,
        ),
    )


def _map(campaign: PublicCampaign) -> Markup:
    say_date = cache(date_in_words)  # many events of a campaign start at the same time
    marks = [_mark(place, say_date) for place in campaign.places]
    return still_map(marks, label=tr("Map of the events of this campaign"))


def _mark(place: CampaignPlace, say_date: Callable[[EventDate], str]) -> Mark:
    where = place_in_words(place.place, place.location)
    many = len(place.whens) > 1
    what = trn("{n} event", "{n} events", len(place.whens)) if many else say_date(place.whens[0])
    return Mark(place.location, f"{where}, {what}")


def _unplaced_text(campaign: PublicCampaign) -> str:
    if not campaign.unplaced:
        return ""
    return trn("{n} event is not on the map.", "{n} events are not on the map.", campaign.unplaced)


def _row(event: Event, name: str, root: str) -> dict[str, str]:
    """Return URL, place, venue, local start time, and the title of an event whose campaign name differs from `name`."""
    when = date_in_words(event.when)
    if event.when.is_known and event.when.start_time is None:
        when = f"{when}{separator()}{tr('start time not known')}"
    return {
        "address": f"{root}events/{event.id}",
        "where": place_in_words(event.place, event.location),
        "venue": event.place.venue,
        "when": when,
        "title": title_html(event) if event.title != name else "",
    }


def _crowd(campaign: PublicCampaign) -> str:
    """Format the total attendance as an interval of estimates; "" without estimates."""
    crowd = campaign.crowd
    if not crowd.with_numbers:
        return ""
    low, high = number(crowd.low), number(crowd.high)
    if crowd.open_above and not crowd.open_below:
        size = tr("at least {number}", number=low)
    elif crowd.open_below and not crowd.open_above:
        size = tr("at most {number}", number=high)
    else:
        size = low if low == high else tr("{low}–{high}", low=low, high=high)
    return trn(
        "{number} people, adding up the estimates of {n} event",
        "{number} people, adding up the estimates of {n} events",
        crowd.with_numbers,
        number=size,
    )


def _crowd_notes(campaign: PublicCampaign) -> str:
    """Say how many events have no estimate, or one without a limit, and where to find who made the others."""
    parts = []
    if without := campaign.crowd.events - campaign.crowd.with_numbers:
        parts.append(
            trn(
                "{n} event has no estimate; it is not counted.",
                "{n} events have no estimate; they are not counted.",
                without,
            )
        )
    if campaign.crowd.open_above and campaign.crowd.open_below:
        parts += missing_limits(campaign.crowd)
    return sentences((*parts, tr("Who gave each estimate is on the page of its event.")))
