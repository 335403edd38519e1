"""Reads a page as a browser would parse it, and tells what in it could run."""

import html
import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset"}
SCHEMES = {"", "http", "https", "mailto", "tel"}
DANGEROUS = {"iframe", "object", "embed", "base", "math", "animate", "foreignobject"}


class Reader(HTMLParser):
    """Collects what could run."""

    def __init__(self, *, admin: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.admin = admin
        self.dangers: list[str] = []
        self.json: list[str] = []
        self._in_json = False
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_script = tag == "script"
        self._in_json = tag == "script" and "json" in values.get("type", "")
        if self._in_json:
            self.json.append("")
        if tag in DANGEROUS and not (self.admin and tag == "iframe"):
            self.dangers.append(f"<{tag}>")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.dangers.append("<meta refresh>")
        for name, value in values.items():
            if name.startswith("on"):
                self.dangers.append(f"<{tag} {name}>")
            # A browser drops the control characters and the spaces before a scheme.
            if name in ADDRESSES and urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme.lower() not in SCHEMES:
                self.dangers.append(f"<{tag} {name}={value[:60]!r}>")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_json = False

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json[-1] += data
        elif self._in_script and "pwned" in data:
            self.dangers.append(f"script: {data[:80]!r}")


def dangers(text: str, *, admin: bool = False) -> list[str]:
    """What could run in this page. Data blocks must still be read as data."""
    reader = Reader(admin=admin)
    reader.feed(text)
    reader.close()
    for block in reader.json:
        try:
            json.loads(block)
        except ValueError:
            reader.dangers.append(f"broken data: {block[:80]!r}")
    return [danger for danger in reader.dangers if "data:image" not in danger]


def shows(text: str, typed: str) -> bool:
    """Whether the page shows what was typed as it was typed."""
    return typed in html.unescape(text)
