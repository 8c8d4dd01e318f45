"""The head of Explore: what the site is, and how many events the filters leave."""

from __future__ import annotations

import streamlit as st

from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.wording import count_in_words, day_from_epoch

HEADLINE = "Diaspora rallies around the world"


def render_headline(snapshot: Snapshot) -> None:
    """Draw the page's heading with what the record holds."""
    bounds = snapshot.bounds()
    parts = []
    if len(snapshot.communities) > 1:
        parts.append(count_in_words(len(snapshot.communities), "community", "communities"))
    if snapshot.countries:
        parts.append(count_in_words(len(snapshot.countries), "country", "countries"))
    held = " in ".join(parts) + (f" since {day_from_epoch(bounds[0]).year}" if parts and bounds else "")
    about = "Who gathered where and when, and who reports it."
    st.html(f'<header class="rm-headline"><h1>{HEADLINE}</h1><p>{about} {held}</p></header>')


def render_count(selection: Selection, wanted: EventFilter, without_place: int) -> None:
    """Draw how many events the filters leave, and what they leave out; numbers that are zero are left out.

    Parameters
    ----------
    without_place
        Events that are not counted, because they have no place and one is asked for.
    """
    words = _counts(selection, has_period=wanted.period is not None)
    if without_place:
        words += f" · {without_place:,} without a place not counted"
    st.html(f'<p class="rm-count" role="status">{words}</p>')


def _counts(selection: Selection, *, has_period: bool) -> str:
    """Say one total, and of what it is made up.

    Without a period all events count; with one those of its days, and the undated ones are named next to them.
    """
    undated = selection.undated
    total = selection.total - undated if has_period else selection.total
    words = [f"<b>{count_in_words(total, 'event')}</b>"]
    if undated and has_period:
        words.append(f"{undated:,} undated not counted")
    elif undated and undated < total:
        words.append(f"{total - undated:,} dated + {undated:,} undated")
    elif undated:
        words.append("undated")
    off_map = total - selection.on_map
    if off_map > 0:
        words.append(f"{off_map:,} not on the map")
    return " · ".join(words)
