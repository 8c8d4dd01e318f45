"""Choose the language in which a request is answered."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallymap.language import (
    ENGLISH,
    choose_language,
    current_language,
    find_language,
    languages,
    own_folder,
    use_language,
)

COOKIE: Final = "lang"
"""Stores the language that a visitor chose; it contains only the language tag."""
COOKIE_S: Final = 365 * 86_400
ENGLISH_ONLY: Final = ("/api/", "/frame/", "/map/", "/_stcore/", "/static/", "/assets/", "/media/", "/pictures/")
"""Answers for programs, and cached files: their language depends on ``?lang=`` alone."""

_CHOSEN_BY_OTHERS: Final = ("/embed", "/oembed")
"""The embedding site chose the language, not its reader."""


class ReaderLanguage:
    """Pure ASGI middleware: the wrapped app answers in the reader's language.

    The URL takes precedence (``?lang=``, which is also stored in a cookie), then the cookie, then the browser's
    ``Accept-Language``.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        known = languages(own_folder())
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get(COOKIE, [""])[-1]
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith(ENGLISH_ONLY):
            language = choose_language(known, asked)
        else:
            language = choose_language(
                known, asked, cookie_language(headers.get("cookie", "")), accepted=headers.get("accept-language", "")
            )
        is_choice = find_language(asked, known) is not None and not path.startswith((*ENGLISH_ONLY, *_CHOSEN_BY_OTHERS))

        async def send_with_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(raw=list(message.get("headers", ())))
                if not path.startswith(ENGLISH_ONLY):  # files, feeds and 304 answers have a language, too
                    answer.add_vary_header("Accept-Language")
                    answer.add_vary_header("Cookie")
                if answer.get("content-type", "").startswith("text/html"):
                    answer.setdefault("content-language", language.code)
                    if is_choice:
                        root = scope.get("root_path", "") or "/"
                        answer.append(
                            "set-cookie",
                            f"{COOKIE}={language.code}; Path={root}; Max-Age={COOKIE_S}; SameSite=Lax",
                        )
                message["headers"] = answer.raw
            await send(message)

        with use_language(language):
            await self._app(scope, receive, send_with_language)


def in_language(parameters: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Add the current language to the parameters of a link to more of an answer."""
    code = current_language().code
    return dict(parameters) if code == ENGLISH.code else {**parameters, COOKIE: [code]}


def cookie_language(header: str) -> str:
    """Return the language tag in a request's cookie, "" if there is none."""
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
