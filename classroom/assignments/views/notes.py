"""What the next page has to say besides that it is done."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest


def say(request: HttpRequest, notes: Iterable[str]) -> None:
    for note in notes:
        messages.info(request, note)
