"""What the tests of teachers' own lessons share: a film with a lesson to copy, and the forms of the desk."""

from typing import Any

from django.test import Client
from django.urls import reverse

from classroom.lessons import actions
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Fact, Film
from classroom.people.models import User
from tests import factories
from tests.classroom.library.pages import make_conflict

FORGED = "<script>alert(1)</script>"


def kit_lesson(film: Film) -> Lesson:
    """A lesson that cites a fact, lays a dispute out, asks its quiz and leads to its prompt."""
    quiz, prompt = factories.make_quiz(film), factories.make_prompt(film)
    lesson = factories.make_lesson(film, title="The keeper", steps=3, quiz_key=quiz.key, prompt_keys=[prompt.key])
    fact = factories.make_fact(film, statement="The lamp is real.")
    read, check, discuss = lesson.steps.order_by("position")
    read.body, read.conflict, read.answer = f"It is real.[^{fact.key}]", make_conflict(film), "short"
    read.save()
    read.facts.add(fact)
    Step.objects.filter(pk=check.pk).update(kind="check", quiz_key=quiz.key)
    Step.objects.filter(pk=discuss.pk).update(kind="discuss", prompt_key=prompt.key)
    return lesson


def own_copy(lesson: Lesson, by: User, title: str = "My keeper") -> Lesson:
    return actions.copy_lesson(lesson=lesson, title=title, by=by, at=factories.NOW)


def steps_of(lesson: Lesson) -> list[Step]:
    return list(lesson.steps.current().order_by("position"))


def sent(step: Step | None = None, **changes: Any) -> dict[str, Any]:
    """What the form of a step sends, as it was opened, with changes."""
    data = {"kind": "read", "title": "A step", "minutes": 5, "body": "", "teacher_note": "", "revision": 0}
    if step is not None:
        step.refresh_from_db()
        data = {name: getattr(step, name) for name in (*actions.STEP_FIELDS, "revision")}
        data |= {"conflict": step.conflict_id or "", "topic": step.topic_id or ""}
    return {**data, "do": "save", **changes}


def page(name: str, lesson: Lesson, *more: int) -> str:
    return reverse(f"classroom:{name}", args=[lesson.pk, *more])


def change(client: Client, step: Step, **changes: Any) -> int:
    return client.post(page("step_edit", step.lesson, step.pk), sent(step, **changes)).status_code


def cite(fact: Fact) -> str:
    return f"[^{fact.key}]"
