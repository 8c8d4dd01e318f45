"""What a campaign's page says of its events, read from documents: the same as the public may see of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from rallymap.events import Campaign, CrowdClaim, Event, EventStatus, ReviewStatus
from rallymap.store import Database
from rallymap.store.bulk import add_many
from rallymap.store.campaign_events import CampaignEvent, list_public_campaign_events
from rallymap.store.columns import crowd_range
from rallymap.store.events import get_public_events
from tests.store.conftest import NOW
from tests.store.test_damaged import spoil
from tests.store.test_table_cells import DATES

Make = Callable[..., Event]
WALK = Campaign("island-walk", "Walk of the islands")


@pytest.mark.slow
def test_events_of_a_campaign_are_read_as_the_public_may_see_them(
    db: Database, make_event: Make, future_rally: Event
) -> None:
    crowd = (CrowdClaim(100, 200, by="police"), CrowdClaim(300, by="Herald"), CrowdClaim(9_000, is_expected=True))
    events = [make_event(f"dated-{number}", when=when, campaign=WALK) for number, when in enumerate(DATES)]
    events += [
        make_event("counted", crowd=crowd, campaign=Campaign("another", "Another")),
        make_event("nowhere", location=None, campaign=WALK),
        future_rally.changed(review=ReviewStatus.PUBLISHED, status=EventStatus.ANNOUNCED, crowd=crowd, campaign=WALK),
        make_event("waiting", review=ReviewStatus.PENDING, campaign=WALK),
        make_event("alone"),
    ]
    add_many(db, events, actor="import")
    ids = [event.id for event in reversed(events)]
    for now in (NOW, datetime(2030, 1, 1, tzinfo=UTC)):  # the venue of the upcoming one is withheld, and is public
        seen = [event for event in db.read(get_public_events, ids, now) if event.campaign is not None]
        assert len(seen) == len(DATES) + 3
        assert db.read(list_public_campaign_events, ids, now) == [
            CampaignEvent(
                event.id,
                event.campaign.id,
                event.campaign.name,
                event.when,
                event.place,
                event.location,
                crowd_range(event),
            )
            for event in seen
            if event.campaign is not None
        ]
    spoil(db, "UPDATE revisions SET document = REPLACE(document, ?, ?)", '"start":"2019-03-04"', '"start":"2019-03-44"')
    assert len(db.read(list_public_campaign_events, ids, NOW)) == len(DATES) + 2
