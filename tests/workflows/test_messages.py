"""Notes among moderators and messages to the organiser."""

from __future__ import annotations

from rallymap.events import ReviewStatus
from rallymap.store.edit_links import read_own_event
from rallymap.workflows.cases import open_case
from rallymap.workflows.messages import add_note
from tests.workflows.moderated import (
    MIRA,
    World,
    event,
    new_key,
    submit,
)

PENDING = [ReviewStatus.PENDING]


def test_note_and_question_reach_whom_they_are_for(world: World) -> None:
    token = submit(world.db, event("asked"))
    add_note(world.db, "asked", "They sound sure.", account=MIRA, idempotency_key=new_key())
    add_note(world.db, "asked", "Which square?", account=MIRA, idempotency_key=new_key(), for_organiser=True)
    assert [note.words for note in open_case(world.db, MIRA, "asked").notes] == ["They sound sure.", "Which square?"]
    assert [(note.author, note.words) for note in world.db.read(read_own_event, token).notes] == [
        ("moderator", "Which square?")
    ]
