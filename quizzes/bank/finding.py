"""What a question is looked for by, in the bank and in a quiz's random draws.

Topic, fact, standing and lesson come from the ledger: a question is of a lesson if the lesson's quiz asks it, or if it
rests on a fact that a step of the lesson cites. Difficulty, standards and tags are its writer's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from classroom.lessons.models import Step
from classroom.library.models import Topic
from quizzes.bank.models import QuestionTag, QuestionVersion, QuizItem


@dataclass(frozen=True)
class Choices:
    """What a film's questions can be narrowed to; lessons as (key, title)."""

    topics: Sequence[Topic]
    lessons: Sequence[tuple[str, str]] = ()
    standards: Sequence[str] = ()
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class QuestionFilter:
    """What somebody looks for; empty fields ask for nothing. Topic, fact and lesson are keys, ``type`` a type's name.

    ``state`` is published, draft or retired; ``whose`` kit or own; ``use`` used or unused (by any quiz on offer).
    """

    words: str = ""
    topic: str = ""
    state: str = ""
    whose: str = ""
    type: str = ""
    fact: str = ""
    standing: str = ""
    lesson: str = ""
    difficulty: str = ""
    standard: str = ""
    tag: str = ""
    use: str = ""


_STATES = {
    "published": Q(published__isnull=False, retired_at__isnull=True),
    "draft": Q(published__isnull=True, retired_at__isnull=True),
    "retired": Q(retired_at__isnull=False),
}
_WORDING = QuestionVersion.objects.filter(question=OuterRef("pk"))
# What is asked now; of a question that was never published, every draft.
_CURRENT = _WORDING.filter(Q(published_as__isnull=False) | Q(question__published__isnull=True))
_IN_A_QUIZ = QuizItem.objects.filter(question=OuterRef("pk"), quiz__retired_at__isnull=True)
_TAGS = QuestionTag.objects.filter(question=OuterRef("pk"))


def conditions(wanted: QuestionFilter) -> Q:
    """The questions that fit, as a condition on their rows that multiplies none."""
    found = Q()
    if wanted.words:
        found &= _says(wanted.words)
    for field, looked_up in (("type", "type"), ("topic", "facts__topic__key"), ("fact", "facts__key")):
        value = getattr(wanted, field)
        if value:
            found &= Q(Exists(_CURRENT.filter(**{looked_up: value})))
    if wanted.standing:
        found &= Q(Exists(_CURRENT.filter(facts__standing=wanted.standing)))
    if wanted.lesson:
        found &= _of_lesson(wanted.lesson)
    for kind in (QuestionTag.Kind.STANDARD, QuestionTag.Kind.FREE):
        name = wanted.standard if kind == QuestionTag.Kind.STANDARD else wanted.tag
        if name:
            found &= Q(Exists(_TAGS.filter(kind=kind, name__iexact=name)))
    return found & _by_its_row(wanted)


def _by_its_row(wanted: QuestionFilter) -> Q:
    found = Q()
    if wanted.difficulty:
        found &= Q(difficulty=wanted.difficulty)
    if wanted.state in _STATES:
        found &= _STATES[wanted.state]
    if wanted.whose:
        found &= Q(owner__isnull=wanted.whose == "kit")
    if wanted.use:
        used = Q(Exists(_IN_A_QUIZ))
        found &= used if wanted.use == "used" else ~used
    return found


def _says(words: str) -> Q:
    """Every word has to occur in one wording."""
    spoken = _WORDING
    for word in words.split():
        spoken = spoken.filter(stem__icontains=word)
    return Q(Exists(spoken))


def _of_lesson(key: str) -> Q:
    cites = Step.objects.filter(
        lesson__key=key, lesson__owner__isnull=True, retired_at__isnull=True, facts=OuterRef("facts")
    )
    asked = _IN_A_QUIZ.filter(quiz__lesson__key=key, quiz__lesson__owner__isnull=True)
    return Q(Exists(asked)) | Q(Exists(_CURRENT.filter(facts__isnull=False).filter(Exists(cites))))
