"""Settings of one instance, read from the environment. Safe by default; see docs/running.md for every name."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO

from mdd.engines import environment

# numpy's matrices are small here: threads would wait for each other longer than they work. Read when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent
INSTANCE = environment()

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
IS_LOCAL = HOST in {"127.0.0.1", "localhost", "::1"}
INSECURE_LAN = os.environ.get("MDD_INSECURE_LAN") == "1"
HAS_TLS = not (IS_LOCAL or INSECURE_LAN)

DEBUG = False
SECRET_KEY = INSTANCE.secret_key
SOURCE_KEYS = INSTANCE.source_keys
OWN_LISTENERS = (*INSTANCE.listeners, (HOST, PORT))
EGRESS_ALLOW = tuple(filter(None, os.environ.get("MDD_EGRESS_ALLOW", "").split(",")))

NAMES = tuple(filter(None, os.environ.get("MDD_HOSTS", "").split(",")))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *NAMES, *(() if HOST in {"0.0.0.0", "::"} else (HOST,))]  # noqa: S104
# Mail is sent where there is no request to take the address from.
_host = (NAMES[0].lstrip(".") if NAMES else HOST) + ("" if HAS_TLS else f":{PORT}")
BASE_URL = os.environ.get("MDD_URL", "").rstrip("/") or f"http{'s' if HAS_TLS else ''}://{_host}"
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in NAMES] if HAS_TLS else []

INSTALLED_APPS = [
    "workshops",
    "metrics",
    "mdd",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_linear_migrations",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mdd.middleware.signature",
    "mdd.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mdd.middleware.actor",
    "mdd.middleware.signed_out",
    "mdd.middleware.forms_only",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "mdd.urls"
WSGI_APPLICATION = "mdd.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "csp.context_processors.nonce",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mdd.context.page",
            ],
        },
    }
]

FORM_RENDERER = "mdd.forms.Renderer"

_database = urlsplit(INSTANCE.database_url)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_database.path.lstrip("/")),
        "USER": unquote(_database.username or ""),
        "PASSWORD": unquote(_database.password or ""),
        "HOST": _database.hostname,
        "PORT": _database.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # What is asked often is planned once a connection (decision 0043).
        "OPTIONS": {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5},
    }
}
REDIS_URL = INSTANCE.redis_url

# Open streams of one process, and of one person in it. Whoever finds no room asks every few seconds instead.
LIVE_STREAMS = int(os.environ.get("MDD_LIVE_STREAMS", "2000"))
LIVE_STREAMS_EACH = int(os.environ.get("MDD_LIVE_STREAMS_EACH", "20"))

AUTH_USER_MODEL = "mdd.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "mdd.forms.SignupForm"
ACCOUNT_ADAPTER = "mdd.accounts.AccountAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SIGNUP_IS_OPEN = os.environ.get("MDD_SIGNUP", "open") == "open"

# Without SMTP mail waits in a folder for the operator, so nobody may be locked out by an unread confirmation.
SMTP = urlsplit(os.environ.get("MDD_SMTP_URL", ""))
HAS_SMTP = bool(SMTP.hostname)
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if HAS_SMTP else "optional"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if HAS_SMTP else "mdd.waiting_mail.EmailBackend"
EMAIL_FILE_PATH = INSTANCE.data / "mail"
EMAIL_HOST = SMTP.hostname or ""
EMAIL_PORT = SMTP.port or 587
EMAIL_HOST_USER = unquote(SMTP.username or "")
EMAIL_HOST_PASSWORD = unquote(SMTP.password or "")
EMAIL_USE_TLS = HAS_SMTP and SMTP.scheme == "smtp"
EMAIL_USE_SSL = HAS_SMTP and SMTP.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MDD_MAIL_FROM", "MDD <mdd@localhost>")

LANGUAGE_CODE = "en"  # in which the code speaks, and what is kept for others to read
LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in os.environ.get("MDD_LANGUAGES", "en,de").split(",")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = INSTANCE.data / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mdd.static.OneSheetStorage"},
}

# Limits of sign-in live in the database: the broker may be away, and is no cache.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "mdd_cache",
        "KEY_PREFIX": "mdd",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # above it the lowest keys go, whoever's limits they are
    }
}

_secure = "__Host-" if HAS_TLS else ""
SESSION_COOKIE_NAME = f"{_secure}session"
CSRF_COOKIE_NAME = f"{_secure}csrf"
GUEST_COOKIE_NAME = f"{_secure}guest"
GUEST_COOKIE_AGE = 30 * 24 * 3600
LANGUAGE_COOKIE_NAME = f"{_secure}language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HAS_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mdd.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HAS_TLS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked from beside us, not through the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HAS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HAS_TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "discreet": {"()": "mdd.links.Discreet"},
        "brief": {"()": "mdd.broker.Brief"},
        "answered": {"()": "mdd.probes.Answered"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet", "brief"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"filters": ["answered"]},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # A line for each message would bury the others: there is one every few seconds.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
