"""An Atom feed of the latest changed events."""

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
    """Return a feed.

    Parameters
    ----------
    changed
        Events with the time of their latest public change, newest first.
    query
        The filter as a query string with its question mark, without a language; "" for all events. Part of the feed's
        id.
    ids_at
        Base URL of ids, with a trailing slash. Feed readers treat an entry with another id as new, so it must be the
        same for every URL of the site.
    address
        URL of the feed itself, in the current language.
    page
        URL of the page that shows these events.
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
