"""What waits for those who mark, on their home page."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.activities import Attention, News
from classroom.common import clock
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import Permission, granted_to
from quizzes.delivery.models import Response
from quizzes.marking.models import Appeal, Regrade, RegradeNotice
from quizzes.marking.queries import appeals, regrades, to_read


def attention(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Answers that wait to be read and keys that students question, by class, and to students what was decided.

    Asks nothing for those who mark nowhere, and of decisions only for students.
    """
    marking = {each.section_id: each.section for each in memberships if Permission.ANSWERS_GRADE in granted_to(each)}
    counts = to_read.sections_with_waiting(user) if marking else {}
    found = []
    for section_id, section in marking.items():
        if count := counts.get(section_id, 0):
            words = ngettext(
                "%(count)d answer waits to be read in %(name)s", "%(count)d answers wait to be read in %(name)s", count
            )
            address = reverse("quizzes:to_grade", args=[section_id])
            found.append(Attention(words % {"count": count, "name": section.name}, address))
    reviews, notices = _reviews(user, memberships), _regrades(user, memberships)
    return [*found, *_appeals(user, memberships), *reviews, *_decisions(user, memberships), *notices]


def _appeals(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    deciding = {each.section_id: each.section for each in memberships if Permission.GRADES_CHANGE in granted_to(each)}
    counts = appeals.undecided_counts(user) if deciding else {}
    found = []
    for section_id, section in deciding.items():
        if count := counts.get(section_id, 0):
            words = ngettext(
                "%(count)d right answer is questioned in %(name)s",
                "%(count)d right answers are questioned in %(name)s",
                count,
            )
            address = reverse("quizzes:appeals", args=[section_id])
            found.append(Attention(words % {"count": count, "name": section.name}, address))
    return found


def _decisions(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    if not any(each.role == Role.STUDENT for each in memberships):
        return []
    return [
        Attention(
            _("Your teacher has decided about the right answer that you questioned in “%(title)s”.")
            % {"title": each.response.attempt.quiz_assignment.assignment.title},
            reverse("quizzes:appeal", args=[each.response.attempt_id, each.response.position]),
        )
        for each in appeals.unseen_decisions(user)
    ]


_GRADED_AGAIN: dict[str, str | Promise] = {
    Regrade.Policy.NEW_KEY: gettext_lazy(
        "“%(title)s”: a right answer was mended, and your answers were graded again. See why."
    ),
    Regrade.Policy.BOTH: gettext_lazy(
        "“%(title)s”: a second right answer was added, and your answers were graded again. See why."
    ),
    Regrade.Policy.FULL: gettext_lazy(
        "“%(title)s”: a question was not in order, and everybody gets its full points. See why."
    ),
    Regrade.Policy.DROP: gettext_lazy(
        "“%(title)s”: a question was not in order, and it does not count for anybody. See why."
    ),
    Regrade.Policy.AS_ASKED: gettext_lazy(
        "“%(title)s”: a change to a question was taken back, and your answers were graded again. See why."
    ),
}


def _regrades(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    if not any(each.role == Role.STUDENT for each in memberships):
        return []
    return [
        Attention(_why(each), reverse("quizzes:regrade_notice", args=[each.pk]))
        for each in regrades.unseen_notices(user, clock.now())
    ]


def news_for(student: User, at: datetime) -> dict[int, str]:
    """Which attempts of this student's were graded again and why, by their id; what they have seen no more."""
    return {each.attempt_id: _why(each) for each in regrades.unseen_notices(student, at)}


def news_on_scores(student: User, at: datetime) -> dict[int, list[News]]:
    """The same beside the scores, by assignment id."""
    found: dict[int, list[News]] = {}
    for each in regrades.unseen_notices(student, at):
        news = News(_why(each), reverse("quizzes:regrade_notice", args=[each.pk]), each.pk)
        found.setdefault(each.attempt.quiz_assignment.assignment_id, []).append(news)
    return found


def _why(notice: RegradeNotice) -> str:
    title = notice.attempt.quiz_assignment.assignment.title
    return str(_GRADED_AGAIN[notice.regrade.policy]) % {"title": title}


def _reviews(user: User, memberships: Sequence[Membership]) -> list[Attention]:
    """Facts that a student was right to doubt, for every teacher: the ledger is common to them."""
    if not user.is_teacher or not any(Permission.GRADES_CHANGE in granted_to(each) for each in memberships):
        return []
    found = []
    for key, title, count in appeals.open_reviews():
        words = ngettext(
            "%(count)d fact of “%(title)s” is under review", "%(count)d facts of “%(title)s” are under review", count
        )
        address = reverse("quizzes:fact_reviews", args=[key])
        found.append(Attention(words % {"count": count, "title": title}, address))
    return found


def notes_on(responses: Sequence[Response]) -> dict[int, str]:
    """For the result page: what became of the student's doubts about a right answer; in one query."""
    found = Appeal.objects.filter(response__in=responses).order_by("made_at", "pk")
    return {each.response_id: in_words(each) for each in found}


def in_words(appeal: Appeal) -> str:
    """The state of an appeal, with the teacher's reason, for its student."""
    if appeal.state == Appeal.State.OPEN:
        return _("You questioned this right answer. Your teacher has not decided yet.")
    if appeal.state == Appeal.State.UPHELD:
        return _("You questioned this right answer, and your teacher agrees: %(why)s") % {"why": appeal.decision}
    return _("You questioned this right answer, and your teacher lets it stand: %(why)s") % {"why": appeal.decision}
