"""Send mails through the mail server of the settings (RFC 5321).

A mail is sent again if the server refused it, or if the connection broke before the end of the text was sent: then the
server certainly has not accepted it. If the connection breaks after that and before the server's answer, nobody knows
whether it accepted the mail (RFC 1047). Such a mail is sent again too, with the same ``Message-ID``: a mail that comes
twice is better than one that never comes, and the receiving side can detect the duplicate. Servers check a mail before
they answer, so this answer has ten minutes (RFC 5321, section 4.5.3.2.6); a shorter wait makes duplicates.
"""

from __future__ import annotations

import re
import selectors
import smtplib
import ssl
import threading
import time
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Final, Self

from rallymap.errors import MailError
from rallymap.mail_server import MailServer

TIMEOUT_S: Final = 20.0
"""Timeout for each reply of the server, except that to the text of a mail."""
TEXT_TIMEOUT_S: Final = 600.0
_LOOK_EVERY_S: Final = 0.5
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_FIRST_DOT: Final = re.compile(rb"(?m)^\.")
_GO_ON: Final = 354
_NO_MAILBOX: Final = (550, 551, 553)
_POLICY: Final = re.compile(r"5\.7\.\d+")
"""Enhanced status codes (RFC 3463) of rejections that a change of the server's settings can fix."""


class _Smtp(smtplib.SMTP):
    """SMTP client that waits longer for the reply to a mail's text than for other replies."""

    stop: threading.Event | None = None

    def data(self, msg: bytes | str) -> tuple[int, bytes]:  # type: ignore[override]
        """Send the text of a mail and return the reply."""
        code, reply = self.docmd("data")
        if code != _GO_ON:
            raise smtplib.SMTPDataError(code, reply)
        text = _LINE_END.sub(b"\r\n", msg.encode("ascii") if isinstance(msg, str) else msg)
        text = _FIRST_DOT.sub(b"..", text)
        self.send((text if text.endswith(b"\r\n") else text + b"\r\n") + b".\r\n")
        self._wait()
        return self.getreply()

    def _wait(self) -> None:
        """Wait until the reply begins, its time is over, or the process ends."""
        until = time.monotonic() + TEXT_TIMEOUT_S
        assert self.sock is not None  # noqa: S101 - the text was sent over it
        with selectors.DefaultSelector() as selector:
            selector.register(self.sock, selectors.EVENT_READ)
            while time.monotonic() < until and not (self.stop and self.stop.is_set()):
                if selector.select(_LOOK_EVERY_S):
                    return


class _SmtpTls(_Smtp, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class MailConnection:
    """Connection to the mail server; opened by the first mail, and again after an error.

    Parameters
    ----------
    server
        Mail server from the settings.
    timeout_s
        Timeout for each reply of the server, in seconds, except that to the text of a mail.
    stop
        Set when the process ends: the reply to a text then has only `timeout_s` left.
    """

    def __init__(
        self, server: MailServer, *, timeout_s: float = TIMEOUT_S, stop: threading.Event | None = None
    ) -> None:
        self._server = server
        self._stop = stop
        self._timeout_s = timeout_s
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, message: EmailMessage) -> None:
        """Send one mail.

        Raises
        ------
        MailError
            If the server did not confirm it. The error's sentence contains no address.
        """
        smtp = self.open()
        try:
            smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as err:
            code, text = next(iter(err.recipients.values()))
            is_final = code in _NO_MAILBOX and not _POLICY.search(text.decode(errors="replace"))
            raise MailError(f"The mail server refused the recipient ({code}).", is_final=is_final) from err
        except smtplib.SMTPResponseException as err:
            self.close()
            raise MailError(f"The mail server refused the mail ({err.smtp_code}).") from err
        except (OSError, smtplib.SMTPException) as err:
            self.close()
            raise MailError("The connection to the mail server broke.") from err

    def close(self) -> None:
        """Close the connection if it is open."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def open(self) -> smtplib.SMTP:
        """Connect and sign in if not yet connected; :meth:`send` uses the connection.

        Raises
        ------
        MailError
            If the server cannot be reached or used.
        """
        if self._smtp is None:
            server = self._server
            try:
                self._smtp = self._open()
                if server.security == "starttls":
                    self._smtp.starttls(context=ssl.create_default_context())
                if server.user:
                    self._sign_in(self._smtp)
            except smtplib.SMTPAuthenticationError as err:
                self.close()
                raise MailError(
                    f"The mail server refused the name or password ({err.smtp_code}).", is_of_server=True
                ) from err
            except smtplib.SMTPNotSupportedError as err:
                self.close()
                raise MailError(
                    f"The mail server at {server.host} offers no STARTTLS or no sign-in; see RALLYMAP_MAIL_SECURITY.",
                    is_of_server=True,
                ) from err
            except ssl.SSLCertVerificationError as err:
                self.close()
                raise MailError(
                    f"This machine does not trust the certificate of the mail server {server.host} "
                    f"({err.verify_message.rstrip('.')}); RALLYMAP_MAIL_HOST has to be the name in the certificate.",
                    is_of_server=True,
                ) from err
            except ssl.SSLError as err:
                self.close()
                raise MailError(
                    f"The mail server {server.host}:{server.port} does not speak TLS from the first byte; "
                    "see RALLYMAP_MAIL_SECURITY.",
                    is_of_server=True,
                ) from err
            except (OSError, smtplib.SMTPException) as err:
                self.close()
                raise MailError(
                    f"The mail server {server.host}:{server.port} cannot be reached ({_reason(err)}).",
                    is_of_server=True,
                ) from err
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        server = self._server
        try:
            if server.security == "tls":
                smtp: _Smtp = _SmtpTls(
                    server.host, server.port, timeout=self._timeout_s, context=ssl.create_default_context()
                )
            else:
                smtp = _Smtp(server.host, server.port, timeout=self._timeout_s)
            smtp.stop = self._stop
            return smtp
        except UnicodeError as err:  # the name is not a valid DNS name
            raise MailError(
                f"“{server.host}” is no name of a mail server; see RALLYMAP_MAIL_HOST.", is_of_server=True
            ) from err

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.login(self._server.user, self._server.password)
        except UnicodeError as err:
            self.close()
            raise MailError(
                "The name or the password for the mail server has letters besides A to Z, which cannot be sent to it; "
                "see RALLYMAP_MAIL_USER and RALLYMAP_MAIL_PASSWORD.",
                is_of_server=True,
            ) from err


def _reason(err: Exception) -> str:
    if isinstance(err, smtplib.SMTPResponseException):
        return str(err.smtp_code)
    return getattr(err, "strerror", None) or type(err).__name__
