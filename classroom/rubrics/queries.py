"""Rubrics and gradings, for those who may see them."""

from collections.abc import Iterable

from django.db.models import F
from django.shortcuts import get_object_or_404

from classroom.assignments.models import Assignment
from classroom.discussions import shape
from classroom.discussions.models import Post, Thread, sources_asked_for, task_of
from classroom.discussions.shape import Written
from classroom.people.models import Section, User
from classroom.people.permissions import Permission
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion


def get_discussion(user: User, assignment_id: int) -> Assignment:
    """A discussion of a class in which this person says how work counts; else 404."""
    found = Assignment.objects.visible_to(user, Permission.GRADES_CHANGE).filter(kind="thread", threads__isnull=False)
    return get_object_or_404(found.distinct().select_related("section"), pk=assignment_id)


def get_rubric(user: User, assignment_id: int, needs: Permission) -> Rubric:
    """The rubric of a discussion in whose class this person has the permission; else 404."""
    found = Rubric.objects.visible_to(user, needs).select_related("assignment__section", "assignment__talk_task")
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


def comments_of(section: Section) -> list[str]:
    """The comments to use again that a class's graders have written."""
    return list(Comment.objects.filter(section=section).order_by("text").values_list("text", flat=True))


def own_posts(thread: Thread, student: User) -> list[Post]:
    """What a student has written in a thread, an answer to the teachers alone too, oldest first."""
    posts = Post.objects.filter(thread=thread, author=student).exclude(state=Post.State.DELETED)
    found = posts.select_related("parent").annotate(attached=sources_asked_for())
    return list(found.order_by("created_at", "pk"))


def progress_of(thread: Thread, posts: Iterable[Post]) -> shape.Progress:
    """How far a student is with what the thread asks; ``posts`` as ``own_posts`` gives them."""
    return shape.progress(task_of(thread), [_written(each) for each in posts])


def _written(post: Post) -> Written:
    to_other = post.parent is not None and post.parent.author_id != post.author_id
    return Written(post.state, post.words, post.parent_id is not None, to_other, getattr(post, "attached", 0))
