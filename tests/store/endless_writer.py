"""Submit and publish without end, and say each time what was acknowledged; run by the durability test, and killed."""

from __future__ import annotations

import itertools
import sys
from datetime import date

from rallymap.dates import DatePrecision, EventDate
from rallymap.events import Event, Kind
from rallymap.moderation import Account, Decision, Role
from rallymap.store import Database
from rallymap.workflows.decisions import decide
from rallymap.workflows.submissions import send_events

url, name = sys.argv[1:]
db = Database.open(url)
moderator = Account("mina", Role.MODERATOR)
for number in itertools.count():
    event = Event(
        f"writer-{name}-{number}", "Rally", Kind.RALLY, EventDate(date(2020, 2, 1), precision=DatePrecision.DAY)
    )
    receipt = send_events(db, [event], idempotency_key=f"submit-{name}-{number}")[0]
    print(receipt.event_id, 1, flush=True)  # noqa: T201 - this is the acknowledgement
    decide(
        db,
        receipt.event_id,
        Decision.PUBLISH,
        account=moderator,
        expected_revision=1,
        idempotency_key=f"publish-{name}-{number}",
    )
    print(receipt.event_id, 2, flush=True)  # noqa: T201
