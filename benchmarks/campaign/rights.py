"""Call every cell of the rights table over HTTP and WebSocket, as every role and with invalid credentials.

Each permission has one act or one sight. A role that has the permission does it on its own event, by the buttons of the
page. Everybody else sends the same request with the ids of the widgets that an administrator's page has, and nothing in
the database may change. So does a page of an administrator whose session ended while the page was open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from benchmarks.campaign.credentials import invalid_cookies, open_home, session_cookie
from benchmarks.campaign.outcome import Outcome
from benchmarks.campaign.rights_world import PEOPLE, add_people, fill_world
from benchmarks.campaign.server import Server
from benchmarks.page_client import PageClient
from rallymap.moderation import RIGHTS, Permission, Role
from rallymap.store import Database
from rallymap.store.schema import metadata
from rallymap.store.sessions import close_session, open_session

_LIVELY = ("attempts", "meta", "drafts")
"""Tables that a request may change without any permission."""


@dataclass(frozen=True)
class Act:
    """An act on a page: ``{who}`` in its texts stands for the account whose event it is about.

    Attributes
    ----------
    pressed
        Beginnings of the keys of the buttons to click, one run each; none for a sight.
    section
        Label of the section of an event to open first.
    values
        Fields to fill in before the last click, by key.
    sight
        Text that only those may see who have the permission.
    """

    page: str
    query: str = ""
    pressed: Sequence[str] = ()
    section: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    sight: str = ""

    def of(self, named: Mapping[str, str]) -> Act:
        """Return the act with these names filled in."""

        def fill(text: str) -> str:
            return text.format_map(named)

        return Act(
            self.page,
            fill(self.query),
            [fill(key) for key in self.pressed],
            self.section,
            {fill(key): fill(value) for key, value in self.values.items()},
            fill(self.sight),
        )


ACTS: Mapping[Permission, Act] = {
    Permission.READ: Act("explore", "event=public-{who}", sight="Rally public-{who}"),
    Permission.SUBMIT: Act("add", "draft={draft}", ["submit_event"]),
    Permission.REPORT: Act(
        "explore",
        "event=public-{who}",
        ["report-public-{who}"],
        values={"report-kind-public-{who}": "the place is wrong"},
    ),
    Permission.EDIT_OWN: Act("mine", "key={key}", sight="Rally public-{who}"),
    Permission.LIST_OWN: Act("mine", sight="Rally own-{who}"),
    Permission.SEE_QUEUE: Act("review", "event=waiting-{who}", sight="Rally waiting-{who}"),
    Permission.SEE_FIGURES: Act("review", "view=figures", sight="Each event sent through the form counts once"),
    Permission.SEE_EXACT_PLACE: Act("review", "event=future-{who}", sight="Secret Square"),
    Permission.SEE_CONTACT: Act("review", "event=waiting-{who}", sight="someone@example.org"),
    Permission.DECIDE: Act("review", "event=waiting-{who}", ["decide_publish_"]),
    Permission.EDIT: Act("review", "view=changes&event=public-{who}", ["proposal-True-"]),
    Permission.SETTLE_PLACE: Act("review", "view=places&event=doubtful-{who}", ["settle-none-"]),
    Permission.NOTE: Act(
        "review",
        "event=noted-{who}",
        ["note-False-"],
        section="Notes and questions",
        values={"note-noted-{who}-0": "Called them."},
    ),
    Permission.MERGE: Act("review", "event=noted-{who}", ["split-"], section="Merge, split, take down"),
    Permission.RESTORE: Act("review", "event=public-{who}", ["restore-"], section="History"),
    Permission.CLOSE_REPORT: Act("review", "view=reports&event=public-{who}", ["close-report-"]),
    Permission.TAKE_DOWN: Act(
        "review",
        "event=noted-{who}",
        ["takedown-noted-{who}-"],
        section="Merge, split, take down",
        values={"takedown-words-noted-{who}": "take down"},
    ),
    Permission.RECORD_COVERAGE: Act("review", "view=coverage", ["coverage_remove_"]),
    Permission.IMPORT: Act("import", "", ["import_undo_", "import_undo_yes_"]),
    Permission.SET_REASONS: Act(
        "review",
        "event=future-{who}",
        ["reasons_text_reason_future-{who}_save"],
        values={"reasons_text_reason_future-{who}": "Of {who}."},
    ),
    Permission.SEE_AUDIT: Act("review", "view=log", sight="Who did what and when"),
    Permission.MANAGE_ACCOUNTS: Act("review", "view=accounts", ["invite_make"]),
    Permission.OWN_ACCOUNT: Act("account", "", ["end-"]),
}
"""In the order in which they are tried: later acts use what earlier ones leave."""


def try_rights(folder: Path) -> Outcome:
    """Call every cell; a fault is a cell that does other than the table says."""
    home = folder / "rights"
    db = open_home(home)
    add_people(db)
    cookies = invalid_cookies(db, folder) | {name: session_cookie(db, account) for name, account in PEOPLE.items()}
    named = fill_world(db, cookies)
    for account in PEOPLE.values():
        session_cookie(db, account)  # a second session, which its owner may end
    done, cells = Outcome(""), 0
    with Server(home, {"RALLYMAP_LIMITS": "submission=1000, event=1000, report=1000, draft=1000"}) as site:
        for permission, act in ACTS.items():
            ids = _ids(site, act.of(named["ada"]), cookies["ada"])
            for name, cookie in cookies.items():
                role = PEOPLE[name].role if name in PEOPLE else Role.VISITOR
                may = permission in RIGHTS[role]
                its = act.of(named[name if may else "ada"])
                is_done = _sees(site, its, cookie) if act.sight else _acts(db, site, its, cookie, {} if may else ids)
                done.check(is_done == may, f"{name}: {'can' if is_done else 'cannot'} {permission}")
                cells += 1
            if permission not in RIGHTS[Role.VISITOR] and not act.sight:
                done.check(not _acts_after_its_end(db, site, act.of(named["ada"])), f"ended: can {permission}")
                cells += 1
        for name, cookie in cookies.items():
            status, _ = site.ask("/audit-log.csv", headers={"Cookie": cookie} if cookie else {})
            done.check(status == (200 if name == "ada" else 403), f"{name}: the log answers {status}")
            cells += 1
        done.check(not site.tracebacks(), f"tracebacks in the log: {site.tracebacks()[:3]}")
    db.close()
    done.did = (
        f"the rights table, {len(ACTS)} rows for {len(Role)} roles and {len(cookies) - len(Role)} invalid credentials"
    )
    done.notes.append(f"{cells} cells called")
    return done


def _sees(site: Server, act: Act, cookie: str) -> bool:
    with PageClient(site.url, act.page, act.query, cookie=cookie) as page:
        page.run()
        return act.sight in " ".join(page.texts)


def _ids(site: Server, act: Act, cookie: str) -> dict[str, str]:
    """Return the ids of the widgets that an administrator sees up to the last click."""
    with PageClient(site.url, act.page, act.query, cookie=cookie) as page:
        return _prepared(page, act)


def _prepared(page: PageClient, act: Act) -> dict[str, str]:
    page.run()
    ids = page.ids
    if act.section and "review_sections" in ids:
        page.run(values={"review_sections": [act.section]})
        ids |= page.ids
    for beginning in act.pressed[:-1]:
        if key := _first(page.ids, beginning):
            page.run(key)
            ids |= page.ids
    return ids


def _acts(db: Database, site: Server, act: Act, cookie: str, forged: Mapping[str, str]) -> bool:
    """Do an act, with the ids of another page if they are given; return whether the database changed."""
    with PageClient(site.url, act.page, act.query, cookie=cookie) as page:
        ids = _prepared(page, act)
        return _pressed(db, page, act, {**forged, **ids} if forged else ids)


def _acts_after_its_end(db: Database, site: Server, act: Act) -> bool:
    """Open the page as an administrator, end the session, then click; return whether the database changed."""
    token = db.write(open_session, PEOPLE["ada"], lasts=timedelta(hours=1))
    with PageClient(site.url, act.page, act.query, cookie=session_cookie(db, PEOPLE["ada"], token)) as page:
        ids = _prepared(page, act)
        db.write(close_session, token)
        return _pressed(db, page, act, ids)


def _pressed(db: Database, page: PageClient, act: Act, ids: Mapping[str, str]) -> bool:
    key = _first(ids, act.pressed[-1])
    if not key:
        return False
    before = _fingerprint(db)
    page.run(key, {name: value for name, value in act.values.items() if name in ids}, ids=ids)
    return _fingerprint(db) != before


def _first(ids: Mapping[str, str], beginning: str) -> str:
    return next((key for key in ids if key.startswith(beginning)), "")


def _fingerprint(db: Database) -> str:
    """Return a hash of all rows that need a permission to be changed."""
    found = hashlib.sha256()
    with db.reading() as tx:
        for table in metadata.sorted_tables:
            if table.name not in _LIVELY:
                found.update(repr(sorted(map(repr, tx.conn.execute(sa.select(table))))).encode())
    return found.hexdigest()
