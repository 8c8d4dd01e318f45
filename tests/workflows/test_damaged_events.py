"""Going back to the newest revision of a damaged event that can be read."""

from __future__ import annotations

from rallymap.events import Event, ReviewStatus
from rallymap.store import PlaceCheck
from rallymap.store.events import get_event
from rallymap.store.place_checks import get_place_check, put_place_check
from rallymap.workflows.damaged_events import restore_damaged
from tests.workflows.moderated import MIRA, World, damage, new_key


def test_place_check_of_the_damaged_revision_is_not_offered_for_an_earlier_place(world: World) -> None:
    with world.db.writing() as tx:
        put_place_check(tx, world.public, PlaceCheck("ambiguous", ({"name": "Springfield"},)))
    after = _restore(world)
    assert (after.location is not None, after.review) == (True, ReviewStatus.PENDING)
    assert world.db.read(get_place_check, world.public) is None


def test_earlier_place_without_a_location_is_to_be_checked(world: World) -> None:
    with world.db.writing() as tx:
        without = "UPDATE revisions SET document = json_remove(document, '$.location') WHERE event_id = ?"
        tx.conn.exec_driver_sql(without, (world.public,))
    assert _restore(world).location is None
    assert world.db.read(get_place_check, world.public) == PlaceCheck("changed")


def _restore(world: World) -> Event:
    damage(world)
    restore_damaged(world.db, world.public, account=MIRA, expected_revision=2, idempotency_key=new_key())
    return world.db.read(get_event, world.public)
