"""Mails as files, each taking a moment before and after."""

import time
from typing import Any

from django.core.mail.backends.filebased import EmailBackend as FileBackend

MOMENT = 0.03


class EmailBackend(FileBackend):
    def write_message(self, message: Any) -> None:
        time.sleep(MOMENT)
        super().write_message(message)
        time.sleep(MOMENT)
