"""Notes between moderators, and messages to and from the organiser."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr, trc
from rallymap.moderation import Account, Role
from rallymap.store import Note
from rallymap.store.imports import list_imported_notes
from rallymap.templates import bdi, bold, one_line, render
from rallymap.ui.note_words import note_in_words
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.review import state
from rallymap.ui.review.imported import imported_html
from rallymap.ui.review.typed import forget_typed, typed_field
from rallymap.ui.review.words import role_in_words
from rallymap.wording import ago_in_words
from rallymap.workflows.cases import Case
from rallymap.workflows.messages import MAX_NOTE, add_note, close_messages
from rallymap.workflows.services import Services


def render_case_messages(services: Services, case: Case) -> None:
    """Render all notes, oldest first, and the field for a new one."""
    if case.notes:
        st.html(Markup("").join(_note(note, services) for note in case.notes))
    else:
        paragraph(tr("Nothing is noted yet."), "rm-found")
    if imported := imported_html(services.db.read(list_imported_notes, case.event.id)):
        st.html(imported)
    # The key does not depend on the number of notes, so typed text is kept when another moderator adds a note.
    written = state.notes_written(case.event.id)
    key = f"note-{case.event.id}-{written}"
    if any(note.is_open for note in case.notes):
        st.button(
            tr("No reply needed"),
            key=f"messages-read-{case.event.id}-{len(case.notes)}",
            on_click=_close(services, case),
        )
    typed_field(trc("a text about an event", "Note"), key, max_length=MAX_NOTE, height=90)
    with st.container(key="note_buttons", horizontal=True):
        for label, for_organiser in ((tr("Keep among moderators"), False), (tr("Ask the organiser"), True)):
            st.button(
                label,
                key=f"note-{for_organiser}-{case.event.id}-{written}",
                on_click=_add,
                args=(services, case, key, for_organiser),
                help=tr("They read it through their edit link.") if for_organiser else None,
            )


def _note(note: Note, services: Services) -> Markup:
    # Translators: who reads a note.
    parts = [tr("to and from the organiser") if note.for_organiser else tr("among moderators")]
    if note.is_open:
        # Translators: a message that no moderator has answered or closed.
        parts.append(tr("not dealt with"))
    is_theirs = note.is_from_organiser
    author = role_in_words(Role.ORGANISER) if is_theirs else note.author
    line = one_line((bold(bdi(author)), ago_in_words(note.at, services.now()), *parts))
    return render("note.html", is_theirs=is_theirs, line=line, words=note_in_words(note))


def _add(services: Services, case: Case, key: str, for_organiser: bool) -> None:
    words = str(st.session_state.get(key, ""))

    def action(account: Account, idempotency_key: str) -> str:
        add_note(
            services.db,
            case.event.id,
            words,
            account=account,
            idempotency_key=idempotency_key,
            for_organiser=for_organiser,
            seen_at=case.read_at,
        )
        return tr("The organiser reads your question through the edit link.") if for_organiser else tr("Noted.")

    if state.attempt(services, f"note:{key}:{for_organiser}", action, fields={"note": key}):
        state.count_note(case.event.id)
        forget_typed(key)


def _close(services: Services, case: Case) -> Callable[[], None]:
    def close() -> None:
        def action(account: Account, idempotency_key: str) -> str:
            close_messages(
                services.db,
                case.event.id,
                account=account,
                idempotency_key=idempotency_key,
                seen_at=case.read_at,
            )
            return tr("The message is marked as dealt with.")

        if state.attempt(services, f"messages-read:{case.event.id}:{len(case.notes)}", action):
            state.choose_next(case.event.id)

    return close
