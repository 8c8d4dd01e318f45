"""Connections to a mail server are encrypted and verified, or refused."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rallymap.errors import MailError
from rallymap.mail.smtp import MailConnection
from rallymap.mail_server import MailServer
from tests.mail.smtp_double import SmtpDouble

Serve = Callable[..., SmtpDouble]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a key and a self-signed certificate of this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail double")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "mail.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(encoding, form, plain) + made.public_bytes(encoding))
    return path


@pytest.fixture
def serve(certificate: Path) -> Iterator[Serve]:
    """Return a function that starts a mail server; ``tls=False`` for one without encryption."""
    running = []

    def start(*, tls: bool = True, from_first_byte: bool = False) -> SmtpDouble:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        running.append(SmtpDouble(tls=context if tls else None, from_first_byte=from_first_byte))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust this certificate with OpenSSL's variable, as an operator with a self-signed one does."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def send(server: SmtpDouble, security: str, *, host: str = "127.0.0.1", is_known: bool = True) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "site@example.org", "kim@example.org", "<1@example.org>"
    mail.set_content("Something waits.")
    settings = MailServer(host, server.port, security, "site", "right" if is_known else "wrong", "site@example.org")
    with MailConnection(settings, timeout_s=5) as connection:
        connection.send(mail)


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("security", "from_first_byte"), [("starttls", False), ("tls", True)])
def test_mail_and_password_go_encrypted(serve: Serve, security: str, from_first_byte: bool) -> None:
    server = serve(from_first_byte=from_first_byte)
    send(server, security)
    assert [mail["To"] for mail in server.box.mails] == ["kim@example.org"]
    assert server.box.secrets == [("site:right", True)]


@pytest.mark.parametrize(("security", "from_first_byte"), [("starttls", False), ("tls", True)])
def test_certificate_that_nobody_trusts_gets_neither_mail_nor_password(
    serve: Serve, security: str, from_first_byte: bool
) -> None:
    server = serve(from_first_byte=from_first_byte)
    with pytest.raises(MailError) as caught:
        send(server, security)
    assert caught.value.user_message == (
        "This machine does not trust the certificate of the mail server 127.0.0.1 (self-signed certificate); "
        "RALLYMAP_MAIL_HOST has to be the name in the certificate."
    )
    assert caught.value.is_of_server
    assert (server.box.secrets, server.box.mails) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_certificate_of_another_name_is_refused(serve: Serve) -> None:
    server = serve()
    with pytest.raises(MailError, match=r"the mail server localhost \(Hostname mismatch"):
        send(server, "starttls", host="localhost")
    assert server.box.secrets == []


def test_password_is_not_sent_if_starttls_is_not_offered(serve: Serve) -> None:
    server = serve(tls=False)
    with pytest.raises(MailError, match="offers no STARTTLS or no sign-in; see RALLYMAP_MAIL_SECURITY"):
        send(server, "starttls")
    assert (server.box.secrets, server.box.mails) == ([], [])


@pytest.mark.slow
def test_server_that_speaks_no_tls_on_its_port_is_named_with_the_setting(serve: Serve) -> None:
    server = serve(tls=False)
    with pytest.raises(MailError) as caught:
        send(server, "tls")
    assert caught.value.user_message == (
        f"The mail server 127.0.0.1:{server.port} does not speak TLS from the first byte; see RALLYMAP_MAIL_SECURITY."
    )


@pytest.mark.usefixtures("trusted")
def test_wrong_password_is_reported_without_the_password(serve: Serve) -> None:
    server = serve()
    with pytest.raises(MailError) as caught:
        send(server, "starttls", is_known=False)
    assert caught.value.user_message == "The mail server refused the name or password (535)."
    assert server.box.mails == []


@pytest.mark.parametrize("host", ["mail..example.org", ".example.org", f"{'m' * 64}.example.org"])
def test_invalid_dns_name_is_reported(host: str) -> None:
    with pytest.raises(MailError, match="is no name of a mail server; see RALLYMAP_MAIL_HOST") as refused:
        MailConnection(MailServer(host, 25, "none", sender="us@example.org")).open()
    assert refused.value.is_of_server


@pytest.mark.parametrize(("user", "password"), [("us", "pässword"), ("ünser", "password")])
def test_name_or_password_that_smtp_cannot_send_is_reported(serve: Serve, user: str, password: str) -> None:
    server = serve(tls=False)
    with pytest.raises(MailError, match="RALLYMAP_MAIL_USER and RALLYMAP_MAIL_PASSWORD") as refused:
        MailConnection(MailServer("127.0.0.1", server.port, "none", user, password, "us@example.org")).open()
    assert refused.value.is_of_server


def mail_of(text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "site@example.org", "kim@example.org", "<1@example.org>"
    mail.set_content(text)
    return mail


@pytest.mark.slow
def test_server_that_checks_a_mail_for_longer_than_its_other_answers_take_gets_it_once() -> None:
    server = SmtpDouble(failing=1.0, faults=("slow",), checks_for_s=0.6)
    settings = MailServer("127.0.0.1", server.port, "none", "", "", "site@example.org")
    with MailConnection(settings, timeout_s=0.2) as connection:
        connection.send(mail_of(".\n..Two dots\nand the end."))
    [mail] = server.box.mails
    assert mail.get_content().replace("\r", "") == ".\n..Two dots\nand the end.\n"
    server.stop()


@pytest.mark.slow
def test_process_that_ends_does_not_wait_for_the_answer_to_a_mail() -> None:
    ending = threading.Event()
    ending.set()
    server = SmtpDouble(failing=1.0, faults=("slow",), checks_for_s=30.0)
    settings = MailServer("127.0.0.1", server.port, "none", "", "", "site@example.org")
    with MailConnection(settings, timeout_s=0.2, stop=ending) as connection, pytest.raises(MailError, match="broke"):
        connection.send(mail_of("Something waits."))
    server.stop()
