"""What other rooms show of one quiz of a class: pages that the page of its answers links to without knowing them.

A higher room registers a page when its app is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from quizzes.delivery.models import QuizAssignment


@dataclass(frozen=True)
class Beside:
    """A page about a quiz of a class, for those who see its answers."""

    label: str | Promise
    url_of: Callable[[QuizAssignment], str]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


_pages: dict[str, Beside] = {}


def register(key: str, page: Beside) -> None:
    """Make a page known; called from AppConfig.ready. A second registration of the same key replaces the first."""
    _pages[key] = page


def links_for(quiz_assignment: QuizAssignment) -> list[Link]:
    """The pages about this quiz, in the order in which they were registered; asks the database nothing."""
    return [Link(str(each.label), each.url_of(quiz_assignment)) for each in _pages.values()]
