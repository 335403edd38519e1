"""Production. Everything that differs between deployments comes from the environment."""

import logging
import os
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from plateforme.settings.base import *  # noqa: F403 -- the environment modules extend the shared settings
from plateforme.settings.base import ADMIN_CSP, MEDIA_URL, MIDDLEWARE, PUBLIC_CSP, RELEASE, STORAGES


def required(name: str) -> str:
    """Return the environment variable `name`; refuse to start without it."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is required in production.")
    return value


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]

# --- Database: one primary, and a replica for public pages if there is one (docs/decisions/0010) ---


def database(url: str, *, wait: float = 10) -> Any:
    """Return the settings of a database whose connections are pooled in each process.

    A request waits `wait` seconds for a connection, then fails.
    """
    found: Any = dj_database_url.parse(url, conn_health_checks=True)
    pool = {"min_size": 1, "max_size": int(os.environ.get("DATABASE_POOL_SIZE", "5")), "timeout": wait}
    return found | {"OPTIONS": {**found.get("OPTIONS", {}), "pool": pool}}


DATABASES = {"default": database(required("DATABASE_URL"))}
REPLICA_DATABASE_URL = os.environ.get("REPLICA_DATABASE_URL", "")
if REPLICA_DATABASE_URL:
    DATABASES["replica"] = database(REPLICA_DATABASE_URL, wait=2)
    DATABASE_ROUTERS = ["plateforme.database_router.ReplicaRouter"]
    inside = MIDDLEWARE.index("socle.page_cache.PageCacheMiddleware") + 1
    MIDDLEWARE = [
        *MIDDLEWARE[:inside],
        "plateforme.database_router.ReplicaMiddleware",
        *MIDDLEWARE[inside:],
    ]
MIDDLEWARE = [
    "plateforme.request_log.RequestLogMiddleware",
    "socle.health.HealthMiddleware",
    "plateforme.forwarded.ForwardedAddressMiddleware",
    *MIDDLEWARE,
]

# --- What the processes share: Redis, or else a table of the database ---
REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "plateforme",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2, "health_check_interval": 30},
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "plateforme_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000, "CULL_FREQUENCY": 4},
        }
    ),
}
# Written to the database too: a Redis that forgets signs nobody out.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if REDIS_URL else 'db'}"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Media: a disk shared by the web processes, or a bucket ---
MEDIA_URL = os.environ.get("MEDIA_URL", MEDIA_URL)
if media_host := urlsplit(MEDIA_URL).netloc:
    for policy in (PUBLIC_CSP, ADMIN_CSP):
        policy["img-src"] = [*policy["img-src"], f"https://{media_host}"]
MEDIA_S3_BUCKET = os.environ.get("MEDIA_S3_BUCKET", "")
if MEDIA_S3_BUCKET:
    bucket: Any = {
        "bucket_name": MEDIA_S3_BUCKET,
        "location": os.environ.get("MEDIA_S3_PREFIX", "media"),
        "endpoint_url": os.environ.get("MEDIA_S3_ENDPOINT") or None,
        "region_name": os.environ.get("MEDIA_S3_REGION") or None,
        "access_key": os.environ.get("MEDIA_S3_ACCESS_KEY") or None,
        "secret_key": os.environ.get("MEDIA_S3_SECRET_KEY") or None,
        "default_acl": None,
        "file_overwrite": False,
    }
    media: Any = {"BACKEND": "plateforme.media_storage.MediaStorage", "OPTIONS": bucket}
    STORAGES = STORAGES | {"default": media}

# --- CDN or Varnish in front: told which addresses have changed ---
FRONTEND_CACHE_LOCATION = os.environ.get("FRONTEND_CACHE_LOCATION", "")
FRONTEND_CACHE_CLOUDFLARE_ZONE = os.environ.get("FRONTEND_CACHE_CLOUDFLARE_ZONE", "")
FRONTEND_CACHE_CLOUDFRONT_DISTRIBUTION = os.environ.get("FRONTEND_CACHE_CLOUDFRONT_DISTRIBUTION", "")
WAGTAILFRONTENDCACHE = {}
if FRONTEND_CACHE_LOCATION:
    WAGTAILFRONTENDCACHE["proxy"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": FRONTEND_CACHE_LOCATION,
    }
if FRONTEND_CACHE_CLOUDFLARE_ZONE:
    WAGTAILFRONTENDCACHE["cloudflare"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
        "ZONEID": FRONTEND_CACHE_CLOUDFLARE_ZONE,
        "BEARER_TOKEN": required("FRONTEND_CACHE_CLOUDFLARE_TOKEN"),
    }
if FRONTEND_CACHE_CLOUDFRONT_DISTRIBUTION:
    WAGTAILFRONTENDCACHE["cloudfront"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudfrontBackend",
        "DISTRIBUTION_ID": FRONTEND_CACHE_CLOUDFRONT_DISTRIBUTION,
    }
# Each address is told as it is, not once more in each language.
WAGTAILFRONTENDCACHE_LANGUAGES: list[str] = []

# --- Addresses of places: the national service, unless there is no way out ---
GEOCODAGE = os.environ.get("GEOCODAGE", "socle.geocodage.geopf.Geoplateforme")

# --- Security ---
# The platform stands behind a proxy that terminates TLS; a local rehearsal switches this off.
HTTPS = os.environ.get("HTTPS", "1") == "1"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

# --- Mail ---
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "0") == "1"

# --- Records: JSON on the standard output, nothing about a person (docs/decisions/0011) ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"records": {"()": "plateforme.log_records.RecordFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "records", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        # Django's own handlers write to the error output in their own format.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # A missing page or a refused host is the visitor's doing.
        "django.request": {"level": "ERROR"},
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
    },
}
# Python's own warnings are records too.
logging.captureWarnings(True)
SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
if SENTRY_DSN:
    from plateforme import error_reports

    error_reports.start(SENTRY_DSN, environment=os.environ.get("SENTRY_ENVIRONMENT", "production"), release=RELEASE)

STYLEGUIDE = False
DEMO_ALLOWED = False
