"""``check --deploy`` with one simulated fault of an installation at a time."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rallymap.events import Event
from rallymap.settings import Settings
from rallymap.store.transaction import put_meta
from rallymap.upkeep.backup import make_backup
from rallymap.upkeep.deployment import check_machine
from rallymap.upkeep.finding import Finding
from rallymap.upkeep.reached import check_site_address
from rallymap.workflows.services import open_database
from tests.mail.smtp_double import SmtpDouble
from tests.upkeep.conftest import NOW, fill

pytestmark = pytest.mark.slow  # together they take seconds; `make test` runs them

NewSettings = Callable[..., Settings]
Answers = dict[str, tuple[int, dict[str, str], Any]]
TOKEN = "a-token-of-the-operator"
READY = {"status": "ready", "database": "ok", "snapshot": "ok"}


def by_name(findings: Iterator[Finding]) -> dict[str, tuple[bool | None, str]]:
    return {finding.what: (finding.is_ok, finding.said) for finding in findings}


def test_disk_of_a_database_in_another_folder_is_looked_at(
    new_settings: NewSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    site = new_settings("site", RALLYMAP_DATABASE_URL=f"sqlite:///{other / 'rallies.db'}")
    real = shutil.disk_usage
    full = lambda folder: real(folder)._replace(free=5_000_000 if folder == other else 10**10)  # noqa: E731
    monkeypatch.setattr(shutil, "disk_usage", full)
    found = by_name(check_machine(site, NOW))
    assert found["disk of the database"] == (False, f"Only 0.0 GB free at {other}; make room.")
    assert "disk of the database" not in by_name(check_machine(new_settings("usual"), NOW))


def test_planted_faults_are_found(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    site = new_settings("site", RALLYMAP_LOG_DETAILS="1", RALLYMAP_OPERATOR="The Archive")
    found = by_name(check_machine(site, NOW))
    assert found["home folder"] == (False, f"{site.home} does not exist; make it with: rallymap init")
    assert found["database"] == (None, "There is none yet; it is made at the first start.")
    assert found["log"][0] is False
    assert found["About page"][1] == (
        "About does not say the imprint, where people ask about their data, where people ask to take an event down, "
        "the licence of the events that are sent in. Set it in rallymap.toml."
    )

    fill(site, make_event)
    make_backup(site, site.backup_dir, now=NOW)
    found = by_name(check_machine(site, NOW + timedelta(days=1)))
    assert [found[what][0] for what in ("home folder", "database", "key", "backup", "permissions")] == [True] * 5
    assert found["accounts"] == (
        False,
        "Nobody can administer the site: rallymap moderators add NAME --role administrator",
    )

    site.key_file.write_text("00" * 32)
    found = by_name(check_machine(site, NOW + timedelta(days=3)))
    assert found["key"] == (False, f"{site.key_file} is missing or of another database; put your copy there.")
    assert found["backup"] == (
        False,
        "The newest, rallymap-20261126T030000Z.tar.gz, is 3 days old. Look at the timer of the backup.",
    )


def planted(site: Settings, now: datetime.datetime = NOW) -> dict[str, str]:
    """Advice for a site, without that for every test site."""
    found = by_name(check_machine(site, now))
    usual = ("user", "About page", "backup", "accounts", "clock")
    return {what: said for what, (is_ok, said) in found.items() if is_ok is False and what not in usual}


def test_files_that_others_read_own_or_forgot(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    site = new_settings("site")
    fill(site, make_event)
    backup = make_backup(site, site.backup_dir, now=NOW).path
    assert planted(site) == {}

    site.key_file.chmod(0o644)
    backup.chmod(0o640)
    said = f"Others on this machine may read {site.key_file}, {backup}. Run: chmod go= {site.key_file} {backup}"
    assert planted(site) == {"permissions": said}
    for path in (site.key_file, backup):
        path.chmod(0o600)

    kept = [site.backup_dir / "rallymap-before-upgrade-0017-20260101T000000Z.tar.gz", site.home / "before-restore-1"]
    kept[0].touch(mode=0o600)
    kept[1].mkdir(mode=0o700)
    said = "They hold what has been deleted in the site since. Delete them once you are sure that all is there."
    assert planted(site) == {"old copies": f"{kept[0]}, {kept[1]}. {said}"}
    kept[0].unlink()
    kept[1].rmdir()

    os.truncate(site.home / "rallymap.db", 5_000)
    assert planted(site)["database"].endswith("Stop the site and put a backup back: rallymap restore --replace FILE")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_file_that_a_command_of_root_left_behind(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    site = new_settings("site")
    fill(site, make_event)
    os.chown(site.home / "rallymap.db", 65534, 65534)
    said = f"Of another user than {site.home}: {site.home / 'rallymap.db'}. "
    assert planted(site)["owner"] == f"{said}Run as root: chown --reference={site.home} {site.home / 'rallymap.db'}"


@pytest.mark.parametrize(
    ("answer", "said", "is_ok"),
    [
        ("CanNTP=yes\nNTPSynchronized=yes", "set by a time server", True),
        ("CanNTP=no\nNTPSynchronized=yes", "set by a time server", True),
        ("CanNTP=yes\nNTPSynchronized=no", "No time server sets it. Run: timedatectl set-ntp true", False),
        (
            "CanNTP=no\nNTPSynchronized=no",
            "No time server sets it. Install a program for this, such as the package systemd-timesyncd.",
            False,
        ),
        ("", "timedatectl does not answer; make sure that a time server sets the clock.", None),
    ],
)
def test_remedy_for_a_clock_that_no_time_server_sets(
    new_settings: NewSettings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: str,
    said: str,
    is_ok: bool | None,
) -> None:
    program = tmp_path / "timedatectl"
    program.write_text(f"#!/bin/sh\nprintf '%s' '{answer}'\n", "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = [finding for finding in check_machine(new_settings("site"), NOW) if finding.what == "clock"]
    assert found == [Finding("clock", said, is_ok)]


def test_clock_that_lags_behind_the_site(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    site = new_settings("site")
    fill(site, make_event)
    with closing(open_database(site)) as db:
        db.write(put_meta, "clock_seen", repr((NOW + timedelta(hours=2)).timestamp()))
    behind = "It is 2:00:00 behind the time that the site noted last (2026-11-26 05:00 UTC)."
    found = [finding for finding in check_machine(site, NOW) if finding.what == "clock"]
    assert found[0] == Finding(
        "clock", f"{behind} Venues and deletion depend on it; let a time server set it.", is_ok=False
    )
    assert len(found) == 2
    assert len([f for f in check_machine(site, NOW + timedelta(hours=1)) if f.what == "clock"]) == 1


def test_mail_server_that_does_not_answer(new_settings: NewSettings, make_event: Callable[..., Event]) -> None:
    double = SmtpDouble()
    mail = {
        "RALLYMAP_ADDRESS": "https://rallies.example/",
        "RALLYMAP_MAIL_HOST": "127.0.0.1",
        "RALLYMAP_MAIL_PORT": str(double.port),
        "RALLYMAP_MAIL_SECURITY": "none",
        "RALLYMAP_MAIL_FROM": "rallies@rallies.example",
    }
    site = new_settings("site", **mail)
    fill(site, make_event)
    assert by_name(check_machine(site, NOW))["mail"] == (True, f"127.0.0.1:{double.port} answers; 0 to send")
    double.stop()
    said = f"The mail server 127.0.0.1:{double.port} cannot be reached (Connection refused). "
    assert planted(site) == {"mail": f"{said}Mend it and try it with: rallymap mail test ADDRESS"}
    assert double.box.mails == []


@contextmanager
def served(answers: Answers, context: ssl.SSLContext | None = None) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers.get(self.path, (404, {}, {}))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            data = json.dumps(body).encode()
            if status != 101:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if status != 101:
                self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate for 127.0.0.1 with its key, valid for ten days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "cert.pem").write_bytes(pem)
    return tmp_path / "cert.pem"


def look(settings: Settings, context: ssl.SSLContext | None = None) -> dict[str, tuple[bool | None, str]]:
    return by_name(check_site_address(settings, datetime.datetime.now(datetime.UTC), context))


def test_plain_http_and_a_proxy_that_passes_nothing_on(new_settings: NewSettings) -> None:
    answers: Answers = {"/readyz": (200, {}, READY | {"forwarded": False, "scheme": "http"})}
    with served(answers) as port:
        address = f"http://127.0.0.1:{port}"
        found = look(new_settings("a", RALLYMAP_ADDRESS=address, RALLYMAP_METRICS_TOKEN=TOKEN))
        assert found["TLS"][0] is False
        assert found["site"] == (True, f"ready at {address}/")
        assert found["proxy headers"][0] is False
        assert found["WebSocket"] == (False, "It is answered with 404: let the proxy pass Upgrade on (docs/deploy).")
        answers["/readyz"] = (503, {}, READY | {"database": "The disk is full."})
        found = look(new_settings("b", RALLYMAP_ADDRESS=address))
        assert (found["site"], found["proxy headers"][0]) == ((False, "database: The disk is full."), None)
        answers["/readyz"] = (200, {}, ["something else"])
        assert look(new_settings("c", RALLYMAP_ADDRESS=address))["address"][0] is False
    found = look(new_settings("d", RALLYMAP_ADDRESS=address))
    assert found["address"][1].endswith("Is the proxy running?")


def test_onion_address_is_not_asked_without_tor(new_settings: NewSettings) -> None:
    found = look(new_settings("a", RALLYMAP_ADDRESS="http://abcdefghijklmnop.onion"))
    said = "http://abcdefghijklmnop.onion/ is reached through Tor; open it in Tor Browser to try it."
    assert found == {"address": (None, said)}


def test_https_with_everything_right_but_the_end_of_the_certificate(
    new_settings: NewSettings, certificate: Path
) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    answers: Answers = {
        "/readyz": (200, {"Strict-Transport-Security": "max-age=1"}, READY | {"forwarded": True, "scheme": "https"}),
        "/_stcore/stream": (101, {"Upgrade": "websocket", "Connection": "Upgrade"}, {}),
    }
    with served(answers, server) as port:
        address = f"https://127.0.0.1:{port}/"
        settings = new_settings("a", RALLYMAP_ADDRESS=address, RALLYMAP_BEHIND_TLS="1", RALLYMAP_METRICS_TOKEN=TOKEN)
        found = look(settings, ssl.create_default_context(cafile=str(certificate)))
        names = ("site", "HSTS", "proxy headers", "clock of the proxy", "WebSocket")
        assert [found[name][0] for name in names] == [True] * 5
        assert found["certificate"][0] is False
        assert found["certificate"][1].endswith("; look at its renewal.")
        untrusted = look(settings)
        assert untrusted["TLS"] == (
            False,
            "The certificate is not valid: self-signed certificate. Renew it or mend its chain.",
        )
        trusted = ssl.create_default_context(cafile=str(certificate))
        open_cookies = look(new_settings("b", RALLYMAP_ADDRESS=address), trusted)
        assert open_cookies["TLS"][0] is False
