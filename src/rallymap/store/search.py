"""Full-text search by SQLite's FTS5 or PostgreSQL: indexes only public content.

The index is updated in the transaction that changes an event, from its public view. If the clock changes that view, as
when an embargo ends, :func:`renew_index` updates it. Deleted words are overwritten at once (FTS5 ``secure-delete``), so
that a takedown leaves no trace.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rallymap.events import Event, ReviewStatus
from rallymap.query.public_view import public_view, view_changes_at
from rallymap.search.event_words import SearchText, words_of_event
from rallymap.search.forms import near_spellings
from rallymap.search.kinds import kinds_of_other_words
from rallymap.search.spellings import latin_spellings
from rallymap.search.words import Term, terms_of_query, terms_with_city_begun
from rallymap.store.damaged import readable
from rallymap.store.database import Database
from rallymap.store.documents import from_document
from rallymap.store.events import WITH_DOCUMENT
from rallymap.store.schema import events
from rallymap.store.transaction import Reading, Transaction, moment

RENEWED_AT_ONCE: Final = 1_000
MOST_AT_ONCE: Final = 100
"""Maximum number of words that are looked up together."""
_MAX_POSITION: Final = 16_383  # PostgreSQL's limit for a tsvector
_IS_PUBLIC = events.c.review == ReviewStatus.PUBLISHED.value
_DELETE = sa.text("DELETE FROM search WHERE rowid = :id")
_DELETE_POSTGRESQL = sa.text("DELETE FROM search WHERE rowid_ = :id")
_INSERT = sa.text(
    "INSERT INTO search (rowid, title, names, texts, sounds) VALUES (:id, :title, :names, :texts, :sounds)"
)
_INSERT_POSTGRESQL = sa.text("INSERT INTO search (rowid_, words) VALUES (:id, CAST(:words AS tsvector))")
# One text with all numbers: fetching a million rows would take a second.
_IS_FOUND = sa.text("SELECT 1 FROM search WHERE search MATCH :wanted LIMIT 1")
_IS_FOUND_POSTGRESQL = sa.text("SELECT 1 FROM search WHERE words @@ CAST(:wanted AS tsquery) LIMIT 1")
_FIND = sa.text("SELECT group_concat(rowid) FROM search WHERE search MATCH :wanted")
_FIND_POSTGRESQL = sa.text("SELECT string_agg(rowid_::text, ',') FROM search WHERE words @@ CAST(:wanted AS tsquery)")
# Without statistics about a word PostgreSQL expects it in many events, and reads all of them instead of the index.
_PREFER_INDEX = sa.text("SELECT set_config('enable_seqscan', 'off', true)")
_RANK = sa.text(
    "SELECT rowid FROM search WHERE search MATCH :wanted ORDER BY bm25(search, 8.0, 4.0, 1.0, 0.5), rowid LIMIT :most"
)
_RANK_POSTGRESQL = sa.text(
    "SELECT rowid_ FROM search WHERE words @@ CAST(:wanted AS tsquery) "
    "ORDER BY ts_rank('{0.1, 0.2, 0.6, 1.0}', words, CAST(:wanted AS tsquery)) DESC, rowid_ LIMIT :most"
)

SearchIds = npt.NDArray[np.int64]


class SearchIndex:
    """Runs the text searches of a snapshot on a database's index.

    Parameters
    ----------
    db
        The database; its index is renewed first, so that it matches the current public views.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def renew(self) -> None:
        """Reindex events whose public view changed with time; see :func:`renew_index`."""
        renew_index(self._db)

    def find(self, text: str) -> SearchIds:
        """See :func:`find_search_ids`."""
        return self._db.read(find_search_ids, text)

    def rank(self, text: str, limit: int) -> SearchIds:
        """See :func:`rank_search_ids`."""
        return self._db.read(rank_search_ids, text, limit)


