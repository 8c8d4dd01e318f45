"""Errors on our routes become one sentence on a page of ours, with every header."""

from __future__ import annotations

import contextlib
import html
import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rallymap.errors import EventNotFoundError, RateLimitError, RightsError, StoreUnavailableError
from rallymap.web.failures import UNKNOWN, failure_handlers
from rallymap.web.headers import PLAIN_PAGE_POLICY, HeaderPolicy
from rallymap.web.security_middleware import SecurityMiddleware


def app_that_raises(error: Exception) -> Starlette:
    def fail(_request: Request) -> Response:
        raise error

    policy = HeaderPolicy("<p>page</p>", "<p>map</p>")
    return Starlette(
        routes=[Route(path, fail) for path in ("/fail", "/api/v1/fail", "/export/fail", "/feeds/fail")],
        middleware=[Middleware(SecurityMiddleware, policy=policy, secure_cookies=False)],
        exception_handlers=failure_handlers("Rallies", policy),
    )


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (EventNotFoundError("oslo-1"), 404, "There is no event at this address."),
        (RightsError("Please sign in for this."), 403, "Please sign in for this."),
        (RateLimitError("Wait a minute.", retry_after_s=60), 429, "Wait a minute."),
        (StoreUnavailableError("The disk is <full>.", detail="secret path"), 503, "The disk is &lt;full&gt;."),
    ],
)
def test_error_of_ours_is_said_in_its_sentence(ask, error: Exception, status: int, sentence: str) -> None:
    answer = ask(app_that_raises(error), "/fail")
    assert (answer.status, answer.headers["content-security-policy"]) == (status, PLAIN_PAGE_POLICY)
    assert f'<p class="error" role="alert">{sentence}</p>' in answer.text
    assert "secret path" not in answer.text
    for path in ("/api/v1/fail", "/export/fail", "/feeds/fail"):  # programs read these
        answer = ask(app_that_raises(error), path)
        assert (answer.status, answer.headers["content-type"]) == (status, "application/json")
        assert html.escape(json.loads(answer.body)["error"]) == sentence
        assert answer.headers["access-control-allow-origin"] == "*"


class _Kept:
    """Keeps the answer of an app that raises after it has answered, as Starlette does for servers to log."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        with contextlib.suppress(ZeroDivisionError):
            await self.app(scope, receive, send)


def test_unforeseen_error_says_nothing_of_its_inside(ask) -> None:
    answer = ask(_Kept(app_that_raises(ZeroDivisionError("inside"))), "/fail")
    assert (answer.status, UNKNOWN in answer.text, "inside" in answer.text) == (500, True, False)
    assert answer.headers["content-security-policy"] == PLAIN_PAGE_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    answer = ask(_Kept(app_that_raises(ZeroDivisionError("inside"))), "/api/v1/fail")
    assert (answer.status, json.loads(answer.body)) == (500, {"error": UNKNOWN})
    assert answer.headers["access-control-allow-origin"] == "*"
