"""Two servers on one PostgreSQL database, each with a home folder of its own, as two machines behind a proxy have.

The tests of this file run one after another on the same two servers; the last one kills the first server.
"""

from __future__ import annotations

import http.client
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from benchmarks.campaign.server import Server
from benchmarks.page_client import PageClient
from rallymap.dates import DatePrecision, EventDate
from rallymap.events import EventStatus
from rallymap.moderation import Role
from rallymap.passwords import hash_password
from rallymap.store import Database, new_draft_token
from rallymap.store.accounts import add_account
from rallymap.store.drafts import get_draft, save_draft
from rallymap.store.schema import drafts
from rallymap.store.transaction import put_meta
from rallymap.workflows.event_mail import subscribe_own_mail
from rallymap.workflows.sessions import COOKIE
from rallymap.workflows.sign_in_limits import FREE_ATTEMPTS
from tests.mail.smtp_double import SmtpDouble
from tests.store.conftest import postgres_url  # noqa: F401 - a fixture
from tests.workflows.moderated import event, publish, submit

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(240)]

PASSWORD: Final = "nine herons over the fjord"
OVER: Final = 4
"""Events that are over, whose organisers wait to be asked whether they were held."""
DECIDED: Final = 25
WITHIN_S: Final = 30.0


@dataclass
class Site:
    """Both servers, the database that they share, and the mail server that they use."""

    first: Server
    second: Server
    db: Database
    mail: SmtpDouble
    old_draft: str