def index_events(tx: Transaction, some: Collection[Event], *, are_new: bool = False) -> None:
    """Index the current public views of events, replacing earlier entries; new events have none."""
    now = moment(tx.at)
    numbers = _search_ids(tx, [event.id for event in some])
    rows, due = [], []
    for event in some:
        seen = public_view(event, now)
        if seen is not None:
            rows.append({"id": numbers[event.id], **_row(tx, words_of_event(seen))})
        at = view_changes_at(event, now)
        if at is not None or not are_new:
            due.append({"number": numbers[event.id], "at": at})
    if not are_new:
        tx.conn.execute(
            _DELETE_POSTGRESQL if _is_postgresql(tx) else _DELETE, [{"id": id_} for id_ in numbers.values()]
        )
    if rows:
        tx.conn.execute(_INSERT_POSTGRESQL if _is_postgresql(tx) else _INSERT, rows)
    stmt = sa.update(events).where(events.c.search_id == sa.bindparam("number"))
    if due:
        tx.conn.execute(stmt.values(search_due=sa.bindparam("at")), due)


def remove_from_index(tx: Transaction, ids: Iterable[str]) -> None:
    """Delete events from the index; call it before the events themselves are deleted."""
    if numbers := [{"id": number} for number in _search_ids(tx, ids).values()]:
        tx.conn.execute(_DELETE_POSTGRESQL if _is_postgresql(tx) else _DELETE, numbers)


def renew_index(db: Database) -> None:
    """Reindex events whose public view changed with time since, also if the clock was set back.

    Does not write if there are none, so that a read-only database can be searched.
    """
    while ids := db.read(_stale_ids):
        with db.writing() as tx:
            rows = tx.conn.execute(WITH_DOCUMENT.where(events.c.id.in_(ids)))
            found = list(readable(rows, lambda row: from_document(*row)))
            index_events(tx, found)
            damaged = set(ids) - {event.id for event in found}
            tx.conn.execute(sa.update(events).where(events.c.id.in_(damaged)).values(search_due=math.inf))


def find_search_ids(tx: Reading, text: str) -> SearchIds:
    """Return the search ids of the public events that match all words of a query, unordered.

    Every text is a valid query; one without a word matches nothing. If its words match no event, the last ones may be
    the start of a city's name in another language that somebody is typing, and then long words may have a typing error.
    """
    for terms in _meanings(tx, text):
        found = tx.conn.scalar(_FIND_POSTGRESQL if _is_postgresql(tx) else _FIND, {"wanted": _question(tx, terms)})
        if found:
            return np.fromstring(found, np.int64, sep=",")
    return np.empty(0, np.int64)


def rank_search_ids(tx: Reading, text: str, limit: int) -> SearchIds:
    """Return the search ids of the best matches of a query, best first, at most `limit`."""
    stmt = _RANK_POSTGRESQL if _is_postgresql(tx) else _RANK
    for terms in _meanings(tx, text):
        found = tx.conn.scalars(stmt, {"wanted": _question(tx, terms), "most": limit}).all()
        if found:
            return np.array(found, np.int64)
    return np.empty(0, np.int64)


def find_similar_words(tx: Reading, text: str) -> tuple[str, ...]:
    """Return the folded words that a search finds instead of misspelt ones; () if it finds events without that."""
    _prefer_index(tx)
    for read in (terms_of_query, terms_with_city_begun):
        if (terms := read(text)) and _is_found(tx, terms):
            return ()
    corrected = _corrected(tx, text)
    if not corrected or not _is_found(tx, corrected):
        return ()
    typed = terms_of_query(text)
    return tuple(
        " ".join(words) for term in corrected if term not in typed for words in (*term.phrases, *term.in_names)
    )


def _meanings(tx: Reading, text: str) -> Iterator[tuple[Term, ...]]:
    """Yield the possible meanings of a query, most likely first; none for a query without a word."""
    _prefer_index(tx)
    for read in (terms_of_query, terms_with_city_begun):
        if terms := read(text):
            yield terms
    if terms := _corrected(tx, text):
        yield terms


def _corrected(tx: Reading, text: str) -> tuple[Term, ...]:
    """Return the terms of a query with other words for each that no event has; () if one has none."""
    corrected = list[Term]()
    for term in terms_of_query(text):
        found = term if _is_found(tx, (term,)) else _replaced(tx, term)
        if found is None:
            return ()
        corrected.append(found)
    return tuple(corrected)


