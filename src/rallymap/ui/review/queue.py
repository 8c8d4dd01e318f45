"""The review queue: its filters, its rows with their age, and the staged decisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.events import Kind, ReviewStatus
from rallymap.language import mark, mark_c, number, separator, tr, trc, trn
from rallymap.moderation import Account
from rallymap.store import QueueItem
from rallymap.store.review_queue import QueueOrder
from rallymap.ui.pill_marks import mark_pills
from rallymap.ui.review import state
from rallymap.ui.review.paging import more_rows, row_limit
from rallymap.ui.review.panes import Row, render_panes
from rallymap.ui.review.selection import render_check_box, render_selection
from rallymap.ui.review.staged import render_staged
from rallymap.ui.review.words import age_in_words
from rallymap.wording import KIND_LABELS, source_in_words
from rallymap.workflows.campaigns import list_campaigns
from rallymap.workflows.decisions import list_staged
from rallymap.workflows.review_queue import count_queue, list_marks, list_published, list_queue
from rallymap.workflows.services import Services

_STATUS_LABELS = {
    ReviewStatus.PENDING: mark_c("which events to show", "waiting"),
    ReviewStatus.SENT_BACK: mark_c("which events to show", "sent back"),
    ReviewStatus.DRAFT: mark_c("which events to show", "drafts"),
    ReviewStatus.PUBLISHED: mark_c("which events to show", "published"),
    ReviewStatus.REJECTED: mark_c("which events to show", "rejected"),
    ReviewStatus.WITHDRAWN: mark_c("which events to show", "withdrawn"),
}
_HEADINGS: Final[Mapping[ReviewStatus, Callable[[int, str], str]]] = {
    # Translators: of events in Review; {shown} is how many, as “12” or “50+”.
    ReviewStatus.PENDING: lambda n, shown: trn("{shown} waiting", "{shown} waiting", n, shown=shown),
    ReviewStatus.SENT_BACK: lambda n, shown: trn("{shown} sent back", "{shown} sent back", n, shown=shown),
    ReviewStatus.DRAFT: lambda n, shown: trn("{shown} draft", "{shown} drafts", n, shown=shown),
    ReviewStatus.PUBLISHED: lambda n, shown: trn("{shown} published", "{shown} published", n, shown=shown),
    ReviewStatus.REJECTED: lambda n, shown: trn("{shown} rejected", "{shown} rejected", n, shown=shown),
    ReviewStatus.WITHDRAWN: lambda n, shown: trn("{shown} withdrawn", "{shown} withdrawn", n, shown=shown),
}
_NOTHING = {
    ReviewStatus.PENDING: mark("Nothing is waiting here."),
    ReviewStatus.SENT_BACK: mark("Nothing is sent back here."),
    ReviewStatus.DRAFT: mark("No draft is here."),
    ReviewStatus.PUBLISHED: mark("Nothing is published here."),
    ReviewStatus.REJECTED: mark("Nothing is rejected here."),
    ReviewStatus.WITHDRAWN: mark("Nothing is withdrawn here."),
}
_ANY = "any"
_AGES = {
    _ANY: (mark("any age"), mark("Age"), None),
    "day": (mark("older than a day"), mark("Age: older than a day"), timedelta(days=1)),
    "week": (mark("older than a week"), mark("Age: older than a week"), timedelta(days=7)),
    "month": (mark("older than a month"), mark("Age: older than a month"), timedelta(days=30)),
}
"""Age filters: the option, the label of the closed filter, and the minimum age."""
_STATUS, _COUNTRIES, _KINDS, _AGE = (
    "queue_status",
    "queue_countries",
    "queue_kinds",
    "queue_age",
)
_WORDS, _ORDER, _CAMPAIGN = "queue_words", "queue_order", "queue_campaign"
_ORDER_WORDS = {
    QueueOrder.WAITING: mark("longest waiting first"),
    QueueOrder.NEWEST: mark("newest first"),
    QueueOrder.EVENT_DATE: mark("next event first"),
}
MAX_WORDS = 100


def render_queue(services: Services, account: Account) -> None:
    """Render the queue."""
    status = _render_filters(services, account)
    limit = row_limit()
    rows = _rows(services, account, status, limit + 1)
    shown = rows[:limit]
    events = sum(row.event_count for row in shown)
    can_select = status is not ReviewStatus.PUBLISHED

    def above() -> None:
        render_staged(services, account)
        if can_select:
            is_one_campaign = bool(st.session_state.get(_CAMPAIGN))
            render_selection(services, account, [row.event for row in shown], lists_campaigns=not is_one_campaign)

    render_panes(
        services,
        account,
        shown,
        heading=_HEADINGS[status](events, f"{number(events)}{'+' if len(rows) > limit else ''}"),
        note=tr(_ORDER_WORDS[QueueOrder.NEWEST if status is ReviewStatus.PUBLISHED else _order()]),
        nothing=(
            tr(_NOTHING[status]),
            tr("New events from organisers appear here; other filters may show more."),
        ),
        above=above,
        in_front=render_check_box if can_select else None,
        more=more_rows(len(rows)),
    )


def _render_filters(services: Services, account: Account) -> ReviewStatus:
    counts = count_queue(services.db, account)

    def close() -> None:
        state.choose(None)

    with st.container(key="filters", horizontal=True):
        status = st.pills(
            trc("which events", "Show"),
            list(_STATUS_LABELS),
            default=ReviewStatus.PENDING,
            key=_STATUS,
            format_func=lambda status: trc("which events to show", _STATUS_LABELS[ReviewStatus(status)]),
            required=True,
            on_change=close,
            label_visibility="collapsed",
        )
        shown = {status: f"{separator()}{number(count)}" for status, count in counts.items() if count}
        mark_pills(_STATUS, list(_STATUS_LABELS), shown)
        allowed = account.countries or tuple(country_names())
        for key, word, options, say in (
            (_COUNTRIES, tr("Country"), allowed, country_name),
            (_KINDS, tr("Kind"), tuple(Kind), lambda kind: tr(KIND_LABELS[Kind(kind)])),
        ):
            picked = st.session_state.get(key) or []
            with st.popover(f"{word} ({number(len(picked))})" if picked else word):
                st.multiselect(
                    word,
                    options,
                    key=key,
                    format_func=say,
                    placeholder=trc("of a filter", "All"),
                    filter_mode="contains",
                )
        _render_campaign_filter(services, account, ReviewStatus(status))
        if status is not ReviewStatus.PUBLISHED:
            with st.popover(tr(_AGES[_chosen_age()][1])):
                # Translators: when an event came in; the choices are “any age”, “older than a day” …
                st.radio(trc("when an event came in", "Sent"), list(_AGES), key=_AGE, format_func=_say_age)
            order = trc("of a list", "Order")
            with st.popover(order):
                st.radio(order, list(QueueOrder), key=_ORDER, format_func=lambda code: tr(_ORDER_WORDS[code]))
            st.text_input(
                tr("Search"),
                key=_WORDS,
                max_chars=MAX_WORDS,
                placeholder=tr("Search words or receipt"),
                label_visibility="collapsed",
            )
    return ReviewStatus(status)


def _render_campaign_filter(services: Services, account: Account, status: ReviewStatus) -> None:
    """Render the campaign filter; skip it if no event of this status belongs to a campaign."""
    names = list_campaigns(services.db, account, status)
    chosen = st.session_state.get(_CAMPAIGN)
    if chosen is not None and chosen not in names:
        st.session_state[_CAMPAIGN] = chosen = None
    if not names:
        return
    label = tr("Campaign")
    with st.popover(f"{label} ({number(1)})" if chosen else label):
        st.selectbox(
            label,
            list(names),
            index=None,
            key=_CAMPAIGN,
            format_func=lambda campaign: names[campaign],
            placeholder=trc("of a filter", "All"),
            filter_mode="contains",
        )


def _chosen_age() -> str:
    chosen: str = st.session_state.get(_AGE) or _ANY
    return chosen


def _say_age(code: str) -> str:
    return tr(_AGES[code][0])


def _rows(services: Services, account: Account, status: ReviewStatus, limit: int) -> list[Row]:
    countries: list[str] = st.session_state.get(_COUNTRIES) or []
    kinds: list[Kind] = st.session_state.get(_KINDS) or []
    campaign: str = st.session_state.get(_CAMPAIGN) or ""
    now = services.now()
    if status is ReviewStatus.PUBLISHED:
        events = list_published(
            services.db,
            services.keeper.current(),
            account,
            countries=countries,
            kinds=kinds,
            campaign=campaign,
            limit=limit,
        )
        return [Row(event, source_in_words(event)) for event in events]
    *_, age = _AGES[_chosen_age()]
    items = list_queue(
        services.db,
        account,
        [status],
        countries=countries,
        kinds=kinds,
        sent_before=now - age if age else None,
        words=str(st.session_state.get(_WORDS) or ""),
        campaign=campaign,
        order=_order(),
        today=now.date(),
        limit=limit,
    )
    marks = list_marks(services.db, account, [item.event for item in items], now)
    whole = {item.event.campaign.id for item in items if item.event.campaign is not None and item.in_campaign > 1}
    staged = {one.event.id for one in list_staged(services.db, account)}
    return [
        Row(
            item.event,
            tr("listed for later") if item.event.id in staged else _note(item, now),
            marks=marks[item.event.id],
            is_done=item.event.id in staged,
            event_count=_count_represented(item, whole),
        )
        for item in items
    ]


def _count_represented(item: QueueItem, whole: Collection[str]) -> int:
    """Return how many events a row adds to the count; `whole` are the campaigns shown as one row."""
    campaign = item.event.campaign
    return item.in_campaign if item.in_campaign > 1 or campaign is None or campaign.id not in whole else 0


def _order() -> QueueOrder:
    return QueueOrder(st.session_state.get(_ORDER) or QueueOrder.WAITING)


def _note(item: QueueItem, now: datetime) -> str:
    if item.hidden_at is not None:
        # Translators: {age} is for how long: “3 days”, “just now”.
        return tr("hidden after a report, {age}", age=age_in_words(item.hidden_at, now))
    age = age_in_words(item.submitted_at, now)
    if item.in_campaign > 1:
        age = f"{trn('{n} event', '{n} events', item.in_campaign)}{separator()}{age}"
    # Translators: an event whose organiser answered, and since when it waits: “answered, 3 days”.
    return tr("answered, {age}", age=age) if item.is_answered else age
