"""A lesson on its teacher's desk: the list of its steps, and how it will look to students."""

from dataclasses import dataclass

from classroom.lessons import parts
from classroom.lessons.models import Lesson, Step
from classroom.lessons.parts import Part
from classroom.lessons.queries.pages import LessonPage, StepView, lesson_page, page_of_steps
from classroom.lessons.rendering import render_for
from classroom.people.models import User


@dataclass(frozen=True)
class PreviewStep:
    """A step as students see it. ``out_of_reach``: it leads to a quiz that this teacher may not use."""

    step: StepView
    parts: tuple[Part, ...]
    out_of_reach: bool

    @property
    def is_long(self) -> bool:
        return self.step.answer == Step.Answer.LONG


@dataclass(frozen=True)
class PreviewPage:
    """A lesson as students see it, with what each step asks of them."""

    page: LessonPage
    steps: tuple[PreviewStep, ...]


@dataclass(frozen=True)
class LessonDesk:
    """The steps of a lesson for its teacher: those in it, those taken out, and how long they take."""

    lesson: Lesson
    steps: list[Step]
    removed: list[Step]
    minutes: int
    classes: int

    @property
    def seen(self) -> str:
        """The order that the page shows, as it comes back with a new one."""
        return ",".join(str(step.pk) for step in self.steps)


def preview(user: User, lesson: Lesson) -> PreviewPage:
    page = lesson_page(lesson, lesson.film, for_teacher=False)
    return PreviewPage(page, _with_parts(user, page))


def step_preview(user: User, step: Step) -> PreviewStep:
    """One step that need not be saved, by itself; its lesson comes with its film."""
    (step.body_html,) = render_for(step.lesson.film, [step.body])
    # Its writer looks at what they write.
    step.translations = {}
    page = page_of_steps(step.lesson, step.lesson.film, [step], for_teacher=False)
    (found,) = _with_parts(user, page)
    return found


def _with_parts(user: User, page: LessonPage) -> tuple[PreviewStep, ...]:
    known = parts.by_key(user, page.film)
    found = []
    for step in page.steps:
        named = [pair for pair in ((parts.QUIZ, step.quiz_key), (parts.PROMPT, step.prompt_key)) if pair[1]]
        there = tuple(known[pair] for pair in named if pair in known)
        found.append(PreviewStep(step, there, out_of_reach=len(there) < len(named)))
    return tuple(found)


def lesson_desk(lesson: Lesson) -> LessonDesk:
    steps = list(Step.objects.filter(lesson=lesson).order_by("position"))
    current = [step for step in steps if step.retired_at is None]
    counted = [s for s in current if not s.is_hidden and s.kind != Step.Kind.EXTENSION]
    return LessonDesk(
        lesson=lesson,
        steps=current,
        removed=[step for step in steps if step.retired_at is not None],
        minutes=sum(step.minutes for step in counted),
        classes=lesson.assignments.filter(withdrawn_at__isnull=True).values("section").distinct().count(),
    )


def other_quiz(lesson: Lesson, step: Step | None, quiz_key: str) -> Step | None:
    """Another step of the lesson that asks another quiz: a lesson brings one with it."""
    others = lesson.steps.current().exclude(quiz_key__in=["", quiz_key])
    return (others.exclude(pk=step.pk) if step else others).first()
