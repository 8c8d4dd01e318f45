"""The head of Explore: what the site is, and how many events the filters leave."""

from __future__ import annotations

import streamlit as st

from rallymap.language import mark, number, separator, tr, trc, trn
from rallymap.query.filters import EventFilter
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.wording import day_from_epoch, year_in_words

HEADLINE = mark("Diaspora rallies around the world")


def render_headline(snapshot: Snapshot) -> None:
    """Draw the page's heading with what the record holds."""
    about = tr("Who gathered where and when, and who reports it.")
    st.html(f'<header class="rm-headline"><h1>{tr(HEADLINE)}</h1><p>{about} {_held(snapshot)}</p></header>')


def _held(snapshot: Snapshot) -> str:
    """Say how many communities and countries the record has, and since when; "" where it has none."""
    communities = countries = ""
    if len(snapshot.communities) > 1:
        communities = trn("{n} community", "{n} communities", len(snapshot.communities))
    if snapshot.countries:
        countries = trn("{n} country", "{n} countries", len(snapshot.countries))
    bounds = snapshot.bounds()
    year = year_in_words(day_from_epoch(bounds[0]).year) if bounds else ""
    if communities and countries:
        if not year:
            return tr("{communities} in {countries}", communities=communities, countries=countries)
        # Translators: "12 communities in 30 countries since 2018"; where "12 communities" and "30 countries" cannot
        # stand so within a sentence, list them with commas.
        return tr("{communities} in {countries} since {year}", communities=communities, countries=countries, year=year)
    what = communities or countries
    # Translators: "30 countries since 2018"
    return tr("{what} since {year}", what=what, year=year) if what and year else what


def render_count(selection: Selection, wanted: EventFilter, without_place: int) -> None:
    """Draw how many events the filters leave, and what they leave out; numbers that are zero are left out.

    Parameters
    ----------
    without_place
        Events that are not counted, because they have no place and one is asked for.
    """
    words = _counts(selection, has_period=wanted.period is not None)
    if without_place:
        said = trn("{n} without a place not counted", "{n} without a place not counted", without_place)
        words += f"{separator()}{said}"
    st.html(f'<p class="rm-count" role="status">{words}</p>')


def _counts(selection: Selection, *, has_period: bool) -> str:
    """Say one total, and of what it is made up.

    Without a period all events count; with one those of its days, and the undated ones are named next to them.
    """
    undated = selection.undated
    total = selection.total - undated if has_period else selection.total
    words = [f"<b>{trn('{n} event', '{n} events', total)}</b>"]
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
    return separator().join(words)
