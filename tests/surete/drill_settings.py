"""Production, with mails written to a folder, slowly enough to be killed in the middle of one."""

import os

from plateforme.settings.production import *  # noqa: F403 -- the environment modules extend the shared settings

EMAIL_BACKEND = "tests.surete.slow_mail.EmailBackend"
EMAIL_FILE_PATH = os.environ["DRILL_MAIL"]
