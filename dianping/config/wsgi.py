"""The WSGI door."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what is written is its owner's alone, the database and its journal too
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dianping.config.settings")
application = get_wsgi_application()
