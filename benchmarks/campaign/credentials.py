"""Check over HTTP and WebSocket that roles and invalid credentials have only the rights of the rights table."""

from __future__ import annotations

import secrets
from datetime import timedelta
from pathlib import Path

from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.payload_shapes import PAYLOADS
from benchmarks.campaign.payloads import fill, payload_event
from benchmarks.campaign.server import Server
from benchmarks.page_client import PageClient
from rallymap.events import ReviewStatus
from rallymap.moderation import Account, Role
from rallymap.store import Database
from rallymap.store.accounts import add_account, close_account
from rallymap.store.bulk import add_many
from rallymap.store.events import get_event
from rallymap.store.sessions import close_session, open_session
from rallymap.workflows.sessions import COOKIE

WAITING = "waiting-0"
_ROLES = {"ole": Role.ORGANISER, "mina": Role.MODERATOR, "ada": Role.ADMINISTRATOR}
_DECIDES = ("mina", "ada")
_READS_THE_LOG = ("ada",)


def try_credentials(folder: Path) -> Outcome:
    """Request protected pages with each credential, and decide with a session that ends before the click."""
    home = folder / "credentials"
    fill(home, PAYLOADS[:1])
    db = open_home(home)
    add_many(db, [payload_event(WAITING, "Vigil").changed(review=ReviewStatus.PENDING)], actor="import")
    cookies = _valid(db) | invalid_cookies(db, folder)
    done = Outcome(f"{len(cookies)} credentials of {len(_ROLES)} roles, forged, changed, expired, foreign and closed")
    with Server(home) as site:
        for name, cookie in cookies.items():
            status, _ = site.ask("/audit-log.csv", headers={"Cookie": cookie} if cookie else {})
            expected = 200 if name in _READS_THE_LOG else 403
            done.check(status == expected, f"{name}: the log answers {status}")
            with PageClient(site.url, "review", f"event={WAITING}", cookie=cookie) as page:
                page.run()
                decides = any(key.startswith("decide_") for key in page.keys)
                done.check(decides == (name in _DECIDES), f"{name}: {'can' if decides else 'cannot'} decide")
        with PageClient(site.url, "review", f"event={WAITING}", cookie=cookies["mina"]) as page:
            page.run()
            button = next(key for key in page.keys if key.startswith("decide_publish_"))
            db.write(close_account, "mina")
            page.run(button)
            left = [key for key in page.keys if key.startswith("decide_")]
            done.check(not left, "a page that was open keeps its buttons after the account is closed")
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    review = db.read(get_event, WAITING).review
    done.check(review is ReviewStatus.PENDING, f"the event is {review}")
    db.close()
    done.notes.append(
        f"{2 * len(cookies)} answers, and a decision of an account that was closed while its page was open"
    )
    return done


def open_home(home: Path) -> Database:
    """Open the database of a home folder, which is made if it does not exist."""
    home.mkdir(exist_ok=True)
    return Database.open(f"sqlite:///{home / 'rallymap.db'}")


def _valid(db: Database) -> dict[str, str]:
    found = {}
    for name, role in _ROLES.items():
        db.write(add_account, name, "no hash, nobody signs in here", role)
        found[name] = session_cookie(db, Account(name, role))
    return found


def session_cookie(db: Database, account: Account, token: str = "") -> str:
    """Return the cookie of a session, by default of a new one of an hour."""
    return _cookie(token or db.write(open_session, account, lasts=timedelta(hours=1)))


def invalid_cookies(db: Database, folder: Path) -> dict[str, str]:
    """Return invalid credentials of an administrator by the reason why they are invalid."""
    ada = Account("ada", Role.ADMINISTRATOR)
    db.write(add_account, "closed", "no hash, nobody signs in here", Role.ADMINISTRATOR)
    of_closed = db.write(open_session, Account("closed", Role.ADMINISTRATOR), lasts=timedelta(hours=1))
    db.write(close_account, "closed")
    ended = db.write(open_session, ada, lasts=timedelta(hours=1))
    db.write(close_session, ended)
    right = db.write(open_session, ada, lasts=timedelta(hours=1))
    other = open_home(folder / "other-site")
    other.write(add_account, "ada", "no hash, nobody signs in here", Role.ADMINISTRATOR)
    foreign = other.write(open_session, ada, lasts=timedelta(hours=1))
    other.close()
    return {
        "nobody": "",
        "forged": _cookie(secrets.token_urlsafe(32)),
        "changed": _cookie(right[:-1] + ("A" if right[-1] != "A" else "B")),
        "with a space": _cookie(f"{right} x"),
        "twice": f"{_cookie(right)}; {_cookie('x')}",
        "another cookie": f"rallymap={right}",
        "expired": _cookie(db.write(open_session, ada, lasts=timedelta(seconds=-1))),
        "ended": _cookie(ended),
        "closed account": _cookie(of_closed),
        "another site": _cookie(foreign),
    }


def _cookie(token: str) -> str:
    return f"{COOKIE}={token}"
