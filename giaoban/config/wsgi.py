"""The WSGI application served by granian: stored public pages first, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.config.settings")
django = get_wsgi_application()

from giaoban.portal import counting  # noqa: E402
from giaoban.portal.stored.front import front  # noqa: E402
from giaoban.portal.stored.shelf import shelf  # noqa: E402

application = front(django, shelf())
counting.start()
