"""The pages of an invitation over HTTP, with a real database behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.moderation import Account, Role
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.web import invite as invite_module
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.invite import NOT_THE_SAME, OVER, invite_routes
from rallymap.web.sign_in import FOREIGN, NEEDS_TLS
from rallymap.web.startup import Startup
from rallymap.workflows.invitations import accept_invitation, invite
from tests.store.acts import account_named

PASSWORD = "correct horse battery"
OURS = {"sec-fetch-site": "same-origin"}
FORM = {"name": "nora", "password": PASSWORD, "again": PASSWORD}
ADA = Account("ada", Role.ADMINISTRATOR)


@dataclass
class Door:
    """The routes alone, as an app, and the path of a good invitation for Norway."""

    app: Starlette
    db: Database
    path: str


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    startup = Startup(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), lambda _line: None)
    monkeypatch.setattr(startup, "services", SimpleNamespace(db=db))
    token = invite(db, Role.MODERATOR, ["NO"], account=ADA)
    yield Door(Starlette(routes=invite_routes(startup)), db, f"/invite/{token}")
    db.close()


@pytest.mark.slow
def test_invitation_says_what_it_offers_on_a_plain_page(ask, door: Door) -> None:
    answer = ask(door.app, door.path)
    assert (answer.status, answer.headers["content-security-policy"]) == (200, PLAIN_PAGE_POLICY)
    assert "You are invited as <b>moderator</b> for Norway." in answer.text
    assert "<script" not in answer.text


@pytest.mark.slow
def test_chosen_name_and_password_make_the_account(ask, door: Door) -> None:
    answer = ask(door.app, door.path, method="POST", headers=OURS, form=FORM)
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?after=invite")
    assert account_named(door.db, "nora") == Account("nora", Role.MODERATOR, ("NO",))
    for method in ("GET", "POST"):
        again = ask(door.app, door.path, method=method, headers=OURS, form=FORM)
        assert (again.status, OVER in again.text) == (404, True)
        # Who used it, and pressed twice or went back, is not sent for another one.
        assert '<a href="/sign-in">If you used it yourself, sign in.</a>' in again.text


@pytest.mark.slow
def test_second_press_of_a_double_click_is_not_an_error_of_the_form(
    ask, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept_twice(*sent: Any, **form: Any) -> None:
        accept_invitation(*sent, **form)
        accept_invitation(*sent, **form)

    monkeypatch.setattr(invite_module, "accept_invitation", accept_twice)
    answer = ask(door.app, door.path, method="POST", headers=OURS, form=FORM)
    assert (answer.status, 'href="/sign-in"' in answer.text, "<form" in answer.text) == (404, True, False)
    assert account_named(door.db, "nora") == Account("nora", Role.MODERATOR, ("NO",))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"again": "another long password"}, NOT_THE_SAME),
        ({"password": "short", "again": "short"}, "A password needs at least 12 characters"),
        ({"name": "no spaces here"}, "A name has 2 to 64 letters"),
    ],
)
def test_error_is_said_and_the_name_is_kept(ask, door: Door, changes: dict[str, str], sentence: str) -> None:
    answer = ask(door.app, door.path, method="POST", headers=OURS, form=FORM | changes)
    assert (answer.status, sentence in answer.text) == (400, True)
    assert f'value="{(FORM | changes)["name"]}"' in answer.text
    assert PASSWORD not in answer.text
    assert ask(door.app, door.path, method="POST", headers=OURS, form=FORM).status == 303


@pytest.mark.slow
def test_form_of_another_site_and_plain_http_are_refused(ask, door: Door) -> None:
    foreign = ask(door.app, door.path, method="POST", headers={"sec-fetch-site": "cross-site"}, form=FORM)
    assert (foreign.status, FOREIGN in foreign.text) == (403, True)
    bare = ask(door.app, door.path, method="POST", headers=OURS | {"host": "rallies.example"}, form=FORM)
    assert (bare.status, NEEDS_TLS in bare.text) == (403, True)
    assert account_named(door.db, "nora") is None


@pytest.mark.slow
@pytest.mark.parametrize("token", ["nothing", "x" * 3000, "%3Cimg%20src=x%3E"])
def test_made_up_invitation_opens_nothing(ask, door: Door, token: str) -> None:
    answer = ask(door.app, f"/invite/{token}")
    assert (answer.status, OVER in answer.text, "<img" in answer.text) == (404, True, False)
