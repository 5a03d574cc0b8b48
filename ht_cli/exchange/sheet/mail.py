"""The sheet as a mail draft: a file that a mail program opens as an unsent message, with no address filled in."""

from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP


def mail_draft(subject: str, text: Iterable[str]) -> bytes:
    """Give the draft as the bytes of an RFC 5322 message in UTF-8; the same text gives the same bytes.

    It has no sender, recipient, date or Message-ID: the program that sends it gives those. `X-Unsent: 1` makes
    Outlook and its like open it for editing.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Subject"] = subject
    message.set_content("".join(text), charset="utf-8", cte="quoted-printable")
    return message.as_bytes()
