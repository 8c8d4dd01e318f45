"""Rows as the store gives them, and all bundled events."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from rallymap.events import Event
from rallymap.query.filters import EventFilter
from rallymap.query.rows import EventRow
from rallymap.query.snapshot import Snapshot
from rallymap.settings import Settings
from rallymap.store.events import get_public_events
from rallymap.trends.filtered_rows import FilteredRows
from rallymap.workflows.services import Services, start_services, stop_services
from tests.query.conftest import row as row


def choose(rows: list[EventRow], **parts: object) -> FilteredRows:
    """Return the rows that a filter leaves."""
    return FilteredRows.of(Snapshot.build([rows], 1), EventFilter(**parts))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The services with all bundled events."""
    home = tmp_path_factory.mktemp("home")
    yield start_services(Settings.from_env({"RALLYMAP_HOME": str(home)}))
    stop_services()


@pytest.fixture(scope="session")
def frame(bundled: Services) -> pd.DataFrame:
    """The bundled events as pandas would have them: one row for each, read from the events themselves."""
    snapshot = bundled.keeper.current()
    ids = snapshot.ids_of(range(len(snapshot)))
    return pd.DataFrame([_facts(event) for event in bundled.db.read(get_public_events, ids, bundled.now())])


def _facts(event: Event) -> dict[str, object]:
    counted = [claim for claim in event.crowd if (claim.low, claim.high) != (None, None)]
    numbers = [number for claim in counted for number in (claim.low, claim.high) if number is not None]
    where = event.location
    return {
        "start": pd.NaT if event.when.start is None else pd.Timestamp(event.when.start),
        "end": pd.NaT if event.when.last_day is None else pd.Timestamp(event.when.last_day),
        "precision": event.when.precision.value,
        "kinds": event.kind.value,
        "countries": (where.country if where else "") or event.place.country_hint,
        "cities": where.name if where and where.precision in ("venue", "district", "city") else "",
        "communities": event.communities,
        "organisers": event.organisers,
        "publishers": tuple(dict.fromkeys(source.publisher for source in event.sources if source.publisher)),
        "low": min(numbers, default=None),
        "high": max(numbers, default=None),
        "open_above": any(claim.high is None for claim in counted),
        "open_below": any(claim.low is None for claim in counted),
    }
