"""The calendars that we write, read back by a reader that knows RFC 5545's lines and texts."""

import re
import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.common.ics import Event, calendar

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
UID = uuid.UUID(int=7)


def unfolded(text: str) -> list[str]:
    """The content lines: each ends in CRLF, none is longer than 75 octets, and the folds are taken out."""
    assert text.endswith("\r\n")
    physical = text.split("\r\n")[:-1]
    for line in physical:
        assert len(line.encode()) <= 75, line
        assert "\n" not in line
        assert "\r" not in line
    return "\r\n".join(physical).replace("\r\n ", "").split("\r\n")


def read(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The calendar's own properties and those of its events, with the escapes of texts undone."""
    lines = unfolded(text)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    own: dict[str, str] = {}
    events: list[dict[str, str]] = []
    current = own
    for line in lines[1:-1]:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert current is own
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = own
        else:
            assert re.fullmatch(r"[A-Z-]+(;[A-Z]+=[A-Z]+)?", name), line
            assert name not in current, line
            current[name] = unescaped(value) if name in {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"} else value
    return own, events


def unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "a bare separator"
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def event(summary: str, **fields: str) -> Event:
    return Event(uid=UID, at=AT, summary=summary, **fields)


def test_an_event_says_when_what_and_where() -> None:
    moment = datetime(2026, 3, 6, 15, 30, tzinfo=ZoneInfo("America/New_York"))
    made = Event(UID, moment, "Due: The lamp", "Lesson, Year 9", "https://school.example/assignments/3/lesson/")
    own, [found] = read(calendar("Year 9", [made], at=AT))
    assert (own["VERSION"], own["NAME"]) == ("2.0", "Year 9")
    assert own["PRODID"]
    assert found["DTSTART"] == "20260306T203000Z"
    assert found["DTSTAMP"] == "20260302T090000Z"
    assert found["UID"] == str(UID)
    assert found["SUMMARY"] == "Due: The lamp"
    assert found["DESCRIPTION"] == "Lesson, Year 9"
    assert found["URL"] == "https://school.example/assignments/3/lesson/"


@pytest.mark.parametrize(
    "summary",
    [
        "Plain",
        "A, B; C: D",
        r"back\slash \n not a line",
        "two\nlines",
        "x" * 300,
        "灯塔守护者" * 40,
        "👩‍🏫" * 30,
        "é" * 75,
        "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:smuggled",
    ],
)
def test_every_text_is_read_back_as_it_was(summary: str) -> None:
    _own, [found] = read(calendar("C", [event(summary)], at=AT))
    assert found["SUMMARY"] == summary.replace("\r\n", "\n")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\\;,")))
def test_any_text_is_read_back_as_it_was(summary: str) -> None:
    _own, [found] = read(calendar("C", [event(summary)], at=AT))
    assert found["SUMMARY"] == summary


def test_what_no_text_may_hold_is_left_out() -> None:
    _own, [found] = read(calendar("C", [event("be\x00fore\x07 after")], at=AT))
    assert found["SUMMARY"] == "before after"


def test_an_empty_calendar_is_one() -> None:
    assert read(calendar("C", [], at=AT))[1] == []
