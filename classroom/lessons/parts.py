"""What a step of a lesson can lead to: quizzes and prompts, which stand above lessons.

A higher room registers what it has when its app is ready, under the name of the column of ``Step`` that holds the key;
pages of lessons then offer and show it without knowing the room.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from classroom.library.models import Film
from classroom.people.models import User

QUIZ, PROMPT = "quiz_key", "prompt_key"


@dataclass(frozen=True)
class Part:
    """A quiz or a prompt: what people call its kind, and where a teacher looks at it."""

    key: str
    label: str | Promise
    title: str
    url: str


Ask = Callable[[User, Film], list[Part]]
_asks: dict[str, Ask] = {}


def register(column: str, ask: Ask) -> None:
    """Let a room tell what this teacher may put into a lesson on a film; ``ask`` makes a fixed number of queries."""
    _asks[column] = ask


def offered(user: User, film: Film, column: str) -> list[Part]:
    """What this teacher may choose for the column, in order."""
    return _asks[column](user, film) if column in _asks else []


def by_key(user: User, film: Film) -> dict[tuple[str, str], Part]:
    """All of it, by column and key."""
    return {(column, part.key): part for column in _asks for part in offered(user, film, column)}
