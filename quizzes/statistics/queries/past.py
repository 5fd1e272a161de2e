"""What became of a question wherever this person may see answers to it: counted in one query."""

import numpy as np
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from classroom.people.models import User
from classroom.people.permissions import Permission
from quizzes.bank.models import Question
from quizzes.bank.past import Past
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, ResponseGrade
from quizzes.marking.models import Regrade
from quizzes.statistics.figures.table import NO_SPREAD, Floats, Integers
from quizzes.statistics.limits import ENOUGH, FEW


def past_of(user: User, question: Question) -> Past:
    """How a question did in the first attempt of each student, in the classes whose answers this person may see.

    The discrimination is the correlation with the rest of the same quiz in the same class, over all of these together:
    marks and rests are taken about the means of their class, so that a good class and a bad one don't pass for a
    question that tells students apart. Attempts of which another answer waits to be read have no such rest yet.
    Where everybody got full points by a decision, or nobody any, the question is left out.
    """
    graded = AttemptGrade.objects.filter(attempt=OuterRef("response__attempt")).order_by("-at", "-pk")
    earlier = Attempt.objects.filter(
        quiz_assignment=OuterRef("response__attempt__quiz_assignment"),
        student=OuterRef("response__attempt__student"),
        state=Attempt.State.SUBMITTED,
        number__lt=OuterRef("response__attempt__number"),
    )
    seen = QuizAssignment.objects.visible_to(user, Permission.RESPONSES_SEE).filter(
        assignment__section__is_sample=False
    )
    rows = (
        ResponseGrade.objects.filter(
            ~Exists(earlier),
            response__version__question=question,
            response__attempt__state=Attempt.State.SUBMITTED,
            response__attempt__quiz_assignment__in=seen.values("pk"),
            grade=Subquery(graded.values("pk")[:1]),
            waits=False,
            dropped=False,
        )
        .annotate(decided=Subquery(_decided().values("policy")[:1]))
        .filter(~Q(decided=Regrade.Policy.FULL) | Q(decided__isnull=True))
        .order_by()
        .annotate(
            quiz=F("response__attempt__quiz_assignment"),
            share=Cast("fraction", FloatField()),
            own=Cast("points", FloatField()),
            own_of=Cast("response__points", FloatField()),
            all=Cast("grade__points", FloatField()),
            all_of=Cast("grade__out_of", FloatField()),
        )
        .values_list("quiz", "share", "own", "own_of", "all", "all_of", "grade__waiting")
    )
    found = np.array(list(rows), dtype=np.float64).reshape(-1, 7)
    answers = len(found)
    return Past(
        quizzes=len(np.unique(found[:, 0])),
        answers=answers,
        facility=float(100 * found[:, 1].mean()) if answers >= FEW else None,
        discrimination=_discrimination(found),
    )


def _decided() -> QuerySet[Regrade]:
    """What was decided about the key of a response's question in its quiz, the last first."""
    first = Coalesce(OuterRef("response__version__rewords"), OuterRef("response__version"))
    own = Regrade.objects.filter(quiz_assignment=OuterRef("response__attempt__quiz_assignment"), version=first)
    return own.order_by("-number")


def _discrimination(rows: Floats) -> float | None:
    """The correlation of marks and rests within quizzes, in per cent; None of too few, or where either is the same."""
    rows = rows[(rows[:, 6] == 0) & (rows[:, 5] > rows[:, 3])]
    if len(rows) < ENOUGH:
        return None
    _numbers, of = np.unique(rows[:, 0], return_inverse=True)
    marks = _about_means(rows[:, 1], of)
    rests = _about_means((rows[:, 4] - rows[:, 2]) / (rows[:, 5] - rows[:, 3]), of)
    spread = (marks @ marks) * (rests @ rests)
    # Shares here, not per cent.
    return float(100 * (marks @ rests) / np.sqrt(spread)) if spread > NO_SPREAD / 100**2 else None


def _about_means(values: Floats, of: Integers) -> Floats:
    means: Floats = np.bincount(of, weights=values) / np.bincount(of)
    about: Floats = values - means[of]
    return about