def _replaced(tx: Reading, term: Term) -> Term | None:
    """Return another meaning of a word that no event contains; None if no event has that either, or for a phrase."""
    if not term.is_prefix or len(term.phrases[0]) != 1:
        return None
    [word] = term.phrases[0]
    kind = Term((), is_prefix=False, in_names=kinds_of_other_words(word))
    if kind.in_names and _is_found(tx, (kind,)):
        return kind
    for spellings in (latin_spellings, near_spellings):
        if words := _found_words(tx, list(dict.fromkeys(spellings(word)))):
            return Term(tuple((word,) for word in words), is_prefix=True)
    return None


def _found_words(tx: Reading, words: Sequence[str]) -> list[str]:
    """Return which words some event has, in their order; most are not there, so many are looked up at once."""
    if len(words) > MOST_AT_ONCE:
        return [
            word
            for at in range(0, len(words), MOST_AT_ONCE)
            for word in _found_words(tx, words[at : at + MOST_AT_ONCE])
        ]
    if not words or not _is_found(tx, (Term(tuple((word,) for word in words), is_prefix=False),)):
        return []
    half = len(words) // 2
    return [*_found_words(tx, words[:half]), *_found_words(tx, words[half:])] if half else list(words)


def _is_found(tx: Reading, terms: Iterable[Term]) -> bool:
    stmt = _IS_FOUND_POSTGRESQL if _is_postgresql(tx) else _IS_FOUND
    return tx.conn.scalar(stmt, {"wanted": _question(tx, terms)}) is not None


def _stale_ids(tx: Reading) -> list[str]:
    """Return ids of some events whose index entries do not match their current public view."""
    is_guarded = sa.and_(events.c.guarded_until > tx.at, events.c.guarded_until < math.inf)
    set_back = sa.and_(_IS_PUBLIC, is_guarded, events.c.search_due.is_(None))
    stale = sa.or_(events.c.search_due <= tx.at, set_back)
    return list(tx.conn.scalars(sa.select(events.c.id).where(stale).limit(RENEWED_AT_ONCE)))


def _search_ids(tx: Reading, ids: Iterable[str]) -> dict[str, int]:
    stmt = sa.select(events.c.id, events.c.search_id).where(events.c.id.in_(list(ids)))
    return {row.id: row.search_id for row in tx.conn.execute(stmt)}


def _prefer_index(tx: Reading) -> None:
    """Let PostgreSQL look words up in the index until the end of this transaction."""
    if _is_postgresql(tx):
        tx.conn.execute(_PREFER_INDEX)


def _is_postgresql(tx: Reading) -> bool:
    return tx.conn.dialect.name == "postgresql"


def _row(tx: Reading, text: SearchText) -> dict[str, Any]:
    return {"words": " ".join(_lexemes(text))} if _is_postgresql(tx) else text._asdict()


def _lexemes(text: SearchText) -> Iterator[str]:
    """Yield the words with positions and weights in tsvector syntax, bypassing PostgreSQL's own parser."""
    at = 0
    for weight, words in zip("ABCD", text, strict=True):
        for word in words.split():
            at = min(at + 1, _MAX_POSITION)
            yield f"'{word}':{at}{weight}"
        at = min(at + 2, _MAX_POSITION)  # a phrase must not span two fields


def _question(tx: Reading, terms: Iterable[Term]) -> str:
    """Return a query in the database's syntax. Words consist of letters and digits."""
    write = _written_for_postgresql if _is_postgresql(tx) else _written_for_sqlite
    return (" & " if _is_postgresql(tx) else " AND ").join(f"({write(term)})" for term in terms)


def _written_for_sqlite(term: Term) -> str:
    end = " *" if term.is_prefix else ""
    ways = [f'"{" ".join(phrase)}"{end}' for phrase in term.phrases]
    ways += [f'"{" ".join(name)}"' for name in term.names]
    ways += [f'{{title names}} : "{" ".join(name)}"' for name in term.in_names]
    return " OR ".join([*ways, f'"{term.sound}"'] if term.sound else ways)


def _written_for_postgresql(term: Term) -> str:
    end = ":*" if term.is_prefix else ""
    ways = [f"({_phrase(phrase)}{end})" for phrase in term.phrases] + [f"({_phrase(name)})" for name in term.names]
    ways += [f"({_phrase(name, ':AB')})" for name in term.in_names]
    return " | ".join([*ways, f"'{term.sound}'"] if term.sound else ways)


def _phrase(words: tuple[str, ...], weights: str = "") -> str:
    return " <-> ".join(f"'{word}'{weights}" for word in words)
