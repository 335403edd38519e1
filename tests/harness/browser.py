"""The distribution's Chromium, cut off from the network, and a guard on everything pages do."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    # Whatever a page asks for, no request leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

Visit = Callable[..., Page]


def chromium() -> str:
    """Return the browser's path; skip where there is none, unless REQUIRE_BROWSER=1 forbids skipping."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path:
        return path
    reason = "Chromium is missing: apt-get install chromium, or set CHROMIUM to its path"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@dataclass
class Guard:
    """Fail the test when a page calls another host, breaks its own policy, or logs an error."""

    host: str
    problems: list[str] = field(default_factory=list)
    # Answers a test expects (a 404 page): the browser logs each as a console error.
    expected_statuses: set[int] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self.on_request)
        context.on("response", self.on_response)
        context.on("console", self.on_console)
        context.on("weberror", self.on_error)

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.problems.append(f"{response.status} for {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        # Failed loads are reported with their address by `on_response`.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console error: {message.text}")

    def on_error(self, error: WebError) -> None:
        self.problems.append(f"script error: {error.error}")

    def check(self) -> None:
        assert not self.problems, "\n".join(self.problems)
