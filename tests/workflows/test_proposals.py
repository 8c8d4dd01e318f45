"""Changes that organisers propose."""

from __future__ import annotations

import pytest

from rallymap.errors import ModerationError
from rallymap.events import ReviewStatus
from rallymap.workflows.proposals import settle_proposal
from tests.workflows.moderated import MIRA, World, new_key


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
