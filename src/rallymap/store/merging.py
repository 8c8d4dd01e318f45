"""Two events that are one, and one that is two."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TypeVar

import sqlalchemy as sa

from rallymap.errors import ModerationError
from rallymap.events import Claim, CrowdClaim, Event, ReviewStatus, Source
from rallymap.moderation import Account, Permission, require
from rallymap.store.approvals import permitted_change
from rallymap.store.changes import AuditEntry, add_event, audit_columns, change_event, current
from rallymap.store.database import Database, Transaction
from rallymap.store.idempotency import done_to, nonce_hash, was_done
from rallymap.store.picture_files import hand_over
from rallymap.store.removal import remove_event
from rallymap.store.schema import audit, notes, reports, submissions
from rallymap.store.submissions import free_id
from rallymap.store.web_addresses import same_page

T = TypeVar("T")
Quoted = TypeVar("Quoted", Claim, CrowdClaim)


class Merging(Database):
    """Merging and splitting."""

    def merge(
        self,
        kept_id: str,
        gone_id: str,
        *,
        actor: Account,
        expected_revision: int,
        gone_revision: int,
        idempotency_key: str,
    ) -> Event:
        """Join two events into the first; the second one's address leads there from now on.

        Sources, claims, crowd estimates, organisers, communities and topics are joined; date, place, summary and
        picture are taken from the second where the first has none. Notes and reports move along; earlier revisions of
        both stay. The edit link of the second opens the first where that has none of its own.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed one of them since it was read.
        ModerationError
            If both are the same event, or the second is public and the first is not.
        InvalidEventError
            If they have too many sources or claims together.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            if was_done(tx.conn, hashed):
                return current(tx.conn, kept_id)
            if kept_id == gone_id:
                raise ModerationError("An event cannot be merged with itself; choose another one.", detail=kept_id)
            kept, gone = current(tx.conn, kept_id, expected_revision), current(tx.conn, gone_id, gone_revision)
            require(actor, Permission.MERGE, gone)
            if gone.review is ReviewStatus.PUBLISHED and kept.review is not ReviewStatus.PUBLISHED:
                raise ModerationError("The event that stays is not published yet; merge the other way round.")
            joined = permitted_change(self, tx, Permission.MERGE, kept, join(kept, gone), actor)
            after = change_event(tx, kept, joined, AuditEntry(actor.name, "merged", f"With {gone_id}", hashed))
            _move(tx, gone, after, actor)
            return after

    def split(
        self, event_id: str, new_id: str, *, actor: Account, expected_revision: int, idempotency_key: str
    ) -> Event:
        """Make a pending copy of an event under a new id, for an event that is in fact two; the picture is not copied.

        Parameters
        ----------
        new_id
            The id it should have; if that is taken, a number is added to it.

        Raises
        ------
        RightsError, EventNotFoundError, StaleEventError
            If the actor may not, there is no such event, or someone changed it since it was read.
        """
        hashed = nonce_hash(self, idempotency_key)
        with self.writing() as tx:
            done = done_to(tx.conn, hashed)
            if done is not None:
                return current(tx.conn, done)
            event = current(tx.conn, event_id, expected_revision)
            copy = event.changed(id=free_id(tx, new_id), review=ReviewStatus.PENDING, picture=None)
            require(actor, Permission.MERGE, event, copy)
            return add_event(tx, copy, AuditEntry(actor.name, "split off", f"From {event_id}", hashed))


def join(kept: Event, gone: Event) -> Event:
    """Return what two reports of one event say together."""
    sources = list(kept.sources)
    known = {_identity(source): index for index, source in reversed(list(enumerate(sources)))}
    moved: dict[int | None, int | None] = {None: None}
    for index, source in enumerate(gone.sources):
        if _identity(source) not in known:
            known[_identity(source)] = len(sources)
            sources.append(source)
        moved[index] = known[_identity(source)]
    return kept.changed(
        when=kept.when if kept.when.is_known else gone.when,
        place=kept.place if kept.place.text else gone.place,
        location=kept.location or gone.location,
        organisers=_once(kept.organisers + gone.organisers),
        communities=_once(kept.communities + gone.communities),
        about=kept.about or gone.about,
        topics=_once(kept.topics + gone.topics),
        claims=_once(kept.claims + _renumbered(gone.claims, moved)),
        crowd=_once(kept.crowd + _renumbered(gone.crowd, moved)),
        sources=tuple(sources),
        picture=kept.picture or gone.picture,
        by_organiser=kept.by_organiser and gone.by_organiser,
    )


def _move(tx: Transaction, gone: Event, kept: Event, actor: Account) -> None:
    has_organiser = tx.conn.scalar(sa.select(submissions.c.event_id).where(submissions.c.event_id == kept.id))
    if has_organiser is None:
        # The edit link of the one that goes opens the one that stays.
        tx.conn.execute(sa.update(submissions).where(submissions.c.event_id == gone.id).values(event_id=kept.id))
    else:
        # What one organiser wrote is not for the eyes of the other.
        tx.conn.execute(sa.update(notes).where(notes.c.event_id == gone.id).values(for_submitter=False))
    for table in (notes, reports):
        tx.conn.execute(sa.update(table).where(table.c.event_id == gone.id).values(event_id=kept.id))
    hand_over(tx, gone, kept)
    remove_event(tx, gone, reason_code="merged", redirect_to=kept.id)
    entry = AuditEntry(actor.name, "merged away", f"Into {kept.id}")
    tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, gone))


def _identity(source: Source) -> tuple[str, ...]:
    return (same_page(source.url),) if source.url else (source.title, source.publisher)


def _renumbered(claims: tuple[Quoted, ...], moved: dict[int | None, int | None]) -> tuple[Quoted, ...]:
    return tuple(dataclasses.replace(claim, source=moved[claim.source]) for claim in claims)


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
