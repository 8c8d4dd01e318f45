"""Rows of the list of events as texts, kept with the snapshot for all visitors who read the same language.

Reading an event and formatting its row takes longer than anything else in the list. A row is kept only while the
database has the version of the snapshot, and until the next change of a public view by the clock. So an event that
was hidden or taken down is missing from the next run of every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from rallymap.dates import EventDate
from rallymap.event_wording import marked_language, where_in_words, words_of
from rallymap.events import MAX_TITLE, Event, Kind
from rallymap.language import current_language, wording_version
from rallymap.query.snapshot import Snapshot
from rallymap.store.events import get_public_events
from rallymap.ui.plain import plain_label
from rallymap.wording import date_in_words
from rallymap.workflows.services import Services


class ListRow(NamedTuple):
    """One row: the event's id, kind and time; its label; the language tag of its title, "" for that of the page."""

    id: str
    kind: Kind
    when: EventDate
    label: str
    title_language: str


def read_rows(services: Services, snapshot: Snapshot, ids: Sequence[str]) -> list[ListRow]:
    """Return the rows of public events in the order of `ids`, skipping those that are not public."""
    now, language = services.now(), current_language()
    if services.db.dataset_version() != snapshot.dataset_version or snapshot.due(now.timestamp()):
        return [_row(event) for event in services.db.read(get_public_events, ids, now)]
    reader = language.code, wording_version(language)
    found = {event_id: snapshot.list_rows.find((event_id, reader)) for event_id in ids}
    if missing := [event_id for event_id, row in found.items() if row is None]:
        read = {event.id: event for event in services.db.read(get_public_events, missing, now)}
        found |= {id_: snapshot.list_rows.get((id_, reader), partial(_row, event)) for id_, event in read.items()}
    return [row for event_id in ids if isinstance(row := found[event_id], ListRow)]


def _row(event: Event) -> ListRow:
    """Return the row of an event; in its label, title, place and date are marked up for the style sheet."""
    words = words_of(event)
    label = (
        f"**{plain_label(words.title, max_length=MAX_TITLE)}** *{plain_label(where_in_words(event))}* "
        f":small[{plain_label(date_in_words(event.when, short=True))}]"
    )
    return ListRow(event.id, event.kind, event.when, label, marked_language(words.title_language))
