"""The log as a file: for an administrator who is signed in at this moment, and for nobody else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.moderation import Account, Role
from rallymap.store.accounts import close_account, set_role
from rallymap.store.identities import link_identity, unlink_identities
from rallymap.store.sessions import open_session
from rallymap.web.audit_log import audit_log_routes
from rallymap.workflows.sessions import COOKIE
from tests.web.conftest import Ask
from tests.web.provider_cookie import ISSUER, SUBJECT, provider_cookie
from tests.workflows.moderated import ADA, MIRA, World, fill, open_world

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

REFUSED = "Please sign in for this.\n"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    opened = open_world(tmp_path / "rallymap.db")
    fill(opened.db, opened.clock)
    yield opened
    opened.db.close()


@pytest.fixture
def site(world: World) -> Starlette:
    services: Any = SimpleNamespace(db=world.db, now=world.clock)
    return Starlette(routes=audit_log_routes(lambda: services))


def cookie(world: World, account: Account) -> dict[str, str]:
    token = world.db.write(open_session, account, lasts=timedelta(hours=12))
    return {"cookie": f"{COOKIE}={token}"}


def test_administrator_gets_the_log_as_a_file(site: Starlette, world: World, ask: Ask) -> None:
    answer = ask(site, "/audit-log.csv?who=mira&act=published", headers=cookie(world, ADA))

    assert answer.status == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-log.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.split("\r\n") == [
        "time,who,act,event,revision,status,reason",
        "2026-06-01T12:00:00+00:00,mira,published,oslo-over,2,published,",
        "2026-06-01T12:00:00+00:00,mira,published,oslo-public,2,published,",
        "",
    ]
    whole = ask(site, "/audit-log.csv", headers=cookie(world, ADA)).text
    assert "organiser,submitted,hamilton,1,pending," in whole
    one = ask(site, "/audit-log.csv?event=hamilton", headers=cookie(world, ADA)).text.split("\r\n")
    assert {line.split(",")[3] for line in one[1:-1]} == {"hamilton"}


def test_account_of_a_provider_gets_the_log_too(site: Starlette, world: World, ask: Ask) -> None:
    world.db.write(link_identity, "ada", ISSUER, SUBJECT)
    sent = provider_cookie(world.clock.now)
    assert ask(site, "/audit-log.csv", headers=sent).text.startswith("time,who,act,event")

    assert refused(ask(site, "/audit-log.csv", headers=sent | {"host": "neighbour.example.org"}))
    assert refused(ask(site, "/audit-log.csv", headers=provider_cookie(world.clock.now, is_logged_in=False)))
    assert refused(ask(site, "/audit-log.csv", headers=provider_cookie(world.clock.now, sub="another")))
    world.clock.now += timedelta(hours=12)
    assert refused(ask(site, "/audit-log.csv", headers=sent))
    world.clock.now -= timedelta(hours=12)
    world.db.write(unlink_identities, "ada")
    assert refused(ask(site, "/audit-log.csv", headers=sent))


def test_large_cookie_of_a_provider_is_put_together(site: Starlette, world: World, ask: Ask) -> None:
    world.db.write(link_identity, "ada", ISSUER, SUBJECT)
    sent = provider_cookie(world.clock.now, groups=random.Random(1).randbytes(5000).hex())
    assert "; _streamlit_user_" in sent["cookie"]
    assert ask(site, "/audit-log.csv", headers=sent).status == 200


@pytest.mark.parametrize("value", ["", "x", "eyJzdWIiOiJhZGEifQ.aXQ.c2lnbmVk", "\xe9"])
def test_forged_cookie_of_a_provider_opens_nothing(site: Starlette, world: World, ask: Ask, value: str) -> None:
    world.db.write(link_identity, "ada", ISSUER, SUBJECT)
    assert refused(ask(site, "/audit-log.csv", headers={"cookie": f"_streamlit_user={value}"}))


def refused(answer: Any, sentence: str = REFUSED) -> bool:
    return (answer.status, answer.text, answer.headers["cache-control"]) == (403, sentence, "no-store")


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "../../etc/passwd", "' OR 1=1 --"])
def test_forged_cookie_opens_nothing(site: Starlette, ask: Ask, value: str) -> None:
    assert refused(ask(site, "/audit-log.csv", headers={"cookie": f"{COOKIE}={value}"}))
    assert refused(ask(site, "/audit-log.csv"))


def test_cookie_of_another_name_or_twice_opens_nothing(site: Starlette, world: World, ask: Ask) -> None:
    sent = cookie(world, ADA)["cookie"]
    assert refused(ask(site, "/audit-log.csv", headers={"cookie": sent.removeprefix("__Host-")}))
    assert refused(ask(site, "/audit-log.csv", headers={"cookie": f"{sent}; {COOKIE}=x"}))


def test_session_that_is_over_opens_nothing(site: Starlette, world: World, ask: Ask) -> None:
    sent = cookie(world, ADA)
    world.clock.now += timedelta(hours=12, seconds=-1)
    assert ask(site, "/audit-log.csv", headers=sent).status == 200
    world.clock.now += timedelta(seconds=1)
    assert refused(ask(site, "/audit-log.csv", headers=sent))


@pytest.mark.parametrize("account", [MIRA, Account("omid", Role.ORGANISER)])
def test_other_roles_read_that_they_may_not(site: Starlette, world: World, ask: Ask, account: Account) -> None:
    answer = ask(site, "/audit-log.csv", headers=cookie(world, account))
    assert answer.status == 403
    assert "may not read the audit log" in answer.text
    assert "submitted" not in answer.text


def test_right_that_is_taken_away_ends_at_once(site: Starlette, world: World, ask: Ask) -> None:
    sent = cookie(world, ADA)
    world.db.write(set_role, "ada", Role.MODERATOR, ())
    assert ask(site, "/audit-log.csv", headers=sent).status == 403
    world.db.write(set_role, "mira", Role.ADMINISTRATOR, ())
    sent = cookie(world, Account("mira", Role.ADMINISTRATOR))
    assert ask(site, "/audit-log.csv", headers=sent).status == 200
    world.db.write(close_account, "mira")
    assert refused(ask(site, "/audit-log.csv", headers=sent))
