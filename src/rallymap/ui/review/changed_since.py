"""Describe what other people changed in an event while somebody had it open."""

from __future__ import annotations

from collections.abc import Mapping

from rallymap.language import isolated, list_in_words, number, tr
from rallymap.moderation import Account
from rallymap.ui.review.words import action_in_words, actor_in_words, reason_in_words, review_in_words
from rallymap.views.differences import differences
from rallymap.wording import ago_in_words
from rallymap.workflows.audit import Change, changes_since
from rallymap.workflows.services import Services


def changed_since_in_words(services: Services, account: Account, seen: Mapping[str, int]) -> list[str]:
    """Return a line for each change of the given events since the given revisions.

    Parameters
    ----------
    seen
        The revision that was seen, by event id.
    """
    lines = []
    for event in changes_since(services.db, seen, account=account):
        for change in event.changes:
            line = _line(change, services)
            is_one_of_many = len(seen) > 1 and event.title
            lines.append(tr("“{title}”: {problem}", title=event.title[:80], problem=line) if is_one_of_many else line)
    return lines


def _line(change: Change, services: Services) -> str:
    entry = change.entry
    done = tr(
        "{action} by {name} · {ago} · revision {revision} · {status}",
        action=action_in_words(entry.action),
        name=isolated(actor_in_words(entry)),
        ago=ago_in_words(entry.at, services.now()),
        revision=number(entry.revision),
        status=review_in_words(entry.review),
    )
    parts = [done]
    if change.before is not None and change.after is not None:
        labels = [label for label, _, _ in differences(change.before, change.after)]
        parts += [tr("Changed: {fields}", fields=list_in_words(labels))] if labels else []
    if reason := reason_in_words(entry):
        parts.append(isolated(reason))
    return ". ".join(parts)
