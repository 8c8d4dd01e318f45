"""The sign-in pages over HTTP, with a real database behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from rallymap.moderation import Role
from rallymap.passwords import hash_password
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import add_account
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.sign_in import FOREIGN, MAX_FIELD_BYTES, NEEDS_TLS, TOO_MUCH, local_path, sign_in_routes
from rallymap.web.startup import Startup
from rallymap.workflows.sessions import BROWSER_COOKIE, COOKIE, WRONG
from rallymap.workflows.sign_in_limits import FREE_ATTEMPTS

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PASSWORD = "correct horse battery"
OURS = {"sec-fetch-site": "same-origin"}
RIGHT = {"name": "mina", "password": PASSWORD}


@dataclass
class Door:
    """The routes alone, as an app."""

    app: Starlette
    db: Database


@pytest.fixture(scope="module")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def door(tmp_path: Path, password_hash: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    db.write(add_account, "mina", password_hash, Role.MODERATOR)
    startup = Startup(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), lambda _line: None)
    monkeypatch.setattr(startup, "services", SimpleNamespace(db=db))
    yield Door(Starlette(routes=sign_in_routes(startup)), db)
    db.close()


def set_cookies(answer) -> SimpleCookie:
    """Return the cookies that an answer sets."""
    cookies = SimpleCookie()
    for name, value in answer.all_headers:
        if name == "set-cookie":
            cookies.load(value)
    return cookies


def cookie_of(answer) -> str:
    return set_cookies(answer)[COOKIE].value


def test_form_is_a_plain_page(ask, door: Door) -> None:
    answer = ask(door.app, "/sign-in")
    assert (answer.status, answer.headers["content-security-policy"]) == (200, PLAIN_PAGE_POLICY)
    assert "<script" not in answer.text
    assert answer.text.count("<label>") == 3


def test_page_says_what_was_done_before(ask, door: Door) -> None:
    assert "Your account is made. Sign in with" in ask(door.app, "/sign-in?after=invite").text
    assert "Your password is changed. Sign in with the new one." in ask(door.app, "/sign-in?after=reset").text
    assert 'role="status"' not in ask(door.app, "/sign-in?after=%3Cb%3E").text


def test_right_password_sets_a_cookie_no_script_can_read(ask, door: Door) -> None:
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT)
    assert (answer.status, answer.headers["location"]) == (303, "/review")
    (cookie,) = (value for name, value in answer.all_headers if name == "set-cookie" and value.startswith(f"{COOKIE}="))
    attributes = cookie.partition("; ")[2]
    assert attributes == "HttpOnly; Max-Age=43200; Path=/; SameSite=strict; Secure"
    account = ask(door.app, "/sign-in", headers={"cookie": f"{COOKIE}={cookie_of(answer)}"})
    assert "You are signed in as <b>mina</b> (moderator)." in account.text


def test_wrong_password_keeps_the_name_and_nothing_else(ask, door: Door) -> None:
    form = {"name": '"><img src=x>', "password": "not this one, sorry", "next": "add"}
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS, form=form)
    assert (answer.status, WRONG in answer.text, "set-cookie" in answer.headers) == (403, True, False)
    assert 'value="&#34;&gt;&lt;img src=x&gt;"' in answer.text
    assert 'name="next" value="add"' in answer.text
    assert "not this one" not in answer.text


@pytest.mark.slow
def test_attempts_are_limited(ask, door: Door) -> None:
    wrong = RIGHT | {"password": "wrong password!"}
    for _ in range(FREE_ATTEMPTS):
        assert ask(door.app, "/sign-in", method="POST", headers=OURS, form=wrong).status == 403
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT)
    assert (answer.status, "Too many attempts to sign in. Wait " in answer.text) == (429, True)
    assert 0 < int(answer.headers["retry-after"]) <= 30


@pytest.mark.slow
def test_browser_that_signed_in_before_is_not_locked_out(ask, door: Door) -> None:
    browser = set_cookies(ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT))[BROWSER_COOKIE]
    assert (browser["httponly"], browser["secure"], browser["samesite"], browser["max-age"]) == (
        True,
        True,
        "strict",
        str(90 * 86_400),
    )
    for _ in range(FREE_ATTEMPTS):
        ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT | {"password": "wrong password!"})
    assert ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT).status == 429
    ours = OURS | {"cookie": f"a=b; {BROWSER_COOKIE}={browser.value}"}
    assert ask(door.app, "/sign-in", method="POST", headers=ours, form=RIGHT).status == 303


@pytest.mark.parametrize("name", ["%00", "mina%00", "%ed%a0%80"])
def test_name_that_no_database_takes_is_a_wrong_name(ask, door: Door, name: str) -> None:
    body = f"name={name}&password=x".encode()
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS, body=body)
    assert (answer.status, WRONG in answer.text) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out"])
def test_form_of_another_site_is_refused(ask, door: Door, path: str, headers: dict[str, str]) -> None:
    answer = ask(door.app, path, method="POST", headers=headers, form=RIGHT)
    assert (answer.status, FOREIGN in answer.text) == (403, True)


def test_form_of_an_older_browser_is_known_by_its_origin(ask, door: Door) -> None:
    answer = ask(door.app, "/sign-in", method="POST", headers={"origin": "http://localhost:8501"}, form=RIGHT)
    assert answer.status == 303


def test_password_is_not_taken_in_the_clear(ask, door: Door) -> None:
    elsewhere = {"host": "rallies.example:8501"}
    assert NEEDS_TLS in ask(door.app, "/sign-in", headers=elsewhere).text
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS | elsewhere, form=RIGHT)
    assert (answer.status, NEEDS_TLS in answer.text, "set-cookie" in answer.headers) == (403, True, False)


@pytest.mark.parametrize("body", [b"name=" + b"a" * MAX_FIELD_BYTES, b"a=1&" * 20])
def test_form_that_is_too_large_is_refused(ask, door: Door, body: bytes) -> None:
    headers = OURS | {"content-type": "application/x-www-form-urlencoded"}
    answer = ask(door.app, "/sign-in", method="POST", headers=headers, body=body)
    assert (answer.status, TOO_MUCH in answer.text) == (403, True)


def test_sign_out_ends_the_session_and_takes_the_cookie(ask, door: Door) -> None:
    token = cookie_of(ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT))
    cookie = {"cookie": f"{COOKIE}={token}"}
    answer = ask(door.app, "/sign-out", method="POST", headers=OURS | cookie)
    assert (answer.status, answer.headers["location"], cookie_of(answer)) == (303, "/", "")
    assert "You are signed in" not in ask(door.app, "/sign-in", headers=cookie).text


def test_link_signs_nobody_out(ask, door: Door) -> None:
    token = cookie_of(ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT))
    cookie = {"cookie": f"{COOKIE}={token}"}
    assert "Sign out" in ask(door.app, "/sign-out", headers=cookie).text
    assert "You are signed in" in ask(door.app, "/sign-in", headers=cookie).text


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("", "review"),
        ("add", "add"),
        ("/about", "about"),
        ("/", ""),
        ("explore?event=oslo-2022&from=2020-01-01", "explore?event=oslo-2022&from=2020-01-01"),
        ("https://elsewhere.example", "review"),
        ("//elsewhere.example", "review"),
        ("/\\elsewhere.example", "review"),
        ("javascript:alert(1)", "review"),
        ("a\r\nset-cookie: x=1", "review"),
    ],
)
def test_local_path_of(wanted: str, path: str) -> None:
    assert local_path(wanted) == path


def test_redirect_stays_below_a_prefix(ask, door: Door) -> None:
    answer = ask(door.app, "/sign-in", method="POST", headers=OURS, form=RIGHT, root_path="/rallies")
    assert answer.headers["location"] == "/rallies/review"
