"""What every way of running shares. Each setting from outside comes through config/env.py."""

from config.database import from_url
from config.env import ROOT, read

ENV = read()

DOUDI_HOME = ENV.home
DOUDI_KEYS = ENV.keys
DOUDI_LAKE = ENV.lake
DOUDI_LAKE_SEALED = ENV.lake_sealed
DOUDI_DROP = ENV.drop
DOUDI_ANCHORS = ENV.anchors
DOUDI_CLOCK = ENV.clock
DOUDI_BANK_URL = ENV.bank_url
DOUDI_SMS_URL = ENV.sms_url
DOUDI_BASE_URL = ENV.base_url
DOUDI_PACK = ENV.pack
DOUDI_PACK_DIR = ROOT / "doudi" / "packs" / ENV.pack
DOUDI_REACTIONS = "doudi.reactions.table.REACTIONS"
DOUDI_TIMETABLE = "doudi.timetable.TIMETABLE"

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
DATABASES = {"default": from_url(ENV.database_url, ENV.home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "doudi.clock",
    "doudi.audit",
    "doudi.outbox",
    "doudi.notices",
    "doudi.attachments",
    "doudi.regions",
    "doudi.accounts",
    "doudi.ledger",
    "doudi.people",
    "doudi.verification",
    "doudi.departments",
    "doudi.cases",
    "doudi.urgent",
    "doudi.redress",
    "doudi.mandates",
    "doudi.referrals",
    "doudi.support",
    "doudi.filing",
    "doudi.benefits",
    "doudi.upkeep",
    "doudi.discrepancies",
    "doudi.takeover",
    "doudi.supervision",
    "doudi.exports",
    "doudi.handover",
    "doudi.province",
    "doudi.ui",
    "doudi.gate",
    "doudi.portal",
    "doudi.desk",
    "doudi.inspection",
    "doudi.agency",
]

MIDDLEWARE = [
    "doudi.ui.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "doudi.ui.clockwork.FreshClock",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "doudi.gate.sessions.StaffSession",
    "doudi.ui.access.Doorkeeper",
    "doudi.ui.refusals.Refusals",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "doudi.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "doudi.ui.templatetags.ui"],
        },
    }
]

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "doudi.gate.sessions.StaffBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/sign-in/"

# Five wrong passwords lock the account at that address for half an hour (GB/T 22239 8.1.4.1).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "doudi.gate.views.sign_in.locked"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "doudi.ui.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = None

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
# What is compressed already: fonts, pictures, and the recordings that are read aloud.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "jpg", "webp", "woff", "woff2", "mp3")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENV.home / "nothing-is-served-from-here"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"scrub": {"()": "doudi.vault.scrub.Scrub"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["scrub"]}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # At DEBUG these two would write whole page contexts and SQL values: names, in the open.
        "django.template": {"handlers": [], "level": "INFO", "propagate": True},
        "django.db.backends": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "axes": {"handlers": [], "level": "CRITICAL", "propagate": True},
    },
}
