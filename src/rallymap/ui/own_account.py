"""Second factor, recovery codes and sessions of the signed-in account."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from rallymap.language import tr, trn
from rallymap.moderation import Account
from rallymap.templates import bold
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import row_label
from rallymap.ui.signed_in import run_as_signed_in, session_token
from rallymap.views.qr_code import qr_code
from rallymap.wording import ago_in_words
from rallymap.workflows.own_account import (
    end_other_sessions,
    end_session,
    list_sessions,
    new_secret,
    recovery_codes_left,
    remove_second_factor,
    renew_recovery_codes,
    set_second_factor,
)
from rallymap.workflows.services import Services

_SECRET, _CODES, _PROBLEM, _SAID = "factor_secret", "factor_codes", "factor_problem", "factor_said"
_PASSWORD, _CODE = "factor_password", "factor_code"


def render_own_account(services: Services, account: Account) -> None:
    """Render the sections; every action asks for the password, except ending a session."""
    _heading(tr("Second factor"))
    if said := st.session_state.pop(_SAID, None):
        paragraph(said, "rm-said", role="status")
    if problem := st.session_state.pop(_PROBLEM, None):
        paragraph(problem, "rm-error", role="alert")
    _render_codes()
    left = recovery_codes_left(services.db, account)
    if left is not None:
        _render_factor(services, left)
    elif _SECRET in st.session_state:
        _render_setting_up(services)
    else:
        _found(tr("With a second factor, signing in also asks for a code that an app on your phone shows."))
        st.button(tr("Set up a second factor"), key="factor_begin", on_click=_begin, args=(services, account.name))
    _render_sessions(services, account)


def _heading(words: str) -> None:
    paragraph(words, "rm-section")


def _found(words: str) -> None:
    paragraph(words, "rm-found")


def _begin(services: Services, name: str) -> None:
    st.session_state[_SECRET] = new_secret(name, services.settings.site_name)


def _render_setting_up(services: Services) -> None:
    secret, address = st.session_state[_SECRET]
    _found(tr("Scan this with an authenticator app, or type the secret into it. Then type the code that it shows."))
    st.html(qr_code(address, tr("QR code with the secret of the second factor")))
    st.code(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), language=None, wrap_lines=True)
    _render_form(services, tr("Turn the second factor on"), "factor_set", _set)


def _render_factor(services: Services, left: int) -> None:
    _found(
        tr("Signing in asks for a code.")
        + " "
        + trn("{n} recovery code is left.", "{n} recovery codes are left.", left)
    )
    with st.expander(tr("New recovery codes, or take the second factor away")):
        _render_form(services, tr("Make new recovery codes"), "factor_renew", _renew, (tr("Take it away"), _remove))


def _render_form(
    services: Services,
    label: str,
    key: str,
    action: Callable[[Services, Account], None],
    other: tuple[str, Callable[[Services, Account], None]] | None = None,
) -> None:
    with st.form(key, border=False, clear_on_submit=True):
        st.text_input(tr("Current password"), key=_PASSWORD, type="password", autocomplete="current-password")
        st.text_input(tr("Code that the app shows"), key=_CODE, max_chars=40, autocomplete="one-time-code")
        with st.container(horizontal=True, key=f"{key}_buttons"):
            st.form_submit_button(label, key=f"{key}_go", on_click=run_as_signed_in, args=(services, _PROBLEM, action))
            if other is not None:
                st.form_submit_button(
                    other[0], key=f"{key}_other", on_click=run_as_signed_in, args=(services, _PROBLEM, other[1])
                )


def _set(services: Services, account: Account) -> None:
    secret, _ = st.session_state[_SECRET]
    st.session_state[_CODES] = set_second_factor(
        services.db, secret, **_typed(), session=session_token(), account=account
    )
    del st.session_state[_SECRET]


def _renew(services: Services, account: Account) -> None:
    st.session_state[_CODES] = renew_recovery_codes(services.db, **_typed(), account=account)


def _remove(services: Services, account: Account) -> None:
    remove_second_factor(services.db, **_typed(), session=session_token(), account=account)
    st.session_state[_SAID] = tr("The second factor is taken away.")


def _typed() -> dict[str, str]:
    return {"current": str(st.session_state[_PASSWORD]), "code": str(st.session_state[_CODE])}


def _render_codes() -> None:
    codes = st.session_state.get(_CODES)
    if codes:
        said = tr(
            "Your recovery codes, for when the phone is lost. Each works once in place of a code. Print or copy them "
            "now: they are not shown again."
        )
        paragraph(said, "rm-said", role="status")
        st.code("\n".join(codes), language=None)
        st.button(tr("I have kept them"), key="factor_kept", on_click=lambda: st.session_state.pop(_CODES, None))


def _render_sessions(services: Services, account: Account) -> None:
    _heading(tr("Where you are signed in"))
    sessions = list_sessions(services.db, session_token(), account=account)
    _found(tr("Nothing is kept of devices or networks, only when each session began. It ends after 12 hours."))
    for index, session in enumerate(sessions):
        with st.container(key=f"session-{index}", horizontal=True, vertical_alignment="center"):
            # Translators: {ago} is such as “5 minutes ago”.
            began = tr("began {ago}", ago=ago_in_words(session.started_at, services.now()))
            this = Markup("{} {}").format(began, bold(tr("this one")))
            paragraph(this if session.is_this_one else began, "rm-found")
            if session.is_this_one:
                continue
            ending = _ending(session.id)
            st.button(
                row_label(tr("End it"), began),
                key=f"end-{session.id[:16]}",
                on_click=run_as_signed_in,
                args=(services, _PROBLEM, ending),
            )
    if sum(not session.is_this_one for session in sessions) > 1:
        st.button(
            tr("End all others"), key="end_others", on_click=run_as_signed_in, args=(services, _PROBLEM, _end_others)
        )


def _ending(session_id: str) -> Callable[[Services, Account], None]:
    return lambda services, account: end_session(services.db, session_id, account=account)


def _end_others(services: Services, account: Account) -> None:
    end_other_sessions(services.db, session_token(), account=account)
