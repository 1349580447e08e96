"""The WSGI door."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what is written is its owner's alone, the database and its journal too
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dianping.config.settings")
_application = get_wsgi_application()

from dianping.accounts.sign_in_line import SignInLine  # noqa: E402 - after the settings are there
from dianping.config.whole_requests import WholeRequests  # noqa: E402

application = SignInLine(WholeRequests(_application))
