"""A message with a button that takes back what was just done: instead of asking beforehand whether it is meant.

The button is a form of its own. Its address has to be that of a view that asks again who may, and that says so where
somebody else has changed the same thing since.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_MARK = "undo:"


@dataclass(frozen=True)
class Undo:
    """The address to send the fields to, each a name and a value."""

    url: str
    fields: Sequence[tuple[str, str]]


# Sent with what takes back, so that its view can tell it from the same thing done anew.
_TAKING_BACK = "taking_back"


def done(request: HttpRequest, words: str, *, undo: str, **fields: str | list[str]) -> None:
    """Tell that something is done, with a button that sends ``fields`` to the address ``undo``."""
    pairs = [(name, each) for name, value in fields.items() for each in ([value] if isinstance(value, str) else value)]
    pairs.append((_TAKING_BACK, "yes"))
    messages.success(request, words, extra_tags=_MARK + json.dumps([undo, pairs]))


def is_taking_back(request: HttpRequest) -> bool:
    """Whether this was sent by the button of ``done``: where the thing has been changed since, that stands."""
    return _TAKING_BACK in request.POST


def undo_of(message: Message) -> Undo | None:
    """What takes back what a message tells of; None where nothing does."""
    kept = message.extra_tags or ""
    if not kept.startswith(_MARK):
        return None
    url, pairs = json.loads(kept.removeprefix(_MARK))
    return Undo(url, [(name, value) for name, value in pairs])
