"""Browser tests: production settings on this machine, over plain HTTP, with the demo content.

The test harness sets SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS and HTTPS=0.
"""

from plateforme.settings.production import *  # noqa: F403 -- the environment modules extend the shared settings
from plateforme.settings.production import LOCAL_DIR

DEMO_ALLOWED = True
# There is no worker beside the server.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
GEOCODAGE = "socle.geocodage.communes.Communes"
SERVE_MEDIA = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = LOCAL_DIR / "e2e" / "mail"
MEDIA_ROOT = LOCAL_DIR / "e2e" / "media"
STATIC_ROOT = LOCAL_DIR / "e2e" / "static"
