"""What the pages of the bank share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.library.models import Film

QUESTIONS_ON_A_PAGE = 30


def trail(film: Film, here: str) -> list[tuple[str, str]]:
    """Where a page of the bank stands: below its film's kit and the list of questions."""
    return [
        (reverse("classroom:kit", args=[film.key]), film.title),
        (reverse("quizzes:bank", args=[film.key]), _("Questions")),
        ("", here),
    ]
