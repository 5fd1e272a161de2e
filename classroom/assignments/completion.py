"""When a step of a lesson is done: the rules, in plain Python.

A step names its rule, or goes by its kind: a check once its quiz is handed in, a discussion once the student has
posted, a step with an answer once it is answered, every other once it is opened. Where the quiz or thread of a step is
not set to the student, or they are excused from it, the step falls back on its answer, or on being opened: no rule asks
what cannot be done. Extensions are asked of nobody.

- **Opened**: the server has sent the step to the student.
- **Time**: it was open for so long. The server measures from its opening to the student's next move, at most
  ``LONGEST`` a stretch; a script, where it runs, tells how much of that the page was visible, and is believed only
  downwards. Neither can know whether anybody was reading.
- **Answered**: an answer is saved.
- **Check**: the step's quiz is handed in and, where it has a mark to pass, passed. As long as the student may not see
  their score, to hand in is enough: a step that stays open would tell it.
- **Posted**: the student has a post in the step's thread that stands or waits for a teacher; where names are sealed,
  any post that they have not deleted, so that no decision shows.

Steps may be done in any order. Nothing that a student sends says "done": each rule is judged by what the server has
seen, so there is nothing to be skipped by calling addresses. What was done once stays done, whatever rule a step is
given later. A lesson is done when all steps that are asked are, or when the student says that they are through; those
who teach see which steps are left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.lessons.models import Step

LONGEST = timedelta(minutes=15)


class Rule(Enum):
    OPENED = "opened"
    TIME = "time"
    ANSWERED = "answered"
    CHECK = "check"
    POSTED = "posted"


_SECONDS: Mapping[str, int] = {
    Step.Completion.MINUTES_1: 60,
    Step.Completion.MINUTES_2: 120,
    Step.Completion.MINUTES_3: 180,
    Step.Completion.MINUTES_5: 300,
    Step.Completion.MINUTES_10: 600,
}


class Ruled(Protocol):
    """As much of a step as its rule needs; a ``Step`` and a ``StepView`` are such."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def completion(self) -> str: ...
    @property
    def quiz_key(self) -> str: ...
    @property
    def prompt_key(self) -> str: ...


@dataclass(frozen=True)
class Asked:
    """What a step asks of one student: its rule, for how many seconds, in which part (an assignment's id)."""

    step_id: int
    rule: Rule
    seconds: int = 0
    part_id: int | None = None
    required: bool = True

    @property
    def words(self) -> str:
        """What makes it done, for the student."""
        if self.rule is Rule.TIME:
            minutes = self.seconds // 60
            return ngettext("Stay with it for %(count)d minute.", "Stay with it for %(count)d minutes.", minutes) % {
                "count": minutes
            }
        return {
            Rule.OPENED: _("Read it."),
            Rule.ANSWERED: _("Save an answer."),
            Rule.CHECK: _("Hand in the quiz."),
            Rule.POSTED: _("Post in the discussion."),
        }[self.rule]


def asked_of(step: Ruled, parts: Mapping[str, int]) -> Asked:
    """What a step asks of a student; ``parts`` are the ids of what is set to them with the lesson, by "kind:key"."""
    required = step.kind != Step.Kind.EXTENSION
    quiz, thread = parts.get(f"quiz:{step.quiz_key}"), parts.get(f"thread:{step.prompt_key}")
    if step.completion in _SECONDS:
        return Asked(step.pk, Rule.TIME, _SECONDS[step.completion], required=required)
    if step.completion == Step.Completion.OPENED:
        return Asked(step.pk, Rule.OPENED, required=required)
    if quiz and step.completion in ("", Step.Completion.CHECK):
        return Asked(step.pk, Rule.CHECK, part_id=quiz, required=required)
    if thread and step.completion in ("", Step.Completion.POSTED):
        return Asked(step.pk, Rule.POSTED, part_id=thread, required=required)
    return Asked(step.pk, Rule.ANSWERED if step.answer else Rule.OPENED, required=required)


@dataclass(frozen=True)
class StepState:
    """How far one student is with one step."""

    asked: Asked
    is_done: bool
    is_opened: bool
    seconds: int = 0

    @property
    def label(self) -> str:
        if self.is_done:
            return _("done")
        if self.asked.rule is Rule.POSTED:
            return _("not done yet")
        return _("opened") if self.is_opened else _("not opened")

    @property
    def css(self) -> str:
        return "done" if self.is_done else "opened" if self.is_opened else "not-opened"
