"""Signing in through an OpenID Connect provider: a linked person can sign in, with the permissions in our database."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import expect

from rallymap.moderation import Account, Role
from tests.browser.conftest import BIN, Site, Visit
from tests.browser.linked_provider import link_provider
from tests.browser.oidc_double import CLIENT_ID, CLIENT_SECRET, SUBJECT, Provider, running_provider
from tests.browser.people import add_people

FAILED = "Signing in did not work. Open the page Review and try again."


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def linked_site(start_site: Callable[..., Site], provider: Provider) -> Iterator[Site]:
    """An app whose operator chose that provider."""
    site = start_site(
        prepare=partial(link_provider, issuer=provider.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    )
    yield site
    site.stop()


def sign_in(visit: Visit) -> None:
    visit.open("/review").get_by_role("button", name="Sign in with your organisation").click()
    # Streamlit sends everyone who comes back to the first page.
    visit.page.wait_for_url(f"{visit.site.url}/")
    visit.settle()
    visit.open("/review")


def command(site: Site, *words: str) -> None:
    subprocess.run([str(BIN / words[0]), *words[1:]], env={"RALLYMAP_HOME": str(site.home)}, check=True)


def test_linked_account_signs_in_and_out(linked_site: Site, visit: Callable[..., Visit], provider: Provider) -> None:
    add_people(linked_site, Account("nora", Role.MODERATOR, ("NO",)))
    visitor = visit(linked_site)
    sign_in(visitor)
    page = visitor.page
    expect(page.get_by_text("No account here is linked to you yet.")).to_be_visible()
    visitor.shoot("provider-stranger")
    words = shlex.split(page.locator("[data-testid=stCode]").inner_text())
    assert words == f"rallymap moderators link NAME --issuer {provider.issuer} --subject {SUBJECT}".split()
    command(linked_site, *(word if word != "NAME" else "nora" for word in words))

    visitor.open("/review")
    expect(page.get_by_text("Signed in as nora, moderator, for Norway")).to_be_visible()
    # Routes know whom the provider sent, as pages do.
    assert "may not read the audit log" in page.request.get(f"{linked_site.url}/audit-log.csv").text()
    command(linked_site, "rallymap", "moderators", "link", "nora", "--off")
    visitor.open("/review")
    expect(page.get_by_text("No account here is linked to you yet.")).to_be_visible()

    page.get_by_role("link", name="Sign out").click()
    page.wait_for_url(f"{linked_site.url}/")
    visitor.settle()
    expect(visitor.open("/review").get_by_role("button", name="Sign in with your organisation")).to_be_visible()
    visitor.shoot("provider-door")

    # Coming back without having signed in: cancelled, an old link, or a text of somebody's own.
    for query in ("error=access_denied&error_description=Spy", "state=old&code=Spy"):
        answer = page.request.get(f"{linked_site.url}/oauth2callback?{query}", max_redirects=0)
        assert (answer.status, FAILED in answer.text()) == (400, True)
    assert "Error during authentication" in linked_site.log
    assert "Spy" not in linked_site.log


def test_expired_token_signs_nobody_in(linked_site: Site, visit: Callable[..., Visit], provider: Provider) -> None:
    add_people(linked_site, Account("nora", Role.MODERATOR))
    command(
        linked_site,
        *("rallymap", "moderators", "link", "nora", "--issuer", provider.issuer, "--subject", SUBJECT),
    )
    provider.issued_ago_s = 12 * 3600
    visitor = visit(linked_site)
    sign_in(visitor)
    expect(visitor.page.get_by_text("You signed in more than 12 hours ago. Please sign in again.")).to_be_visible()
    provider.issued_ago_s = 0
    sign_in(visitor)
    expect(visitor.page.get_by_text("Signed in as nora, moderator")).to_be_visible()
