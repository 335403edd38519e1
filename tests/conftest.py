"""Fixtures every test inherits: a strict client, a fresh database, a real server and a guarded browser."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from hypothesis import settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.harness import caches, database, pages, worlds
from tests.harness.browser import ARGUMENTS, Guard, Visit, chromium
from tests.harness.html import StrictClient
from tests.harness.pages import NOT_FOUND, Addresses
from tests.harness.server import RUN, Server, demo_database, shared_server, stop_shared_server
from tests.harness.templates import make_templates_strict

# Playwright keeps an event loop in the thread of the tests, where Django would then refuse the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


# The same cases at each run, whatever else the machine does; HYPOTHESIS_RANDOM=1 draws others.
settings.register_profile("same_cases", derandomize="HYPOTHESIS_RANDOM" not in os.environ, deadline=None)
settings.load_profile("same_cases")


def is_main_process(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    make_templates_strict()
    if is_main_process(config):
        os.environ[RUN] = str(os.getpid())
        call_command("compile_catalogues", verbosity=0)


def pytest_collection_finish() -> None:
    """Let the collector leave alone what lasts as long as the run: modules, models, the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if is_main_process(session.config):
        stop_shared_server()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "server" in getattr(item, "fixturenames", ()):
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replace pytest-django's: copy a migrated model instead of migrating again in every process."""
    ensure_source = partial(database.ensure_model, rebuild=request.config.getvalue("create_db"))
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            worlds.begin(stack.enter_context(database.private_copy(ensure_source, f"test_{os.getpid()}")))
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Give every test cold caches."""
    caches.forget()
    yield
    cache.clear()


@pytest.fixture
def strict_client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def client(strict_client: StrictClient) -> StrictClient:
    """Replace pytest-django's client: every test reads every answer."""
    return strict_client


@pytest.fixture
def admin_client(db: None) -> StrictClient:
    """Return a client signed in as a superuser."""
    client = StrictClient()
    client.force_login(get_user_model().objects.create_superuser("chef@exemple.test", password="mot-de-passe-de-test"))
    return client


@pytest.fixture(scope="module")
def demo_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Run the tests of a module on the seeded site, without a browser."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            name = stack.enter_context(demo_database())
        yield name


# --- Browser ---


@pytest.fixture(scope="session")
def server(browser_executable: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Server:
    """Return the running server of this test session."""
    with django_db_blocker.unblock():
        return shared_server()


@pytest.fixture(scope="session")
def browser_executable() -> str:
    return chromium()


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], browser_executable: str) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": browser_executable, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "fr-FR"}


@pytest.fixture
def guard(server: Server) -> Iterator[Guard]:
    """Watch every page of the test, and fail it at the end for what they should not have done."""
    guard = Guard(host=server.url.partition("//")[2])
    yield guard
    guard.check()


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], guard: Guard) -> Callable[..., BrowserContext]:
    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        guard.watch(context)
        return context

    return watched


@pytest.fixture(scope="session")
def addresses(server: Server, django_db_blocker: DjangoDbBlocker) -> Addresses:
    """Return where to see each template in each language."""
    with django_db_blocker.unblock():
        return pages.addresses(server.database)


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], addresses: Addresses, guard: Guard) -> Visit:
    """Open the page of a template in a language, in a window of its own."""

    def open_page(template: str, language: str = "fr", width: int = 1280, **options: Any) -> Page:
        if template == NOT_FOUND:
            guard.expected_statuses.add(404)
        if (template, language) not in addresses:
            pytest.skip(f"the demo site has no {template} in {language}")
        page = new_context(viewport={"width": width, "height": 900}, **options).new_page()
        page.goto(addresses[template, language])
        return page

    return open_page
