"""People of the browser tests: accounts in a site's own database, and visitors who are signed in from the start.

Signing in by name and password has tests of its own; here it would cost every test two more pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from playwright.sync_api import Page

from rallymap.moderation import Account
from rallymap.passwords import hash_password
from rallymap.store import Database
from rallymap.store.accounts import add_account
from rallymap.store.sessions import open_session
from rallymap.workflows.sessions import COOKIE
from tests.browser.conftest import Site, Visit
from tests.workflows.moderated import MIRA

PASSWORD = "a long enough password"
Visits = Callable[..., Visit]


@contextmanager
def database_of(site: Site) -> Iterator[Database]:
    """Open the running site's database beside it."""
    db = Database.open(f"sqlite:///{site.home / 'rallymap.db'}")
    try:
        yield db
    finally:
        db.close()


def add_people(site: Site, *accounts: Account) -> None:
    """Add accounts that sign in with :data:`PASSWORD`; without any, the moderator Mira."""
    with database_of(site) as db:
        for account in accounts or (MIRA,):
            db.write(add_account, account.name, _password_hash(), account.role, account.countries)


def signed_in(visit: Visit, account: Account = MIRA) -> Visit:
    """Set the cookies of a signed-in account in a visitor's browser."""
    with database_of(visit.site) as db:
        token = db.write(open_session, account)
    cookie = {"name": COOKIE, "value": token, "httpOnly": True, "secure": True, "sameSite": "Strict"}
    # Not by `add_cookies`, which names a domain: a cookie of this prefix has none. Cookies hold for all ports.
    devtools = visit.page.context.new_cdp_session(visit.page)
    devtools.send("Network.setCookie", {**cookie, "url": "https://localhost/"})
    devtools.detach()
    return visit


def open_review(visit: Visit, path: str = "") -> Page:
    """Open the moderators' page at a query such as ``?event=ID`` and wait until its bar is there."""
    page = visit.open(f"/review{path}")
    page.wait_for_selector(".st-key-review_bar")
    visit.settle()
    return page


@cache
def _password_hash() -> str:
    # It takes long on purpose: once is enough.
    return hash_password(PASSWORD)
