"""Rubrics and gradings, for those who may see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.shortcuts import get_object_or_404

from classroom.assignments.models import Assignment, visible_where
from classroom.discussions import shape
from classroom.discussions.models import Post, Pseudonym, Thread, sources_asked_for, task_of
from classroom.discussions.shape import Written
from classroom.people.models import Membership, Section, User
from classroom.people.permissions import Permission
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion


def get_discussion(user: User, assignment_id: int) -> Assignment:
    """A discussion of a class in which this person says how work counts; else 404."""
    found = Assignment.objects.visible_to(user, Permission.GRADES_CHANGE).filter(kind="thread", threads__isnull=False)
    return get_object_or_404(found.distinct().select_related("section"), pk=assignment_id)


def get_rubric(user: User, assignment_id: int, needs: Permission) -> Rubric:
    """The rubric of a discussion in whose class this person has the permission; else 404."""
    with_it = "assignment__section", "assignment__talk_task", "assignment__column_settings"
    found = Rubric.objects.visible_to(user, needs).select_related(*with_it)
    return get_object_or_404(found, assignment=assignment_id, number__gt=0)


def rubric_of(assignment: Assignment) -> Rubric | None:
    return Rubric.objects.filter(assignment=assignment, number__gt=0).first()


def in_force(assignment_id: int) -> RubricVersion | None:
    """The version of a discussion's rubric that counts, with the rubric; None where no rubric grades it."""
    versions = RubricVersion.objects.filter(rubric__assignment=assignment_id, number=F("rubric__number"))
    return versions.select_related("rubric").first()


def threads_of(assignment: Assignment) -> list[Thread]:
    """All threads of an assignment, with whose they are."""
    return list(Thread.objects.filter(assignment=assignment).select_related("group", "student").order_by("pk"))


def is_sealed(assignment: Assignment) -> bool:
    return Thread.objects.filter(assignment=assignment, names=Thread.Names.SEALED).exists()


def last_by_pair(threads: Iterable[Thread]) -> dict[tuple[int, int], Assessment]:
    """The grading in force by (thread id, student id)."""
    found = Assessment.objects.filter(thread__in=[each.pk for each in threads]).select_related("by")
    return {(each.thread_id, each.student_id): each for each in found.order_by("number")}


def last_of(thread: Thread, student: User) -> Assessment | None:
    """The grading in force of one student in one thread."""
    return Assessment.objects.filter(thread=thread, student=student).select_related("by").order_by("number").last()


def is_graded(assignment: Assignment) -> bool:
    """Whether anybody was graded yet."""
    return Assessment.objects.filter(thread__assignment=assignment).exists()


class Waiting(NamedTuple):
    """A discussion in which students wrote who are not graded, and how many they are, counted once a thread."""

    assignment_id: int
    title: str
    section: str
    students: int


def waiting(user: User, at: datetime) -> list[Waiting]:
    """Discussions that wait for this person to grade them, in one query; the same students as ``lines.Board.waiting``.

    One that is still under way does not wait: it does from when it is due, or else closes, or is locked, and one
    without such a time at once. Under seal nobody can be graded once all marks are in the gradebook.
    """
    last = Assessment.objects.filter(thread=OuterRef("thread"), student=OuterRef("author")).order_by("-number")
    in_class = Membership.objects.students().filter(
        section=OuterRef("thread__assignment__section"), user=OuterRef("author")
    )
    known = Pseudonym.objects.filter(thread=OuterRef("thread"), user=OuterRef("author"))
    sealed = Q(thread__names=Thread.Names.SEALED)
    rows = (
        Post.objects.filter(
            visible_where(user, Permission.ANSWERS_GRADE, "thread__assignment__"),
            Exists(known) & sealed & Q(thread__assignment__rubric__entered_at=None) | Exists(in_class) & ~sealed,
            thread__assignment__rubric__number__gt=0,
        )
        .exclude(state=Post.State.DELETED)
        .annotate(
            over=Coalesce("thread__assignment__due_at", "thread__assignment__closes_at"),
            given=Subquery(last.values("points")[:1]),
        )
        .filter(Q(over=None) | Q(over__lte=at) | Q(thread__locked_at__lte=at), given=None)
        .order_by("thread__assignment__section__name", "thread__assignment__title", "thread__assignment_id")
        .values_list("thread__assignment_id", "thread__assignment__title", "thread__assignment__section__name")
        .annotate(students=Count(Concat("thread_id", Value(":"), "author_id", output_field=CharField()), distinct=True))
    )
    return [Waiting(*row) for row in rows]


def comments_of(section: Section) -> list[str]:
    """The comments to use again that a class's graders have written."""
    return list(Comment.objects.filter(section=section).order_by("text").values_list("text", flat=True))


def own_posts(thread: Thread, student: User) -> list[Post]:
    """What a student has written in a thread, an answer to the teachers alone too, oldest first."""
    posts = Post.objects.filter(thread=thread, author=student).exclude(state=Post.State.DELETED)
    found = posts.select_related("parent").annotate(attached=sources_asked_for())
    return list(found.order_by("created_at", "pk"))


def progress_of(thread: Thread, posts: Iterable[Post], *, sealed: bool = False) -> shape.Progress:
    """How far a student is with what the thread asks; ``posts`` as ``own_posts`` gives them, ``sealed`` whether the
    student is under seal there.
    """
    states = shape.COUNTED_UNDER_SEAL if sealed else shape.COUNTED
    return shape.progress(task_of(thread), [_written(each) for each in posts], states)


def _written(post: Post) -> Written:
    return shape.written(
        state=post.state,
        words=post.words,
        parent_id=post.parent_id,
        to_own=post.parent is not None and post.parent.author_id == post.author_id,
        sources=getattr(post, "attached", 0),
    )
