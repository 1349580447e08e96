"""Settings. Everything a site may change comes from the environment; docs/handbook lists each name."""

import os
import secrets
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from dianping.config.sqlite import use_sound_sqlite

BASE_DIR = Path(__file__).resolve().parent.parent.parent
HOME = Path(os.environ.get("DIANPING_HOME") or BASE_DIR / "data").resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)


def kept_secret(name: str) -> str:
    """A secret made once, kept in the data folder, readable by its owner alone."""
    path = HOME / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii")


def day_setting(name: str) -> date | None:
    """A date from the environment (YYYY-MM-DD), None when unset; anything else is refused in words."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise SystemExit(f"{name} 写的是“{value}”，应为 2011-01-05 这样的日期；请改正后再启动。") from None


SECRET_KEY = os.environ.get("DIANPING_SECRET_KEY") or kept_secret("session")
FINGERPRINT_KEY = kept_secret("fingerprint")
BALLOT_KEY = kept_secret("ballots")
STANDING_DAY = day_setting("DIANPING_TODAY")
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("DIANPING_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
# What is printed on slips, such as https://dp.example.cn; empty: the host a page was asked at.
ADDRESS = os.environ.get("DIANPING_ADDRESS", "").strip().rstrip("/")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DIANPING_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "axes",
    "csp",
    "dianping.common",
    "dianping.orgs",
    "dianping.notices",
    "dianping.accounts",
    "dianping.programmes",
    "dianping.duties",
    "dianping.opinions",
    "dianping.reviews",
    "dianping.rectification",
    "dianping.ledgers",
    "dianping.bulletins",
    "dianping.door",
    "dianping.desk",
]

MIDDLEWARE = [
    "dianping.door.middleware.DoorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dianping.accounts.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dianping.desk.telling.TellingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dianping.common.nul.NoNulMiddleware",
    "dianping.common.formkeys.FormKeyMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dianping.config.urls"
WSGI_APPLICATION = "dianping.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dianping.desk.frame.frame",
            ],
        },
    },
]

# The SQLite settings answer measured faults, see decision 0017: IMMEDIATE (deferred transactions failed
# under load), FULL (NORMAL does not reach the disk on commit), secure_delete (freed pages are cleared).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    " PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE;",
}


def database_settings(url: str) -> dict[str, object]:
    """Django's settings for one database URL (sqlite:///… or postgres://…)."""
    found: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=60))
    if str(found["ENGINE"]).endswith("sqlite3"):
        use_sound_sqlite()
        found["OPTIONS"] = SQLITE_OPTIONS
    return found


DATABASES = {
    "default": database_settings(os.environ.get("DIANPING_DATABASE") or f"sqlite:///{HOME}/dianping.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: fifteen minutes
AXES_LOCKOUT_PARAMETERS = [["username"], ["ip_address", "username"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "dianping.accounts.lockout.locked_out"
AXES_VERBOSE = False
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:workbench"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dianping.desk.errors.csrf_failed"
HTTPS = os.environ.get("DIANPING_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None  # TLS ends at the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"door": {"()": "dianping.door.middleware.NothingOfTheDoor"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["door"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
