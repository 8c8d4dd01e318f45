"""A table of events goes into the store: good rows in, the others back as a file, every place looked up."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rallymap.errors import IntakeError
from rallymap.events import Event, ReviewStatus
from rallymap.intake.table import TableResult, read_table
from rallymap.places import Resolver
from rallymap.store import AddResult, EventStore, PlaceToCheck
from rallymap.workflows.geocoding import Outcome, Placed, locate, zone_finder

AT_ONCE = 1_000
_NOT_OF_THE_TABLE = frozenset({"id", "location", "review", "revision"})
Progress = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What became of a table.

    Attributes
    ----------
    read
        Rows below the header that are not empty.
    added, updated, unchanged
        Events that are new; that the table says otherwise than the store did; that are as they were.
    withdrawn
        Rows of events that were taken down or merged; they stay so.
    rejected
        Rows that are no event; each stands in the file at `rejected_path`, with its mistakes.
    ambiguous, without_place
        Events whose place may be one of several; whose place is not given, not known, or in another country.
    unsure
        Events on the map whose place deserves a look.
    held_back
        Events without a source, and not reported by their organiser: they wait for review.
    rejected_path
        Where the rejected rows were written, or None.
    errors
        Every mistake of the rejected rows.
    not_read
        Columns that mean nothing here.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    ambiguous: int
    without_place: int
    withdrawn: int = 0
    unsure: int = 0
    held_back: int = 0
    rejected_path: Path | None = None
    errors: tuple[IntakeError, ...] = ()
    not_read: tuple[str, ...] = ()


def import_table(
    store: EventStore,
    resolver: Resolver,
    path: Path,
    progress: Progress = lambda _done, _of: None,
    *,
    rejected_path: Path | None = None,
    review: ReviewStatus = ReviewStatus.PUBLISHED,
    actor: str = "operator",
    dry_run: bool = False,
) -> ImportSummary:
    """Import a CSV or XLSX table of events.

    Rows whose id the store has bring that event to what they say now. What the table has no column for stays, and so
    do its review status, and its location while the place in words is the same: a moderator may have settled it.

    Parameters
    ----------
    store, resolver
        Where events go, and who is asked for places.
    path
        The table.
    progress
        Is told how far it is, every thousand rows.
    rejected_path
        Where rejected rows are written, over what is there; None: beside the table, under a name that is free.
    review
        Review status of new events that have a source or are reported by their organiser; others are *pending*.
    actor
        Who imports, for the audit log.
    dry_run
        Count only; no event is changed and no file is written.

    Raises
    ------
    IntakeError
        If the table as a whole cannot be read, or the rejected rows cannot be written.
    StoreUnavailableError
        If the database cannot be written; what was done before stays, and the same import again does the rest.
    """
    today = datetime.now(UTC).date()
    table = read_table(path, review=review, find_zone=zone_finder(resolver), today=today)
    outcomes: Counter[Outcome] = Counter()
    total, held_back = AddResult(), 0
    gone = {tombstone.event_id for tombstone in store.tombstones()} if dry_run else set()
    for start in range(0, len(table.events), AT_ONCE):
        some = table.events[start : start + AT_ONCE]
        known = {event.id: event for event in store.get_many(event.id for event in some)}
        placed = [_update(event, known.get(event.id), table.told, resolver) for event in some]
        outcomes.update(one.outcome for one in placed)
        events = [_hold_back(one.event) for one in placed]
        held_back += sum(event.review != review for event in events)
        checks = {one.event.id: check for one in placed if (check := one.to_check) is not None}
        done = _compare(events, known, gone) if dry_run else store.add_many(events, actor=actor, places_to_check=checks)
        total = AddResult(*(getattr(total, name) + getattr(done, name) for name in AddResult.__slots__))
        progress(start + len(some), len(table.events))
    written = None
    if table.rejected and not dry_run:
        written = _write_rejected(table, rejected_path, path)
    return ImportSummary(
        read=table.rows_read,
        added=total.added,
        updated=total.updated,
        unchanged=total.unchanged,
        withdrawn=total.withdrawn,
        rejected=len(table.rejected),
        ambiguous=outcomes[Outcome.AMBIGUOUS],
        without_place=outcomes[Outcome.NO_PLACE] + outcomes[Outcome.NO_MATCH] + outcomes[Outcome.WRONG_COUNTRY],
        unsure=outcomes[Outcome.LOW_CONFIDENCE] + outcomes[Outcome.POINT_ELSEWHERE],
        held_back=held_back,
        rejected_path=written,
        errors=table.errors,
        not_read=table.not_read,
    )


def place_events(events: Sequence[Event], resolver: Resolver) -> tuple[list[Event], dict[str, PlaceToCheck]]:
    """Look up the places of events that the store does not have; give what moderators have to settle, by id."""
    placed = [locate(event, resolver) for event in events]
    return [one.event for one in placed], {one.event.id: check for one in placed if (check := one.to_check)}


def _update(event: Event, known: Event | None, told: frozenset[str], resolver: Resolver) -> Placed:
    """Give a row what the store knows beyond it, and its location."""
    if known is None:
        return locate(event, resolver)
    untold = {field.name for field in dataclasses.fields(Event)} - told - _NOT_OF_THE_TABLE
    event = event.changed(**{name: getattr(known, name) for name in untold})
    if event.location is not None or known.location is None or not _same_words(event, known):
        return locate(event, resolver)
    zone = event.when.zone or (known.when.zone if event.when.is_known else "")
    when = dataclasses.replace(event.when, zone=zone)
    return Placed(event.changed(location=known.location, place=known.place, when=when), Outcome.LOCATED)


def _same_words(event: Event, known: Event) -> bool:
    new, old = event.place, known.place
    # The venue of an event without one can come from the gazetteer's reading of the place.
    return (new.text, new.country_hint) == (old.text, old.country_hint) and new.venue in ("", old.venue)


def _hold_back(event: Event) -> Event:
    """Keep an event that nobody vouches for from being published."""
    if event.review is not ReviewStatus.PUBLISHED or event.sources or event.by_organiser:
        return event
    return event.changed(review=ReviewStatus.PENDING)


def _compare(events: Sequence[Event], known: Mapping[str, Event], gone: Collection[str]) -> AddResult:
    """Count what adding the events would do."""
    there = [(event, known[event.id]) for event in events if event.id in known]
    same = sum(event.changed(review=old.review, revision=old.revision) == old for event, old in there)
    lost = sum(event.id in gone and event.id not in known for event in events)
    return AddResult(len(events) - len(there) - lost, len(there) - same, same, lost)


def _write_rejected(table: TableResult, wanted: Path | None, source: Path) -> Path:
    path = wanted or _free_path(source)
    try:
        path.write_bytes(table.rejected_csv())
    except OSError as err:
        raise IntakeError(
            1,
            "",
            f"The good rows are in, but the {len(table.rejected)} rejected ones cannot be written to {path.name}: "
            f"{err.strerror or 'unknown reason'}. Name another file with --rejected.",
            value=str(path),
        ) from err
    return path


def _free_path(source: Path) -> Path:
    """Name a file beside the table that is not there yet: an earlier one may hold corrections."""
    path, number = source.with_name(f"{source.stem}-rejected.csv"), 2
    while path.exists():
        path, number = source.with_name(f"{source.stem}-rejected-{number}.csv"), number + 1
    return path
