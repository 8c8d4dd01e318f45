"""Whose numbers of people: by hand, and the bundled events."""

from __future__ import annotations

from datetime import date

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import CrowdClaim, CrowdGiver, Event, Kind, Source
from rallymap.store.events import get_public_events
from rallymap.trends.crowd_claims import ClaimSum, figure_of_claims, sum_claims
from rallymap.workflows.services import Services


def made(event_id: str, *crowd: CrowdClaim) -> Event:
    return Event(
        event_id,
        "Rally",
        Kind.RALLY,
        EventDate(date(2020, 2, 1), date(2020, 2, 1), DatePrecision.DAY),
        organisers=("Committee",),
        sources=(Source("https://example.org/1", publisher="Herald"),),
        crowd=crowd,
    )


def test_estimates_are_added_up_by_who_made_them_and_never_averaged() -> None:
    sums = sum_claims(
        [
            made(
                "event-a",
                CrowdClaim(100, 200, by="police"),
                CrowdClaim(150, 300, by="London police"),
                CrowdClaim(1000, 1000, by="The organisers"),
                CrowdClaim(500, None, by="herald"),
            ),
            made(
                "event-b", CrowdClaim(40, 40, by="Committee"), CrowdClaim(30, 30), CrowdClaim(None, 90, by="A reader")
            ),
            made(
                "event-c",
                CrowdClaim(9000, 9000, by="police", is_expected=True),
                CrowdClaim(words="hundreds", by="police"),
            ),
        ]
    )
    assert sums == {
        "police": ClaimSum(1, 100, 300),
        "organisers": ClaimSum(2, 1040, 1040),
        "press": ClaimSum(1, 500, 500),
        "others": ClaimSum(1, 90, 90),
        "nobody": ClaimSum(1, 30, 30),
    }
    figure = figure_of_claims(sums, 2)
    assert figure.columns == ("Who says so", "Events", "Lowest, summed", "Highest, summed")
    assert figure.rows[:2] == (("Police", 1, 100, 300), ("Organisers", 2, 1040, 1040))
    assert figure.sentence == (
        "Numbers by the police are known for 1 of 2 events with numbers (50%): together 100 to 300 people."
    )
    one = figure_of_claims({**sums, CrowdGiver.POLICE: ClaimSum(1, 90, 90)}, 2)
    assert one.sentence.endswith("together 90 people.")


def test_bundled_events_have_numbers_by_police_and_organisers(bundled: Services) -> None:
    snapshot = bundled.keeper.current()
    events = bundled.db.read(get_public_events, snapshot.ids_of(range(len(snapshot))), bundled.now())
    sums = sum_claims(events)
    counted = [
        event
        for event in events
        if any(c.by == "police" and not c.is_expected and (c.low, c.high) != (None, None) for c in event.crowd)
    ]
    assert sums[CrowdGiver.POLICE].events >= len(counted) > 0
    assert sums[CrowdGiver.ORGANISERS].events > 0
