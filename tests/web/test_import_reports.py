"""The report of a dry run as a file: for the account that made it, however it signed in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.moderation import Account
from rallymap.store.identities import link_identity
from rallymap.store.sessions import open_session
from rallymap.web.import_reports import import_report_routes
from rallymap.workflows.import_reports import ImportReports
from rallymap.workflows.sessions import COOKIE
from tests.web.conftest import Ask
from tests.web.provider_cookie import ISSUER, SUBJECT, provider_cookie
from tests.workflows.moderated import ADA, MIRA, World, fill, open_world


@pytest.mark.slow
def test_report_goes_to_who_made_it_and_to_nobody_else(tmp_path: Path, ask: Ask) -> None:
    world = open_world(tmp_path / "rallymap.db")
    fill(world.db, world.clock)
    reports = ImportReports()
    services: Any = SimpleNamespace(db=world.db, now=world.clock, reports=reports)
    site = Starlette(routes=import_report_routes(lambda: services))
    key = reports.keep("ada", "rows ö.csv", b"row,what\n")
    world.db.write(link_identity, "ada", ISSUER, SUBJECT)

    def session(world: World, account: Account) -> dict[str, str]:
        return {"cookie": f"{COOKIE}={world.db.write(open_session, account, lasts=timedelta(hours=12))}"}

    for headers in (session(world, ADA), provider_cookie(world.clock.now)):
        answer = ask(site, f"/import-report/{key}", headers=headers)
        assert (answer.status, answer.text) == (200, "row,what\n")
        assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''rows%20%C3%B6.csv"
    for headers in (session(world, MIRA), provider_cookie(world.clock.now, sub="another"), {}):
        assert ask(site, f"/import-report/{key}", headers=headers).status == 404
    world.db.close()
