"""Wagtail and the add-ons without the project: what its migrations are compared with."""

import os

import dj_database_url

from plateforme.settings.base import (  # noqa: F401 -- read by Django
    DEFAULT_AUTO_FIELD,
    INSTALLED_APPS,
    LANGUAGE_CODE,
    LANGUAGES,
    USE_TZ,
    WAGTAIL_CONTENT_LANGUAGES,
    WAGTAIL_I18N_ENABLED,
)

OURS = {"home", "fiches", "glossaire", "evenements", "outilthèque", "variantes", "redaction", "socle"}
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in OURS and not app.startswith("socle.")]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
# The login refuses to start without it.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
SECRET_KEY = "bare"
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "bare"
WAGTAILADMIN_BASE_URL = "http://localhost"
