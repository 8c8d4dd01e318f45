"""A visitor's report, from the panel of an event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import EventStatus, ReviewStatus
from rallymap.moderation import ReportKind
from rallymap.store import Database
from rallymap.store.events import get_event
from rallymap.store.reports import list_open_reports
from rallymap.workflows.services import running_services
from tests.ui.conftest import Open, press, run, words
from tests.workflows.moderated import event, publish, submit

PAGE = "explore_app.py"


def put(db: Database, days: int) -> None:
    when = EventDate(
        (running_services().now() + timedelta(days=days)).date(), precision=DatePrecision.DAY, zone="Europe/Oslo"
    )
    submit(db, event("known", when=when, status=EventStatus.ANNOUNCED))
    publish(db, "known")


@pytest.mark.slow
def test_no_kind_is_chosen_beforehand(db: Database, open_script: Open) -> None:
    put(db, 9)
    page = open_script(PAGE, event="known")
    assert page.radio("report-kind-known").value is None
    assert page.radio("report-kind-known").options == [
        "it puts people at risk",
        "the date is wrong",
        "the place is wrong",
        "it did not happen",
        "something else",
    ]
    press(page, "report-known")
    assert "Choose what is wrong with this event." in words(page)
    assert db.read(list_open_reports) == []
    assert db.read(get_event, "known").review is ReviewStatus.PUBLISHED


@pytest.mark.slow
@pytest.mark.parametrize(("days", "review"), [(9, ReviewStatus.PENDING), (-30, ReviewStatus.PUBLISHED)])
def test_visitor_learns_whether_the_event_is_hidden(
    db: Database, open_script: Open, days: int, review: ReviewStatus
) -> None:
    put(db, days)
    page = open_script(PAGE, event="known")
    page.radio("report-kind-known").set_value(ReportKind.RISK)
    run(page)
    press(page, "report-known")
    assert db.read(get_event, "known").review is review
    toasts = [toast.value for toast in page.toast]
    if review is ReviewStatus.PENDING:
        assert toasts == ["Thank you. The event is hidden until a moderator has looked at it."]
    else:
        assert toasts == []
        assert "Report sent. A moderator will look at it; the event stays visible until then." in words(page)
