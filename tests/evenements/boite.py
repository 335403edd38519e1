"""A mail server that takes its time, and keeps each mail it received in a file of its own."""

import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# Before and after: long enough to be killed in the middle of it.
MOMENT = 0.03


class EmailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            time.sleep(MOMENT)
            # The name is given once the whole mail is there: a server receives all of it, or nothing.
            path = Path(settings.EMAIL_FILE_PATH) / uuid.uuid4().hex
            path.write_text(str(message.message()["Message-ID"]))
            path.rename(path.with_suffix(".recu"))
            time.sleep(MOMENT)
        return len(email_messages)


def recus() -> list[str]:
    """Return the number of each mail that was received."""
    return [path.read_text() for path in Path(settings.EMAIL_FILE_PATH).glob("*.recu")]
