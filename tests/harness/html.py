"""What every public HTML answer must respect, checked on each answer of each test."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RIGHT_TO_LEFT = {"ar"}
LEAKS = ("{{", "{%", "{#")
FETCHING_LINKS = {"stylesheet", "preload", "modulepreload", "icon", "manifest", "apple-touch-icon", "prefetch"}
ID_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list", "form")
DATA_SCRIPTS = {"application/ld+json", "application/json"}
PRIVATE_PREFIXES = ("/admin/", "/django-admin/")


class HtmlError(AssertionError):
    """A page breaks the rules of every page; the message lists how."""


@dataclass
class Scan:
    """What one pass over a page has seen."""

    problems: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    ids: Counter[str] = field(default_factory=Counter)
    references: list[tuple[str, str]] = field(default_factory=list)
    root: dict[str, str] | None = None


class Scanner(HTMLParser):
    """Read a page once and note everything that is wrong."""

    def __init__(self, hosts: set[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.scan = Scan()
        self.hosts = hosts
        self.open: list[str] = []

    def problem(self, text: str) -> None:
        self.scan.problems.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) < len(attrs):
            self.problem(f"<{tag}> repeats an attribute")
        self.scan.tags[tag] += 1
        if tag == "html":
            self.scan.root = attributes
        if tag not in VOID:
            self.open.append(tag)
        self.check_attributes(tag, attributes)
        self.check_element(tag, attributes)
        self.check_addresses(tag, attributes)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<path/>` in SVG; an HTML element written so would stay open in a browser.
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            if "svg" not in self.open:
                self.problem(f"<{tag}/> does not close itself in HTML")
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.problem(f"</{tag}> closes an element that has no end")
        elif not self.open or self.open[-1] != tag:
            self.problem(f"</{tag}> closes <{self.open[-1] if self.open else 'nothing'}>")
            if tag in self.open:
                while self.open.pop() != tag:
                    pass
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for leak in LEAKS:
            if leak in data:
                self.problem(f"a template tag leaks: {data.strip()[:80]!r}")

    def check_attributes(self, tag: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name.startswith("on"):
                self.problem(f"<{tag}> has an inline handler {name}")
            if name == "style":
                self.problem(f"<{tag}> has an inline style")
            if any(leak in value for leak in LEAKS):
                self.problem(f"<{tag} {name}> leaks a template tag: {value[:80]!r}")
            if name in ID_REFERENCES:
                self.scan.references += [(f"<{tag} {name}>", target) for target in value.split()]
        if "id" in attributes:
            self.scan.ids[attributes["id"]] += 1
            if not attributes["id"]:
                self.problem(f"<{tag}> has an empty id")

    def check_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self.problem("there is a <style> element")
        if tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_SCRIPTS:
            self.problem("there is an inline script")
        if tag == "img":
            missing = [name for name in ("alt", "width", "height") if name not in attributes]
            if missing:
                self.problem(f"<img src={attributes.get('src', '')!r}> lacks {', '.join(missing)}")
        # "#" and "#top" lead to the top of the page, without an element of that name.
        if tag == "a" and (href := attributes.get("href", "")).startswith("#") and href not in ("#", "#top"):
            self.scan.references.append(("<a href>", href[1:]))
        if tag == "a" and attributes.get("target") == "_blank" and "noopener" not in attributes.get("rel", ""):
            self.problem("a link opens a window without rel=noopener")

    def check_addresses(self, tag: str, attributes: dict[str, str]) -> None:
        """Nothing may be fetched from another host without a click."""
        addresses = [attributes.get(name, "") for name in ("src", "poster", "data")]
        addresses += [
            candidate.split()[0] for candidate in attributes.get("srcset", "").split(",") if candidate.strip()
        ]
        if tag == "link" and FETCHING_LINKS.intersection(attributes.get("rel", "").lower().split()):
            addresses.append(attributes.get("href", ""))
        for address in addresses:
            host = urlsplit(address).netloc
            if host and host not in self.hosts:
                self.problem(f"<{tag}> fetches from {host}")

    def close(self) -> None:
        super().close()
        for tag in self.open:
            self.problem(f"<{tag}> is never closed")
        for identifier, count in self.scan.ids.items():
            if count > 1:
                self.problem(f"the id {identifier!r} appears {count} times")
        for source, target in self.scan.references:
            if target not in self.scan.ids:
                self.problem(f"{source} points to {target!r}, which does not exist")


def html_problems(html: str, path: str, hosts: set[str] | None = None) -> list[str]:
    """Return what is wrong with a public page, or with a piece of one, served at `path`."""
    scanner = Scanner(hosts or {"testserver"})
    scanner.feed(html)
    root_known = "<html" in html
    if not root_known:
        # A fragment may point to ids of the page that receives it.
        scanner.scan.references = []
    scanner.close()
    problems = scanner.scan.problems
    if root_known:
        problems += document_problems(html, path, scanner.scan)
    return problems


def document_problems(html: str, path: str, scan: Scan) -> list[str]:
    """Return what is wrong with a page as a whole."""
    problems = []
    if not html.lstrip().lower().startswith("<!doctype html>"):
        problems.append("the page has no doctype")
    if scan.tags["h1"] != 1:
        problems.append(f"the page has {scan.tags['h1']} <h1>")
    if scan.tags["main"] != 1:
        problems.append(f"the page has {scan.tags['main']} <main>")
    if scan.tags["title"] - scan.tags["svg"] > 1 or not scan.tags["title"]:
        problems.append("the page has no single <title>")
    root = scan.root or {}
    language = path.split("/")[1] if path.count("/") > 1 else ""
    known = dict(settings.LANGUAGES)
    if language in known and root.get("lang") != language:
        problems.append(f"lang is {root.get('lang')!r} under /{language}/")
    if root.get("lang") not in known:
        problems.append(f"lang {root.get('lang')!r} is not a language of the site")
    direction = "rtl" if root.get("lang") in RIGHT_TO_LEFT else "ltr"
    if root.get("dir", "ltr") != direction:
        problems.append(f"dir is {root.get('dir')!r} in {root.get('lang')}")
    return problems


def assert_html(html: str, path: str, hosts: set[str] | None = None) -> None:
    """Raise `HtmlError` unless the page respects the rules of every page."""
    if problems := html_problems(html, path, hosts):
        raise HtmlError(f"{path}\n  " + "\n  ".join(problems))


class StrictClient(Client):
    """A test client that reads every public HTML answer."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        path = request["PATH_INFO"]
        is_html = response.headers.get("Content-Type", "").startswith("text/html")
        if is_html and not response.streaming and response.content and not path.startswith(PRIVATE_PREFIXES):
            assert_html(response.content.decode(response.charset), path)
        return response
