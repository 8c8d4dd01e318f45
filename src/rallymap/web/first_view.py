"""The first view of Explore, readable before Streamlit has loaded: the heading and the newest events of the link.

On a slow phone it appears some seconds earlier; if the app cannot start, it stays. The page removes it once its own
list is rendered (assets/page/first_view.js).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from markupsafe import Markup
from starlette.requests import Request

from rallymap.errors import RallymapError
from rallymap.event_wording import where_in_words
from rallymap.events import Event, read_id
from rallymap.events.day_order import in_order_of_time
from rallymap.language import current_language, tr, wording_version
from rallymap.palette import COLOURS, FONT, page_style_sheet
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Snapshot
from rallymap.store.events import get_public_events
from rallymap.templates import render
from rallymap.views.event_words import title_html
from rallymap.views.headline import HEADLINE, about_record
from rallymap.views.map_choice import THEMES, map_choice
from rallymap.views.map_page import TITLES, map_page_path
from rallymap.views.map_view import MapView
from rallymap.web.answer_cache import AnswerCache
from rallymap.web.plain_page import font_address
from rallymap.web.snapshot_answers import read_query
from rallymap.wording import date_in_words
from rallymap.workflows.exports import moment_of
from rallymap.workflows.services import Services

ROWS = 12
"""They fill the screen of a phone twice, and that of a laptop once."""


@dataclass(frozen=True, slots=True)
class Look:
    """The map state in a link: its view, and the open event."""

    view: MapView
    event_id: str | None

    def choice(self, snapshot: Snapshot, wanted: EventFilter, *, shown: int) -> dict[str, Any]:
        """Return the choice that is sent to the map; its script adds the reader's theme."""
        return map_choice(
            version=snapshot.version,
            event_filter=wanted,
            selected_event=self.event_id,
            view=self.view,
            theme=THEMES[0],
            bounds=snapshot.bounds(),
            context=None,
            shown=shown,
        )


class FirstView:
    """Renders the first view of Explore; requests with equal links share the work per version.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    site
        The site's name.
    """

    def __init__(self, services: Callable[[], Services], site: str) -> None:
        self._services = services
        self._site = site
        self._cache = AnswerCache()

    def __call__(self, request: Request) -> str:
        """Return HTML for the start of the page's body, "" if it fails: the app itself reports the reason."""
        try:
            query = read_query(request)
            wanted, _ = EventFilter.from_query_params(query)
            look = Look(MapView.from_query_params(query), read_id(query.get("event", [""])[-1]) or None)
            shared = self._services()
            snapshot = shared.keeper.current()
            language = current_language()
            key = (wanted, look, snapshot.version, language.code, wording_version(language))
            return self._cache.get(key, lambda: self._draw(shared, snapshot, wanted, look).encode()).decode()
        except RallymapError:
            return ""

    def _draw(self, services: Services, snapshot: Snapshot, wanted: EventFilter, look: Look) -> str:
        selection = snapshot.select(wanted)
        ids = selection.whole_days(ROWS)
        events = services.db.read(get_public_events, ids, moment_of(snapshot, services.now()))
        title = TITLES["explore"]
        return render(
            "first_view.html",
            site=self._site,
            font=font_address(),
            colours=page_style_sheet(),
            sea=COLOURS["sea"],
            letters=Markup(FONT.partition(", ")[2]),  # noqa: S704 - our own list, without the font that is fetched
            headline=tr(HEADLINE),
            about=about_record(snapshot),
            map_page=map_page_path("explore"),
            map_title=tr(title),
            map_choice=orjson.dumps(look.choice(snapshot, wanted, shown=selection.on_map)).decode(),
            # A row of the page between filters and map: the active filters, or the suggestions.
            has_chips=wanted != EventFilter() or any(snapshot.select(view.wanted).total for view in services.guided),
            rows=[_row(event) for event in in_order_of_time(events, oldest_first=False)[:ROWS]],
        )


def _row(event: Event) -> tuple[str, Markup, str, str]:
    """Return id, title, place and date of an event."""
    return event.id, title_html(event), where_in_words(event), date_in_words(event.when, short=True)
