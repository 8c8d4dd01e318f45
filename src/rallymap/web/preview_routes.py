"""The preview image of an event, for programs that show links with an image (Open Graph)."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.assets import TYPEFACE, read_asset
from rallymap.errors import ListingRequestError
from rallymap.event_wording import words_of
from rallymap.events import Event
from rallymap.exports.plain_words import where_in_full
from rallymap.language import ENGLISH, tr, use_language
from rallymap.palette import colour
from rallymap.preview_pictures import GROUND, MEDIA_TYPE, can_be_drawn, draw_preview
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_event
from rallymap.web.snapshot_answers import SnapshotAnswers
from rallymap.wording import KIND_LABELS, date_in_words
from rallymap.workflows.exports import moment_of
from rallymap.workflows.services import Services


def preview_routes(services: Callable[[], Services], settings: Settings) -> list[Route]:
    """Return the route ``/events/ID/preview.png``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    settings
        Provides the site's name.
    """
    answers = SnapshotAnswers(services)

    def preview(request: Request) -> Response:
        def read(parameters: dict[str, list[str]]) -> str:
            if parameters:
                raise ListingRequestError("A preview picture has no parameters.")
            event_id: str = request.path_params["event_id"]
            return event_id

        def answer(snapshot: Snapshot, event_id: str) -> bytes:
            shared = services()
            event = shared.db.read(get_public_event, event_id, moment_of(snapshot, shared.now()))
            return _draw(event, settings.site_name)

        return answers.send(request, read, answer, MEDIA_TYPE)

    return [Route("/events/{event_id}/preview.png", preview)]


def _draw(event: Event, site: str) -> bytes:
    words = _words(event)
    if not all(map(can_be_drawn, words)):  # the typeface lacks the letters of some languages
        with use_language(ENGLISH):
            words = _words(event)
    kind, when, where = words
    title = words_of(event).title
    return draw_preview(
        read_asset(TYPEFACE),
        colours={"band": colour(event.kind.value, dark=False)} | {name: colour(name, dark=False) for name in GROUND},
        kind=kind,
        # The card then shows place and date in its largest letters.
        title=title if can_be_drawn(title) else where,
        lines=[when, where],
        site=site,
    )


def _words(event: Event) -> tuple[str, str, str]:
    """Return kind, date and place of an event in the reader's language."""
    where = where_in_full(event) or tr("place not known")
    return tr(KIND_LABELS[event.kind]), date_in_words(event.when), where
