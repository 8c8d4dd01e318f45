"""Answer requests with a method that a route does not accept, such as OPTIONS, which browsers send for other sites."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from rallymap.web.headers import is_open
from rallymap.web.security_middleware import path_below_root
from rallymap.web.snapshot_answers import json_answer

KEPT_S = 86_400
"""How long a browser may cache the OPTIONS answer; browsers limit this to a day."""


def methods_at(routes: Iterable[BaseRoute], request: Request) -> list[str]:
    """Return the methods of the routes at a request's path, sorted; [] if there is no route."""
    found = set[str]()
    for route in routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return sorted(found)


def answer_other_method(request: Request, methods: Iterable[str]) -> Response:
    """Answer OPTIONS with 204, any other method with 405; both list the allowed methods."""
    allowed = ", ".join([*methods, "OPTIONS"])
    if request.method != "OPTIONS":
        answer = json_answer({"error": f"This address takes {allowed}, and not {request.method}."}, 405)
        answer.headers["allow"] = allowed
        return answer
    headers = {"allow": allowed}
    if is_open(path_below_root(request.scope)):
        # A browser requests this before a script of another site sends If-None-Match or a JSON form.
        headers |= {
            "access-control-allow-origin": "*",
            "access-control-allow-methods": ", ".join(methods),
            "access-control-allow-headers": "*",
            "access-control-max-age": str(KEPT_S),
        }
    return Response(status_code=204, headers=headers)
