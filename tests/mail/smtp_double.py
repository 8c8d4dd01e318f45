"""A small mail server in this process that can fail in every way that mail servers do."""

from __future__ import annotations

import base64
import random
import socketserver
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

FAULTS = (
    "refuse connection",
    "refuse sender",
    "refuse recipient",
    "refuse text",
    "drop before text",
    "drop after text",
    "take and drop",
    "slow",
)
"""``drop after text``: not accepted, no reply; ``take and drop``: accepted, but the reply is lost."""


@dataclass
class Mailbox:
    """Mails that the server accepted, in order, including duplicates."""

    mails: list[EmailMessage] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    lost_answers: set[str] = field(default_factory=set)
    """Ids of mails that were accepted without a reply to the sender."""
    secrets: list[tuple[str, bool]] = field(default_factory=list)
    """Name and password as received ("name:password"), and whether the connection was encrypted."""

    def ids(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.mails)


class SmtpDouble(socketserver.ThreadingTCPServer):
    """SMTP server on a free port of this machine.

    Parameters
    ----------
    failing
        Share of steps that fail at random.
    faults
        Kinds of failures.
    tls
        Certificate for encryption; None for a server without it.
    from_first_byte
        Use implicit TLS instead of STARTTLS.
    checks_for_s
        How long a slow server checks a mail before it answers.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(
        self,
        *,
        failing: float = 0.0,
        faults: tuple[str, ...] = FAULTS,
        seed: int = 1,
        tls: ssl.SSLContext | None = None,
        from_first_byte: bool = False,
        checks_for_s: float = 0.05,
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.tls, self.from_first_byte = tls, from_first_byte
        self.box, self.checks_for_s = Mailbox(), checks_for_s
        self.failing, self.of = failing, faults
        self.mailbox_is_unknown = False
        self._random = random.Random(seed)
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Suppress messages about killed clients."""

    def fails(self, *faults: str) -> str:
        """Return which of these faults happens now, "" for none."""
        possible = [fault for fault in faults if fault in self.of]
        with self.lock:
            if not possible or self._random.random() >= self.failing:
                return ""
            fault = self._random.choice(possible)
            self.box.faults[fault] += 1
            return fault

    def take(self, text: bytes, *, is_answered: bool) -> None:
        mail = message_from_bytes(text, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        with self.lock:
            self.box.mails.append(mail)
            if not is_answered:
                self.box.lost_answers.add(str(mail["Message-ID"]))

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    server: SmtpDouble

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def encrypt(self) -> None:
        assert self.server.tls is not None
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()  # the encrypted socket, which the server does not know

    def handle(self) -> None:
        if self.server.from_first_byte:
            self.encrypt()
        if self.server.fails("refuse connection"):
            self.say("421 4.3.2 not now")
            return
        self.say("220 double ready")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].upper() if line.strip() else b""
            if verb in (b"EHLO", b"HELO"):
                offers = self.server.tls is not None and not isinstance(self.request, ssl.SSLSocket)
                self.say(f"250-double\r\n250{'-STARTTLS' if offers else '-HELP'}\r\n250 AUTH PLAIN")
            elif verb == b"STARTTLS":
                self.say("220 2.0.0 go on")
                self.encrypt()
            elif verb.startswith(b"AUTH"):
                secret = base64.b64decode(line.split()[2]).decode().strip("\0").replace("\0", ":")
                self.server.box.secrets.append((secret, isinstance(self.request, ssl.SSLSocket)))
                self.say("235 2.7.0 fine" if secret == "site:right" else "535 5.7.8 wrong")
            elif verb == b"MAIL":
                self.say("451 4.3.0 busy" if self.server.fails("refuse sender") else "250 2.1.0 fine")
            elif verb == b"RCPT":
                if self.server.mailbox_is_unknown:
                    self.say("550 5.1.1 no such mailbox")
                else:
                    self.say("450 4.2.1 busy" if self.server.fails("refuse recipient") else "250 2.1.5 fine")
            elif verb == b"DATA":
                if not self.data():
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 2.0.0 fine")

    def data(self) -> bool:
        """Receive the text of a mail; return whether the connection continues."""
        if self.server.fails("drop before text"):
            return False
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        fault = self.server.fails("refuse text", "drop after text", "take and drop", "slow")
        if fault == "drop after text":
            return False
        if fault == "refuse text":
            self.say("452 4.3.1 full")
            return True
        if fault == "slow":
            time.sleep(self.server.checks_for_s)
        self.server.take(b"".join(lines), is_answered=fault != "take and drop")
        if fault == "take and drop":
            return False
        self.say("250 2.0.0 taken")
        return True
