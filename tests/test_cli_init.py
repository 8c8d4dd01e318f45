"""``rallymap init`` and ``rallymap check --deploy``, as an operator uses them."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from pathlib import Path

import click.testing
import pytest
from click.testing import CliRunner, Result

from rallymap.cli import main
from rallymap.moderation import Role
from rallymap.settings import Settings
from rallymap.store.accounts import list_accounts
from rallymap.store.events import get_events
from rallymap.workflows.services import open_database, start_services, stop_services

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

PASSWORD = "correct horse battery"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def call(*words: str, given: str = "") -> Result:
    return CliRunner().invoke(main, words, input=given)


def test_init_writes_the_settings_that_every_command_reads(home: Path) -> None:
    done = call(
        "init",
        "--site-name", "Rallies of the North",
        "--address", "https://rallies.example.org",
        "--operator", "Friends of the Archive",
        "--privacy-contact", "privacy@example.org",
        "--data-licence", "odbl 1.0",
        "--empty",
        "--administrator", "ada",
        "--password-stdin",
        given=f"{PASSWORD}\n",
    )  # fmt: skip
    assert (done.exit_code, done.stdout) == (0, f"{home / 'rallymap.toml'}\n")
    settings = Settings.from_env()
    assert (settings.site_name, settings.address) == ("Rallies of the North", "https://rallies.example.org/")
    assert (settings.behind_tls, settings.bundled_events, settings.licence.name) == (True, False, "ODbL 1.0")
    assert (settings.host.operator, settings.host.privacy_contact) == ("Friends of the Archive", "privacy@example.org")
    assert stat.S_IMODE((home / "rallymap.toml").stat().st_mode) == 0o600
    with closing(open_database(settings)) as db:
        accounts = [(entry.account.name, entry.account.role) for entry in db.read(list_accounts)]
    assert accounts == [("ada", Role.ADMINISTRATOR)]


@pytest.mark.parametrize(("choice", "number"), [("--empty", 0), ("--bundled", 1)])
def test_first_start_fills_the_record_or_leaves_it_empty(
    home: Path, nine_events: Path, monkeypatch: pytest.MonkeyPatch, choice: str, number: int
) -> None:
    assert call("init", "--yes", choice).exit_code == 0
    monkeypatch.setenv("RALLYMAP_DATA", str(nine_events))
    services = start_services(Settings.from_env())
    found = services.db.read(get_events, [services.keeper.current().ids_of([0])[0]]) if number else []
    assert (len(services.keeper.current()) > 0, len(found)) == (bool(number), number)
    stop_services()


def test_init_never_overwrites_settings(home: Path) -> None:
    home.mkdir()
    (home / "rallymap.toml").write_text('site_name = "Mine"\n', "utf-8")
    done = call("init", "--yes")
    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: There is {home / 'rallymap.toml'} already; edit that file to change settings.\n",
    )
    assert (home / "rallymap.toml").read_text("utf-8") == 'site_name = "Mine"\n'


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--address", "rallies.example.org"), "RALLYMAP_ADDRESS is 'rallies.example.org'; accepted: an http:// or "),
        (("--takedown-contact", "nora"), "RALLYMAP_TAKEDOWN_CONTACT is 'nora'; accepted: an e-mail address or "),
        (("--administrator", "ada l", "--password-stdin"), "A name has 2 to 64 letters, digits and the signs"),
        (("--administrator", "ada", "--password-stdin"), "A password needs at least 12 characters; this one has 5."),
    ],
)
def test_wrong_answer_writes_nothing(home: Path, words: tuple[str, ...], sentence: str) -> None:
    done = call("init", "--yes", *words, given="short\n")
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert not (home / "rallymap.toml").exists()


def test_wrong_answer_at_a_terminal_is_asked_for_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.testing._NamedTextIOWrapper, "isatty", lambda _: True, raising=False)
    answers = [
        "Rallies of the North", "rallies.example.org", "https://rallies.example.org", "Friends of the Archive", "",
        "mail@example.org", "https://example.org/contact", "nora", "nora@example.org", "",
        "public domain", "", "CC0 1.0", "perhaps", "n", "ada lovelace", "ada", "short", "short", PASSWORD, PASSWORD,
    ]  # fmt: skip
    done = call("init", given="".join(f"{answer}\n" for answer in answers))
    assert (done.exit_code, done.stdout) == (0, f"{home / 'rallymap.toml'}\n")
    said = [line for line in done.stderr.splitlines() if "; accepted: " in line or "needs at least" in line]
    assert said[0] == ("“rallies.example.org” cannot be used here; accepted: an http:// or https:// address, or empty.")
    assert [line.split(" cannot be used here; ")[0] for line in said[1:]] == [
        "“mail@example.org”",
        "“nora”",
        "A password needs at least 12 characters; this one has 5.",
    ]
    settings = Settings.from_env()
    assert (settings.address, settings.contact_url) == ("https://rallies.example.org/", "https://example.org/contact")
    assert (settings.host.privacy_contact, settings.host.takedown_contact) == ("nora@example.org", "")
    assert settings.licence.name == "CC0 1.0"
    with closing(open_database(settings)) as db:
        assert [entry.account.name for entry in db.read(list_accounts)] == ["ada"]


def test_licence_that_is_not_known_is_asked_for_its_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.testing._NamedTextIOWrapper, "isatty", lambda _: True, raising=False)
    answers = ["", "", "", "", "", "", "", "MIT", "here", "https://example.org/mit", "yes", ""]
    done = call("init", given="".join(f"{answer}\n" for answer in answers))
    assert done.exit_code == 0
    licence = Settings.from_env().licence
    assert (licence.name, licence.url) == ("MIT", "https://example.org/mit")
    assert (
        call("init", "--yes", "--data-licence", "MIT", "--data-licence-url", "https://example.org/mit").exit_code == 1
    )


def test_home_that_is_a_file_is_named(home: Path) -> None:
    home.write_text("", "utf-8")
    done = call("init", "--yes")
    assert done.exit_code == 1
    assert done.stderr.endswith("accepted: the path of a folder; this is a file.\n")


def test_check_deploy_gives_advice(home: Path) -> None:
    assert call("init", "--yes", "--administrator", "ada", "--password-stdin", given=f"{PASSWORD}\n").exit_code == 0
    (home / "rallymap.toml").chmod(0o644)
    done = call("check", "--deploy")
    lines = dict(line[6:].split(": ", 1) for line in done.stdout.splitlines())
    marks = {line[6:].split(": ", 1)[0]: line[:6].strip() for line in done.stdout.splitlines()}
    assert done.exit_code == 1
    assert lines["accounts"] == "1 can sign in"
    assert lines["backup"] == f"There is none in {home / 'backups'}. Run: rallymap backup. Then set up its timer."
    assert lines["permissions"].endswith(f"Run: chmod go= {home / 'rallymap.toml'}")
    assert lines["address"] == "RALLYMAP_ADDRESS is not set, so it was not looked at how visitors reach the site."
    assert (marks["permissions"], marks["database"], marks["key"], marks["backup"]) == ("TO DO", "ok", "ok", "TO DO")
    to_do = sum(mark == "TO DO" for mark in marks.values())
    assert done.stderr == f"{to_do} things to do.\n"

    assert call("backup").exit_code == 0
    (home / "rallymap.toml").chmod(0o600)
    again = call("check", "--deploy")
    assert again.stderr == f"{to_do - 2} things to do.\n"
