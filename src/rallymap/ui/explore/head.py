"""The heading of Explore: what the site is, and how many events match the filters."""

from __future__ import annotations

from rallymap.language import number, tr, trc, trn
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.templates import bold, one_line
from rallymap.ui.paragraphs import headline, paragraph
from rallymap.views.headline import HEADLINE, about_record


def render_headline(snapshot: Snapshot) -> None:
    """Render the page's heading and the size of the record."""
    headline(tr(HEADLINE), about_record(snapshot))


def render_count(selection: Selection, wanted: EventFilter, without_place: int) -> None:
    """Render how many events match the filters and how many are excluded; zeros are omitted.

    Parameters
    ----------
    without_place
        Events that are excluded because the filter requires a place and they have none.
    """
    words = _counts(selection, has_period=wanted.period is not None)
    if without_place:
        words.append(trn("{n} without a place not counted", "{n} without a place not counted", without_place))
    paragraph(one_line(words), "rm-count", role="status")


def _counts(selection: Selection, *, has_period: bool) -> list[str]:
    """Return the total and its parts.

    Without a period all events count. With one, its events count, and the undated events are listed separately.
    """
    undated = selection.undated
    total = selection.total - undated if has_period else selection.total
    words: list[str] = [bold(trn("{n} event", "{n} events", total))]
    if undated and has_period:
        words.append(trn("{n} undated not counted", "{n} undated not counted", undated))
    elif undated and undated < total:
        # Translators: numbers of events with a date and without one.
        words.append(tr("{dated} dated + {undated} undated", dated=number(total - undated), undated=number(undated)))
    elif undated:
        # Translators: said of all events that are counted.
        words.append(trc("events", "undated"))
    online = selection.online + (0 if has_period else selection.undated_online)
    if online:
        # Translators: so many events take place online and so are not on the map.
        words.append(trn("{n} online", "{n} online", online))
    off_map = total - selection.on_map - online
    if off_map > 0:
        words.append(trn("{n} not on the map", "{n} not on the map", off_map))
    return words
