"""Events with everything that a format can get wrong."""

from __future__ import annotations

from datetime import date, time

import pytest

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import (
    AttendanceMode,
    Campaign,
    Claim,
    ClaimKind,
    CrowdClaim,
    Event,
    EventStatus,
    Kind,
    Location,
    LocationPrecision,
    Place,
    ReviewStatus,
    Source,
    Translation,
    Waypoint,
)
from rallymap.exports.formats import FORMATS
from rallymap.exports.provenance import Provenance
from rallymap.exports.table_columns import event_cells

PAYLOAD = '=HYPERLINK("https://evil.example")'
HTML = "<img src=x onerror=alert(1)> & `${x}` ]]> \\n; , \ufffe"


@pytest.fixture
def provenance() -> Provenance:
    return Provenance(date(2026, 11, 26), "Rallies", "https://rallies.example/", "12", "events in Norway")


@pytest.fixture
def events() -> list[Event]:
    venue = Location(59.913, 10.7403, LocationPrecision.VENUE, 100.0, 1.0, "given", "Oslo", "Oslo", "NO")
    region = Location(31.5, -106.2, LocationPrecision.REGION, 100_000.0, 0.5, "gazetteer", "Chihuahua", "", "MX")
    full = Event(
        "oslo-2020-02-01",
        "Rally at the parliament, Oslo",
        Kind.RALLY,
        EventDate(date(2020, 2, 1), date(2020, 2, 2), DatePrecision.MINUTE, time(18), time(1, 30), "Europe/Oslo"),
        Place("Oslo", "Stortinget", "NO"),
        venue,
        route=(
            Waypoint("Stortinget", venue),
            Waypoint("a corner that nobody knows; or two"),
            Waypoint("", Location(59.9, 10.76, LocationPrecision.VENUE, 50.0, 0.9, "pin")),
        ),
        organisers=("Friends of Iran", "انجمن"),
        communities=("Iran",),
        about="Solidarity with the protests in Iran, in a text long enough to be folded: ایران ایران ایران ایران.",
        topics=("protest",),
        claims=(Claim(ClaimKind.SLOGAN, "Down with\nthe oppressor", "the crowd", 0), Claim(ClaimKind.DEMAND, "Act")),
        crowd=(CrowdClaim(800, 1000, "", "police", 0), CrowdClaim(words="many")),
        sources=(
            Source(
                "https://news.example/a?b=c&d", "A, headline", "The News", date(2020, 2, 4), "https://kept.example/1"
            ),
            Source(title="A leaflet"),
        ),
        review=ReviewStatus.PUBLISHED,
        campaign=Campaign("day-of-action", "Day of action"),
        language="en",
        translations=(
            Translation("fa", "تجمع مقابل پارلمان، اسلو", "همبستگی با اعتراضات در ایران\nدر دو خط"),
            Translation("nb", "Demonstrasjon ved Stortinget, Oslo"),
            Translation("zh-Hant", about="聲援伊朗的抗議活動"),
        ),
        revision=3,
    )
    coarse = Event(
        "chihuahua-2018",
        PAYLOAD,
        Kind.EXHIBITION,
        EventDate.month(2018, 6, approximate=True),
        Place("Chihuahua"),
        region,
        organisers=("@handle",),
        about=HTML,
        by_organiser=True,
        status=EventStatus.CANCELLED,
        attendance_mode=AttendanceMode.HYBRID,
        translations=(Translation("es", "=1+1; una exposición", HTML),),
        review=ReviewStatus.PUBLISHED,
    )
    unknown = Event(
        "somewhere",
        "-5",
        Kind.VIGIL,
        EventDate.unknown(),
        sources=(Source("https://news.example/b"),),
        attendance_mode=AttendanceMode.ONLINE,
        review=ReviewStatus.PUBLISHED,
    )
    return [coarse, full, unknown]


def written(ending: str, events: list[Event], provenance: Provenance) -> bytes:
    form = FORMATS[ending]
    return b"".join(form.write(map(event_cells, events) if form.is_table else events, provenance))
