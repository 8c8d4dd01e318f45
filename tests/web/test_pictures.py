"""Pictures over HTTP, with a real database behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind, ReviewStatus
from rallymap.moderation import Account, Decision, Role
from rallymap.pictures import CleanPicture
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.web.pictures import picture_routes
from rallymap.workflows.decisions import decide
from tests.store.acts import set_picture

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

MINA = Account("mina", Role.MODERATOR)


@dataclass
class Wall:
    """The route alone as an app, and one published event with a picture."""

    app: Starlette
    db: Database
    picture_id: str

    @property
    def path(self) -> str:
        return f"/pictures/{self.picture_id}"


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Wall]:
    db = Database.open(f"sqlite:///{tmp_path / 'rallymap.db'}")
    held = EventDate(date(2020, 2, 1), precision=DatePrecision.DAY)
    add_many(db, [Event("oslo-2020", "Rally", Kind.RALLY, held, review=ReviewStatus.PUBLISHED)], actor="import")
    clean = CleanPicture(b"RIFF....WEBP", "image/webp", 40, 30)
    event = set_picture(db, "oslo-2020", clean, "A banner", account=MINA, expected_revision=1, idempotency_key="give")
    services: Any = SimpleNamespace(db=db, now=lambda: datetime.now(UTC))
    assert event.picture is not None
    yield Wall(Starlette(routes=picture_routes(lambda: services)), db, event.picture.id)
    db.close()


def test_public_picture_is_an_image_and_nothing_else(ask, wall: Wall) -> None:
    answer = ask(wall.app, wall.path)
    assert (answer.status, answer.body, answer.headers) == (
        200,
        b"RIFF....WEBP",
        {
            "cache-control": "no-cache",
            "content-security-policy": "default-src 'none'; sandbox",
            "cross-origin-resource-policy": "same-origin",
            "etag": f'"{wall.picture_id}"',
            "content-type": "image/webp",
            "content-length": "12",
        },
    )


@pytest.mark.slow
def test_picture_that_a_browser_has_is_not_sent_again(ask, wall: Wall) -> None:
    answer = ask(wall.app, wall.path, headers={"if-none-match": f'"{wall.picture_id}"'})
    assert (answer.status, answer.body) == (304, b"")


def test_picture_of_a_withdrawn_event_is_gone_for_who_has_it_too(ask, wall: Wall) -> None:
    decide(
        wall.db,
        "oslo-2020",
        Decision.WITHDRAW,
        account=MINA,
        expected_revision=2,
        reason="It was asked for.",
        idempotency_key="no",
    )
    answer = ask(wall.app, wall.path, headers={"if-none-match": f'"{wall.picture_id}"'})
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
    assert answer.text == "There is no picture at this address.\n"


@pytest.mark.parametrize("path", ["/pictures/oslo-2020", "/pictures/", "/pictures/a/b", "/pictures/%00", "/pictures/é"])
def test_address_without_a_picture(ask, wall: Wall, path: str) -> None:
    assert ask(wall.app, path).status == 404
