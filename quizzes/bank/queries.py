"""What teachers see of the bank: the kit's questions and quizzes, and their own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Fact, Film
from classroom.library.queries import FactCard, fact_cards
from classroom.library.uses import FactUse
from classroom.people.models import User
from quizzes.bank.models import Question, QuestionVersion, Quiz, QuizItem
from quizzes.grading import key_text

TYPE_WORDS: dict[str, str | Promise] = {
    "choice": _("choice"),
    "multiple": _("several right"),
    "true-false": _("true or false"),
    "numeric": _("number"),
    "date": _("date"),
    "short": _("short answer"),
    "matching": _("matching"),
    "ordering": _("ordering"),
    "which-source": _("which source"),
    "blanks": _("fill the blanks"),
    "short-text": _("short text"),
    "essay": _("essay"),
}


def asked_by_quiz(quizzes: Iterable[Quiz]) -> Counter[int]:
    """How many questions each quiz asks now, by its id; in one query."""
    items = QuizItem.objects.asked().filter(quiz__in=list(quizzes))
    return Counter(items.values_list("quiz_id", flat=True))


# --- One of them --------------------------------------------------------------------------------------------------


def get_question(user: User, question_id: int) -> Question:
    """A question that this teacher may see, the kit's or their own; else 404."""
    return get_object_or_404(Question.objects.visible_to(user).select_related("film", "published"), pk=question_id)


def get_own_question(user: User, question_id: int) -> Question:
    """A question of this teacher's own; else 404."""
    return get_object_or_404(Question.objects.filter(owner=user).select_related("film", "published"), pk=question_id)


def get_quiz(user: User, quiz_id: int) -> Quiz:
    """A quiz that this teacher may see, the kit's or their own; else 404."""
    return get_object_or_404(Quiz.objects.visible_to(user).select_related("film", "lesson"), pk=quiz_id)


def get_own_quiz(user: User, quiz_id: int) -> Quiz:
    """A quiz of this teacher's own; else 404."""
    return get_object_or_404(Quiz.objects.filter(owner=user).select_related("film"), pk=quiz_id)


# --- Versions with their keys, for teachers -----------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """An option, prompt or item; ``right`` marks the options that the key names."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class VersionView:
    """A version with all that belongs to it: for teachers alone."""

    version: QuestionVersion
    type_words: str
    entries: list[Entry]
    key: str
    explanation: str
    facts: list[FactCard]
    hints: list[str]
    rewords: int | None = None


def version_views(versions: Sequence[QuestionVersion]) -> list[VersionView]:
    """Versions with keys, explanations, facts and sources; in a fixed number of queries."""
    prefetch_related_objects(list(versions), "answer_key", "facts", "rewords")
    facts = {fact.pk: fact for version in versions for fact in version.facts.all()}
    cards = dict(zip(facts, fact_cards(list(facts.values()), for_teacher=True), strict=True))
    return [
        VersionView(
            version=version,
            type_words=str(TYPE_WORDS.get(version.type, version.type)),
            entries=_entries(version),
            key=key_text(version.type, version.content, version.answer_key.key),
            explanation=version.answer_key.explanation,
            facts=[cards[fact.pk] for fact in version.facts.all()],
            hints=version.answer_key.hints,
            rewords=version.rewords.number if version.rewords else None,
        )
        for version in versions
    ]


def _entries(version: QuestionVersion) -> list[Entry]:
    correct = version.answer_key.key.get("correct")
    right = set(correct) if isinstance(correct, list) else {correct}
    return [Entry(entry["text"], entry["id"] in right) for entry in version.content.get("options", [])]


def versions_of(question: Question) -> list[QuestionVersion]:
    """All wordings of a question, the newest first."""
    return list(question.versions.select_related("created_by", "rewords").order_by("-number"))


@dataclass(frozen=True)
class QuizView:
    """A quiz as its teacher previews it."""

    quiz: Quiz
    questions: list[VersionView]


def quiz_view(quiz: Quiz) -> QuizView:
    return QuizView(quiz, version_views(asked_versions(quiz)))


def asked_versions(quiz: Quiz) -> list[QuestionVersion]:
    """What a student who starts now is asked, in order."""
    items = QuizItem.objects.asked().filter(quiz=quiz).select_related("question__published").order_by("position")
    return [item.question.published for item in items if item.question.published is not None]


# --- Lists --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionFilter:
    """What somebody looks for in the bank; empty fields ask for nothing."""

    words: str = ""
    topic: str = ""
    state: str = ""
    whose: str = ""


@dataclass(frozen=True)
class QuestionLine:
    """A question in a list, by its published wording or else its last."""

    question: Question
    version: QuestionVersion
    type_words: str
    state: str


STATES: dict[str, str | Promise] = {"published": _("published"), "draft": _("draft"), "retired": _("retired")}
_STATE_FILTERS = {
    "published": Q(published__isnull=False, retired_at__isnull=True),
    "draft": Q(published__isnull=True, retired_at__isnull=True),
    "retired": Q(retired_at__isnull=False),
}


def state_of(question: Question) -> str:
    if question.retired_at is not None:
        return "retired"
    return "draft" if question.published_id is None else "published"


def find_questions(user: User, film: Film, wanted: QuestionFilter) -> QuerySet[Question]:
    """The questions of a film that this teacher may see and that fit. Every word has to occur in one wording."""
    found = Question.objects.visible_to(user).filter(film=film)
    wording = QuestionVersion.objects.filter(question=OuterRef("pk"))
    if wanted.words:
        spoken = wording
        for word in wanted.words.split():
            spoken = spoken.filter(stem__icontains=word)
        found = found.filter(Exists(spoken))
    if wanted.topic:
        found = found.filter(Exists(wording.filter(facts__topic__key=wanted.topic)))
    if wanted.state in _STATE_FILTERS:
        found = found.filter(_STATE_FILTERS[wanted.state])
    if wanted.whose:
        found = found.filter(owner__isnull=wanted.whose == "kit")
    newest_first = QuestionVersion.objects.order_by("-number")
    return found.prefetch_related(Prefetch("versions", queryset=newest_first)).order_by("key", "pk")


def question_lines(questions: Sequence[Question]) -> list[QuestionLine]:
    """Lines of questions that come with their versions, as ``find_questions`` gives them."""
    lines = []
    for question in questions:
        versions = list(question.versions.all())
        if versions:
            shown = next((each for each in versions if each.pk == question.published_id), versions[0])
            words = str(TYPE_WORDS.get(shown.type, shown.type))
            lines.append(QuestionLine(question, shown, words, state_of(question)))
    return lines


def items_of(quiz: Quiz) -> list[QuizItem]:
    """The questions of a quiz in order, those too that are not asked at present."""
    return list(quiz.items.select_related("question__published").order_by("position"))


def own_quizzes(user: User, film: Film) -> list[Quiz]:
    return list(Quiz.objects.current().filter(owner=user, film=film).order_by("title", "pk"))


def questions_on(fact: Fact, user: User) -> list[FactUse]:
    """The published questions that rest on a fact and that this teacher may see."""
    versions = QuestionVersion.objects.filter(
        facts=fact, published_as__retired_at__isnull=True, published_as__in=Question.objects.visible_to(user)
    )
    return [
        FactUse(each.stem, reverse("quizzes:question", args=[each.question_id]))
        for each in versions.order_by("question__key")
    ]
