"""The coverage record on Data quality and Compare, drawn without a browser over a record of the test's own."""

from __future__ import annotations

from datetime import date

import pytest

from rallymap.events import CoverageEntry
from rallymap.store import Database
from rallymap.workflows.coverage import record_coverage
from tests.ui.bundled_page import html_of, open_page
from tests.workflows.moderated import ADA, event, publish, submit

OSLO = CoverageEntry("NO", "Oslo", date(2020, 1, 1), date(2020, 6, 30), date(2021, 1, 2), "Nora <i>", "Herald")


@pytest.mark.slow
def test_page_of_an_empty_record_says_so(db: Database) -> None:
    html = html_of(open_page("quality_app.py"))
    assert "There is no event." in html
    assert "No event has both a known country and a date." in html


@pytest.mark.slow
def test_page_names_who_looked_where(db: Database) -> None:
    record_coverage(db, OSLO, account=ADA)
    html = html_of(open_page("quality_app.py"))
    assert "1 place and period was looked at, last on 2 January 2021." in html
    assert '<td class="rm-words">Nora &lt;i&gt;</td><td class="rm-words">Herald</td>' in html
    assert 'href="api/v1/stats?by=looked&amp;format=csv"' in html


@pytest.mark.slow
def test_compare_says_of_each_side_who_looked(db: Database) -> None:
    submit(db, event("one"))
    publish(db, "one")
    record_coverage(db, OSLO, account=ADA)
    html = html_of(open_page("compare_app.py", by="country", left="NO", right="FR"))
    assert (
        "Norway: Nora &lt;i&gt; looked at Oslo, Norway from 1 January 2020 to 30 June 2020, on 2 January 2021. "
        "France: no search for its events is recorded."
    ) in html
