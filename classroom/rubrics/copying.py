"""Rubrics in a new year: the version in force comes along as the first one, and the comments that graders use again."""

from collections.abc import Mapping

from django.db.models import F
from django.utils.translation import gettext as _

from classroom.assignments.copying import Follower
from classroom.assignments.models import Assignment
from classroom.discussions.models import Task
from classroom.people.models import Section
from classroom.rubrics.models import Comment, Rubric, RubricVersion


def _words(section: Section) -> list[str]:
    """What comes along, for the plan."""
    if not Rubric.objects.filter(assignment__section=section, assignment__withdrawn_at=None, number__gt=0).exists():
        return []
    return [_("The rubrics of discussions come along.")]


def _copy(old: Section, new: Section, made: Mapping[int, Assignment]) -> None:
    versions = RubricVersion.objects.filter(rubric__assignment__in=made, number=F("rubric__number"))
    for version in versions.select_related("rubric", "by"):
        assignment = made[version.rubric.assignment_id]
        rubric = Rubric.objects.create(assignment=assignment, number=1)
        RubricVersion.objects.create(
            rubric=rubric, number=1, criteria=version.criteria, by=version.by, at=assignment.created_at
        )
        Task.objects.filter(assignment=assignment).update(is_graded=True)
    comments = Comment.objects.filter(section=old)
    Comment.objects.bulk_create(
        (Comment(section=new, text=each.text, created_by_id=each.created_by_id) for each in comments),
        ignore_conflicts=True,
    )


RUBRICS = Follower(_words, _copy)
