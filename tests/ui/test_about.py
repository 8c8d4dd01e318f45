"""About: everything that another operator has to say differently comes from the settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rallymap.settings import Settings
from rallymap.ui.about import _counting as counting
from rallymap.workflows.services import start_services, stop_services
from tests.ui.conftest import run

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

HERE = Path(__file__).parent
About = Callable[..., str]


@pytest.fixture
def about(tmp_path: Path, nine_events: Path) -> Iterator[About]:
    """Return a function that gives the page's HTML for settings."""

    def shown(**given: str) -> str:
        env = {"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA": str(nine_events)}
        start_services(Settings.from_env(env | {f"RALLYMAP_{name}": value for name, value in given.items()}))
        page = run(AppTest.from_file(HERE / "about_app.py", default_timeout=30))
        return "".join(str(element.proto.body) for element in page.get("html"))

    yield shown
    stop_services()


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def test_nothing_set(about: About) -> None:
    html = about()
    assert "Who runs this site" not in html
    assert "Three things stay in your browser" in plain(html)
    assert plain(html).count("CC BY 4.0") == 3  # sent in, bundled, place names
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', html)
    assert [unescape(" | ".join(row)) for row in rows] == [
        "A form that was not sent | 30 days after the last change",
        "How often a network sends something or signs in | one hour",
        "Part of the hash of a reporter's network | while the report is open",
        "A moderator's sign-in | 12 hours",
        "An event with its picture and the organiser's contact | until the event is deleted",
        "A change to an event that a moderator refused | until the event is deleted; its picture for two hours at most",
        "The picture of an event that was rejected or withdrawn | 30 days after that",
        "Id of a deleted event and why it was deleted, without what it said | for good, so that it does not return",
        "Backups of all of this | the latest 14",
    ]


def test_everything_set(about: About) -> None:
    html = about(
        OPERATOR="Friends of the <Archive>",
        IMPRINT="Kai 1\nKiel",
        PRIVACY_CONTACT="privacy@example.org",
        PRIVACY_TEXT="Legal basis:\nconsent & interest",
        TAKEDOWN_CONTACT="https://example.org/takedown?a=1",
        CONTACT_URL="https://example.org/contact",
        DATA_LICENCE="ODbL 1.0",
        DATA_LICENCE_TEXT="Name the site.",
        KEEP_DRAFTS_DAYS="1",
        KEEP_TOMBSTONES_DAYS="730",
        KEEP_BACKUPS="1",
    )
    assert "This site is run by Friends of the &lt;Archive&gt;." in html
    assert '<p dir="auto">Kai 1<br>Kiel</p>' in html
    assert (
        '<a href="mailto:privacy@example.org" target="_blank" rel="noopener noreferrer">privacy@example.org</a>' in html
    )
    assert '<p dir="auto">Legal basis:<br>consent &amp; interest</p>' in html
    assert '<a href="https://example.org/takedown?a=1"' in html
    assert '<a href="https://example.org/contact"' in html
    assert '<a href="https://opendatacommons.org/licenses/odbl/1-0/"' in html
    assert "Name the site." in html
    assert plain(html).count("CC BY 4.0") == 2  # bundled, place names
    for text in ("1 day after the last change", "730 days", "the latest one"):
        assert f"<td>{text}</td>" in html


def test_empty_record_does_not_speak_of_bundled_events(about: About) -> None:
    text = plain(about(BUNDLED_EVENTS="0", DATA_LICENCE="CC0 1.0"))
    assert "Events that came with the software" not in text
    assert text.count("CC BY 4.0") == 1  # place names


def test_own_licence_is_in_what_people_take_away(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {
            "RALLYMAP_HOME": str(tmp_path),
            "RALLYMAP_DATA_LICENCE": "Archive licence 2",
            "RALLYMAP_DATA_LICENCE_URL": "https://example.org/licence",
        }
    )
    assert (settings.licence.name, settings.licence.url, settings.licence.spdx) == (
        "Archive licence 2",
        "https://example.org/licence",
        "",
    )


def test_texts_of_the_operator_are_shown_in_the_language_of_the_reader(about: About, tmp_path: Path) -> None:
    (tmp_path / "privacy").mkdir()
    (tmp_path / "privacy" / "en.txt").write_text("In <English>.\n", "utf-8")
    (tmp_path / "privacy" / "de.txt").write_text("Auf Deutsch.", "utf-8")
    (tmp_path / "imprint").mkdir()
    (tmp_path / "imprint" / "en.txt").write_text("Harbour <Street> 1\n\nKiel", "utf-8")
    (tmp_path / "licence").mkdir()
    (tmp_path / "licence" / "en.txt").write_text("Name the <archive>.", "utf-8")
    html = about(PRIVACY_TEXT="For all others.", IMPRINT="Hafenstraße 1", DATA_LICENCE_TEXT="Nennt das Archiv.")
    assert "Name the &lt;archive&gt;." in html
    assert "Nennt das Archiv." not in html
    assert "Harbour &lt;Street&gt; 1" in html
    assert "Hafenstraße 1" not in html
    assert '<p dir="auto">In &lt;English&gt;.</p>' in html
    assert "Auf Deutsch." not in html
    assert "For all others." not in html


def test_text_that_is_missing_or_unreadable_gives_way_to_the_setting(about: About, tmp_path: Path) -> None:
    (tmp_path / "privacy").mkdir()
    (tmp_path / "privacy" / "en.txt").write_bytes(b"\xff\xfe\x00")
    html = about(PRIVACY_TEXT="For all others.", IMPRINT="Hafenstraße 1")
    assert '<p dir="auto">For all others.</p>' in html
    assert "Hafenstraße 1" in html


def test_counting_in_a_shared_database_is_said_as_it_is() -> None:
    env = {"RALLYMAP_DATABASE_URL": "postgresql://localhost/x"}
    assert "backups leave it out" in counting(Settings.from_env(env))
    assert "whose salt is in memory only" in counting(Settings.from_env({}))
