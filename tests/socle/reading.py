"""Reads an answer as a reader would."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


def texts(response: HttpResponse, selector: str) -> list[str]:
    """Return the text of each element that the CSS selector finds, spaces put together."""
    return [" ".join(found.get_text(" ", strip=True).split()) for found in soup(response).select(selector)]


def one(response: HttpResponse, selector: str) -> Tag:
    found = soup(response).select(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector}"
    return found[0]


def links(response: HttpResponse, selector: str = "a") -> dict[str, str]:
    """Return address by text of the links that the selector finds."""
    return {
        " ".join(found.get_text(" ", strip=True).split()): str(found.get("href"))
        for found in soup(response).select(selector)
    }


def titles(response: HttpResponse, name: str = "resultats") -> list[str]:
    """Return the titles of the cards or results that a list shows."""
    found: list[Any] = response.context[name]  # type: ignore[attr-defined]
    return [item.titre for item in found]
