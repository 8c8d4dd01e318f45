"""The whole site as one ASGI app: Streamlit's pages, our routes, and the security middleware around them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypedDict

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from streamlit import App, runtime

from rallymap.language import add_wording
from rallymap.search.words import terms_of_query
from rallymap.settings import Settings
from rallymap.web.api_description import api_description_routes
from rallymap.web.api_routes import api_routes
from rallymap.web.assets import asset_routes
from rallymap.web.audit_log import audit_log_routes
from rallymap.web.base_path import BasePath
from rallymap.web.campaign_pages import campaign_page_routes
from rallymap.web.citation_routes import citation_routes
from rallymap.web.comparison_routes import comparison_routes
from rallymap.web.compressed_static import CompressedStatic
from rallymap.web.connections import Capacity, raise_descriptor_limit
from rallymap.web.deleted_routes import deleted_routes
from rallymap.web.embed_routes import embed_routes, oembed_link
from rallymap.web.encodings import AcceptedEncodings
from rallymap.web.event_indexes import event_index_routes
from rallymap.web.event_pages import event_page_routes
from rallymap.web.export_routes import export_routes
from rallymap.web.failures import failure_handlers
from rallymap.web.feed_routes import feed_routes
from rallymap.web.first_view import FirstView
from rallymap.web.headers import HeaderPolicy
from rallymap.web.health import health_routes
from rallymap.web.import_reports import import_report_routes
from rallymap.web.invite import invite_routes
from rallymap.web.link_preview import link_preview
from rallymap.web.map_pages import map_page_routes, map_pages_html
from rallymap.web.map_routes import map_routes
from rallymap.web.metrics import Measured, metrics_of, metrics_routes
from rallymap.web.open_pages import OpenPages, PageLimit
from rallymap.web.overload import Overload
from rallymap.web.password_reset import password_reset_routes
from rallymap.web.pictures import picture_routes
from rallymap.web.preview_routes import preview_routes
from rallymap.web.private_feeds import private_feed_routes
from rallymap.web.provider_answers import ProviderAnswers
from rallymap.web.proxies import TrustedProxies
from rallymap.web.reader_language import ReaderLanguage
from rallymap.web.reconcile import reconcile_routes
from rallymap.web.request_ids import RequestIds
from rallymap.web.script_failures import show_script_failure
from rallymap.web.security_middleware import SecurityMiddleware
from rallymap.web.sign_in import sign_in_routes
from rallymap.web.start_page import start_page, start_page_routes
from rallymap.web.startup import Startup
from rallymap.web.stats_routes import stats_routes
from rallymap.web.streamlit_options import apply_streamlit_options
from rallymap.web.unknown_addresses import NoPageForFiles, unknown_address_routes
from rallymap.web.uploads import UploadLimits

SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "main.py"

logger = logging.getLogger(__name__)


class AppParts(TypedDict):
    """The arguments of ``streamlit.App``."""

    script_path: Path
    lifespan: Callable[[App], AbstractAsyncContextManager[dict[str, Any] | None]]
    routes: Sequence[BaseRoute]
    middleware: Sequence[Middleware]
    on_script_error: Callable[[Exception], bool | None]
    exception_handlers: Mapping[Any, Any]


def create_app(settings: Settings | None = None, *, progress: Callable[[str], None] = logger.info) -> App:
    """Build the app for any ASGI server.

    Parameters
    ----------
    settings
        The settings; by default read from the environment.
    progress
        Called with one short line for each startup step.

    Raises
    ------
    SettingsError
        If an environment variable has an invalid value.
    AssetError
        If a file of the package is missing.
    """
    return App(**app_parts(settings, progress=progress))


def app_parts(settings: Settings | None = None, *, progress: Callable[[str], None] = logger.info) -> AppParts:
    """Return the arguments that :func:`create_app` passes to ``streamlit.App``.

    ``streamlit run app.py`` only finds an app if that file itself calls ``App``, hence the two functions.
    """
    settings = settings or Settings.from_env()
    add_wording(settings.language_dir)
    apply_streamlit_options()
    startup = Startup(settings, progress, warm_up)
    html = start_page(settings.site_name)
    pages = OpenPages(Capacity.of(raise_descriptor_limit()).pages)
    metrics = metrics_of(settings)
    policy = HeaderPolicy(html, map_pages_html(), settings.tile_url, settings.embed_from)
    routes: list[BaseRoute] = [
        *health_routes(startup),
        *metrics_routes(startup, pages, metrics),
        *sign_in_routes(startup),
        *invite_routes(startup),
        *password_reset_routes(startup),
        *map_routes(startup.require),
        *picture_routes(startup.require),
        *reconcile_routes(startup.require),
        *import_report_routes(startup.require),
        *audit_log_routes(startup.require),
        *stats_routes(startup.require),
        *comparison_routes(startup.require),
        *api_routes(startup.require),
        *deleted_routes(startup.require),
        *api_description_routes(startup.require),
        *export_routes(startup.require, settings),
        *feed_routes(startup.require),
        *private_feed_routes(startup.require),
        *embed_routes(startup.require, settings),
        *preview_routes(startup.require, settings),
        *event_index_routes(startup.require, settings),
        *citation_routes(startup.require, settings),
        *event_page_routes(startup.require, settings),
        *campaign_page_routes(startup.require, settings),
        *asset_routes(),
        *map_page_routes(),
        *start_page_routes(
            html,
            settings.site_name,
            pages,
            is_overloaded=lambda: (
                pages.are_slow() or (startup.services is not None and startup.services.runs.is_overloaded())
            ),
            links=lambda request: oembed_link(request, settings) + link_preview(request, settings),
            first_view=FirstView(startup.require, settings.site_name),
        ),
    ]
    return AppParts(
        script_path=SCRIPT,
        lifespan=startup.lifespan,
        routes=[*routes, *unknown_address_routes(settings.site_name, routes)],
        middleware=[
            Middleware(RequestIds),
            Middleware(BasePath, path=settings.base_path),
            *([Middleware(Measured, metrics=metrics)] if metrics else []),
            Middleware(TrustedProxies, proxies=settings.trusted_proxies),
            Middleware(SecurityMiddleware, policy=policy, secure_cookies=settings.behind_tls),
            Middleware(ReaderLanguage),  # inside the security middleware, which makes its cookie Secure
            Middleware(Overload, site=settings.site_name),
            Middleware(PageLimit, pages=pages),
            Middleware(UploadLimits),
            Middleware(NoPageForFiles),
            Middleware(ProviderAnswers, site=settings.site_name),
            Middleware(AcceptedEncodings),
            Middleware(CompressedStatic),
        ],
        on_script_error=show_script_failure,
        exception_handlers=failure_handlers(settings.site_name, policy),
    )


async def warm_up() -> None:
    """Warm up the default page and the search: run the page once without a visitor, and parse a query.

    The first visitors then do not wait for imports and tables. Each of them would read the tables of the search again,
    and hold a connection to the database meanwhile. A page that stayed open during a restart gets its map back:
    Streamlit only serves a component after a run has imported it.
    """
    ok, problem = await runtime.get_instance().does_script_run_without_error()
    if not ok:
        logger.error("the first page does not run: %s", problem)
    await to_thread.run_sync(terms_of_query, "warm up")
