"""Settings shared by every environment. The environment modules import everything from here."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import django.conf.locale
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

BASE_DIR = Path(__file__).resolve().parents[3]
LOCAL_DIR = BASE_DIR / ".local"

# --- Applications: an app knows only those listed after it (docs/decisions/0001) ---
INSTALLED_APPS = [
    "home",
    "fiches",
    "glossaire",
    "evenements",
    "outilthèque",
    "variantes",
    "redaction",
    "socle",
    "wagtail_localize",
    "wagtail_localize.locales",
    "js_lib_leaflet",
    "wagtailgeowidget",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "redaction.admin_apps.AdminConfig",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "socle.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "socle.middleware.RequestTextMiddleware",
    "socle.middleware.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "socle.middleware.AdminLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "socle.middleware.RefusMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "socle.comptes.middleware.SecondFacteurMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "variantes.middleware.LangueOuverteMiddleware",
]

ROOT_URLCONF = "plateforme.urls"
WSGI_APPLICATION = "plateforme.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "socle.context_processors.site",
                "variantes.context_processors.lecture",
            ],
        },
    },
]

# --- Accounts ---
AUTH_USER_MODEL = "socle.Utilisateur"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- The one login (docs/decisions/0009): django-allauth, for the administration as for members ---
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "socle.comptes.views.page_perimee"
ACCOUNT_ADAPTER = "socle.comptes.adapter.CompteAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Sign-up is closed; these only say what an account is made of.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A page that refuses a signed-in person sends them to the login, which would send them back, for ever.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/15m/key",
}
ACCOUNT_FORMS = {
    "login": "socle.comptes.forms.ConnexionForm",
    "add_email": "socle.comptes.forms.AdresseForm",
    "change_password": "socle.comptes.forms.ChangerMotDePasseForm",
    "set_password": "socle.comptes.forms.ChoisirMotDePasseForm",
    "reset_password": "socle.comptes.forms.MotDePasseOublieForm",
    "reset_password_from_key": "socle.comptes.forms.MotDePasseParLienForm",
    "reauthenticate": "socle.comptes.forms.ConfirmerForm",
}
MFA_ADAPTER = "socle.comptes.adapter.SecondFacteurAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# The library fears strangers who would sign up with another's address: here, nobody signs up.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "socle.comptes.forms.CodeForm",
    "reauthenticate": "socle.comptes.forms.ConfirmerParCodeForm",
    "activate_totp": "socle.comptes.forms.ApplicationForm",
    "add_webauthn": "socle.comptes.forms.AjouterCleForm",
    "login_webauthn": "socle.comptes.forms.ConnexionParCleForm",
    "authenticate_webauthn": "socle.comptes.forms.DeuxiemeEtapeParCleForm",
    "reauthenticate_webauthn": "socle.comptes.forms.ConfirmerParCleForm",
    "edit_webauthn": "socle.comptes.forms.RenommerCleForm",
}
# Who must have a second factor to open the administration.
MFA_REQUIRED_GROUPS = [name.strip() for name in os.environ.get("MFA_REQUIRED_GROUPS", "").split(",") if name.strip()]
MFA_REQUIRED_FOR_SUPERUSERS = os.environ.get("MFA_REQUIRED_FOR_SUPERUSERS", "0") == "1"
# Addresses and passwords are changed on the account pages; nobody chooses another's password.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

# --- Languages ---
# Django does not know the registered variant subtag "simple"; without this entry it would call it "français".
django.conf.locale.LANG_INFO["fr-simple"] = {
    "bidi": False,
    "code": "fr-simple",
    "name": "Easy-to-read French",
    "name_local": "Français facile (FALC)",
    "fallback": ["fr"],
}
LANGUAGE_CODE = "fr"
FALC_LANGUAGE_CODE = "fr-simple"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("fr", "Français"),
    ("fr-simple", "Français facile (FALC)"),
    ("en", "English"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("pt", "Português"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["plateforme.formats"]

# --- Files ---
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# In production a web server or object storage serves the media.
SERVE_MEDIA = False
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", LOCAL_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "plateforme.static_storage.FlattenedManifestStorage"},
}

# --- Wagtail ---
WAGTAIL_SITE_NAME = "Partenariat en santé en Île-de-France"
WAGTAILADMIN_BASE_URL = os.environ.get("WAGTAILADMIN_BASE_URL", "http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "socle.texte_riche.TexteRicheArea"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français")]
# Dates are those of Paris for everybody, written as in French.
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILIMAGES_IMAGE_MODEL = "socle.Illustration"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "socle.forms_admin.IllustrationForm"
WAGTAILDOCS_DOCUMENT_MODEL = "socle.Fichier"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "socle.forms_admin.FichierForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp3", "mp4", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
# The last approval publishes the revision that was approved; another revision is approved again by all.
WAGTAIL_FINISH_WORKFLOW_ACTION = "redaction.publication.publier"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The editor of translations only asks for JSON; pages to browse would need templates that are not installed.
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Security ---
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A page of fifty blocks posts more fields than Django's default allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Whether to ask the sources that the glossary cites if they still answer: the only requests that leave by themselves.
GLOSSAIRE_VERIFIER_LES_SOURCES = os.environ.get("GLOSSAIRE_VERIFIER_LES_SOURCES", "0") == "1"
# Hosts a reader's click may reach (players for videos); none by default.
VIDEO_HOSTS = [host for host in os.environ.get("VIDEO_HOSTS", "").split(",") if host]
# Tiles of the maps, as https://…/{z}/{x}/{y}.png: asked by the readers' click, and by the editors' map of a place.
TUILES_URL = os.environ.get("TUILES_URL", "").strip()
TUILES_CREDIT = os.environ.get("TUILES_CREDIT", "").strip()
TUILES_HOTE = urlsplit(TUILES_URL.replace("{s}.", "")).hostname or ""
TUILES_SOURCES = [f"https://{'*.' if '{s}.' in TUILES_URL else ''}{TUILES_HOTE}"] if TUILES_HOTE else []
# Who is asked where an address is: our file of the communes, or `socle.geocodage.geopf.Geoplateforme`.
GEOCODAGE = os.environ.get("GEOCODAGE", "socle.geocodage.communes.Communes")
PUBLIC_CSP = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", *TUILES_SOURCES],
    "media-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "frame-src": [f"https://{host}" for host in VIDEO_HOSTS] or [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
}
# Wagtail's editor needs inline styles and scripts; it is behind a login.
ADMIN_CSP = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *TUILES_SOURCES],
    "media-src": [SELF, "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_CSP}
ADMIN_PATH = "/admin/"
# No page needs them, and no player that a click has loaded may ask for them. Passkeys stay allowed.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"),
        *("hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    )
}

# --- Speed ---
# Public pages are kept in the memory of each process (docs/decisions/0008).
PAGE_CACHE = True
PAGE_CACHE_BYTES = int(os.environ.get("PAGE_CACHE_BYTES", "67108864"))
# How long a CDN may keep a public page, in seconds; with 0 it asks again each time.
CDN_MAX_AGE = int(os.environ.get("CDN_MAX_AGE", "0"))

# --- Mail ---
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "ne-pas-repondre@plateforme.test")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Running ---
# One record for each request, where the environment's middleware keeps them.
LOG_REQUESTS = os.environ.get("LOG_REQUESTS", "1") == "1"
# How many proxies of ours stand in a row before the application.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "1"))
# The version that runs, as the deployment calls it.
RELEASE = os.environ.get("RELEASE", "")
# Folder of pg_dump, pg_restore and psql, of the server's major version; those of the PATH by default.
PG_BIN = os.environ.get("PG_BIN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