@pytest.fixture(scope="module")
def site(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:  # noqa: F811
    folder = tmp_path_factory.mktemp("workers")
    engine = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as conn:
        conn.exec_driver_sql("CREATE DATABASE workers")
    url = sa.make_url(postgres_url).set(database="workers").render_as_string(hide_password=False)
    homes = [folder / name for name in ("first", "second")]
    for home in homes:
        home.mkdir()
    db = Database.open(url, key_file=homes[0] / "rallymap.key")
    shutil.copy(homes[0] / "rallymap.key", homes[1] / "rallymap.key")
    old_draft = fill(db)
    mail = SmtpDouble(failing=1.0, faults=("slow",))
    settings = {
        "RALLYMAP_DATABASE_URL": url.replace("+psycopg", "", 1),
        "RALLYMAP_ADDRESS": "http://localhost/",
        "RALLYMAP_MAIL_HOST": "127.0.0.1",
        "RALLYMAP_MAIL_PORT": str(mail.port),
        "RALLYMAP_MAIL_SECURITY": "none",
        "RALLYMAP_MAIL_FROM": "rallies@rallies.example",
    }
    with ExitStack() as stack:
        stack.callback(db.close)
        stack.callback(mail.stop)
        # Both start at once, as after an upgrade of the machine.
        with ThreadPoolExecutor(2) as starting:
            servers = list(starting.map(lambda home: stack.enter_context(Server(home, settings)), homes))
        assert [server.serves for server in servers] == [True, True]
        yield Site(servers[0], servers[1], db, mail, old_draft)


def fill(db: Database) -> str:
    """Put an account, events that are over, and an old draft into the database; return the token of the draft."""
    db.write(add_account, "ada", hash_password(PASSWORD), Role.ADMINISTRATOR)
    day = (datetime.now(UTC) - timedelta(days=3)).date()
    for number in range(OVER):
        when = EventDate(day, precision=DatePrecision.DAY, zone="Europe/Oslo")
        token = submit(db, event(f"over-{number}", when=when, status=EventStatus.ANNOUNCED))
        publish(db, f"over-{number}")
        subscribe_own_mail(db, [token], f"over-{number}@example.org", with_words=False, only_decision=False)
    draft = new_draft_token()
    db.write(save_draft, draft, {"title": "Forgotten"}, expected_revision=0)
    now_s = db.now().timestamp()
    with db.writing() as tx:
        tx.conn.execute(sa.update(drafts).values(saved_at=now_s - 40 * 86_400))
        put_meta(tx, "clock_seen", repr(now_s))
    return draft


def wait_for(what: Callable[[], object]) -> float:
    """Wait until something is true; return the seconds that took."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() < began + WITHIN_S, what
        time.sleep(0.05)
    return time.monotonic() - began


def sign_in(server: Server, password: str, address: str) -> tuple[int, str]:
    """Send the form for signing in; return the status and the cookie of the session."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {
        "Host": f"localhost:{server.port}",
        "X-Forwarded-For": address,
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/sign-in", urlencode({"name": "ada", "password": password}), headers)
    answer = connection.getresponse()
    answer.read()
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return answer.status, next((cookie for cookie in cookies if cookie.startswith(f"{COOKIE}=")), "")


def is_signed_in(server: Server, cookie: str) -> bool:
    headers = {"Cookie": cookie, "Host": f"localhost:{server.port}", "Accept-Language": "en"}
    return b"You are signed in as <b>ada</b>" in server.ask("/sign-in", headers=headers)[1]


def draft_of(db: Database, **fields: Any) -> str:
    token = new_draft_token()
    form = {"precision": "day", "start": "2024-05-03", "place_text": "Oslo", "form_step": "Send"} | fields
    db.write(save_draft, token, form, expected_revision=0)
    return token


def test_what_happens_by_the_clock_happens_once(site: Site) -> None:
    for number in range(DECIDED):
        token = submit(site.db, event(f"decided-{number}"))
        subscribe_own_mail(site.db, [token], f"decided-{number}@example.org", with_words=False, only_decision=False)
        publish(site.db, f"decided-{number}")
    wait_for(lambda: len(site.mail.box.mails) >= OVER + DECIDED)
    wait_for(lambda: site.db.read(get_draft, site.old_draft) is None)
    sent = sorted(str(mail["To"]).partition("-")[0] for mail in site.mail.box.mails)
    assert sent == ["decided"] * DECIDED + ["over"] * OVER
    assert set(site.mail.box.ids().values()) == {1}


def test_account_that_signed_in_on_one_server_is_signed_in_on_the_other(site: Site) -> None:
    status, cookie = sign_in(site.first, PASSWORD, "192.0.2.1")
    assert (status, is_signed_in(site.first, cookie), is_signed_in(site.second, cookie)) == (303, True, True)
    headers = {"Cookie": cookie, "Host": f"localhost:{site.second.port}", "Sec-Fetch-Site": "same-origin"}
    assert site.second.ask("/sign-out", method="POST", headers=headers)[0] == 303
    assert not is_signed_in(site.first, cookie)


def test_wrong_passwords_are_counted_by_both_servers_together(site: Site) -> None:
    servers = (site.first, site.second)
    statuses = [sign_in(servers[number % 2], "a wrong password", "192.0.2.2")[0] for number in range(FREE_ATTEMPTS + 3)]
    assert statuses == [403] * FREE_ATTEMPTS + [429] * 3
    assert sign_in(site.second, PASSWORD, "192.0.2.3")[0] == 303


def test_event_that_is_published_on_one_server_is_on_the_other_within_seconds(site: Site) -> None:
    submit(site.db, event("fresh", title="Rally at the harbour"))
    cookie = sign_in(site.first, PASSWORD, "192.0.2.1")[1]
    with PageClient(site.first.url, "review", "event=fresh", cookie=cookie) as page:
        page.run()
        page.run(next(key for key in page.keys if key.startswith("decide_publish_fresh_")))
        assert "is published" in " ".join(page.texts)
    took_s = wait_for(lambda: b"Rally at the harbour" in site.second.ask("/api/v1/events?q=harbour")[1])
    assert took_s < 5
    assert site.second.ask("/events/fresh")[0] == 200


def test_visitors_go_on_after_one_server_is_killed(site: Site) -> None:
    """A draft that was opened on the first server is sent on the second; readers find everything there."""
    token = draft_of(site.db, title="Vigil by candlelight")
    cookie = sign_in(site.first, PASSWORD, "192.0.2.1")[1]
    with PageClient(site.first.url, "add", f"draft={token}") as page:
        page.run()
        assert "submit_event" in page.keys
        time.sleep(2.1)  # what is sent within two seconds is taken for a robot's
        site.first.kill()
    with PageClient(site.second.url, "add", f"draft={token}") as page:
        page.run()
        page.run("submit_event")
        assert "receipt" in " ".join(page.texts)
    assert site.second.serves
    assert is_signed_in(site.second, cookie)
    assert site.second.ask("/events/decided-0")[0] == 200
