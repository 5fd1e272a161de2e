"""The room's pages about a class, for the tracking page to link to."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.gradebook import panels
from classroom.people.models import Section
from quizzes.delivery import beside
from quizzes.delivery.models import QuizAssignment

_PAGES: list[tuple[str, str | Promise, str | Promise]] = [
    (
        "class_facts",
        _("The class by fact"),
        _("Which facts are known, which are mistaken, and which were never asked."),
    ),
    ("class_questions", _("Hardest questions"), _("Over all quizzes of the class, with the answer that misled most.")),
    (
        "class_quizzes",
        _("Analysis of quizzes"),
        _("How well each quiz measures, question by question, and which answers misled."),
    ),
    (
        "class_coverage",
        _("Taught, tested, discussed"),
        _("Lesson by lesson and topic by topic, and what was left out."),
    ),
]


def register() -> None:
    """Called from AppConfig.ready."""
    beside.register("analysis", beside.Beside(_("Analysis"), _analysis_of))
    for name, label, about in _PAGES:
        panels.register(name, panels.Panel(label, about, _address(name)))


def _analysis_of(quiz_assignment: QuizAssignment) -> str:
    assignment = quiz_assignment.assignment
    return reverse("quizzes:analysis", args=[assignment.section_id, assignment.pk])


def _address(name: str) -> panels.UrlOf:
    def url_of(section: Section) -> str:
        return reverse(f"quizzes:{name}", args=[section.pk])

    return url_of
