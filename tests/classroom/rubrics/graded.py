"""What tests of rubrics share: a graded discussion, and forms as browsers send them."""

from typing import Any

from django.urls import reverse

from classroom.discussions.models import Post, Thread
from classroom.people.models import User
from classroom.rubrics import actions, criteria
from classroom.rubrics.actions import Marking
from classroom.rubrics.lines import key_of
from classroom.rubrics.models import Assessment, Rubric
from tests import factories
from tests.factories import NOW

FULL = {"part": "all", "sources": "shows", "others": "takes-up"}
SOME = {"part": "all", "sources": "names", "others": "alone"}
NONE = {"part": "nothing", "sources": "none", "others": "alone"}


def grade_with_rubric(thread: Thread, by: User, *, hidden: bool = False) -> Rubric:
    """Let the rubric to start from grade a discussion: three lines of four points each."""
    lines = criteria.to_start_from()
    actions.save_rubric(assignment=thread.assignment, lines=lines, number=0, by=by, at=NOW, hidden=hidden)
    return Rubric.objects.get(assignment=thread.assignment)


def wrote(thread: Thread, author: User, body: str = "I would keep the light.", **fields: Any) -> Post:
    return factories.make_post(thread, author, body=body, **{"state": Post.State.PUBLISHED, **fields})


def grade(thread: Thread, student: User, by: User, levels: dict[str, str] = FULL, **more: Any) -> Assessment:
    """As ``by`` grades a student by the rubric's first version, or another one."""
    number, version = more.pop("number", 0), more.pop("version", 1)
    return actions.grade(
        thread=thread, student=student, marking=Marking(levels, **more), number=number, version=version, by=by, at=NOW
    )


def page_of(thread: Thread, student: User) -> str:
    return reverse("classroom:grade_talk", args=[thread.assignment_id, key_of(thread.pk, student.pk)])


def list_of(thread: Thread) -> str:
    return reverse("classroom:grading", args=[thread.assignment_id])


def rubric_page(thread: Thread) -> str:
    return reverse("classroom:rubric", args=[thread.assignment_id])


def thread_page(thread: Thread) -> str:
    return reverse("classroom:thread", args=[thread.pk])


def sent(levels: dict[str, str] = FULL, *, number: int = 0, version: int = 1, **more: Any) -> dict[str, Any]:
    """A grading as its form sends it."""
    return {"number": number, "version": version, **{f"level-{key}": value for key, value in levels.items()}, **more}


def rubric_sent(lines: Any = None, *, number: int = 0, **more: Any) -> dict[str, Any]:
    """A rubric as its form sends it; ``lines`` are criteria, as ``criteria.to_start_from`` has them."""
    found: dict[str, Any] = {"number": number, "do": "save", **more}
    for at, line in enumerate(criteria.to_start_from() if lines is None else lines):
        found |= {f"c{at}-id": line.id, f"c{at}-title": line.title}
        if line.takes_part:
            found[f"c{at}-part"] = "on"
        for place, level in enumerate(line.levels):
            name = f"c{at}-l{place}"
            found |= {f"{name}-id": level.id, f"{name}-points": str(level.points), f"{name}-text": level.text}
    return found
