"""A page for each campaign, without script and without a session: a map, local start times, sums of crowds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import EventNotFoundError, RallymapError
from rallymap.events import Campaign, Event
from rallymap.exports.info import ExportInfo
from rallymap.exports.jsonld_file import CONTEXT, campaign_jsonld
from rallymap.language import isolated, number, separator, tr, trn
from rallymap.palette import page_style_sheet
from rallymap.query.listing import Listing
from rallymap.settings import Settings
from rallymap.views.event_words import title_html
from rallymap.views.still_map import still_map
from rallymap.web.event_indexes import alternates
from rallymap.web.plain_page import font_address, plain_page
from rallymap.web.site_address import site_address
from rallymap.web.snapshot_answers import send_page_of_day
from rallymap.web.templates import render
from rallymap.wording import date_in_words, days_in_words, place_in_words
from rallymap.workflows.campaigns import PublicCampaign, get_public_campaign
from rallymap.workflows.exports import describe_export
from rallymap.workflows.services import Services


def campaign_page_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the route ``/campaigns/ID``.

    Parameters
    ----------
    services
        Gives what the process shares, or raises a RallymapError while it cannot be opened.
    settings
        For the site's name and its address.
    """
    site = settings.site_name

    # A plain function runs in a thread of its own: reading the database may take a moment.
    def show(request: Request) -> Response:
        try:
            shared = services()
            snapshot, now = shared.keeper.current(), shared.now()
            campaign = get_public_campaign(shared.db, snapshot, request.path_params["campaign_id"], now)
        except EventNotFoundError:
            text = tr("There is no campaign at this address. It may have been withdrawn, or the link is incomplete.")
            return plain_page(request, site=site, title=tr("Not found"), error=text, status_code=404)
        except RallymapError as err:
            return plain_page(request, site=site, title=tr("Please wait"), error=err.user_message, status_code=503)

        def make() -> str:
            info = describe_export(settings, site_address(request, settings), snapshot, Listing(), now)
            return _page(campaign, info, f"{request.scope.get('root_path', '')}/", now)

        return send_page_of_day(request, snapshot, now, make)

    return [Route("/campaigns/{campaign_id}", show)]


def _page(campaign: PublicCampaign, info: ExportInfo, root: str, now: datetime) -> str:
    """Fill the template; only what this module and the map make goes in as HTML, all else is escaped."""
    events, url = campaign.events, info.url_of_campaign(campaign.id)
    count = trn("{n} event", "{n} events", len(events))
    days = [day for event in events for day in (event.when.start, event.when.last_day) if day is not None]
    parts = [count, days_in_words(min(days), max(days))] if days else [count]
    node = campaign_jsonld(Campaign(campaign.id, campaign.name), events, info)
    content = (
        still_map(events, label=tr("Map of the events of this campaign"))
        + _left_out(events)
        + _totals(campaign)
        + f'<p><a href="{escape(root)}?campaign={campaign.id}">{escape(tr("Show on the map"))}</a></p>'
        + f"<h2>{escape(tr('Events, by start time'))}</h2>"
        + f'<ul class="events">{"".join(_item(event, campaign.name, root) for event in events)}</ul>'
    )
    return render(
        "event_index.html",
        title=campaign.name,
        site=info.site,
        description=separator().join(parts),
        url=url,
        root=root,
        font=font_address(),
        colours=page_style_sheet(),
        licence_url=info.licence.url,
        alternates=alternates(url),
        # In a script element "<" would be the only way out; JSON may write it as an escape.
        jsonld=orjson.dumps({"@context": CONTEXT, **node}).decode().replace("<", "\\u003c"),
        content=content,
        # Translators: how to name this page as a source; {day} is written 2024-05-03.
        citation=tr(
            "Cite as: {site}: {title}. Version {version}, {day}, {address} ({licence}).",
            site=isolated(info.site),
            title=isolated(campaign.name),
            version=info.version,
            day=isolated(now.date().isoformat()),
            address=isolated(url),
            licence=info.licence.name,
        ),
    )


def _item(event: Event, name: str, root: str) -> str:
    """Draw one event: place, local start time with its zone, a title other than the campaign's `name`, and its page."""
    when = date_in_words(event.when)
    if event.when.is_known and event.when.start_time is None:
        when = f"{when}{separator()}{tr('start time not known')}"
    where = escape(place_in_words(event.place, event.location))
    venue = f"{separator()}<bdi>{escape(event.place.venue)}</bdi>" if event.place.venue else ""
    title = f"{separator()}{title_html(event)}" if event.title != name else ""
    return f'<li><a href="{escape(root)}events/{event.id}">{where}</a>{venue}<small>{escape(when)}{title}</small></li>'


def _left_out(events: tuple[Event, ...]) -> str:
    count = sum(event.location is None for event in events)
    return (
        f"<p>{escape(trn('{n} event is not on the map.', '{n} events are not on the map.', count))}</p>"
        if count
        else ""
    )


def _totals(campaign: PublicCampaign) -> str:
    """Say how many people came, as an interval of what others say, and for how many events nobody says it."""
    if not campaign.counted:
        return f'<p class="facts">{escape(tr("No event of this campaign has an estimate of its crowd."))}</p>'
    low, high = campaign.crowd_low, campaign.crowd_high
    if high is None:
        size = tr("at least {number}", number=number(low))
    else:
        size = number(low) if low == high else tr("{low}–{high}", low=number(low), high=number(high))
    said = trn(
        "{number} people, adding up the estimates of {n} event",
        "{number} people, adding up the estimates of {n} events",
        campaign.counted,
        number=size,
    )
    notes = [tr("Who gave each estimate is on the page of its event.")]
    without = len(campaign.events) - campaign.counted
    if without:
        missing = trn(
            "{n} event has no estimate; it is not counted.",
            "{n} events have no estimate; they are not counted.",
            without,
        )
        notes.insert(0, missing)
    return f'<p class="facts"><b>{escape(said)}</b><small>{escape(" ".join(notes))}</small></p>'
