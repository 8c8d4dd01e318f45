"""Changes that organisers propose."""

from __future__ import annotations

import pytest

from rallymap.errors import ModerationError
from rallymap.events import Place, ReviewStatus
from rallymap.pictures import CleanPicture, GivenPicture
from rallymap.store import Proposal
from rallymap.store.audit import list_audit
from rallymap.store.edit_links import read_own_event
from rallymap.store.proposals import get_proposal
from rallymap.store.schema import pictures
from rallymap.workflows.edit_links import store_own
from rallymap.workflows.proposals import parts_of, settle_proposal
from tests.workflows.moderated import MIRA, PARIS, World, event, new_key, publish, submit

PICTURE = GivenPicture(CleanPicture(b"not looked at here", "image/png", 3, 2), "A banner")


@pytest.mark.parametrize(("accept", "title"), [(True, "A better title"), (False, "Rally oslo-public")])
def test_proposal_is_accepted_or_refused(world: World, accept: bool, title: str) -> None:
    after = settle_proposal(
        world.db,
        world.public,
        accept=accept,
        account=MIRA,
        expected_revision=2,
        reason="" if accept else "Not in the source.",
        idempotency_key=new_key(),
    )
    assert (after.title, after.review) == (title, ReviewStatus.PUBLISHED)
    with pytest.raises(ModerationError, match="No change is proposed"):
        settle_proposal(
            world.db,
            world.public,
            accept=True,
            account=MIRA,
            expected_revision=after.revision,
            reason="",
            idempotency_key=new_key(),
        )


def test_refusal_needs_a_reason(world: World) -> None:
    with pytest.raises(ModerationError, match="Please say why") as raised:
        settle_proposal(
            world.db,
            world.public,
            accept=False,
            account=MIRA,
            expected_revision=2,
            reason=" ",
            idempotency_key=new_key(),
        )
    assert raised.value.field == "reason"


def _proposed(world: World) -> tuple[str, Proposal]:
    token = submit(world.db, event("known"))
    publish(world.db, "known")
    own = world.db.read(read_own_event, token).event
    wanted = own.changed(title="Other title", about="More words.", place=Place("Paris"), location=PARIS)
    store_own(world.db, token, wanted, expected_revision=2, idempotency_key=new_key(), picture=PICTURE)
    proposal = world.db.read(get_proposal, "known")
    assert proposal is not None
    return token, proposal


def test_parts_of_a_proposal_are_accepted_and_the_rest_is_refused_with_a_reason(world: World) -> None:
    token, proposal = _proposed(world)
    assert parts_of(proposal) == [("title",), ("place", "location"), ("about",), ("picture",)]

    def settle(fields: list[str], reason: str) -> object:
        return settle_proposal(
            world.db,
            "known",
            accept=True,
            fields=fields,
            account=MIRA,
            expected_revision=2,
            reason=reason,
            idempotency_key=new_key(),
        )

    with pytest.raises(ModerationError, match="Please say why"):
        settle(["title"], "")
    with pytest.raises(ModerationError, match="Choose what you accept"):
        settle(["topics"], "Which?")
    # A place is accepted with its point.
    after = settle(["about", "location"], "The title is in no source.")
    assert after == proposal.event.changed(about="More words.", place=Place("Paris"), location=PARIS, revision=3)
    assert world.db.read(list_audit, "known")[-1].action == "change accepted in part"
    refused = world.db.read(read_own_event, token).refused
    assert refused is not None
    assert (refused.reason, refused.is_in_part) == ("The title is in no source.", True)
    with world.db.reading() as tx:
        assert tx.conn.execute(pictures.select()).all() == []


def test_proposal_of_which_every_part_is_chosen_needs_no_reason(world: World) -> None:
    token, proposal = _proposed(world)
    after = settle_proposal(
        world.db,
        "known",
        accept=True,
        fields=list(proposal.changes),
        account=MIRA,
        expected_revision=2,
        idempotency_key=new_key(),
    )
    assert after == proposal.proposed.changed(revision=3)
    assert world.db.read(read_own_event, token).refused is None
