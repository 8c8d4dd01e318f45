"""Lists of Review with more than a page of events: what they draw, what they count, what they ask the database for."""

from __future__ import annotations

import pytest

from benchmarks.moderators import VIEWS, fill, measure
from rallymap.store import Database
from tests.ui.conftest import Open, press, words
from tests.ui.test_review import rows

pytestmark = pytest.mark.slow

LISTS = {
    "messages": "60 events with messages",
    "places": "60 places to check",
    "reports": "60 reports",
    "changes": "60 proposed changes",
    "follow-up": "60 to follow up",
}


def test_each_list_counts_all_and_draws_a_page_until_more_is_asked_for(db: Database, open_page: Open) -> None:
    fill(db, 60)
    for view, heading in LISTS.items():
        page = open_page(view=view)
        assert f"<b>{heading}</b>" in words(page)
        assert len(rows(page)) == 50, view
        press(page, "list-review-more")
        assert len(rows(page)) == 60, view
        assert "list-review-more" not in [button.key for button in page.button]


def test_each_view_needs_as_many_statements_for_many_events_as_for_few() -> None:
    few, many = ([(one.view, one.statements) for one in measure(count, times=1)] for count in (3, 120))
    assert few == many
    assert [view for view, _ in few] == ["top bar", *VIEWS, "queue, event open", "reports, event open"]
