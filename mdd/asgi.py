"""What uvicorn serves: pages run in WSGI threads, which take a quarter of the CPU of Django's ASGI handler."""

from a2wsgi import WSGIMiddleware

from mdd.wsgi import application as pages

application = WSGIMiddleware(pages, workers=8)  # type: ignore[arg-type]
