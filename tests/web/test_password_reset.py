"""The page of a link that resets a password, over HTTP, with a real database behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from rallymap.moderation import Role
from rallymap.passwords import hash_password, verify_password
from rallymap.settings import Settings
from rallymap.store import Database
from rallymap.store.accounts import add_account, get_credentials, set_totp_secret
from rallymap.store.recovery import make_recovery_codes, make_reset
from rallymap.web.headers import PLAIN_PAGE_POLICY
from rallymap.web.invite import NOT_THE_SAME
from rallymap.web.password_reset import password_reset_routes
from rallymap.web.sign_in import FOREIGN, NEEDS_TLS
from rallymap.web.startup import Startup
from rallymap.workflows.password_resets import OVER

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

OLD, NEW = "correct horse battery", "quiet lamp over rivers"
OURS = {"sec-fetch-site": "same-origin"}
FORM = {"password": NEW, "again": NEW}


@dataclass
class Door:
    """The routes alone, as an app, and the path of a good link for nora."""

    app: Starlette
    db: Database
    path: str

    def has(self, password: str) -> bool:
        known = self.db.read(get_credentials, "nora")
        return known is not None and verify_password(known.password_hash, password)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    startup = Startup(Settings.from_env({"RALLYMAP_HOME": str(tmp_path)}), lambda _line: None)
    monkeypatch.setattr(startup, "services", SimpleNamespace(db=db))
    db.write(add_account, "nora", hash_password(OLD), Role.MODERATOR)
    token = db.write(make_reset, "nora")
    yield Door(Starlette(routes=password_reset_routes(startup)), db, f"/reset/{token}")
    db.close()


def test_link_sets_another_password_once(ask, door: Door) -> None:
    answer = ask(door.app, door.path)
    assert (answer.status, answer.headers["content-security-policy"]) == (200, PLAIN_PAGE_POLICY)
    assert answer.headers["cache-control"] == "no-store"
    assert "Choose another password for <b>nora</b>." in answer.text
    assert "One-time code" not in answer.text
    answer = ask(door.app, door.path, method="POST", headers=OURS, form=FORM)
    assert (answer.status, answer.headers["location"], door.has(NEW)) == (303, "/sign-in?after=reset", True)
    for method in ("GET", "POST"):
        again = ask(door.app, door.path, method=method, headers=OURS, form=FORM)
        assert (again.status, OVER in again.text, 'href="/sign-in"' in again.text) == (404, True, True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"again": "another long password"}, NOT_THE_SAME),
        ({"password": "short", "again": "short"}, "A password needs at least 12 characters"),
    ],
)
def test_error_leaves_the_link_good(ask, door: Door, changes: dict[str, str], sentence: str) -> None:
    answer = ask(door.app, door.path, method="POST", headers=OURS, form=FORM | changes)
    assert (answer.status, sentence in answer.text, door.has(OLD)) == (400, True, True)
    assert ask(door.app, door.path).status == 200


def test_form_of_another_site_and_plain_http_are_refused(ask, door: Door) -> None:
    foreign = ask(door.app, door.path, method="POST", headers={"sec-fetch-site": "cross-site"}, form=FORM)
    assert (foreign.status, FOREIGN in foreign.text) == (403, True)
    bare = ask(door.app, door.path, method="POST", headers=OURS | {"host": "rallies.example"}, form=FORM)
    assert (bare.status, NEEDS_TLS in bare.text, door.has(OLD)) == (403, True, True)


def test_account_with_a_second_factor_is_asked_for_a_code(ask, door: Door) -> None:
    door.db.write(set_totp_secret, "nora", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code = door.db.write(make_recovery_codes, "nora", actor="nora")[0]
    assert "One-time code" in ask(door.app, door.path).text
    for _ in range(10):
        wrong = ask(door.app, door.path, method="POST", headers=OURS, form=FORM | {"code": "1"})
        assert (wrong.status, "The code is wrong" in wrong.text) == (400, True)
    late = ask(door.app, door.path, method="POST", headers=OURS, form=FORM | {"code": code})
    assert (late.status, int(late.headers["retry-after"]) > 0, door.has(OLD)) == (429, True, True)


@pytest.mark.parametrize("token", ["nothing", "x" * 3000, "%3Cimg%20src=x%3E"])
def test_made_up_link_opens_nothing(ask, door: Door, token: str) -> None:
    for method in ("GET", "POST"):
        answer = ask(door.app, f"/reset/{token}", method=method, headers=OURS, form=FORM)
        assert (answer.status, OVER in answer.text, "<img" in answer.text) == (404, True, False)
