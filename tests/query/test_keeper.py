from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pytest

from rallymap.errors import StoreUnavailableError
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import SnapshotKeeper


@dataclass
class Changes:
    version: int
    rows: list[EventRow]
    removed: list[str]


@dataclass
class FakeStore:
    """An in-memory store that counts its calls."""

    rows: dict[str, EventRow]
    version: int = 1
    changed: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False

    def put(self, row: EventRow) -> None:
        self.version += 1
        self.rows[row.id] = row
        self.changed[row.id] = self.version

    def read_version(self) -> int:
        self.asked.append("version")
        if self.down:
            raise StoreUnavailableError("The database cannot be reached.")
        return self.version

    def load(self) -> Iterable[Sequence[EventRow]]:
        self.asked.append("load")
        yield list(self.rows.values())

    def changes_since(self, version: int) -> Changes:
        self.asked.append("changes")
        fresh = [self.rows[id_] for id_, changed in self.changed.items() if changed > version]
        return Changes(self.version, fresh, [])

    def rows_for(self, ids: Iterable[str]) -> list[EventRow]:
        self.asked.append("rows_for")
        return [self.rows[id_] for id_ in ids]


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def db(row: Callable[..., EventRow]) -> FakeStore:
    return FakeStore({"first": row("first")})


@pytest.fixture
def keeper(db: FakeStore, clock: Clock) -> SnapshotKeeper:
    return SnapshotKeeper(
        load=db.load,
        changes_since=db.changes_since,
        rows_for=db.rows_for,
        version=db.read_version,
        clock=clock,
        wall_clock_s=clock,
    )


def test_keeper_loads_once_and_looks_once_a_second(keeper: SnapshotKeeper, db: FakeStore, clock: Clock) -> None:
    first = keeper.current()
    db.asked.clear()
    clock.now += 0.9
    assert keeper.current() is first
    assert db.asked == []
    clock.now += 0.2
    assert keeper.current() is first
    assert db.asked == ["version"]


def test_keeper_takes_in_a_new_event_without_loading_all(
    keeper: SnapshotKeeper, db: FakeStore, clock: Clock, row: Callable[..., EventRow]
) -> None:
    before = keeper.current()
    db.put(row("second"))
    db.asked.clear()
    clock.now += 1
    after = keeper.current()
    assert db.asked == ["version", "changes"]
    assert (before.version, after.version) == ("1", "2")
    assert sorted(after.select(EventFilter()).page(0, 9)) == ["first", "second"]


def test_keeper_reloads_if_the_database_was_replaced_by_an_older_one(
    keeper: SnapshotKeeper, db: FakeStore, clock: Clock
) -> None:
    db.version = 9
    keeper.current()
    db.version = 3
    db.asked.clear()
    clock.now += 1
    assert keeper.current().version == "3"
    assert db.asked == ["version", "changes", "version", "load"]


def test_keeper_renews_events_whose_public_view_is_due(
    keeper: SnapshotKeeper, db: FakeStore, clock: Clock, row: Callable[..., EventRow]
) -> None:
    db.rows["first"] = row("first", lat=59.9, lon=10.7, view_changes_at=1010.0)
    before = keeper.current()
    db.rows["first"] = row("first", lat=59.913, lon=10.740)
    clock.now = 1009.0
    assert keeper.current() is before
    clock.now = 1011.0
    after = keeper.current()
    assert after.position("first") == pytest.approx((59.913, 10.740), abs=1e-6)
    assert (before.version, after.version) == ("1-1010", "1")


def test_keeper_serves_the_old_snapshot_to_others_while_one_renews(
    keeper: SnapshotKeeper, db: FakeStore, clock: Clock
) -> None:
    old = keeper.current()
    entered, release = threading.Event(), threading.Event()

    def slow_version() -> int:
        entered.set()
        release.wait(60)
        return db.version

    keeper._version = slow_version
    clock.now += 2
    renewing = threading.Thread(target=keeper.current)
    renewing.start()
    assert entered.wait(60)
    assert keeper.current() is old
    release.set()
    renewing.join(60)


def test_keeper_serves_from_memory_while_the_store_is_down_and_asks_it_once_a_second(
    keeper: SnapshotKeeper, db: FakeStore, clock: Clock, row: Callable[..., EventRow]
) -> None:
    old = keeper.current()
    db.down = True
    clock.now += 2
    assert keeper.current() is old
    db.asked.clear()
    assert keeper.current() is old
    assert db.asked == []
    db.down = False
    db.put(row("second"))
    clock.now += 2
    assert keeper.current().version == "2"


def test_keeper_has_nothing_to_serve_before_the_first_look(keeper: SnapshotKeeper, db: FakeStore) -> None:
    db.down = True
    with pytest.raises(StoreUnavailableError):
        keeper.current()


@pytest.fixture
def disclosed(keeper: SnapshotKeeper, db: FakeStore, clock: Clock, row: Callable[..., EventRow]) -> SnapshotKeeper:
    """A keeper that has shown a venue which is due at 1010, while the clock was wrong."""
    coarse = row("first", lat=59.9, lon=10.7, view_changes_at=1010.0)
    exact = row("first", lat=59.913, lon=10.740)

    def as_seen_now() -> list[EventRow]:
        return [exact if clock.now >= 1010 else coarse]

    db.load = lambda: [as_seen_now()]  # type: ignore[method-assign]
    keeper._load, keeper._rows_for = db.load, lambda _ids: as_seen_now()
    keeper.current()
    clock.now = 9000.0
    assert keeper.current().position("first") == pytest.approx((59.913, 10.740), abs=1e-6)
    return keeper


@pytest.mark.parametrize("back_to", [1001.0, 1009.9, 500.0])
def test_keeper_withholds_again_at_once_if_the_clock_is_set_back(
    disclosed: SnapshotKeeper, clock: Clock, back_to: float
) -> None:
    clock.now = back_to
    snapshot = disclosed.current()
    assert snapshot.position("first") == pytest.approx((59.9, 10.7), abs=1e-6)
    assert snapshot.version == "1-1010"


def test_keeper_fails_instead_of_showing_a_venue_too_early(
    disclosed: SnapshotKeeper, db: FakeStore, clock: Clock
) -> None:
    clock.now, db.down = 1001.0, True
    for _ in range(2):
        with pytest.raises(StoreUnavailableError):
            disclosed.current()
