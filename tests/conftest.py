"""Fixtures for tests in several rooms."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    Claim,
    ClaimKind,
    CrowdClaim,
    Disclosure,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Picture,
    Place,
    ReviewStatus,
    Source,
)

# On a busy machine any example can be slow, so only the whole test has a time limit. Examples are deterministic, so
# that a result depends only on the tested change; `make search` tries new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("repeatable")

# Sentences that name a command then say "rallymap", as in an activated environment.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"

DATA = Path(__file__).resolve().parents[1] / "data"
VENUES = ("Stortinget", "Karl Johans gate 22", "میدان آزادی", "C:\\users ${x} `<img onerror>")
CITIES = ("Oslo", "Malmo", "København", "")
NAMES = ("Iran", "ایران", "A; B", "", "x" * 200)


def pytest_collection_finish() -> None:
    """Exclude objects shared by all tests from garbage collection, which took an eighth of the time of quick tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Report why a test was run again: if it passes the second time, it may reveal a rare fault."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"run again: {report.nodeid}", sep="_")
        terminalreporter.write_line("\n".join(report.longreprtext.splitlines()[-40:]))
        for title, text in report.sections:
            if title.startswith("window at "):
                terminalreporter.write_line(f"{title}\n{text}")


@pytest.fixture(scope="session")
def nine_events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with only the nine events of the five articles, whose details many tests know."""
    folder = tmp_path_factory.mktemp("nine")
    for name in ("events.csv", "context.csv"):
        shutil.copy(DATA / name, folder)
    return folder


@st.composite
def _dates(draw: st.DrawFn) -> EventDate:
    if draw(st.booleans()) and draw(st.booleans()):
        return EventDate.unknown()
    start = date(2026, 6, 1) + timedelta(days=draw(st.integers(-500, 500)))
    end = start + timedelta(days=draw(st.integers(0, 40)))
    precision = draw(st.sampled_from([p for p in DatePrecision if p not in ("unknown", "minute")]))
    zone = draw(st.sampled_from(["", "Europe/Oslo", "Pacific/Auckland"]))
    return EventDate(start, end, precision, zone=zone, approximate=draw(st.booleans()))


_places = st.builds(
    lambda venue, city, both, country: Place(f"{venue}, {city}" if both else city, venue, country),
    st.sampled_from(VENUES) | st.just(""),
    st.sampled_from(CITIES),
    st.booleans(),
    st.sampled_from(["NO", "SE", ""]),
)
_locations = st.builds(
    Location,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(LocationPrecision),
    st.floats(0, 500_000),
    st.floats(0, 1),
    st.sampled_from(["pin", "given", "gazetteer", "well-known", "override", "service:nominatim"]),
    name=st.sampled_from(VENUES + CITIES),
    admin1=st.sampled_from(["Oslo", ""]),
    country=st.sampled_from(["NO", "SE", ""]),
)
# Every title contains a letter or a digit; the rest is any printable character.
_titles = st.builds(
    str.__add__,
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=5),
    st.text(st.characters(categories=["L", "M", "N", "P", "S"], include_characters=" "), max_size=15),
)
_texts = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)


@pytest.fixture(scope="session")
def random_events() -> st.SearchStrategy[Event]:
    """Generate events around 1 June 2026 with every review status, status and precision."""
    return st.builds(
        Event,
        st.from_regex(r"[a-z]{12}", fullmatch=True),
        _titles,
        st.sampled_from(Kind),
        _dates(),
        place=_places,
        location=st.none() | _locations,
        organisers=_texts,
        communities=_texts,
        about=st.sampled_from(("", "Line one\nline two", "</script>")),
        claims=st.just(()) | st.builds(lambda kind: (Claim(kind, "Word", source=0),), st.sampled_from(ClaimKind)),
        crowd=st.just(()) | st.just((CrowdClaim(10, 20, "dozens", "police", 0), CrowdClaim(words="many"))),
        sources=st.just((Source("https://news.example/a?b=c", published=date(2020, 2, 4)), Source(title="A leaflet"))),
        picture=st.none() | st.just(Picture("0" * 32, "A banner before the parliament", 40, 30)),
        by_organiser=st.booleans(),
        status=st.sampled_from(EventStatus),
        review=st.sampled_from(ReviewStatus),
        disclosure=st.sampled_from(Disclosure),
        disclosed_from=st.none()
        | st.integers(-3600, 3600).map(lambda hours: datetime(2026, 6, 1, tzinfo=UTC) + timedelta(hours=hours)),
    )
