"""How well one quiz measures, and what was mistaken in it: in sentences first, in figures behind.

What the answers of a class add up to may be seen by all who see its responses; nobody's own score is told.
"""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import tables as files
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Section, User
from classroom.people.permissions import Permission, granted_to
from quizzes.delivery.models import QuizAssignment
from quizzes.statistics.analysis.items import Analysis, Item, analyse
from quizzes.statistics.analysis.sentences import MOST_TELLING, findings
from quizzes.statistics.analysis.tables import Table, tables
from quizzes.statistics.charts import answer_chart, score_chart, third_symbol
from quizzes.statistics.forms import WhichForm
from quizzes.statistics.limits import ENOUGH, FEW, withheld
from quizzes.statistics.queries.quizzes import get_quizzes, quizzes_of
from quizzes.statistics.queries.taken import read

_SEE = Permission.RESPONSES_SEE


@allow(Level.SIGNED_IN, needs=_SEE)
def class_quizzes(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The quizzes of a class, each with the way to its analysis."""
    section = people.get_membership(request.user, section_id, _SEE).section
    page = {
        "section": section,
        "lines": quizzes_of(section),
        "trail": _trail(section, ("", _("Analysis of quizzes"))),
    }
    return TemplateResponse(request, "quizzes/statistics/quizzes.html", page)


@allow(Level.SIGNED_IN, needs=_SEE)
def analysis(request: SignedInRequest, section_id: int, assignment_id: int) -> HttpResponse:
    """The analysis of a quiz set to a class, or to all classes of this person's."""
    form, quizzes, found = _read(request, section_id, assignment_id)
    section, assignment = quizzes[0].assignment.section, quizzes[0].assignment
    made, said = tables(found), findings(found)
    # Of several classes, a wording need not have been asked in this one, whose regrade it would be.
    granted = granted_to(people.get_membership(request.user, section.pk, _SEE)) if len(quizzes) == 1 else frozenset()
    may_regrade = Permission.GRADES_CHANGE in granted and request.user.is_teacher
    may_grade = Permission.ANSWERS_GRADE in granted
    sentences = [
        (
            each,
            _question_url(request.user, each.item),
            _regrade_url(assignment.pk, each.item) if may_regrade and each.is_warning else "",
        )
        for each in said
    ]
    page = {
        "section": section,
        "assignment": assignment,
        "classes": [each.assignment.section.name for each in quizzes],
        "is_practice": quizzes[0].is_practice,
        "form": form,
        "all_attempts": found.whole.attempts > found.students,
        "found": found,
        "first_findings": sentences[:MOST_TELLING],
        "more_findings": sentences[MOST_TELLING:],
        # Of the questions that the first sentences speak of the answers stand open; those of the others can be opened.
        "looked_at": {each.item.number for each in said[:MOST_TELLING] if each.item},
        "withheld": withheld(found.students),
        "waiting": _waiting(found, assignment.pk if may_grade else None),
        "tables": made,
        "score_chart": score_chart(found.bins) if found.students >= FEW else "",
        "questions": [
            (
                item,
                _question_url(request.user, item),
                _regrade_url(assignment.pk, item) if may_regrade else "",
                answer_chart(item, found.thirds is not None),
                _about(made, item),
            )
            for item in found.items
        ],
        "thirds": _thirds() if found.thirds else [],
        "few": FEW,
        "enough": ENOUGH,
        "query": request.GET.urlencode(),
        "trail": _trail(
            section,
            (reverse("quizzes:class_quizzes", args=[section.pk]), _("Analysis of quizzes")),
            ("", assignment.title),
        ),
    }
    return TemplateResponse(request, "quizzes/statistics/analysis.html", page)


@allow(Level.SIGNED_IN, needs=_SEE)
def analysis_file(request: SignedInRequest, section_id: int, assignment_id: int, table: str, form: str) -> HttpResponse:
    """One table of the page as a file, cell by cell."""
    _form, quizzes, found = _read(request, section_id, assignment_id)
    made = tables(found)
    if table not in made:
        raise Http404
    name = _("%(table)s %(quiz)s") % {"table": made[table].key, "quiz": quizzes[0].assignment.title}
    if form == "csv":
        return files.csv_response(name, made[table].head, made[table].cells)
    if form == "xlsx":
        return files.xlsx_response(name, [(name, made[table].head, made[table].cells)])
    raise Http404


def _read(
    request: SignedInRequest, section_id: int, assignment_id: int
) -> tuple[WhichForm, list[QuizAssignment], Analysis]:
    form = WhichForm(request.GET)
    quizzes = get_quizzes(request.user, section_id, assignment_id, elsewhere=form.elsewhere)
    return form, quizzes, analyse(read(quizzes, form.which))


def _trail(section: Section, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[section.pk]), section.name),
        (reverse("classroom:tracking", args=[section.pk]), _("Tracking")),
        *rest,
    ]


def _question_url(user: User, item: Item | None) -> str:
    """Where a question stands in the bank, for whom it is there: a teacher, of the kit's questions and their own."""
    if item is None or not user.is_teacher or item.version.question.owner_id not in {None, user.pk}:
        return ""
    return reverse("quizzes:question", args=[item.question_id])


def _regrade_url(assignment_id: int, item: Item | None) -> str:
    """Where the key of a question is mended for those who have answered."""
    return reverse("quizzes:regrade", args=[assignment_id, item.version.pk]) if item is not None else ""


def _waiting(found: Analysis, assignment_id: int | None) -> list[tuple[str, int, str]]:
    """The questions that are left out until their answers are read, how many wait, and where they are read."""
    versions = [(found.taken.version_of(pk), count) for pk, count in found.taken.waiting.items()]
    return [
        (
            version.stem,
            count,
            reverse("quizzes:grade_question", args=[assignment_id, version.pk]) if assignment_id is not None else "",
        )
        for version, count in versions
    ]


def _about(made: dict[str, Table], item: Item) -> Table:
    return made["answers"].about(item, _("Answers to question %(number)d") % {"number": item.number})


def _thirds() -> list[tuple[object, str]]:
    kinds = [("bar weak", _("lower third by score")), ("bar half", _("middle third")), ("bar", _("upper third"))]
    return [(third_symbol(kind), words) for kind, words in kinds]
