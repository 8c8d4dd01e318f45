"""The coverage record: a form for the places and periods that were searched, and the entries so far."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st
from markupsafe import Markup

from rallymap.countries import city_name, country_name, country_names
from rallymap.errors import InvalidEventError
from rallymap.events import MAX_NAME, CoverageEntry
from rallymap.events.coverage import MAX_SOURCES
from rallymap.intake.written_dates import MAX_WRITTEN, read_date
from rallymap.language import name_order, tr, trc
from rallymap.moderation import Account
from rallymap.store.coverage import list_coverage
from rallymap.templates import bdi, bold, one_line
from rallymap.ui.paragraphs import page_lead, paragraph
from rallymap.ui.review import state
from rallymap.wording import day_in_words, days_in_words
from rallymap.workflows.coverage import record_coverage, remove_coverage
from rallymap.workflows.services import Services

_FIELDS: Final = {name: f"coverage_{name}" for name in ("country", "city", "last", "looked_on", "by", "sources")}


def render_coverage(services: Services, account: Account) -> None:
    """Render the page."""
    with st.container(key="page"):
        about = tr(
            "Where and for which days somebody looked for events, whether or not they found any. Anybody reads it."
        )
        page_lead(tr("Coverage"), about)
        _render_form(services, account)
        for number, entry in services.db.read(list_coverage):
            if not account.countries or entry.country in account.countries:
                _render_entry(services, number, entry)


def _render_form(services: Services, account: Account) -> None:
    today = services.now().date()
    codes = account.countries or tuple(country_names())
    with st.container(key="coverage_form", border=True):
        where, when = st.columns(2)
        where.selectbox(
            tr("Country"),
            sorted(codes, key=lambda code: name_order(country_name(code))),
            index=None,
            key=_FIELDS["country"],
            format_func=country_name,
            filter_mode="contains",
        )
        state.show_error(_FIELDS["country"])
        where.text_input(tr("City; leave it empty for the whole country"), key=_FIELDS["city"], max_chars=MAX_NAME)
        year = days_in_words(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        when.text_input(tr("Days that were looked at"), key=_FIELDS["last"], placeholder=year, max_chars=MAX_WRITTEN)
        state.show_error(_FIELDS["last"])
        when.text_input(
            trc("coverage", "Looked at on"), day_in_words(today), key=_FIELDS["looked_on"], max_chars=MAX_WRITTEN
        )
        state.show_error(_FIELDS["looked_on"])
        st.text_input(
            tr("Who looked; everybody can read it"),
            key=_FIELDS["by"],
            max_chars=MAX_NAME,
            help=tr("Groups, not private persons: what is written here becomes public."),
        )
        state.show_error(_FIELDS["by"])
        st.text_area(trc("coverage", "In which sources"), key=_FIELDS["sources"], max_chars=MAX_SOURCES, height=80)
        state.show_error(_FIELDS["sources"])
        st.button(tr("Save"), key="coverage_save", type="primary", on_click=_save, args=(services,))


def _save(services: Services) -> None:
    values = {name: st.session_state[key] for name, key in _FIELDS.items()}

    def action(account: Account, _key: str) -> str:
        days, looked_on = read_date("last", values["last"]), read_date("looked_on", values["looked_on"])
        if days.start is None or days.end is None:
            raise InvalidEventError("last", tr("Choose the first and the last day."))
        if looked_on.start is None or looked_on.start != looked_on.end:
            today = day_in_words(services.now().date())
            raise InvalidEventError("looked_on", tr("Write one day, such as {day}.", day=today))
        entry = CoverageEntry(
            values["country"] or "",
            values["city"] or "",
            days.start,
            days.end,
            looked_on.start,
            values["by"] or "",
            values["sources"] or "",
        )
        record_coverage(services.db, entry, account=account)
        return tr("The coverage record has the new entry.")

    if state.attempt(services, f"coverage:{sorted(map(repr, values.items()))}", action, fields=_FIELDS):
        for name in ("city", "sources"):
            st.session_state[_FIELDS[name]] = ""


def _render_entry(services: Services, number: int, entry: CoverageEntry) -> None:
    country = country_name(entry.country)
    place = tr("{place}, {country}", place=city_name(entry.city, entry.country), country=country)
    where = bold(bdi(place if entry.city else country))
    words = Markup("{}<br><span>{}</span>").format(
        one_line((where, days_in_words(entry.first, entry.last))),
        one_line((day_in_words(entry.looked_on), bdi(entry.by), bdi(entry.sources))),
    )

    def remove() -> None:
        def action(account: Account, _key: str) -> str:
            remove_coverage(services.db, number, account=account)
            return tr("The entry is removed from the coverage record.")

        state.attempt(services, f"coverage-remove:{number}", action)

    with st.container(key=f"coverage_entry_{number}", horizontal=True, vertical_alignment="center"):
        paragraph(words, "rm-found")
        st.button(tr("Remove"), key=f"coverage_remove_{number}", type="tertiary", on_click=remove)
