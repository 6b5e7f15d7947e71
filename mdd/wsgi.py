"""Pages and writes, answered by threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mdd.settings")
application = get_wsgi_application()
