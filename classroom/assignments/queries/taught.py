"""What a quiz asks beside what the class is taught: shown before it is set, as a warning and no more."""

from collections.abc import Mapping, Sequence

from classroom.assignments.activities import Offer
from classroom.assignments.models import Assignment
from classroom.assignments.queries.one import LESSON
from classroom.lessons import coverage
from classroom.lessons.coverage import Coverage
from classroom.lessons.models import Lesson
from classroom.library.models import Film
from classroom.people.models import Section, User


def untaught(user: User, section: Section, offer: Offer, parts: Sequence[Offer]) -> Coverage | None:
    """For a lesson that can bring its quiz: the quiz beside the lesson. For a quiz: beside all lessons of its film
    that are set to the class. None where there is no such quiz, or no such lesson."""
    if offer.kind == LESSON:
        lesson = Lesson.objects.select_related("film").get(pk=offer.id)
        found = coverage.of_lesson(user, lesson)
        return found if lesson.quiz_key in {part.key for part in parts} else None
    set_now = Assignment.objects.current().filter(section=section, kind=LESSON)
    by_film: dict[Film, list[Lesson]] = {}
    for lesson in Lesson.objects.filter(pk__in=set_now.values("lesson")).select_related("film"):
        by_film.setdefault(lesson.film, []).append(lesson)
    for film, lessons in by_film.items():
        beside = coverage.of_quizzes(user, film, [offer.key], lessons).get(offer.key)
        if beside and beside.url == offer.url:
            return beside
    return None


def untaught_in_unit(user: User, film: Film, planned: Mapping[int, Sequence[Offer]]) -> dict[int, Coverage]:
    """For lessons of a unit, by id, with the parts that each brings: those whose quiz asks what they do not teach."""
    lessons = Lesson.objects.filter(pk__in=planned)
    found = coverage.of_lessons(
        user, film, [each for each in lessons if each.quiz_key in {part.key for part in planned[each.pk]}]
    )
    return {pk: beside for pk, beside in found.items() if beside.untaught}
