"""Settings. What a site may change stands in `settings.toml` in its data folder (config.site_file); the environment goes
before it. Importing this touches nothing on the disk: no folder, no key, no database.
"""

import os
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from dianping.common.keys import kept_key
from dianping.common.leaving import CannotGoOn, leave
from dianping.config.options import NotThat, yes_or_no
from dianping.config.site_file import home_folder, settings_found
from dianping.config.sqlite import use_sound_sqlite

BASE_DIR = Path(__file__).resolve().parent.parent.parent
PACKAGE = BASE_DIR / "dianping"
HOME = home_folder(os.environ, BASE_DIR)


def day_setting(name: str) -> date | None:
    """A date from the environment (YYYY-MM-DD), None when unset; CannotGoOn for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CannotGoOn(
            f"{name} 写的是“{value}”，应为 2011-01-05 这样的日期；请改正后再启动。",
            f"{name} says {value!r}; it should be a date such as 2011-01-05. Correct it and start again.",
            code="site.day-unreadable",
        ) from None


def sample_setting(name: str) -> bool:
    """Whether an empty site is to hold the sample; CannotGoOn for a word that is neither yes nor no."""
    value = os.environ.get(name, "").strip()
    try:
        return yes_or_no(value) if value else True
    except NotThat:
        raise CannotGoOn(
            f"{name} 写的是“{value}”，应为 yes 或 no；请改正后再启动。",
            f"{name} says {value!r}; it should be yes or no. Correct it and start again.",
            code="site.sample-unreadable",
        ) from None


try:
    SITE = settings_found(HOME, os.environ)
    STANDING_DAY = day_setting("DIANPING_TODAY")
    WITH_SAMPLE = sample_setting("DIANPING_SAMPLE")
except CannotGoOn as _why:
    leave(_why)

OWN_SECRET_KEY = bool(os.environ.get("DIANPING_SECRET_KEY"))
SECRET_KEY = os.environ.get("DIANPING_SECRET_KEY") or kept_key(HOME, "session")
FINGERPRINT_KEY = kept_key(HOME, "fingerprint")
BALLOT_KEY = kept_key(HOME, "ballots")
DEBUG = False
ALLOWED_HOSTS = SITE["hosts"]
# What is printed on slips, such as https://dp.example.cn; empty: the host a page was asked at.
ADDRESS = SITE["address"]
CSRF_TRUSTED_ORIGINS = SITE["origins"]

INSTALLED_APPS = [
    "dianping.config",  # first: its commands stand before others of their names
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
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
    "dianping.acts",
    "dianping.pages",
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
    "dianping.accounts.middleware.SessionTimesMiddleware",
    "dianping.accounts.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dianping.pages.frame.telling.TellingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dianping.common.nul.NoNulMiddleware",
    "dianping.common.formkeys.FormKeyMiddleware",
    "dianping.pages.frame.given_out.GivenOutMiddleware",
]

ROOT_URLCONF = "dianping.config.urls"
WSGI_APPLICATION = "dianping.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted((PACKAGE / "pages").glob("*/templates")),  # a noun's files lie together
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dianping.pages.frame.context.frame",
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
    database: dict[str, object] = dict(dj_database_url.parse(url, conn_max_age=60))
    if str(database["ENGINE"]).endswith("sqlite3"):
        use_sound_sqlite()
        database["ENGINE"] = "dianping.config.sqlite_in_line"
        database["OPTIONS"] = SQLITE_OPTIONS
    else:
        database["OPTIONS"] = {"connect_timeout": 10} | dict(database.get("OPTIONS") or {})  # type: ignore[call-overload]
    return database


DATABASES = {
    "default": database_settings(str(SITE["database"]))
    if SITE["database"]
    else database_settings("sqlite://") | {"NAME": str(HOME / "dianping.sqlite3")}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
# A password is counted, hashed and told of in one place (accounts.trying), even where Django's own way is taken.
AUTHENTICATION_BACKENDS = ["dianping.accounts.backends.CountedBackend"]
PASSWORD_HASHERS = ["dianping.accounts.hashing.QueuedArgon2Hasher"]
HASHING_LINE = (
    3  # who waits for a hash: so many strangers and so many known; both lines leave places at work free
)
PASSWORD_RULES = SITE["password_rules"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dianping.accounts.passwords.HouseRules"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
LOOKS_KEPT_SECONDS: float | None = 60  # common.lookups
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "workbench:workbench"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

SESSION_ENGINE = "dianping.accounts.sessions"  # rows keyed by a digest of the cookie
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dianping.pages.frame.errors.csrf_failed"
HTTPS = bool(SITE["https"])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
PROXY = SITE["proxy"] or ("127.0.0.1" if HTTPS else "")  # the one whose word on addresses is taken
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
STATICFILES_DIRS = sorted((PACKAGE / "pages").glob("*/static"))
STATIC_ROOT = HOME / "static"
WHITENOISE_ROOT = (
    PACKAGE / "common" / "root"
)  # worker.js stands at the root: it opens pages, and none above its own folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Whatever goes wrong, nothing that was sent is written down; nothing is mailed (Django would mail its report to ADMINS).
DEFAULT_EXCEPTION_REPORTER = "dianping.common.reporting.NothingSentReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "dianping.common.reporting.NothingSent"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"nothing sent": {"()": "dianping.common.reporting.NothingSentFormatter"}},
    "filters": {"door": {"()": "dianping.door.middleware.NothingOfTheDoor"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["door"], "formatter": "nothing sent"}
    },
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "dianping.refusals": {"level": "INFO"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
