"""What a submitter can do behind the private link, without an account."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from rallymap.errors import EventMergedError, EventNotFoundError, ModerationError
from rallymap.events import Event, ReviewStatus, clean_text
from rallymap.moderation import Account, Decision
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store.case_values import SUBMITTER, Note
from rallymap.store.changes import AuditEntry, audit_columns, change_event, current
from rallymap.store.database import Database, moment
from rallymap.store.decisions import DONE, HIDDEN
from rallymap.store.documents import from_document, to_document
from rallymap.store.draft_rows import delete_draft
from rallymap.store.idempotency import KeyedWrite, write_once
from rallymap.store.notes import MAX_NOTE, put_note, read_notes
from rallymap.store.picture_files import drop_unused, put_picture
from rallymap.store.places_to_check import put_changed_place_check
from rallymap.store.proposals import ACCEPTED, PROPOSED, REFUSED, proposed_event
from rallymap.store.reads import events_by_ids, merged_into
from rallymap.store.schema import audit, proposals, submissions
from rallymap.store.values import OwnEvent, PlaceToCheck, Refusal

_OPEN = (ReviewStatus.DRAFT, ReviewStatus.PENDING, ReviewStatus.SENT_BACK)


class PrivateLinks(Database):
    """The submitter's own event, found by the secret of its link."""

    def own_event(self, edit_token: str) -> OwnEvent:
        """Return the event that a private link opens.

        Raises
        ------
        EventNotFoundError
            If the link opens nothing; its `event_id` is set where the event was taken down meanwhile.
        EventMergedError
            If the event was merged with one that has an organiser of its own.
        """
        with self.reading() as conn:
            row = self._submission(conn, edit_token)
            event = current(conn, row.event_id)
            waiting = conn.execute(sa.select(proposals).where(proposals.c.event_id == event.id)).one_or_none()
            decided = _latest(conn, event.id, [verb for verb in DONE.values() if verb != DONE[Decision.PUBLISH]])
            step = _latest(conn, event.id, [*DONE.values(), HIDDEN])
            settled = _latest(conn, event.id, [PROPOSED, ACCEPTED, REFUSED])
            notes = tuple(note for note in read_notes(conn, event.id) if note.for_submitter)
        proposed = from_document(event.id, event.revision, event.review, waiting.document) if waiting else None
        is_hidden = event.review is ReviewStatus.PENDING and step is not None and step.verb == HIDDEN
        return OwnEvent(
            event,
            row.code,
            row.contact,
            moment(row.created_at),
            decided.reason if decided else "",
            proposed,
            _without_names(notes),
            Refusal(moment(settled.at), settled.reason) if settled and settled.verb == REFUSED else None,
            moment(step.at) if step and is_hidden else None,
        )

    def change_own(
        self,
        edit_token: str,
        event: Event,
        *,
        expected_revision: int,
        idempotency_key: str,
        place_to_check: PlaceToCheck | None = None,
        picture: GivenPicture | None = None,
        draft: str = "",
    ) -> Event:
        """Change one's own event: at once while it is under review, as a proposal once it is published.

        Without a difference nothing is stored.

        Parameters
        ----------
        place_to_check
            If its place was changed and is ambiguous or unsure.
        picture
            None leaves the picture that it has, or that is proposed; :meth:`set_own_picture` takes it away.
        draft
            Token of the draft that is sent, deleted in the same transaction; "" for none.

        Returns
        -------
        event
            As it is now, pending; or, of a published one, as it would be after a moderator agrees.

        Raises
        ------
        EventNotFoundError
            If the link opens nothing.
        StaleEventError
            If a moderator changed the event since it was read.
        ModerationError
            If it was rejected or withdrawn.
        InvalidEventError
            If the picture's description is empty or too long.
        """
        with write_once(self, idempotency_key) as write:
            conn = write.tx.conn
            event_id = str(self._submission(conn, edit_token).event_id)
            if draft:
                delete_draft(conn, self.keyed_hash("draft", draft))
            if write.was_done:
                return proposed_event(conn, current(conn, event_id))
            before = current(conn, event_id, expected_revision)
            standing = proposed_event(conn, before)
            after = event.changed(id=event_id, review=before.review, revision=before.revision, picture=standing.picture)
            if picture is not None:
                after = after.changed(picture=put_picture(write.tx, event_id, picture.clean, picture.description))
            elif to_document(after) == to_document(standing):
                return standing
            return _put_own(write, before, after, place_to_check)

    def set_own_picture(
        self, edit_token: str, picture: CleanPicture | None, description: str = "", *, idempotency_key: str
    ) -> Event:
        """Give one's own event a picture, or take it away: by the same rules as :meth:`change_own`.

        Parameters
        ----------
        picture
            None takes it away.
        description
            What it shows; needed with a picture.

        Returns
        -------
        event
            As it is now, pending; or, of a published one, as it would be after a moderator agrees.

        Raises
        ------
        EventNotFoundError, ModerationError
            If the link opens nothing, or the event was rejected or withdrawn.
        InvalidEventError
            If the description is empty or too long.
        """
        with write_once(self, idempotency_key) as write:
            before = current(write.tx.conn, self._submission(write.tx.conn, edit_token).event_id)
            if write.was_done:
                return before
            put = put_picture(write.tx, before.id, picture, description) if picture else None
            return _put_own(write, before, proposed_event(write.tx.conn, before).changed(picture=put))

    def answer(self, edit_token: str, words: str, *, idempotency_key: str) -> None:
        """Write to the moderators; an event that they sent back waits for review again.

        Raises
        ------
        EventNotFoundError
            If the link opens nothing.
        InvalidEventError
            If the words are empty or longer than 2000 characters.
        """
        words = clean_text("note", words, most=MAX_NOTE, required=True)
        with write_once(self, idempotency_key) as write:
            tx = write.tx
            event = current(tx.conn, self._submission(tx.conn, edit_token).event_id)
            if write.was_done:
                return
            put_note(tx, event.id, SUBMITTER, words, for_submitter=True)
            entry = AuditEntry(SUBMITTER, "answered", nonce_hash=write.key_hash)
            if event.review is ReviewStatus.SENT_BACK:
                change_event(tx, event, event.changed(review=ReviewStatus.PENDING), entry)
            else:
                tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, event))

    def events_of_account(self, account: Account, *, limit: int = 100) -> list[Event]:
        """Return the events that were submitted while signed in to an account, newest first."""
        stmt = (
            sa.select(submissions.c.event_id)
            .where(submissions.c.account == account.name)
            .order_by(submissions.c.created_at.desc(), submissions.c.event_id)
            .limit(limit)
        )
        with self.reading() as conn:
            return events_by_ids(conn, conn.scalars(stmt).all())

    def _submission(self, conn: sa.Connection, edit_token: str) -> sa.Row[Any]:
        hashed = self.keyed_hash("edit-token", edit_token)
        row = conn.execute(sa.select(submissions).where(submissions.c.edit_token_hash == hashed)).one_or_none()
        if row is None:
            raise EventNotFoundError("")
        kept = merged_into(conn, row.event_id)
        if kept:
            raise EventMergedError(row.event_id, kept)
        return row


