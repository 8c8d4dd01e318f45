"""The review queue: filters, age in words, and the decisions that wait to be carried out together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape

import streamlit as st

from rallymap.countries import country_name, country_names
from rallymap.events import Kind, ReviewStatus
from rallymap.moderation import Account
from rallymap.store import QueueItem, StagedDecision
from rallymap.store.review_queue import QueueOrder
from rallymap.ui.review import state
from rallymap.ui.review.decisions import DECISION_LABELS
from rallymap.ui.review.panes import Row, render_panes
from rallymap.wording import KIND_LABELS, ago_in_words, source_in_words
from rallymap.workflows.decisions import carry_out_staged, list_staged, unstage
from rallymap.workflows.review_queue import count_queue, list_marks, list_published, list_queue
from rallymap.workflows.services import Services

STATUS_WORDS = {
    ReviewStatus.PENDING: "waiting",
    ReviewStatus.SENT_BACK: "sent back",
    ReviewStatus.DRAFT: "drafts",
    ReviewStatus.PUBLISHED: "published",
    ReviewStatus.REJECTED: "rejected",
    ReviewStatus.WITHDRAWN: "withdrawn",
}
_AGES = {
    "any age": None,
    "older than a day": timedelta(days=1),
    "older than a week": timedelta(days=7),
    "older than a month": timedelta(days=30),
}
_PAGE = 50
_STATUS, _COUNTRIES, _KINDS, _AGE, _LIMIT = (
    "queue_status",
    "queue_countries",
    "queue_kinds",
    "queue_age",
    "queue_limit",
)
_WORDS, _ORDER = "queue_words", "queue_order"
_ORDER_WORDS = {
    QueueOrder.WAITING: "longest waiting first",
    QueueOrder.NEWEST: "newest first",
    QueueOrder.EVENT_DATE: "next event first",
}
MAX_WORDS = 100


def render_queue(services: Services, account: Account) -> None:
    """Draw the queue."""
    status = _render_filters(services, account)
    limit: int = st.session_state.get(_LIMIT, _PAGE)
    rows = _rows(services, account, status, limit + 1)
    words = STATUS_WORDS[status]

    def more() -> None:
        st.session_state[_LIMIT] = limit + _PAGE

    shown = rows[:limit]
    render_panes(
        services,
        account,
        shown,
        heading=f"{len(shown)}{'+' if len(rows) > limit else ''} {words}",
        note=_ORDER_WORDS[QueueOrder.NEWEST if status is ReviewStatus.PUBLISHED else _order()],
        nothing=(f"Nothing is {words} here.", "New events from organisers appear here; other filters may show more."),
        above=lambda: _render_staged(services, account),
        more=more if len(rows) > limit else None,
    )


def _render_filters(services: Services, account: Account) -> ReviewStatus:
    counts = count_queue(services.db, account)

    def close() -> None:
        state.choose(None)

    def label(status: ReviewStatus) -> str:
        return f"{STATUS_WORDS[status]} · {counts[status]}" if counts.get(status) else STATUS_WORDS[status]

    with st.container(key="filters", horizontal=True):
        status = st.pills(
            "Show",
            list(STATUS_WORDS),
            default=ReviewStatus.PENDING,
            key=_STATUS,
            format_func=label,
            required=True,
            on_change=close,
            label_visibility="collapsed",
        )
        allowed = account.countries or tuple(country_names())
        for key, word, options, say in (
            (_COUNTRIES, "Country", allowed, country_name),
            (_KINDS, "Kind", tuple(Kind), lambda kind: KIND_LABELS[Kind(kind)]),
        ):
            picked = st.session_state.get(key) or []
            with st.popover(f"{word} ({len(picked)})" if picked else word):
                st.multiselect(word, options, key=key, format_func=say, placeholder="All")
        if status is not ReviewStatus.PUBLISHED:
            age = st.session_state.get(_AGE) or "any age"
            with st.popover("Age" if age == "any age" else f"Age: {age}"):
                st.radio("Sent", list(_AGES), key=_AGE)
            with st.popover("Order"):
                st.radio("Order", list(QueueOrder), key=_ORDER, format_func=lambda order: _ORDER_WORDS[order])
            st.text_input(
                "Search",
                key=_WORDS,
                max_chars=MAX_WORDS,
                placeholder="Search words or receipt",
                label_visibility="collapsed",
            )
    return ReviewStatus(status)


def _rows(services: Services, account: Account, status: ReviewStatus, limit: int) -> list[Row]:
    countries: list[str] = st.session_state.get(_COUNTRIES) or []
    kinds: list[Kind] = st.session_state.get(_KINDS) or []
    now = services.now()
    if status is ReviewStatus.PUBLISHED:
        events = list_published(
            services.db, services.keeper.current(), account, countries=countries, kinds=kinds, limit=limit
        )
        return [Row(event, source_in_words(event)) for event in events]
    age = _AGES[st.session_state.get(_AGE) or "any age"]
    items = list_queue(
        services.db,
        account,
        [status],
        countries=countries,
        kinds=kinds,
        sent_before=now - age if age else None,
        words=str(st.session_state.get(_WORDS) or ""),
        order=_order(),
        today=now.date(),
        limit=limit,
    )
    marks = list_marks(services.db, account, [item.event for item in items], now)
    staged = {one.event.id for one in list_staged(services.db, account)}
    return [
        Row(
            item.event,
            "listed for later" if item.event.id in staged else _note(item, now),
            marks=marks[item.event.id],
            is_done=item.event.id in staged,
        )
        for item in items
    ]


def _order() -> QueueOrder:
    return QueueOrder(st.session_state.get(_ORDER) or QueueOrder.WAITING)


def _note(item: QueueItem, now: datetime) -> str:
    if item.hidden_at is not None:
        return f"hidden after a report, {_age(item.hidden_at, now)}"
    age = _age(item.submitted_at, now)
    return f"answered, {age}" if item.is_answered else age


def _age(sent: datetime, now: datetime) -> str:
    return ago_in_words(sent, now).removesuffix(" ago")


def _render_staged(services: Services, account: Account) -> None:
    staged = list_staged(services.db, account)
    if not staged:
        return

    def carry_out() -> None:
        form = "staged:" + " ".join(f"{item.event.id}@{item.event.revision}{item.decision}" for item in staged)

        def act(account: Account, idempotency_key: str) -> str:
            done = carry_out_staged(services.db, account=account, idempotency_key=idempotency_key)
            return f"{len(done) or len(staged)} decisions are applied."

        if state.attempt(services, form, act):
            state.show_event(None)

    with st.container(key="staged"):
        st.html(f'<p class="rm-list-head"><b>{len(staged)} listed for later</b><span>not applied yet</span></p>')
        for item in staged:
            with st.container(key=f"staged-{item.event.id}", horizontal=True, vertical_alignment="center"):
                st.html(_staged_line(item))
                st.button("Remove", key=f"drop-{item.event.id}", type="tertiary", on_click=_drop(services, item))
        st.button("Apply all", key="carry_out", type="primary", on_click=carry_out)


def _staged_line(item: StagedDecision) -> str:
    stale = " <b>Changed since; look again.</b>" if item.is_stale else ""
    return f'<p class="rm-staged">{DECISION_LABELS[item.decision]}: {escape(item.event.title)}{stale}</p>'


def _drop(services: Services, item: StagedDecision) -> Callable[[], None]:
    def drop() -> None:
        def act(account: Account, _key: str) -> str:
            unstage(services.db, item.event.id, account=account)
            return "The decision is removed from the list."

        state.attempt(services, f"unstage:{item.event.id}", act)

    return drop
