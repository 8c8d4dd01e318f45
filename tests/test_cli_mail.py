"""The commands that test the mail server and show the outbox."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rallymap.cli import main
from rallymap.cli.mail import NONE_SET
from tests.mail.smtp_double import SmtpDouble

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("RALLYMAP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RALLYMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RALLYMAP_BUNDLED_EVENTS", "0")
    return tmp_path / "home"


@pytest.fixture
def double(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpDouble]:
    server = SmtpDouble()
    for name, value in (
        ("RALLYMAP_ADDRESS", "https://rallies.example.org/"),
        ("RALLYMAP_MAIL_HOST", "127.0.0.1"),
        ("RALLYMAP_MAIL_PORT", str(server.port)),
        ("RALLYMAP_MAIL_SECURITY", "none"),
        ("RALLYMAP_MAIL_FROM", "map@rallies.example.org"),
    ):
        monkeypatch.setenv(name, value)
    yield server
    server.stop()


def call(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_test_mail_is_handed_to_the_server_at_once(double: SmtpDouble) -> None:
    result = call("mail", "test", "you@example.org")
    assert (result.exit_code, result.output) == (
        0,
        f"The mail server 127.0.0.1:{double.port} took the test mail.\n",
    )
    [mail] = double.box.mails
    assert (mail["To"], mail["From"]) == ("you@example.org", "rallymap <map@rallies.example.org>")


def test_refused_test_mail_is_reported(double: SmtpDouble) -> None:
    double.failing, double.of = 1.0, ("refuse recipient",)
    result = call("mail", "test", "you@example.org")
    assert result.exit_code != 0
    assert double.box.mails == []


def test_invalid_address_is_refused(double: SmtpDouble) -> None:
    result = call("mail", "test", "nobody")
    assert result.exit_code == 2
    assert "“nobody” is not an e-mail address." in result.output
    assert double.box.mails == []


def test_empty_outbox_is_reported(double: SmtpDouble) -> None:
    assert call("mail", "status").output == "0 mails to send; 0 given up.\n"


@pytest.mark.parametrize("words", [("test", "you@example.org"), ("status",)])
def test_site_without_a_mail_server_is_led_to_the_setting(home: Path, words: tuple[str, ...]) -> None:
    result = call("mail", *words)
    assert result.exit_code == 1
    assert NONE_SET.format(path=home / "rallymap.toml") in result.output
