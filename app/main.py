"""The web application: JSON API and pages over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from app.api import routes as api_routes
from app.api.limits import Limits
from app.api.middleware import BodyLimit, Conditional, Edge
from app.settings import Settings
from app.settings import settings as process_settings
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.migrate import prepare
from app.urls import API
from app.web import routes as web_routes
from app.web.kept import KeptPages


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application over the database that the settings name; creates or upgrades its tables.

    Raises
    ------
    StorageError : the database cannot be used.
    """
    settings = settings or process_settings()
    database = Database(settings.database_url)
    prepare(database)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        database.dispose()

    app = FastAPI(
        title="Cruxmap",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
    )
    app.state.settings = settings
    app.state.database = database
    app.state.current = CurrentMap(database)
    app.state.kept_pages = KeptPages()
    app.state.limits = Limits(settings.writes_per_minute, settings.reports_per_hour)
    api_routes.include(app)
    web_routes.include(app)
    # The last one added is the outermost.
    imports = {f"{API}/import/map": settings.max_import_bytes}
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, others=imports)
    app.add_middleware(Conditional)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Edge, settings=settings)
    return app
