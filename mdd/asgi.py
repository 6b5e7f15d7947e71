"""What uvicorn serves: streams on the event loop, pages in WSGI threads (a quarter of the CPU of ASGI views)."""

from a2wsgi import WSGIMiddleware

from mdd.wsgi import application as django

from mdd.live.endpoint import Endpoint  # isort: skip (Django is set up by then)

application = Endpoint(WSGIMiddleware(django, workers=8), django)  # type: ignore[arg-type]
