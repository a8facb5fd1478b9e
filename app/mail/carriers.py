"""Ways for a mail to leave the house: over SMTP, or as a file where a demo has no mail server."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.utils import parseaddr
from typing import TYPE_CHECKING, Literal, Protocol

from app.services.delivery_reasons import BUSY, LOGIN, REFUSED, SENDER, UNREACHABLE

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from config import Settings

TIMEOUT = 30.0
"""Seconds that the mail server may be silent; much less than a claim's lease."""
PERMANENT = 500

Then = Literal["never", "later", "hold"]
"""What follows: this mail never, this mail later, or every mail later because the server itself cannot be used."""


class NotSentError(Exception):
    """A mail did not go: the reason (`app.services.delivery_reasons`), what the server said, and what follows."""

    def __init__(self, reason: str, detail: str, then: Then) -> None:
        """Keep all three."""
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.then = then


class Carrier(Protocol):
    """Takes mails one by one; opened and closed as a context."""

    def __enter__(self) -> Self:
        """Begin; nothing is opened before the first mail."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End, and let go of what was opened."""

    def send(self, letter: EmailMessage) -> None:
        """Hand over one mail.

        :raises NotSentError: it did not go.
        """


def carrier_of(settings: Settings) -> Carrier | None:
    """Return how mail leaves this installation; None where no mail server is set and it is not a demo."""
    if settings.smtp_host:
        return Smtp(settings)
    return Outbox(settings.var_dir / "outbox") if settings.demo else None


class Outbox:
    """Writes each mail as a file that any mail program opens."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made when the first mail comes."""
        self.folder = folder

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End."""

    def send(self, letter: EmailMessage) -> None:
        """Write the file whole or not at all; the same mail again replaces it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-." else "_" for c in str(letter["Message-ID"]).strip("<>"))
        waiting = self.folder / f"{name}.part"
        waiting.write_bytes(letter.as_bytes())
        waiting.replace(self.folder / f"{name}.eml")


class Smtp:
    """One connection for a run of mails, opened with the first and again after it broke."""

    def __init__(self, settings: Settings) -> None:
        """Take the server, account and sender from the settings."""
        self.settings = settings
        self.sender = parseaddr(settings.mail_from)[1]
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Say goodbye, if anything was said."""
        self._close()

    def send(self, letter: EmailMessage) -> None:
        """Send one mail; when this returns, the server has taken it."""
        server = self.server = self.server or self._open()
        try:
            server.send_message(letter, from_addr=self.sender)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise self._refusal(code, said, REFUSED) from error
        except smtplib.SMTPSenderRefused as error:
            raise NotSentError(SENDER, _text(error.smtp_error), "hold") from error
        except smtplib.SMTPDataError as error:
            raise self._refusal(error.smtp_code, error.smtp_error, REFUSED) from error
        except smtplib.SMTPNotSupportedError as error:  # an address in letters this server does not know
            raise NotSentError(REFUSED, str(error), "never") from error
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise NotSentError(BUSY, _text(error), "later") from error
        finally:
            if self.server is not None and self.server.sock is None:  # it hung up (421)
                self.server = None

    def _refusal(self, code: int, said: bytes | str, reason: str) -> NotSentError:
        permanent = code >= PERMANENT
        return NotSentError(reason if permanent else BUSY, f"{code} {_text(said)}", "never" if permanent else "later")

    def _open(self) -> smtplib.SMTP:
        """Connect, encrypt and log in, as the settings say."""
        settings = self.settings
        name = self.sender.rpartition("@")[2] or "localhost"  # the machine's own name may take a slow look-up
        try:
            if settings.smtp_tls == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    settings.smtp_host, settings.smtp_port, name, timeout=TIMEOUT, context=ssl.create_default_context()
                )
            else:
                server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, name, timeout=TIMEOUT)
            if settings.smtp_tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
        except smtplib.SMTPAuthenticationError as error:
            raise NotSentError(LOGIN, f"{error.smtp_code} {_text(error.smtp_error)}", "hold") from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentError(UNREACHABLE, _text(error), "hold") from error
        return server

    def _close(self) -> None:
        if self.server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.server.quit()
            self.server = None


def _text(said: object) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
