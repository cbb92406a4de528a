"""Settings, all from the environment.

POVERTYWATCH_MODE is ``demo`` (default), ``test`` or ``production``. Production refuses to
start with a secret that ships in this file.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env("POVERTYWATCH_MODE", default="demo")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"

DEMO_SECRET = "demo-only-never-in-production-0123456789abcdefghij"
SECRET_KEY = env("SECRET_KEY", default=DEMO_SECRET)
# Base64 of 32 bytes; protects resident IDs, phones and bank accounts. Losing it loses them.
PROTECTED_FIELDS_KEY = env(
    "PROTECTED_FIELDS_KEY", default="ZGVtby1vbmx5LWtleS1ub3QtZm9yLXByb2R1Y3Rpb24="
)
if PRODUCTION:
    for name in ("SECRET_KEY", "PROTECTED_FIELDS_KEY", "DATABASE_URL", "REDIS_URL"):
        if not env(name, default=""):
            raise ImproperlyConfigured(f"Set {name}: production does not run on demo secrets.")
    if SECRET_KEY == DEMO_SECRET or PROTECTED_FIELDS_KEY.startswith("ZGVtby1vbmx5"):
        raise ImproperlyConfigured("Replace the demo secrets before going into production.")

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "accounts",
    "jobs",
    "households",
    "feeds",
    "duties",
    "assistance",
    "monitoring",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.acting.ActingPostMiddleware",
    "povertywatch.menu_counts.CountAfterActs",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "povertywatch.urls"
WSGI_APPLICATION = "povertywatch.wsgi.application"
FORM_RENDERER = "accounts.drawn_widgets.Drawn"

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
                "povertywatch.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL", default="postgres://povertywatch@127.0.0.1:55432/povertywatch"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
if test_database := env("TEST_DATABASE_NAME", default=""):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:56379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
# How old the menu's counts of others' work may be; povertywatch/menu_counts.py.
MENU_COUNTS_SECONDS = 20

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Shanghai"

# Connections that the monthly review judges with at once; as many as the database can spare cores.
REVIEW_CONNECTIONS = env.int("REVIEW_CONNECTIONS", default=2)

# Days after which the file of an ended import is removed; its record stays.
UPLOAD_DAYS = env.int("UPLOAD_DAYS", default=30)

AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "povertywatch.formats"

STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / ".run" / "static"))
# A test client is a new server each time, and a server looks through all files when it starts.
WHITENOISE_AUTOREFRESH = MODE == "test"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "povertywatch.vendor.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "webp", "woff", "woff2", "gz", "br"]
# Uploads and finished files: never served by the web server directly, always by a view that checks.
MEDIA_ROOT = env("FILES_ROOT", default=str(BASE_DIR / ".run" / "files"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.tokens.PostTokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api_entry.ActsInPost"],
    "EXCEPTION_HANDLER": "accounts.api_refusals.refusal",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "povertywatch.pagination.ByKey",
    "PAGE_SIZE": 50,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "povertywatch",
    "DESCRIPTION": "Monitoring and assistance against return to poverty. "
    "Every answer is limited to what the asking post may see.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "EducationEnum": "households.models.choices.Education",
        "AssuranceEnum": "households.models.choices.Secure",
        "FlagChangeEnum": "monitoring.models.reviews.Change",
        "ClueStateEnum": "monitoring.models.clues.ClueState",
        "ClueAnswerEnum": "monitoring.models.clues.ClueAnswer",
        "FeedKindEnum": "feeds.kinds.CODES",
        "FeedStateEnum": "feeds.models.uploads.UploadState",
        "LevelEnum": "accounts.models.divisions.Level",
        "FundKindEnum": "assistance.models.funds.FundKind",
        "EntryKindEnum": "assistance.models.funds.EntryKind",
        "GrantStateEnum": "assistance.models.grants.GrantState",
        "GrantOccasionEnum": "assistance.models.grants.Occasion",
        "PerilEnum": "assistance.models.insurance.Peril",
        "ClaimOccasionEnum": "assistance.models.insurance.ClaimOccasion",
        "ClaimPaperKindEnum": "assistance.models.claims.ClaimPaperKind",
        "ClaimStateEnum": "assistance.models.insurance.ClaimState",
        "CaseStateEnum": "monitoring.models.cases.State",
        "ExceptionEnum": "assistance.models.measures.Grounds",
        "PlanStateEnum": "assistance.models.plans.PlanState",
        "FindingKindEnum": "monitoring.models.supervision.FindingKind",
        "ProjectKindEnum": "assistance.models.projects.ProjectKind",
        "AssetKindEnum": "assistance.models.assets.AssetKind",
        "AssetUseEnum": "assistance.models.assets.Use",
        "HelpKindEnum": "assistance.models.social.Give",
        "MoneySourceEnum": "assistance.spending.Source",
        "MeasureKindEnum": "assistance.models.measures.MEASURE_KINDS",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Blank: no e-mail is sent. Only counts are ever mailed, no names (duties/mailing.py).
EMAIL_HOST = env("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="povertywatch@localhost")

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
