"""What waits for those who mark, on their home page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.assignments.activities import Attention
from classroom.people.models import Membership, Role, User
from classroom.people.permissions import Permission, granted_to
from quizzes.delivery.models import Response
from quizzes.marking.models import Appeal
from quizzes.marking.queries import appeals, to_read


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
    return [*found, *_appeals(user, memberships), *_decisions(user, memberships)]


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
