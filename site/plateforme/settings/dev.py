"""Development: embedded PostgreSQL, debug pages, mail on the console."""

import os

import dj_database_url

from plateforme.embedded_postgres import binaries, database_url
from plateforme.settings.base import *  # noqa: F403 -- the environment modules extend the shared settings
from plateforme.settings.base import INSTALLED_APPS, LOCAL_DIR, PG_BIN, STORAGES

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "development-only-key-never-used-in-production")
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("DATABASE_URL") or database_url(LOCAL_DIR / "postgres")),
}
if not os.environ.get("DATABASE_URL"):
    PG_BIN = PG_BIN or str(binaries())
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.styleguide"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STYLEGUIDE = True
SERVE_MEDIA = True
# Templates and styles show as soon as they are saved.
PAGE_CACHE = False
DEMO_ALLOWED = True
