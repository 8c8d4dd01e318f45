"""The script that Streamlit runs for each visitor: registers the pages and runs the requested one."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from rallymap.errors import RallymapError
from rallymap.language import mark, number, tr
from rallymap.moderation import Account, Permission, has_permission
from rallymap.ui import about, account, compare, explore, imports, quality, review, trends
from rallymap.ui.link import PLAIN_PAGES, note_page
from rallymap.ui.popover_focus import follow_popovers
from rallymap.ui.reader_language import read_language, render_language_switch
from rallymap.ui.run_slot import run_slot
from rallymap.ui.signed_in import signed_in_account
from rallymap.ui.submit import edit_link, new_event
from rallymap.ui.theme import set_theme, set_title
from rallymap.workflows.services import Services, running_services
from rallymap.workflows.waiting import count_for_top_bar

SHORT = {"add": mark("Add"), "quality": mark("Quality")}
"""Short page names for the top bar on phones."""
LOOK_EVERY = timedelta(seconds=20)
"""How often a moderator's open page checks for new pending events."""


def run() -> None:
    """Run the app once."""
    read_language()
    try:
        services = running_services()
    except RallymapError as err:
        set_theme()
        st.error(tr("rallymap cannot start just now."))
        st.text(err.user_message)
        return
    with run_slot(services.runs):
        _run_page(services)


def _run_page(services: Services) -> None:
    """Register the pages and run the requested one."""
    set_theme()

    def explore_page() -> None:
        explore.render(services)

    def trends_page() -> None:
        trends.render(services)

    def compare_page() -> None:
        compare.render(services)

    def quality_page() -> None:
        quality.render(services)

    def add_page() -> None:
        new_event.render(services)

    def review_page() -> None:
        review.render(services)

    def import_page() -> None:
        imports.render(services)

    def about_page() -> None:
        about.render(services)

    def mine_page() -> None:
        edit_link.render(services)

    def account_page() -> None:
        account.render(services)

    person = _account(services)
    waiting = _waiting(services, person)
    pages = [
        st.Page(explore_page, title=tr("Explore"), url_path="explore", default=True),
        st.Page(trends_page, title=tr("Trends"), url_path="trends"),
        st.Page(compare_page, title=tr("Compare"), url_path="compare"),
        st.Page(add_page, title=tr("Add an event"), url_path="add"),
        st.Page(review_page, title=_review_title(waiting), url_path="review"),
        st.Page(quality_page, title=tr("Data quality"), url_path="quality"),
        st.Page(about_page, title=tr("About"), url_path="about"),
    ]
    # Without an account this page is opened by an edit link, so the top bar does not show it.
    mine = st.Page(mine_page, title=tr("Your events"), url_path="mine", visibility="visible" if person else "hidden")
    bring = st.Page(import_page, title=tr("Import"), url_path="import", visibility="visible" if person else "hidden")
    # Opened from Review and from one's own events, where the account is named.
    own = st.Page(account_page, title=tr("Your account"), url_path="account", visibility="hidden")
    page = st.navigation([*pages, mine, bring, own], position="top")
    if page.url_path:  # Explore has no path; it sets the window title to the open event.
        set_title(page.title, services.settings.site_name)
    if page.url_path in PLAIN_PAGES:
        note_page(page.url_path)
    with st.container(key="phone_nav", horizontal=True):
        for target in [*pages, mine, bring] if person else pages:
            st.page_link(target, label=tr(SHORT[target.url_path]) if target.url_path in SHORT else target.title)
    render_language_switch(page.url_path)
    follow_popovers()
    if waiting is not None:
        _watch_waiting(services, waiting)
    try:
        page.run()
    except RallymapError as err:
        st.error(tr("This did not work."))
        st.text(err.user_message)


def _waiting(services: Services, account: Account | None) -> int | None:
    """Return the number of events pending review for this moderator; None for anybody else."""
    if account is None or not has_permission(account, Permission.SEE_QUEUE):
        return None
    return count_for_top_bar(services.db, account)


def _review_title(waiting: int | None) -> str:
    """Return the title of the Review page; for moderators it includes the number of pending events."""
    return tr("Review ({waiting})", waiting=number(waiting)) if waiting else tr("Review")


@st.fragment(run_every=LOOK_EVERY)
def _watch_waiting(services: Services, shown: int) -> None:
    """Rerun the page when the number of pending events changes; typed text is kept."""
    try:
        waiting = _waiting(services, _account(services))
    except RallymapError:
        return  # the database is briefly unreachable; the next check is soon
    if waiting != shown:
        st.rerun()


def _account(services: Services) -> Account | None:
    try:
        return signed_in_account(services)
    except RallymapError:
        # The page itself reports that the database cannot be read; the top bar is rendered anyway.
        return None


run()
