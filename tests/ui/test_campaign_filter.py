"""Explore with the events of one campaign."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Campaign, Event, Kind, Place, ReviewStatus
from rallymap.store import Database
from rallymap.store.bulk import add_many
from tests.ui.conftest import Open, words


@pytest.mark.slow
def test_chip_of_a_campaign_has_its_name_and_that_of_an_unknown_one_its_id(
    db: Database, open_script: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rallymap.query.snapshot.keeper.POLL_S", 0.0)  # what was just added counts at once
    day = EventDate(date(2020, 5, 3), date(2020, 5, 3), DatePrecision.DAY)
    walk, secret = Campaign("island-walk", "Walk of the islands"), Campaign("secret-walk", "Secret walk")
    known = Event("suva-2020", "Walk in Suva", Kind.MARCH, day, Place("Suva"), review=ReviewStatus.PUBLISHED)
    waiting = known.changed(id="apia-2020", review=ReviewStatus.PENDING)
    add_many(db, [known, known.changed(id="suva", campaign=walk), waiting.changed(campaign=secret)], actor="test")
    for campaign, name, count in (("island-walk", "Walk of the islands", 1), ("secret-walk", "secret-walk", 0)):
        page = open_script("explore_app.py", campaign=campaign)
        assert page.button(key="chip-0").label.replace("\\", "") == f"{name} ✕"
        assert f"<b>{count} event" in words(page)
