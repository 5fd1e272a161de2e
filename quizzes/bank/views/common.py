"""What the pages of the bank share."""

from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.library import queries as library
from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank import queries
from quizzes.bank.forms import Choices
from quizzes.bank.models import QuestionTag

QUESTIONS_ON_A_PAGE = 30


def trail(film: Film, here: str) -> list[tuple[str, str]]:
    """Where a page of the bank stands: below its film's kit and the list of questions."""
    return [
        (reverse("classroom:kit", args=[film.key]), film.title),
        (reverse("quizzes:bank", args=[film.key]), _("Questions")),
        ("", here),
    ]


def choices_for(user: User, film: Film) -> Choices:
    """What this teacher can narrow the film's questions to; in three queries."""
    tags = queries.tag_names(user, film)
    return Choices(
        topics=library.topics_of(film),
        lessons=[(lesson.key, lesson.title) for lesson in queries.kit_lessons(film)],
        standards=tags[QuestionTag.Kind.STANDARD],
        tags=tags[QuestionTag.Kind.FREE],
    )
