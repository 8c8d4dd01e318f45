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
    words = _counts(selection, shows_undated=wanted.shows_undated)
    if without_place:
        words.append(trn("{n} without a place not counted", "{n} without a place not counted", without_place))
    paragraph(one_line(words), "rm-count", role="status")


def _counts(selection: Selection, *, shows_undated: bool) -> list[str]:
    """Return the total and its parts.

    Undated events count unless the filter excludes them, by a period or itself; it then says how many these are.
    """
    undated = selection.undated
    total = selection.total if shows_undated else selection.total - undated
    words: list[str] = [bold(trn("{n} event", "{n} events", total))]
    if undated and not shows_undated:
        words.append(trn("{n} undated not counted", "{n} undated not counted", undated))
    elif undated and undated < total:
        # Translators: numbers of events with a date and without one.
        words.append(tr("{dated} dated + {undated} undated", dated=number(total - undated), undated=number(undated)))
    elif undated:
        # Translators: said of all events that are counted.
        words.append(trc("events", "undated"))
    online = selection.online + (selection.undated_online if shows_undated else 0)
    if online:
        # Translators: so many events take place online and so are not on the map.
        words.append(trn("{n} online", "{n} online", online))
    off_map = total - selection.on_map - online
    if off_map > 0:
        words.append(trn("{n} not on the map", "{n} not on the map", off_map))
    return words
