"""What a calendar, a feed and a search engine read of the agenda."""

import datetime
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from django.http import HttpResponse
from icalendar import Calendar, Event
from selectolax.lexbor import LexborHTMLParser

Tenue = tuple[str, str, str]


def ics(response: HttpResponse) -> Calendar:
    assert response.status_code == 200, response.status_code
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    content = response.content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    return Calendar.from_ical(content)


def evenements(calendar: Calendar) -> list[Event]:
    return list(calendar.walk("VEVENT"))


def le_jour(moment: datetime.date) -> datetime.date:
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def du_calendrier(calendar: Calendar, jour: datetime.date, fuseau: str = "Europe/Paris") -> list[Tenue]:
    """Return what a calendar shows on a day of a time zone: title, beginning, status."""
    minuit = datetime.datetime.combine(jour, datetime.time.min, ZoneInfo(fuseau))
    found = recurring_ical_events.of(calendar).between(minuit, minuit + datetime.timedelta(days=1))
    return sorted((str(event["SUMMARY"]), event.start.isoformat(), str(event["STATUS"])) for event in found)


def donnees_structurees(response: HttpResponse) -> dict[str, Any]:
    tree = LexborHTMLParser(response.content.decode())
    [script] = tree.css('script[type="application/ld+json"]')
    graph: list[dict[str, Any]] = json.loads(script.text())["@graph"]
    return graph[0]


def dates_structurees(thing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each date of an event: itself, or its parts."""
    yield from thing.get("subEvent", [thing])
