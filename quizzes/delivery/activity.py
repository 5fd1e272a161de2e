"""Quizzes as something to assign."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.activities import Chosen, Offer, Opened, ResponseRow, Work, WorkState, of_students
from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.gradebook.actions import set_own_late_rule
from classroom.library.models import Film
from classroom.people.models import Group, Section, User
from quizzes.bank.draws import asked_by_quiz
from quizzes.bank.models import Quiz
from quizzes.delivery import queries
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment
from quizzes.delivery.options import option_fields, option_groups, settings_from
from quizzes.delivery.queries.results import mark_in
from quizzes.delivery.queries.staff import Given, Pair, Shown
from quizzes.grading import QUESTION_TYPES

_MARKS = {
    "none": gettext_lazy("not answered"),
    "right": gettext_lazy("right"),
    "partly": gettext_lazy("partly right"),
    "wrong": gettext_lazy("wrong"),
    "waits": gettext_lazy("waits to be read"),
    "dropped": gettext_lazy("does not count"),
}


class QuizKind:
    """See ``classroom.assignments.activities.ActivityKind``."""

    key = "quiz"
    label = gettext_lazy("Quiz")
    first_part = ""

    def has_rest(self, options: Mapping[str, Any]) -> bool:
        return False

    def offers(self, user: User, films: Sequence[Film]) -> list[Offer]:
        """Quizzes with something to ask: the kit's in the order of its lessons, then the teacher's own."""
        quizzes = Quiz.objects.current().visible_to(user).filter(film__in=films).select_related("lesson")
        asked = asked_by_quiz(quizzes)
        return [
            Offer(
                kind=self.key,
                id=quiz.pk,
                key=quiz.key,
                title=quiz.title,
                summary=ngettext("%(count)d question", "%(count)d questions", asked[quiz.pk])
                % {"count": asked[quiz.pk]},
                url=reverse("quizzes:quiz", args=[quiz.pk]),
                lesson_key=quiz.lesson.key if quiz.lesson else "",
            )
            for quiz in quizzes.order_by("film", F("owner").asc(nulls_first=True), "lesson__position", "title")
            if asked[quiz.pk]
        ]

    def option_fields(self, section: Section | None = None) -> dict[str, forms.Field]:
        return option_fields()

    def refusals(
        self, options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
    ) -> dict[str, str | Promise]:
        return {}

    def option_groups(self) -> list[tuple[str, list[str]]]:
        return option_groups()

    def set_up(self, assignment: Assignment, offer: Offer, options: Mapping[str, Any]) -> None:
        settings = settings_from(dict(options))
        QuizAssignment.objects.create(assignment=assignment, quiz_id=offer.id, **settings)
        if settings.get("late_credit"):
            set_own_late_rule(assignment=assignment, has_one=True)

    def chosen(self, assignments: Sequence[Assignment]) -> dict[int, Chosen]:
        return {
            each.assignment_id: Chosen(each.quiz_id, {name: getattr(each, name) for name in option_fields()})
            for each in QuizAssignment.objects.filter(assignment__in=assignments)
        }

    def student_url(self, assignment: Assignment) -> str:
        return reverse("quizzes:start", args=[assignment.pk])

    def staff_url(self, assignment: Assignment) -> str:
        return reverse("quizzes:responses", args=[assignment.pk])

    def work(
        self, assignments: Sequence[Assignment], students: Sequence[User], visits: Mapping[Pair, Opened]
    ) -> dict[Pair, Work]:
        """In one query: each attempt, whether it is graded, and how much of it is answered."""
        attempts = of_students(Attempt.objects.filter(quiz_assignment__assignment__in=assignments), students)
        rows = (
            attempts.order_by("number")
            .annotate(asked=Count("responses"), answered=Count("responses__answer"))
            .values_list(
                *("quiz_assignment__assignment_id", "student_id", "number", "started_at", "submitted_at"),
                *("asked", "answered", Exists(AttemptGrade.objects.filter(attempt=OuterRef("pk")))),
            )
        )
        found: dict[Pair, Work] = {}
        graded: set[Pair] = set()
        for assignment_id, student_id, number, started_at, submitted_at, asked, answered, is_graded in rows:
            pair = assignment_id, student_id
            if is_graded:
                graded.add(pair)
            # The last one stays, and what an earlier one earned.
            state = WorkState.DONE if pair in graded else WorkState.UNDER_WAY
            found[pair] = Work(state, _note(number, answered, asked), submitted_at or started_at)
        return found

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[Pair]:
        """Who has handed one attempt in, or had it closed for them; of a quiz with a mark to pass, who has passed.

        As long as a student may not see their score, to hand in is enough: a step that stays open would tell it. In
        one query, and four more where marks to pass are withheld.
        """
        attempts = Attempt.objects.filter(quiz_assignment__assignment__in=assignments, student__in=students)
        last = AttemptGrade.objects.filter(attempt=OuterRef("pk")).order_by("-at", "-pk")
        rows = (
            attempts.filter(state=Attempt.State.SUBMITTED)
            .order_by()
            .values_list(
                *("quiz_assignment__assignment_id", "student_id", "quiz_assignment__pass_percent"),
                *(Subquery(last.values(name)[:1]) for name in ("points", "out_of", "waiting")),
            )
        )
        handed_in, passed, to_pass = set(), set(), set()
        for assignment_id, student_id, least, points, out_of, waiting in rows:
            pair = assignment_id, student_id
            handed_in.add(pair)
            if least is None or (not waiting and out_of and points * 100 >= least * out_of):
                passed.add(pair)
            else:
                to_pass.add(assignment_id)
        short_of_it = [each for each in assignments if each.pk in to_pass]
        return passed | (queries.withheld_pairs(short_of_it, students, clock.now()) & handed_in)

    def seconds(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, int]:
        """From the start of each attempt to its hand-in, all attempts together."""
        attempts = Attempt.objects.filter(quiz_assignment__assignment__in=assignments, student__in=students)
        times = attempts.filter(submitted_at__isnull=False).values_list(
            "quiz_assignment__assignment_id", "student_id", "started_at", "submitted_at"
        )
        found: dict[Pair, int] = defaultdict(int)
        for assignment_id, student_id, started_at, submitted_at in times:
            if submitted_at is not None:
                found[assignment_id, student_id] += int((submitted_at - started_at).total_seconds())
        return dict(found)

    def responses(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[Pair, list[ResponseRow]]:
        """In five queries: the quizzes, the attempts, their grades, the answers, and what each earned."""
        shown, own = self._shown(assignments, students)
        return {
            (own[quiz_assignment_id], student_id): [_row(each, own[quiz_assignment_id]) for each in given]
            for (quiz_assignment_id, student_id), given in queries.given_by_pair(shown).items()
        }

    def _shown(
        self, assignments: Sequence[Assignment], students: Sequence[User]
    ) -> tuple[dict[Pair, Shown], dict[int, int]]:
        """The attempts that stand for the students, and the assignment id of each quiz assignment."""
        quiz_assignments = list(QuizAssignment.objects.filter(assignment__in=assignments))
        own = {each.pk: each.assignment_id for each in quiz_assignments}
        return queries.attempts_shown(quiz_assignments, students), own


def _note(number: int, answered: int, asked: int) -> str:
    note = _("%(answered)d of %(asked)d answered") % {"answered": answered, "asked": asked}
    return _("attempt %(number)d: %(note)s") % {"number": number, "note": note} if number > 1 else note


def _row(given: Given, assignment_id: int) -> ResponseRow:
    response, shown = given.response, ""
    if given.earned is not None:
        points = given.earned.points
        mark = mark_in(given.earned, answered=bool(given.answer), out_of=response.points)
        shown = str(_MARKS[mark])
        if mark == "partly":
            earned = {
                "points": number_format(points.normalize()),
                "of": number_format(response.points.normalize()),
            }
            shown = _("partly right: %(points)s of %(of)s") % earned
    return ResponseRow(
        asked=response.version.stem,
        given=given.answer or _("no answer"),
        at=response.saved_at,
        mark=shown,
        links=_links(given, assignment_id),
    )


def _links(given: Given, assignment_id: int) -> tuple[tuple[str, str], ...]:
    """Where a graded answer is marked by hand, or its question's key is mended."""
    version = given.response.version
    if given.earned is None:
        return ()
    if not QUESTION_TYPES[version.type].by_hand:
        return ((_("Mend its key and regrade"), reverse("quizzes:regrade", args=[assignment_id, version.pk])),)
    if not given.answer:
        return ()
    label = _("Mark it") if given.earned.waits else _("Mark it again")
    return ((label, reverse("quizzes:grade_answer", args=[given.response.pk])),)
