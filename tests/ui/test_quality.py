"""Data quality with all bundled events, drawn without a browser."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
import pytest

from tests.ui import bundled_page
from tests.ui.bundled_page import html_of

open_page = partial(bundled_page.open_page, "quality_app.py")
EVENTS = 674


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_services")
def test_page_says_what_is_known_of_the_bundled_events_as_pandas_counts_it() -> None:
    html = html_of(open_page())
    table = dict(re.findall(r"<tr><th scope=.row.>([^<]+)</th><td>([\d,]+)</td><td>674</td>", html))
    frame = pd.concat([pd.read_csv(f"data/{name}.csv", dtype=str) for name in ("events", "rallies")])
    assert len(frame) == EVENTS
    assert int(table["no date"]) == int(frame.date.isna().sum()) == 1
    assert int(table["organiser named"]) == int(frame.organisers.notna().sum())
    assert int(table["source given"]) == EVENTS
    assert f"Of {EVENTS} events: day known " in html
    assert "Nobody has recorded yet which places and periods were looked at." in html
    assert "A cell without an event does not mean that nobody rallied." in html
    assert re.search(r"Events in \d+ of [\d,]+ cells of a country and a year: 40 countries, 1985 to 2026\.", html)
