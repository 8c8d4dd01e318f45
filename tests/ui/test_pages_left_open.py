"""What a page that stays open holds on to."""

from __future__ import annotations

import gc
import weakref

import pytest

from rallymap.events import ReviewStatus
from rallymap.query.guided_views import views_with_events
from rallymap.query.snapshot import keeper
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.workflows.services import running_services
from tests.ui.conftest import Open
from tests.workflows.moderated import event


@pytest.mark.slow
@pytest.mark.parametrize("script", ["explore_app.py", "compare_app.py"])
def test_page_that_is_left_open_holds_no_snapshot_that_is_replaced(
    db: Database, open_script: Open, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    """The map's part of a page is kept to be drawn again alone; a thousand pages would hold a thousand snapshots."""
    monkeypatch.setattr(keeper, "POLL_S", 0.0)
    iran, tibet, later = (
        event(name.lower(), communities=(name,)).changed(review=ReviewStatus.PUBLISHED)
        for name in ("Iran", "Tibet", "Later")
    )
    add_many(db, [iran, tibet], actor="test")
    page = open_script(script)
    services = running_services()
    before = weakref.ref(services.keeper.current())
    add_many(db, [later], actor="test")
    views_with_events(services.guided, services.keeper.current())  # those of the present snapshot alone are kept
    gc.collect()
    assert before() is None
    assert not page.exception
