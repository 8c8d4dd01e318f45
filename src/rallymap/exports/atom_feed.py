"""An Atom feed of the events that changed last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from rallymap.event_wording import words_of
from rallymap.events import Event
from rallymap.exports.atom import FeedEntry, FeedHead, write_feed
from rallymap.exports.plain_words import lines_about
from rallymap.exports.provenance import Provenance


def write_atom(
    changed: Iterable[tuple[Event, datetime]],
    provenance: Provenance,
    *,
    query: str,
    ids_at: str,
    address: str,
    page: str,
) -> bytes:
    """Write a feed.

    Parameters
    ----------
    changed
        Events with when the public saw them change last, newest first.
    query
        The filter with its question mark, without a language; "" for all events. It is part of the feed's id.
    ids_at
        Address of the site, with a slash at its end, that ids begin with: a reader takes an entry under another id for
        a new one, so it is the same by whichever address the site is asked.
    address
        Of the feed itself, in the present language.
    page
        Address of the page that shows these events.
    """
    entries = [
        FeedEntry(
            words_of(event).title,
            f"{ids_at}events/{event.id}",
            at,
            provenance.url_of(event.id),
            (event.kind.value, *event.communities),
            "\n".join(lines_about(event)),
        )
        for event, at in changed
    ]
    head = FeedHead(
        f"{provenance.site}: {provenance.selection}",
        f"{ids_at}feeds/events.atom{query}",
        entries[0].updated if entries else datetime.combine(provenance.made_on, time.min, UTC),
        provenance.site,
        address,
        page,
        rights=provenance.citation,
        licence=provenance.licence.url,
    )
    return write_feed(head, entries)
