"""The operator's pages and files agree with the commands and settings."""

from __future__ import annotations

import configparser
import io
import re
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from babel.messages.pofile import read_po

from rallymap.cli import main
from rallymap.language.languages import BUILT_IN
from rallymap.settings_file import LINES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.glob("*.md"), *(path for path in (DOCS / "deploy").iterdir())])
STRESSED = {
    *("and", "columns", "embassy, avenue, rue, platz, посольство, سفارت, שגרירות", "events", "First", "Again"),
    *("in the text", "other", "Our own code", "review status", "token", "tombstone"),
}
"""Words in italics that are not labels."""
_CALL = re.compile(r"(?:^|[\s`/])(?:rallymap|rally) ([a-z][a-z-]+)((?: [A-Za-z0-9./_-]+)*)")


def calls(path: Path) -> list[tuple[str, list[str]]]:
    """Return the commands on a page, with their arguments; prose such as "rallymap is" is not a command."""
    found = _CALL.findall(path.read_text("utf-8"))
    assert isinstance(main, click.Group)
    return [(name, words.split()) for name, words in found if name in main.commands]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_options_that_a_page_names_exist(path: Path) -> None:
    assert isinstance(main, click.Group)
    wrong = []
    for name, words in calls(path):
        command = main.commands[name]
        if isinstance(command, click.Group) and words:
            command = command.commands.get(words[0], command)
        options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        wrong += [(name, word) for word in words if word.startswith("--") and word not in options]
    assert wrong == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_settings_that_a_page_names_exist(path: Path) -> None:
    known = {line.variable for line in LINES.values()} | {"RALLYMAP_HOME", "RALLYMAP_COMMAND"}
    named = set(re.findall(r"RALLYMAP_[A-Z_]*[A-Z]", path.read_text("utf-8")))
    assert {name for name in named - known if not any(other.startswith(name) for other in known)} == set()


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_labels_that_a_page_names_are_on_a_page_of_the_site() -> None:
    """Words in italics in docs are labels of the site, except a few that are only emphasised."""
    catalogue = read_po(io.BytesIO((BUILT_IN / "rallymap.pot").read_bytes()))
    labels = {text for message in catalogue for text in ([message.id] if isinstance(message.id, str) else message.id)}
    unknown = []
    for path in [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]:
        text = re.sub(r"`[^`]*`|^    .*$", "", path.read_text("utf-8").replace("**", ""), flags=re.MULTILINE)
        named = re.findall(r"(?<![\w*])\*([^*\n\[\]]{2,60}(?:\n[^*\n]{2,30})?)\*(?![\w*])", text)
        unknown += [(path.name, label) for label in (" ".join(name.split()) for name in named) if label not in labels]
    assert [label for _, label in unknown if label not in STRESSED] == []


def test_first_hour_runs_each_step_with_a_command_that_is_there() -> None:
    names = {name for name, _ in calls(DOCS / "first_hour.md")}
    assert names >= {
        "init",
        "serve",
        "check",
        "moderators",
        "mail",
        "import",
        "backup",
        "verify",
        "restore",
        "upgrade",
        "new-key",
    }


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read_string((DOCS / "deploy" / name).read_text("utf-8"))
    return parser


@pytest.mark.parametrize("name", ["rallymap.service", "rallymap-backup.service"])
def test_units_are_hardened_and_write_only_into_their_folder(name: str) -> None:
    service = unit(name)["Service"]
    assert (service["User"], service["StateDirectory"], service["ProtectSystem"]) == ("rallymap", "rallymap", "strict")
    assert (service["NoNewPrivileges"], service["CapabilityBoundingSet"]) == ("yes", "")
    assert service["Environment"].split()[0] == "RALLYMAP_HOME=/var/lib/rallymap"


def test_compose_file_names_the_proxy_and_no_password() -> None:
    found: Any = yaml.safe_load((DOCS / "deploy" / "compose.yaml").read_text("utf-8"))
    app = found["services"]["app"]
    assert app["environment"]["RALLYMAP_TRUSTED_PROXIES"] == found["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert "${POSTGRES_PASSWORD:?}" in app["environment"]["RALLYMAP_DATABASE_URL"]
    assert "ports" not in app


def test_several_servers_are_measured_behind_nginx_as_the_page_advises() -> None:
    advised, measured = (
        set(re.findall(r"(?:max_fails=\d+|keepalive_timeout \w+);", path.read_text("utf-8")))
        for path in (DOCS / "deploy.md", ROOT / "benchmarks" / "load_site.py")
    )
    assert measured == advised == {"max_fails=0;", "keepalive_timeout 4s;"}
    assert "proxy_next_upstream" not in (ROOT / "benchmarks" / "load_site.py").read_text("utf-8")


def test_tests_that_the_page_of_attacks_names_exist() -> None:
    named = re.findall(r"`(tests/[a-z_/]+\.py)(?:::(test_\w+))?`", (DOCS / "attacks.md").read_text("utf-8"))
    assert len(named) > 40
    wanted = [(path, f"def {name}(" if name else "def test_") for path, name in named]
    assert [pair for pair in wanted if pair[1] not in (ROOT / pair[0]).read_text("utf-8")] == []
