"""A class by fact: what it was taught, asked and gave to discuss, what it knows, and what it mistakes.

What one student's answer earned is shown to those who see scores; what the class's answers add up to, and who wrote
what, to all who see responses.
"""

from functools import partial

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from classroom.common import tables
from classroom.people import queries as people
from classroom.people.access import Level, SignedInRequest, allow
from classroom.people.models import Membership, Section
from classroom.people.permissions import Permission, granted_to
from quizzes.statistics import files
from quizzes.statistics.forms import WantedForm
from quizzes.statistics.heat_map import heat_map, key_symbol, marks_body
from quizzes.statistics.marks import FEW, Mark
from quizzes.statistics.queries.coverage import coverage
from quizzes.statistics.queries.evidence import Evidence, evidence_of
from quizzes.statistics.queries.facts import ByFact, FactLine, by_fact
from quizzes.statistics.queries.hardest import hardest
from quizzes.statistics.queries.one_fact import get_fact, one_fact

_SEE = Permission.RESPONSES_SEE
_KEY = [(mark, key_symbol(mark)) for mark in Mark]


def _membership(request: SignedInRequest, section_id: int, needs: Permission = _SEE) -> Membership:
    return people.get_membership(request.user, section_id, needs)


def _sees_scores(membership: Membership) -> bool:
    return Permission.GRADES_SEE in granted_to(membership)


def _trail(section: Section, *rest: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of this room: the class, its tracking, and what stands above the page."""
    return [
        (reverse("classroom:home"), _("Home")),
        (reverse("classroom:section", args=[section.pk]), section.name),
        (reverse("classroom:tracking", args=[section.pk]), _("Tracking")),
        *rest,
    ]


def _facts(request: SignedInRequest, section: Section) -> tuple[WantedForm, ByFact, Evidence]:
    evidence = evidence_of(section)
    form = WantedForm(request.GET, evidence=evidence)
    return form, by_fact(evidence, form.wanted), evidence


def _fact_url(section: Section, line: FactLine) -> str:
    return reverse("quizzes:class_fact", args=[section.pk, line.fact.film.key, line.fact.key])


def _file(form: str, name: str, table: files.Table) -> HttpResponse:
    head, rows = table
    if form == "csv":
        return tables.csv_response(name, head, rows)
    if form == "xlsx":
        return tables.xlsx_response(name, [(name, head, rows)])
    raise Http404


# --- By fact ------------------------------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, needs=_SEE)
def class_facts(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Every fact that the class has to do with, as a map and as a table."""
    membership = _membership(request, section_id)
    form, found, _evidence = _facts(request, membership.section)
    with_scores = _sees_scores(membership)
    page = {
        "section": membership.section,
        "form": form,
        "found": found,
        "with_scores": with_scores,
        "map": heat_map(found.students, found.topics) if with_scores else "",
        "key": _KEY,
        "few": FEW,
        "query": request.GET.urlencode(),
        "trail": _trail(membership.section, ("", _("The class by fact"))),
    }
    return TemplateResponse(request, "quizzes/statistics/facts.html", page)


@allow(Level.SIGNED_IN, needs=_SEE)
def class_facts_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    section = _membership(request, section_id).section
    _form, found, _evidence = _facts(request, section)
    return _file(form, _("Facts %(name)s") % {"name": section.name}, files.facts(found))


@allow(Level.SIGNED_IN, needs=Permission.GRADES_SEE)
def class_marks(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The heat map written out: students by facts."""
    section = _membership(request, section_id, Permission.GRADES_SEE).section
    _form, found, _evidence = _facts(request, section)
    page = {
        "section": section,
        "found": found,
        "body": marks_body(found, partial(_fact_url, section)),
        "query": request.GET.urlencode(),
        "trail": _trail(
            section,
            (reverse("quizzes:class_facts", args=[section.pk]), _("The class by fact")),
            ("", _("Students by facts")),
        ),
    }
    return TemplateResponse(request, "quizzes/statistics/marks.html", page)


@allow(Level.SIGNED_IN, needs=Permission.GRADES_SEE)
def class_marks_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    section = _membership(request, section_id, Permission.GRADES_SEE).section
    _form, found, _evidence = _facts(request, section)
    return _file(form, _("Students by facts %(name)s") % {"name": section.name}, files.marks(found))


@allow(Level.SIGNED_IN, needs=_SEE)
def class_fact(request: SignedInRequest, section_id: int, film_key: str, fact_key: str) -> HttpResponse:
    """One fact in one class: its questions, and who answered what."""
    membership = _membership(request, section_id)
    section = membership.section
    evidence = evidence_of(section)
    fact = get_fact(evidence, film_key, fact_key)
    page = {
        "section": section,
        "fact": fact,
        "view": one_fact(evidence, fact),
        "with_scores": _sees_scores(membership),
        "few": FEW,
        "students": len(evidence.students),
        "trail": _trail(
            section, (reverse("quizzes:class_facts", args=[section.pk]), _("The class by fact")), ("", _("One fact"))
        ),
    }
    return TemplateResponse(request, "quizzes/statistics/fact.html", page)


# --- By question, and side by side --------------------------------------------------------------------------------


@allow(Level.SIGNED_IN, needs=_SEE)
def class_questions(request: SignedInRequest, section_id: int) -> HttpResponse:
    """The questions over all quizzes of the class, the hardest first."""
    section = _membership(request, section_id).section
    page = {
        "section": section,
        "lines": hardest(evidence_of(section)),
        "few": FEW,
        "trail": _trail(section, ("", _("Hardest questions"))),
    }
    return TemplateResponse(request, "quizzes/statistics/questions.html", page)


@allow(Level.SIGNED_IN, needs=_SEE)
def class_questions_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    section = _membership(request, section_id).section
    name = _("Hardest questions %(name)s") % {"name": section.name}
    return _file(form, name, files.questions(hardest(evidence_of(section))))


@allow(Level.SIGNED_IN, needs=_SEE)
def class_coverage(request: SignedInRequest, section_id: int) -> HttpResponse:
    """Taught, tested and discussed side by side."""
    section = _membership(request, section_id).section
    page = {
        "section": section,
        "found": coverage(evidence_of(section)),
        "trail": _trail(section, ("", _("Taught, tested, discussed"))),
    }
    return TemplateResponse(request, "quizzes/statistics/coverage.html", page)


@allow(Level.SIGNED_IN, needs=_SEE)
def class_coverage_file(request: SignedInRequest, section_id: int, form: str) -> HttpResponse:
    """What the page shows, as a file."""
    section = _membership(request, section_id).section
    name = _("Taught, tested, discussed %(name)s") % {"name": section.name}
    return _file(form, name, files.coverage(coverage(evidence_of(section))))
