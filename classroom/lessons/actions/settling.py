"""What follows from a lesson's texts and steps, brought up to date after each change."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from classroom.lessons.models import Lesson, Step
from classroom.lessons.rendering import Renderer, renderer_for, translated_html, with_html

MOST_STEPS: Final = 60


class TooManySteps(Exception):
    """A lesson holds no more than MOST_STEPS."""


def hold(lesson: Lesson) -> Lesson:
    """The lesson's row, locked until the transaction ends: whoever changes its steps holds it, so that all count."""
    return Lesson.objects.select_for_update(no_key=True).get(pk=lesson.pk)


def check_room(lesson: Lesson) -> None:
    """See that one more step has room in a lesson that the caller holds. Raises TooManySteps."""
    if lesson.steps.current().count() >= MOST_STEPS:
        raise TooManySteps


def settle(lesson: Lesson, at: datetime, *, dropped: Collection[str] = ()) -> None:
    """Render the texts anew, and name the quiz and the prompts that its shown steps ask for.

    A change of one step can change the number of every fact after it, so all are rendered. ``dropped`` names quizzes
    and prompts that a step has just let go of. The caller holds the lesson.
    """
    lesson.refresh_from_db()
    steps = list(lesson.steps.current().order_by("position"))
    _render(lesson, steps)
    named = [step for step in lesson.steps.all() if step.quiz_key or step.prompt_key]
    shown = [step for step in steps if not step.is_hidden]
    quizzes = _parts([lesson.quiz_key], [s.quiz_key for s in shown], [s.quiz_key for s in named], dropped)
    prompts = _parts(lesson.prompt_keys, [s.prompt_key for s in shown], [s.prompt_key for s in named], dropped)
    Lesson.objects.filter(pk=lesson.pk).update(
        overview_html=lesson.overview_html,
        translations=lesson.translations,
        quiz_key=quizzes[0] if quizzes else "",
        prompt_keys=prompts,
        changed_at=at,
    )
    lesson.refresh_from_db()


def _render(lesson: Lesson, steps: list[Step]) -> None:
    # What students see comes first, so that they count the facts without gaps.
    ordered = sorted(steps, key=lambda step: (step.is_hidden, step.position))
    shown = [step.body for step in ordered if not step.is_hidden]
    texts = [*shown, lesson.overview, *(step.body for step in ordered if step.is_hidden)]
    renderer = renderer_for(lesson.film)
    html = renderer.html([*texts, *(step.teacher_note for step in ordered)])
    lesson.overview_html = html.pop(len(shown))
    for place, step in enumerate(ordered):
        step.body_html, step.teacher_html = html[place], html[len(ordered) + place]
        step.translations = _rendered(renderer, step)
    lesson.translations = _rendered(renderer, lesson)
    Step.objects.bulk_update(ordered, ["body_html", "teacher_html", "translations"])


def _rendered(renderer: Renderer, row: Lesson | Step) -> dict[str, dict[str, Any]]:
    """The row's translations, whose chips have the numbers of the original's."""
    return with_html(row.translations, translated_html(renderer, row.translations))


def _parts(old: Sequence[str], shown: Sequence[str], named: Sequence[str], dropped: Collection[str]) -> list[str]:
    """The keys that shown steps name, then those that the lesson brings without any step of it naming them."""
    kept = [key for key in old if key not in named and key not in dropped]
    return [key for key in dict.fromkeys([*shown, *kept]) if key]
