"""The map for iframes on other sites, and oEmbed, which turns a link into such an iframe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from rallymap.errors import ListingRequestError, MapRequestError, RallymapError
from rallymap.events import ID_PATTERN
from rallymap.language import ENGLISH, current_language, find_language, languages, own_folder, tr, use_language
from rallymap.query.filter_links import PARAMETERS
from rallymap.query.filter_words import selection_in_words
from rallymap.query.listing import Listing
from rallymap.settings import Settings
from rallymap.views.embed_page import HEIGHT, WIDTH, embed_code, embed_page
from rallymap.views.map_choice import THEMES, map_choice
from rallymap.views.map_view import MapView
from rallymap.web.plain_page import plain_page
from rallymap.web.reader_language import COOKIE as LANGUAGE
from rallymap.web.site_address import public_query, site_address
from rallymap.web.snapshot_answers import OF_VIEW, json_answer, read_query, refusal, without_view
from rallymap.workflows.services import Services

_SMALLEST, _LARGEST, _MAX_DIGITS = 200, 4_000, 9
_SIZES: Final = ("maxwidth", "maxheight")


def embed_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the routes ``/embed`` and ``/oembed``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name and URL.
    """
    site = settings.site_name

    # Starlette runs plain functions in threads.
    def embed(request: Request) -> Response:
        try:
            parameters = read_query(request)
            listing, view, event_id, theme = _read(parameters)
            snapshot = services().keeper.current()
        except RallymapError as err:
            status = 400 if isinstance(err, ListingRequestError | MapRequestError) else 503
            refused = plain_page(
                request, site=site, title=tr("No map here"), error=err.user_message, status_code=status
            )
            del refused.headers["content-security-policy"]  # replaced by the policy for embedding
            return refused
        choice = map_choice(
            version=snapshot.version,
            event_filter=listing.event_filter,
            selected_event=event_id or None,
            view=view,
            theme=theme or THEMES[0],
            bounds=snapshot.bounds(),
            context=None,
        )
        address = site_address(request, settings)
        query = {name: values for name, values in parameters.items() if name != "theme"}
        if current_language().code != ENGLISH.code:
            query[LANGUAGE] = [current_language().code]
        link = f"{address}?{urlencode(query, doseq=True)}" if query else address
        html = embed_page(choice | {"theme": theme}, site=site, address=address, link=link)
        return HTMLResponse(html, headers={"cache-control": "no-cache"})

    def oembed(request: Request) -> Response:
        if request.query_params.get("format", "json") != "json":
            # The status that the oEmbed specification requires here (section 2.3.4).
            return json_answer({"error": "“format” is json; there is no other."}, 501)
        try:
            query, width, height, title = _read_oembed(read_query(request), site_address(request, settings))
        except (ListingRequestError, MapRequestError) as err:
            return refusal(err, 400)
        if query is None:
            return json_answer({"error": tr("There is no map of this site at that address.")}, 404)
        address = site_address(request, settings)
        return json_answer(
            {
                "version": "1.0",
                "type": "rich",
                "title": f"{site}: {title}",
                "provider_name": site,
                "provider_url": address,
                "width": width,
                "height": height,
                "html": embed_code(address, query, width=width, height=height, title=f"{site}: {title}"),
            },
            200,
        )

    return [Route("/embed", embed), Route("/oembed", oembed)]


def oembed_link(request: Request, settings: Settings) -> Markup:
    """Return the link element by which other programs find the map of the requested page."""
    address = site_address(request, settings)
    below = request.url.path.removeprefix(f"{request.scope.get('root_path', '')}/")
    target = f"{address}oembed?{urlencode({'url': f'{address}{below}{public_query(request)}'})}"
    return Markup('<link rel="alternate" type="application/json+oembed" href="{}" title="{}">\n').format(
        target, tr("Map")
    )


def _read(parameters: dict[str, list[str]]) -> tuple[Listing, MapView, str, str]:
    """Parse filter, view, event and theme of an embedded map."""
    named = without_view(parameters)
    theme = named.pop("theme", [""])[-1]
    listing = Listing.from_query_params(named)
    if theme not in ("", *THEMES):
        raise ListingRequestError(f"“theme” is one of {', '.join(THEMES)}; without it, the map follows the reader.")
    event_id = parameters.get("event", [""])[-1]
    if event_id and not ID_PATTERN.fullmatch(event_id):
        raise ListingRequestError("“event” is the id of an event.")
    return listing, MapView.from_query_params(parameters), event_id, theme


def _read_oembed(parameters: dict[str, list[str]], address: str) -> tuple[str | None, int, int, str]:
    """Parse which map is requested: its query (None if it is not a map of ours), width, height, and its selection."""
    unknown = sorted(parameters.keys() - {"url", "format", *_SIZES})
    if unknown:
        raise ListingRequestError(
            f"“{unknown[0][:40]}” is not a parameter here; known are: url, format, {', '.join(_SIZES)}."
        )
    width, height = (_size(parameters, name, usual) for name, usual in zip(_SIZES, (WIDTH, HEIGHT), strict=True))
    try:
        target = urlsplit(parameters.get("url", [""])[-1])
    except ValueError:  # for example an IPv6 address without its closing bracket
        return None, width, height, ""
    ours = urlsplit(address)
    path = target.path.removeprefix(ours.path)
    if target.netloc != ours.netloc or target.scheme not in ("http", "https") or not target.path.startswith(ours.path):
        return None, width, height, ""
    asked: dict[str, Any] = parse_qs(target.query)
    language = find_language(asked.pop(LANGUAGE, [""])[-1], languages(own_folder()))
    if path.startswith("events/") and ID_PATTERN.fullmatch(path.removeprefix("events/")):
        asked = {"event": [path.removeprefix("events/")]}
    elif path not in ("", "explore", "embed"):
        return None, width, height, ""
    # Explore also ignores parameters that other services append to links, such as fbclid.
    asked = {name: values for name, values in asked.items() if name in PARAMETERS | OF_VIEW or name == "theme"}
    listing = _read(asked)[0]
    if language is not None:
        asked[LANGUAGE] = [language.code]
    with use_language(language or current_language()):
        return urlencode(asked, doseq=True), width, height, selection_in_words(listing.event_filter)


def _size(parameters: dict[str, list[str]], name: str, usual: int) -> int:
    text = parameters.get(name, [""])[-1]
    if not text:
        return usual
    if not (len(text) <= _MAX_DIGITS and text.isdecimal() and text.isascii() and _SMALLEST <= int(text) <= _LARGEST):
        raise ListingRequestError(f"“{name}” is a number of pixels from {_SMALLEST} to {_LARGEST}.")
    return min(int(text), usual)