def _latest(conn: sa.Connection, event_id: str, verbs: Iterable[str]) -> sa.Row[Any] | None:
    """Return the latest entry of an event's audit log that has one of these verbs, or None."""
    stmt = sa.select(audit).where(audit.c.event_id == event_id, audit.c.verb.in_(tuple(verbs)))
    return conn.execute(stmt.order_by(audit.c.seq.desc()).limit(1)).one_or_none()


def _put_own(write: KeyedWrite, before: Event, after: Event, place_to_check: PlaceToCheck | None = None) -> Event:
    """Store what an organiser wants the event to say: at once while it is under review, else as a proposal."""
    tx = write.tx
    if before.review in _OPEN:
        pending = after.changed(review=ReviewStatus.PENDING)
        changed = change_event(tx, before, pending, AuditEntry(SUBMITTER, "changed", nonce_hash=write.key_hash))
        put_changed_place_check(tx, before, changed, place_to_check)
        return changed
    if before.review is not ReviewStatus.PUBLISHED:
        raise ModerationError(
            f"This event was {before.review}; it cannot be changed any more.", detail=f"{before.id}: own"
        )
    tx.conn.execute(sa.delete(proposals).where(proposals.c.event_id == before.id))
    tx.conn.execute(
        sa.insert(proposals).values(
            event_id=before.id, base_revision=before.revision, document=to_document(after), created_at=tx.at
        )
    )
    drop_unused(tx, before)
    entry = AuditEntry(SUBMITTER, PROPOSED, nonce_hash=write.key_hash)
    tx.conn.execute(sa.insert(audit), audit_columns(tx, entry, before))
    return after


def _without_names(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return notes with moderators unnamed: who they are is nobody's business outside."""
    return tuple(note if note.author == SUBMITTER else dataclasses.replace(note, author="moderator") for note in notes)
