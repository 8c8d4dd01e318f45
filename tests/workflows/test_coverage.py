"""The coverage record: who looked where and when, and what may stand in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rallymap.errors import InvalidEventError, ModerationError, RightsError
from rallymap.events import CoverageEntry
from rallymap.moderation import Account, Role
from rallymap.store.audit_log import list_log
from rallymap.store.coverage import list_coverage
from rallymap.workflows.coverage import record_coverage, remove_coverage
from tests.workflows.moderated import MIRA, World

NORA = Account("nora", Role.MODERATOR, ("NO",))
OSLO = CoverageEntry(
    "NO", "Oslo", date(2020, 1, 1), date(2020, 12, 31), date(2021, 3, 1), "Editors of the site", "archive of the Herald"
)


def test_entries_are_kept_once_and_raise_the_version_of_public_answers(world: World) -> None:
    version = world.db.dataset_version()
    number = record_coverage(world.db, OSLO, account=MIRA)
    assert world.db.dataset_version() == version + 1
    later = replace(OSLO, city="", looked_on=date(2022, 1, 1))
    record_coverage(world.db, later, account=MIRA)
    assert record_coverage(world.db, OSLO, account=MIRA) == number
    assert [entry for _, entry in world.db.read(list_coverage)] == [later, OSLO]
    assert remove_coverage(world.db, number, account=MIRA) == OSLO
    assert [entry for _, entry in world.db.read(list_coverage)] == [later]
    assert world.db.dataset_version() == version + 3
    logged = [(entry.actor, entry.action, entry.reason) for entry in world.db.read(list_log, limit=3)]
    assert logged == [
        ("mira", "coverage removed", "Oslo, NO, 2020-01-01/2020-12-31"),
        ("mira", "coverage recorded", "NO, 2020-01-01/2020-12-31"),
        ("mira", "coverage recorded", "Oslo, NO, 2020-01-01/2020-12-31"),
    ]


def test_moderator_for_norway_records_and_removes_norway_only(world: World) -> None:
    france = replace(OSLO, country="FR", city="Paris")
    number = record_coverage(world.db, france, account=MIRA)
    for act in (
        lambda: record_coverage(world.db, france, account=NORA),
        lambda: remove_coverage(world.db, number, account=NORA),
    ):
        with pytest.raises(RightsError) as raised:
            act()
        assert raised.value.user_message == "Your account is not for France."
    record_coverage(world.db, OSLO, account=NORA)
    assert len(world.db.read(list_coverage)) == 2


def test_entry_that_is_not_there_cannot_be_removed(world: World) -> None:
    with pytest.raises(ModerationError, match="There is no such entry"):
        remove_coverage(world.db, 7, account=MIRA)


def test_day_that_is_still_to_come_is_refused(world: World) -> None:
    tomorrow = world.now.date() + timedelta(days=1)
    with pytest.raises(InvalidEventError) as raised:
        record_coverage(world.db, replace(OSLO, looked_on=tomorrow), account=MIRA)
    assert (raised.value.field, raised.value.user_message) == ("looked_on", "This day is still to come.")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"country": "XX"}, "country", "Choose a country."),
        ({"by": " "}, "by", ""),
        ({"sources": ""}, "sources", ""),
        ({"first": date(2021, 1, 1)}, "last", "This ends before it starts."),
        (
            {"last": date(2021, 3, 2)},
            "last",
            "The period ends after somebody looked; end it on that day or before.",
        ),
    ],
)
def test_entry_that_cannot_be_is_refused_at_its_field(changes: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(InvalidEventError) as raised:
        replace(OSLO, **changes)  # type: ignore[arg-type]
    assert raised.value.field == field
    assert sentence in raised.value.user_message
