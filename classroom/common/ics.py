"""Calendars as other programs read them: RFC 5545 (iCalendar), the little of it that deadlines need."""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_OCTETS = 75
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Event:
    """A moment in a calendar. ``uid`` stays the same for as long as it is the same event."""

    uid: uuid.UUID
    at: datetime
    summary: str
    description: str = ""
    url: str = ""


def calendar(name: str, events: Sequence[Event], *, at: datetime) -> str:
    """A whole calendar; ``at`` is when it was written."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lights Up//Classroom//EN",
        "CALSCALE:GREGORIAN",
        # How it is called and how often to come back: RFC 7986, and the name that was in use before it.
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for event in events:
        lines.extend(_event(event, at))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(at)}"
    # A start without an end lasts no time (3.6.1): a deadline is a moment and fills nobody's afternoon.
    yield f"DTSTART:{_moment(event.at)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """Section 3.3.11: what would end the value or the line is escaped; what no text may hold is left out."""
    value = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Section 3.1: lines of at most 75 octets, the later ones after a space; no character is cut in two."""
    folded, length = [], 0
    for character in line:
        octets = len(character.encode())
        if length + octets > LINE_OCTETS:
            folded.append("\r\n ")
            length = 1
        folded.append(character)
        length += octets
    return "".join(folded)
