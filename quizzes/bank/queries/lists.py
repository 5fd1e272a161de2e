"""Questions in lists: found, filtered, with their tags and where they come from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from classroom.lessons.models import Lesson
from classroom.library.models import Fact, Film
from classroom.library.queries import topics_of
from classroom.library.uses import FactUse
from classroom.people.models import User
from quizzes.bank.finding import Choices, QuestionFilter, conditions
from quizzes.bank.models import Question, QuestionTag, QuestionVersion, QuizItem
from quizzes.bank.words import TYPE_WORDS


@dataclass(frozen=True)
class QuestionLine:
    """A question in a list, by its published wording or else its last."""

    question: Question
    version: QuestionVersion
    type_words: str
    state: str
    origin: str = ""
    tags: tuple[str, ...] = ()


def state_of(question: Question) -> str:
    if question.retired_at is not None:
        return "retired"
    return "draft" if question.published_id is None else "published"


def find_questions(user: User, film: Film, wanted: QuestionFilter) -> QuerySet[Question]:
    """The questions of a film that this teacher may see and that fit, each with its versions, the newest first."""
    found = Question.objects.visible_to(user).filter(film=film).filter(conditions(wanted))
    newest_first = QuestionVersion.objects.order_by("-number")
    return found.prefetch_related(Prefetch("versions", queryset=newest_first), "tags").order_by("key", "pk")


def question_lines(questions: Sequence[Question]) -> list[QuestionLine]:
    """Lines of questions that come with their versions and tags, as ``find_questions`` gives them; in one query."""
    origins = kit_quizzes_of(questions)
    lines = []
    for question in questions:
        versions = list(question.versions.all())
        if versions:
            shown = next((each for each in versions if each.pk == question.published_id), versions[0])
            words = str(TYPE_WORDS.get(shown.type, shown.type))
            tags = tuple(each.name for each in question.tags.all())
            origin = origins.get(question.pk, "")
            lines.append(QuestionLine(question, shown, words, state_of(question), origin, tags))
    return lines


def kit_quizzes_of(questions: Iterable[Question]) -> dict[int, str]:
    """By question, the title of the kit's quiz that asks it, the first of several; in one query."""
    items = QuizItem.objects.filter(question__in=list(questions), quiz__owner__isnull=True, quiz__retired_at=None)
    rows = items.order_by("-quiz__title").values_list("question_id", "quiz__title")
    return dict(rows)


def kit_lessons(film: Film) -> list[Lesson]:
    """The lessons by which the kit's questions are found."""
    return list(Lesson.objects.filter(film=film, owner__isnull=True, retired_at__isnull=True).order_by("position"))


def tag_names(user: User, film: Film) -> dict[str, list[str]]:
    """By kind, the tags that the questions on offer to this teacher bear; in one query."""
    tags = QuestionTag.objects.filter(question__in=Question.objects.visible_to(user).filter(film=film))
    found: dict[str, list[str]] = {kind: [] for kind in QuestionTag.Kind.values}
    for kind, name in tags.order_by("kind", "name").values_list("kind", "name").distinct():
        found[kind].append(name)
    return found


def questions_on(fact: Fact, user: User) -> list[FactUse]:
    """The published questions that rest on a fact and that this teacher may see."""
    versions = QuestionVersion.objects.filter(
        facts=fact, published_as__retired_at__isnull=True, published_as__in=Question.objects.visible_to(user)
    )
    return [
        FactUse(each.stem, reverse("quizzes:question", args=[each.question_id]))
        for each in versions.order_by("question__key")
    ]


def choices_for(user: User, film: Film) -> Choices:
    """What this teacher can narrow the film's questions to; in three queries."""
    tags = tag_names(user, film)
    return Choices(
        topics=topics_of(film),
        lessons=[(lesson.key, lesson.title) for lesson in kit_lessons(film)],
        standards=tags[QuestionTag.Kind.STANDARD],
        tags=tags[QuestionTag.Kind.FREE],
    )


def tags_of(question: Question) -> dict[str, list[str]]:
    """The tags of a question, by their kind."""
    found: dict[str, list[str]] = {kind: [] for kind in QuestionTag.Kind.values}
    for tag in question.tags.all():
        found[tag.kind].append(tag.name)
    return found
