"""The head of Explore: what the site is, and how many events the filters leave."""

from __future__ import annotations

from rallymap.language import number, tr, trc, trn
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.templates import bold, one_line
from rallymap.ui.paragraphs import headline, paragraph
from rallymap.views.headline import HEADLINE, about_record


def render_headline(snapshot: Snapshot) -> None:
    """Draw the page's heading with what the record holds."""
    headline(tr(HEADLINE), about_record(snapshot))


def render_count(selection: Selection, wanted: EventFilter, without_place: int) -> None:
    """Draw how many events the filters leave, and what they leave out; numbers that are zero are left out.

    Parameters
    ----------
    without_place
        Events that are not counted, because they have no place and one is asked for.
    """
    words = _counts(selection, has_period=wanted.period is not None)
    if without_place:
        words.append(trn("{n} without a place not counted", "{n} without a place not counted", without_place))
    paragraph(one_line(words), "rm-count", role="status")


def _counts(selection: Selection, *, has_period: bool) -> list[str]:
    """Say one total, and of what it is made up.

    Without a period all events count; with one those of its days, and the undated ones are named next to them.
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
