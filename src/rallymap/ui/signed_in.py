"""Find the signed-in account on every run of a page, by our own cookie or through an OpenID Connect provider."""

from __future__ import annotations

import logging
import shlex
from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from rallymap.errors import RallymapError
from rallymap.language import tr
from rallymap.moderation import VISITOR, Account
from rallymap.templates import link
from rallymap.ui.paragraphs import paragraph
from rallymap.ui.plain import plain_label
from rallymap.workflows.services import Services
from rallymap.workflows.sessions import COOKIE, account_from_cookies, account_from_identity, cookie_value, identity_of

logger = logging.getLogger(__name__)

_PROBLEM = "provider_problem"
_DEFAULT = "default"
"""Streamlit's name for the provider that is configured in ``[auth]`` itself."""


def signed_in_account(services: Services) -> Account | None:
    """Return the signed-in account with its current permissions; None for a visitor."""
    now = services.now()
    ours = account_from_cookies(_cookie_header(), services.db, now)
    return ours or account_from_identity(st.user.to_dict(), services.db, now)


def run_as_signed_in(services: Services, problem: str, action: Callable[[Services, Account], None]) -> None:
    """Run an action as the signed-in account.

    Parameters
    ----------
    problem
        Session-state key for the error message.
    """
    try:
        action(services, signed_in_account(services) or VISITOR)
    except RallymapError as err:
        st.session_state[problem] = err.user_message


def session_token() -> str:
    """Return the token of our own session; "" for none, or if the sign-in came through a provider."""
    return cookie_value(_cookie_header(), COOKIE)


def sign_out_address(services: Services) -> str:
    """Return the URL that signs out, relative to a page."""
    ours = account_from_cookies(_cookie_header(), services.db, services.now())
    return "sign-out" if ours else "auth/logout"


def _cookie_header() -> str:
    return "; ".join(st.context.headers.get_all("Cookie"))


def render_providers(services: Services) -> None:
    """Render a button for each provider in ``secrets.toml``; skip if there is none.

    A person who signs in with a provider but has no linked account sees which details an administrator needs.
    """
    names = _providers()
    if not names:
        return
    user = st.user.to_dict()
    identity = identity_of(user, services.now())
    if identity:
        _render_stranger(*identity)
        return
    if user.get("is_logged_in"):
        paragraph(tr("You signed in more than 12 hours ago. Please sign in again."), "rm-found", role="status")
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        paragraph(problem, "rm-error", role="alert")
    with st.container(key="providers", horizontal=True):
        for name in names:
            named = name != _DEFAULT
            label = tr("Sign in with {name}", name=plain_label(name)) if named else tr("Sign in with your organisation")
            st.button(label, key=f"provider-{name}", on_click=_go_to_provider, args=(name,))


def _render_stranger(issuer: str, subject: str) -> None:
    words = ("rallymap", "moderators", "link", "NAME", "--issuer", issuer, "--subject", subject)
    # Translators: NAME is in the words below, a command; keep it as it is.
    said = tr(
        "Send these words to an administrator of this site, who replaces NAME by the name of your account and "
        "runs them:"
    )
    paragraph(said, "rm-found", role="status", head=tr("No account here is linked to you yet."))
    st.code(shlex.join(words), language=None, wrap_lines=True)
    paragraph(link("auth/logout", tr("Sign out")), "rm-prose")


def _go_to_provider(name: str) -> None:
    try:
        st.login(None if name == _DEFAULT else name)
    except (StreamlitAuthError, StreamlitMissingAuthlibError):
        logger.exception("signing in through %s is not set up fully", name)
        st.session_state[_PROBLEM] = tr("This way of signing in is not set up fully; ask the operator of this site.")


def _providers() -> list[str]:
    """Return the providers configured in ``secrets.toml``, in its order."""
    if not st.secrets.load_if_toml_exists():
        return []
    auth = st.secrets.get("auth", {})
    if not isinstance(auth, Mapping):
        return []
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section]
    return [_DEFAULT, *named] if "client_id" in auth else named
