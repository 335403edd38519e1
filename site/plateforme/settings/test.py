"""Tests: as close to production as speed allows."""

from plateforme.settings.dev import *  # noqa: F403 -- the environment modules extend the shared settings
from plateforme.settings.dev import DATABASES, LOCAL_DIR

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = LOCAL_DIR / "test-media"
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
