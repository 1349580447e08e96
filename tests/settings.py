"""Settings of the test suite: a data folder of its own, the database named by DIANPING_TEST_DATABASE (SQLite without)."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DIANPING_HOME"] = tempfile.mkdtemp(prefix="dianping-test-")
atexit.register(shutil.rmtree, os.environ["DIANPING_HOME"], ignore_errors=True)
os.environ.pop("DIANPING_TODAY", None)
os.environ["DIANPING_DATABASE"] = os.environ.get("DIANPING_TEST_DATABASE", "")

from dianping.config.settings import *  # noqa: E402, F403
from dianping.config.settings import DATABASES, HOME  # noqa: E402

SECRET_KEY, FINGERPRINT_KEY, BALLOT_KEY = (f"the tests' own key {name:-<40}" for name in ("s", "f", "b"))

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # tests sign in often; argon2 has its own test
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
LOOKS_KEPT_SECONDS = None  # no thread of its own writes beside a test
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # No test pulls the plug: reaching the disk at every commit would only make the suite wait.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": str(Path(HOME) / "test.sqlite3")}
else:
    DATABASES["default"].setdefault("TEST", {})
Path(HOME, "static").mkdir(exist_ok=True)  # a site has it from its first start
