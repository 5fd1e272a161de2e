"""Lessons as something to assign."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from classroom.assignments.activities import Chosen, Offer, Opened, ResponseRow, Work, WorkState
from classroom.assignments.models import Assignment, StepAnswer, StepProgress, Visit
from classroom.lessons.models import Lesson
from classroom.library.models import Film
from classroom.people.models import Group, Section, User

Pair = tuple[int, int]


class LessonKind:
    """See ``activities.ActivityKind``."""

    key = "lesson"
    label = gettext_lazy("Lesson")
    first_part = ""

    def has_rest(self, options: Mapping[str, Any]) -> bool:
        return False

    def offers(self, user: User, films: Sequence[Film]) -> list[Offer]:
        """The kit's, then the teacher's own, then what colleagues share."""
        lessons = Lesson.objects.offered_to(user).filter(film__in=films).select_related("owner")
        found = [self._offer(lesson, user) for lesson in lessons]
        return sorted(found, key=lambda offer: (bool(offer.group), bool(offer.owner)))

    def _offer(self, lesson: Lesson, user: User) -> Offer:
        colleague = lesson.owner if lesson.owner_id != user.pk else None
        group = _("Shared by colleagues") if colleague else _("My lessons") if lesson.owner_id else ""
        summary = _("Ages %(ages)s, %(minutes)s minutes. %(summary)s")
        if colleague:
            summary = _("By %(owner)s. Ages %(ages)s, %(minutes)s minutes. %(summary)s")
        words = {"ages": lesson.grade_band, "minutes": lesson.minutes, "summary": lesson.summary}
        return Offer(
            kind=self.key,
            id=lesson.pk,
            key=lesson.key,
            title=lesson.title,
            summary=summary % {**words, "owner": colleague.name if colleague else ""},
            url=reverse("classroom:lesson_preview", args=[lesson.pk]),
            lesson_key=lesson.key,
            group=group,
            owner=colleague.name if colleague else "",
        )

    def option_fields(self, section: Section | None = None) -> dict[str, forms.Field]:
        return {}

    def refusals(
        self, options: Mapping[str, Any], section: Section, audience: Sequence[Group | User]
    ) -> dict[str, str | Promise]:
        return {}

    def option_groups(self) -> list[tuple[str, list[str]]]:
        return []

    def set_up(self, assignment: Assignment, offer: Offer, options: Mapping[str, Any]) -> None:
        """An assigned lesson needs nothing beyond its assignment."""

    def chosen(self, assignments: Sequence[Assignment]) -> dict[int, Chosen]:
        return {each.pk: Chosen(each.lesson_id) for each in assignments if each.lesson_id is not None}

    def student_url(self, assignment: Assignment) -> str:
        return reverse("classroom:lesson_work", args=[assignment.pk])

    def staff_url(self, assignment: Assignment) -> str:
        return reverse("classroom:assignment_responses", args=[assignment.pk])

    def work(
        self, assignments: Sequence[Assignment], students: Sequence[User], visits: Mapping[Pair, Opened]
    ) -> dict[Pair, Work]:
        """In no query of its own: it goes by the visits."""
        own = {each.pk for each in assignments}
        return {pair: self._work(visit) for pair, visit in visits.items() if pair[0] in own}

    def _work(self, visit: Opened) -> Work:
        note = _note(visit)
        if visit.done_at is not None:
            return Work(WorkState.DONE, note, visit.done_at)
        begun = visit.answers or visit.steps_done
        return Work(WorkState.UNDER_WAY if begun else WorkState.OPENED, note, visit.last_at)

    def finished(self, assignments: Sequence[Assignment], students: Sequence[User]) -> set[tuple[int, int]]:
        visits = Visit.objects.filter(assignment__in=assignments, student__in=students, done_at__isnull=False)
        return set(visits.values_list("assignment_id", "student_id"))

    def seconds(self, assignments: Sequence[Assignment], students: Sequence[User]) -> dict[tuple[int, int], int]:
        """For how long its steps were open, one at a time."""
        rows = StepProgress.objects.filter(assignment__in=assignments, student__in=students).order_by()
        sums = rows.values("assignment_id", "student_id").annotate(total=Sum("seconds"))
        return {(row["assignment_id"], row["student_id"]): row["total"] for row in sums}

    def responses(
        self, assignments: Sequence[Assignment], students: Sequence[User]
    ) -> dict[tuple[int, int], list[ResponseRow]]:
        found: dict[tuple[int, int], list[ResponseRow]] = defaultdict(list)
        answers = (
            StepAnswer.objects.filter(assignment__in=assignments, student__in=students)
            .select_related("step")
            .order_by("step__position")
        )
        for answer in answers:
            asked = _("%(kind)s: %(title)s") % {"kind": answer.step.get_kind_display(), "title": answer.step.title}
            found[answer.assignment_id, answer.student_id].append(
                ResponseRow(asked=asked, given=answer.text, at=answer.saved_at)
            )
        return dict(found)


def _note(visit: Opened) -> str:
    """How much of a lesson is done: as it was settled last (see ``actions.settle_lesson`` and ``settle_lesson_of``)."""
    if visit.done_at is not None and visit.steps_done < visit.steps_asked:
        # The student said so, or steps have come since: “done” alone beside fewer steps would read as a mistake.
        return _("finished with %(done)d of %(asked)d steps") % {"done": visit.steps_done, "asked": visit.steps_asked}
    if visit.steps_asked:
        return _("%(done)d of %(asked)d steps") % {"done": visit.steps_done, "asked": visit.steps_asked}
    # Where steps are counted, the answers are among them; visits from before that are few, and fewer each day.
    count = visit.answers
    return ngettext("%(count)d answer", "%(count)d answers", count) % {"count": count} if count else ""
