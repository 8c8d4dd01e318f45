"""Find drafts that describe an event being taken down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import orjson
import sqlalchemy as sa

from rallymap.errors import DamagedEventError, InvalidEventError
from rallymap.intake.written_dates import read_date
from rallymap.store.damaged import readable
from rallymap.store.documents import open_document
from rallymap.store.schema import drafts
from rallymap.store.transaction import Transaction

_Said = tuple[str, ...]


def drop_drafts_like(tx: Transaction, documents: Iterable[tuple[str, str]]) -> None:
    """Delete drafts with the title, place and day, or the place and venue, of one of these documents.

    A draft is only found by its secret URL, so nothing else links an event to it. A draft that only shares a title such
    as "Vigil" and a city with the event may be somebody else's, and is kept.

    Parameters
    ----------
    documents
        Each after its event's id; damaged ones are skipped.
    """
    said = {key for keys in readable(documents, lambda row: _said_by_event(*row)) for key in keys}
    hashes = [
        row.token_hash
        for row in tx.conn.execute(sa.select(drafts.c.token_hash, drafts.c.fields))
        if not said.isdisjoint(_said_by_form(orjson.loads(row.fields)))
    ]
    tx.conn.execute(sa.delete(drafts).where(drafts.c.token_hash.in_(hashes)))


def _said_by_event(event_id: str, document: str) -> set[_Said]:
    content = open_document(event_id, document)
    place, when = content.get("place", {}), content.get("when", {})
    try:
        return set(_keys(content["title"], place.get("text", ""), place.get("venue", ""), when.get("start", "")))
    except (KeyError, TypeError, AttributeError) as err:
        raise DamagedEventError(event_id, detail=type(err).__name__) from err


def _said_by_form(fields: Mapping[str, str]) -> Iterator[_Said]:
    try:
        start = read_date("start", fields.get("start", "")).start
    except InvalidEventError:
        start = None
    day = "" if start is None else start.isoformat()
    yield from _keys(fields.get("title", ""), fields.get("place_text", ""), fields.get("venue", ""), day)


def _keys(title: object, place: str, venue: str, day: str) -> Iterator[_Said]:
    title, place, venue = (" ".join(str(text).casefold().split()) for text in (title, place, venue))
    if title and (place or venue):
        yield ("title", title, place, day)
    if venue:
        yield ("venue", venue, place)
