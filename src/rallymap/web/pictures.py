"""Pictures of published events; other pictures have no URL."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rallymap.store.pictures import get_public_picture
from rallymap.web.entity_tags import is_not_modified
from rallymap.workflows.services import Services

HEADERS = {
    # Revalidated each time, so that a picture disappears from all pages with its event; otherwise the answer is 304.
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}


def picture_routes(services: Callable[[], Services]) -> list[Route]:
    """Return the route ``/pictures/ID``.

    Parameters
    ----------
    services
        Returns the shared services; raises a RallymapError if they cannot be opened.
    """

    # Starlette runs a plain function in a thread: reading the database blocks.
    def show(request: Request) -> Response:
        shared = services()
        picture_id = request.path_params["picture_id"]
        picture = shared.db.read(get_public_picture, picture_id, shared.now())
        if picture is None:
            return PlainTextResponse("There is no picture at this address.\n", 404, {"cache-control": "no-store"})
        etag = f'"{picture_id}"'  # the bytes of an id never change
        headers = HEADERS | {"etag": etag}
        if is_not_modified(request, etag):
            return Response(status_code=304, headers=headers)
        return Response(picture.data, media_type=picture.media_type, headers=headers)

    return [Route("/pictures/{picture_id}", show)]
