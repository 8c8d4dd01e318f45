"""The bar of filters and the chips of the active ones; shared by all pages with events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from rallymap.errors import EventNotFoundError
from rallymap.query.guided_views import GuidedView
from rallymap.query.snapshot import Selection, Snapshot
from rallymap.query.snapshot.facets import count_without_place
from rallymap.ui.explore.chips import render_chips, render_guide
from rallymap.ui.explore.facet_filters import render_facets
from rallymap.ui.explore.head import render_count
from rallymap.ui.explore.more_filters import name_of_near, render_more
from rallymap.ui.explore.period import render_period
from rallymap.ui.explore.search_box import render_search
from rallymap.ui.explore.state import chosen_filter
from rallymap.wording import day_from_epoch
from rallymap.workflows.campaigns import get_public_campaign
from rallymap.workflows.services import Services


def render_filters(
    services: Services, snapshot: Snapshot, selection: Selection, guided: Sequence[GuidedView] = ()
) -> None:
    """Render the search box, the filters, the number of matching events, and the chips.

    Parameters
    ----------
    selection
        Result of the current filter.
    guided
        Views that the page offers as starting points.
    """
    wanted = chosen_filter()
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        render_search()
        bounds = _bounds(services, snapshot)
        period = render_period(snapshot.years_with_events(), bounds, services.now().date())
        render_facets(services, snapshot)
        render_more(services, snapshot)
        render_count(selection, wanted, count_without_place(snapshot, wanted))
    render_chips(period, name_of_near(), partial(_campaign_name, services, snapshot), guided)
    render_guide(guided)


def _campaign_name(services: Services, snapshot: Snapshot, campaign_id: str) -> str:
    """Return the name of a campaign; its id if it has no public events."""
    try:
        return get_public_campaign(services.db, snapshot, campaign_id, services.now()).name
    except EventNotFoundError:
        return campaign_id


def _bounds(services: Services, snapshot: Snapshot) -> tuple[date, date]:
    """Return the days of the first and the last event; the current year if there are no events."""
    bounds = snapshot.bounds()
    if bounds is None:
        today = services.now().date()
        return today.replace(month=1, day=1), today
    return day_from_epoch(bounds[0]), day_from_epoch(bounds[1])
