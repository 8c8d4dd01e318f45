"""What a person reads who comes back from a provider without being signed in."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from rallymap.web import provider_answers
from rallymap.web.provider_answers import PATHS, ProviderAnswers


def streamlit_double(request: Request) -> Response:
    """Redirect as Streamlit does, and sign in with the code "right"; "wrong" deletes the cookie of an earlier try."""
    answer = RedirectResponse("/", status_code=302)
    code = request.query_params.get("code")
    if code == "right":
        answer.set_cookie("_streamlit_user", "kim")
    if code == "wrong":
        answer.delete_cookie("_streamlit_user")
    return answer


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Starlette:
    monkeypatch.setattr(provider_answers, "get_secrets_auth_section", lambda: {"client_id": "site"})
    return Starlette(
        routes=[Route(path, streamlit_double) for path in PATHS],
        middleware=[Middleware(ProviderAnswers, site="Rallies")],
    )


@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=wrong"])
def test_sign_in_that_failed_is_a_page_with_a_sentence(app: Starlette, ask, query: str) -> None:
    answer = ask(app, f"/oauth2callback{query}")
    assert answer.status == 400
    assert "Signing in did not work. Open the page Review and try again." in answer.text
    assert ("set-cookie" in answer.headers) == (query == "?code=wrong")


@pytest.mark.parametrize("target", ["/oauth2callback?code=right", "/auth/login", "/auth/logout"])
def test_other_answers_are_passed_on(app: Starlette, ask, target: str) -> None:
    assert ask(app, target).status == 302


@pytest.mark.parametrize("target", PATHS)
def test_there_is_no_such_page_without_a_provider(
    app: Starlette, ask, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    monkeypatch.setattr(provider_answers, "get_secrets_auth_section", dict)
    assert ask(app, target).status == 404
