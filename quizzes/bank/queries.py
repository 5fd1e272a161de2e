"""What teachers see of the bank: the kit's questions and quizzes, and their own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classroom.lessons.models import Lesson
from classroom.library.models import Fact, Film
from classroom.library.queries import FactCard, fact_cards, topics_of
from classroom.library.uses import FactUse
from classroom.people.models import User
from quizzes.bank.citing import CitedFact, Citing, facts_cited, is_disputed, texts_in
from quizzes.bank.draws import Pool, Shortage, plan_of, shortages
from quizzes.bank.finding import Choices, QuestionFilter, conditions
from quizzes.bank.flaws import Flaw, flaws
from quizzes.bank.models import Question, QuestionTag, QuestionVersion, Quiz, QuizDraw, QuizItem
from quizzes.bank.words import TYPE_WORDS
from quizzes.grading import Said, key_text, ties_in_words


def asked_by_quiz(quizzes: Iterable[Quiz]) -> Counter[int]:
    """How many questions each quiz asks now, by its id, draws as many as they are to draw; in two queries."""
    listed = list(quizzes)
    asked = Counter(QuizItem.objects.asked().filter(quiz__in=listed).values_list("quiz_id", flat=True))
    for quiz_id, count in QuizDraw.objects.filter(quiz__in=listed).values_list("quiz_id", "count"):
        asked[quiz_id] += count
    return asked


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
    explained: str = ""
    cited: tuple[CitedFact, ...] = ()
    is_disputed: bool = False
    said: list[Said] = field(default_factory=list)
    marks_said: list[tuple[str, str]] = field(default_factory=list)
    rewords: int | None = None
    flaws: list[Flaw] = field(default_factory=list)


def version_views(versions: Sequence[QuestionVersion]) -> list[VersionView]:
    """Versions with keys, explanations, facts and sources; in a fixed number of queries."""
    prefetch_related_objects(list(versions), "answer_key", "facts", "rewords")
    facts = {fact.pk: fact for version in versions for fact in version.facts.all()}
    keys = [version.answer_key for version in versions]
    cited = facts_cited(versions, [text for key in keys for text in texts_in(key.explanation, key.feedback)])
    facts |= {fact.pk: fact for fact in cited}
    cards = {card.key: card for card in fact_cards(list(facts.values()), for_teacher=True)}
    return [_version_view(version, cards) for version in versions]


def _version_view(version: QuestionVersion, cards: Mapping[str, FactCard]) -> VersionView:
    key, citing = version.answer_key, Citing(cards, f"v{version.pk}")
    explained = citing.render(key.explanation)
    said = ties_in_words(version.type, version.content, key.feedback)
    return VersionView(
        version=version,
        type_words=str(TYPE_WORDS.get(version.type, version.type)),
        entries=_entries(version),
        key=key_text(version.type, version.content, key.key),
        explanation=key.explanation,
        facts=[cards[fact.key] for fact in version.facts.all()],
        hints=key.hints,
        explained=explained,
        said=[Said(each.to, citing.render(each.text)) for each in said],
        marks_said=[(words, citing.render(text)) for words, text in _marks_said(key.feedback)],
        cited=citing.cited,
        is_disputed=is_disputed(version.facts.all()),
        rewords=version.rewords.number if version.rewords else None,
        flaws=flaws(version.type, version.stem, version.content, key.key),
    )


def _entries(version: QuestionVersion) -> list[Entry]:
    correct = version.answer_key.key.get("correct")
    right = set(correct) if isinstance(correct, list) else {correct}
    return [Entry(entry["text"], entry["id"] in right) for entry in version.content.get("options", [])]


def _marks_said(feedback: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said to answers as a whole: to which, and what."""
    named = {"right": _("a right answer"), "partly": _("a partly right answer"), "wrong": _("a wrong answer")}
    return [(words, feedback[mark]) for mark, words in named.items() if feedback.get(mark)]


def versions_of(question: Question) -> list[QuestionVersion]:
    """All wordings of a question, the newest first."""
    return list(question.versions.select_related("created_by", "rewords").order_by("-number"))


@dataclass(frozen=True)
class QuizPlace:
    """What stands at a place of a quiz: a question, or a draw with how many questions it may take from."""

    number: int
    points: Decimal | None
    view: VersionView | None = None
    draw: QuizDraw | None = None
    fits: int = 0
    filters: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class QuizView:
    """A quiz as its teacher previews it."""

    quiz: Quiz
    places: list[QuizPlace]
    shortages: list[Shortage]

    @property
    def asked(self) -> int:
        """How many questions an attempt is asked."""
        wanted = sum(each.draw.count if each.draw else 1 for each in self.places)
        return wanted - sum(each.draw.count - each.found for each in self.shortages)


def quiz_view(quiz: Quiz) -> QuizView:
    plan = plan_of(quiz)
    versions = [item.question.published for item in plan.items if item.question.published is not None]
    views = dict(zip([item.pk for item in plan.items], version_views(versions), strict=True))
    places = [
        QuizPlace(
            number, entry.draw.points, draw=entry.draw, fits=len(entry.question_ids), filters=filter_words(entry.draw)
        )
        if isinstance(entry, Pool)
        else QuizPlace(number, entry.points or views[entry.pk].version.points, view=views[entry.pk])
        for number, entry in enumerate(plan.entries, 1)
    ]
    return QuizView(quiz, places, shortages(plan))


def filter_words(draw: QuizDraw) -> list[str]:
    """What a draw asks for, in words. It comes with its topic and lesson."""
    named = [
        (_("topic"), draw.topic.title if draw.topic else ""),
        (_("lesson"), draw.lesson.title if draw.lesson else ""),
        (_("type"), str(TYPE_WORDS.get(draw.type, draw.type))),
        (_("difficulty"), draw.get_difficulty_display()),
        (_("standard"), draw.standard),
        (_("tag"), draw.tag),
    ]
    return [f"{name}: {value}" for name, value in named if value]


# --- Lists --------------------------------------------------------------------------------------------------------


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


def items_of(quiz: Quiz) -> list[QuizItem]:
    """The questions of a quiz in order, those too that are not asked at present."""
    items = quiz.items.select_related("question__published")
    return list(items.prefetch_related("question__tags").order_by("position"))


def own_quizzes(user: User, film: Film) -> list[Quiz]:
    """This teacher's quizzes; retired ones come last."""
    return list(
        Quiz.objects.filter(owner=user, film=film).order_by(F("retired_at").asc(nulls_first=True), "title", "pk")
    )


def quizzes_asking(question: Question, user: User) -> list[Quiz]:
    """The quizzes on offer to this teacher that ask a question by its name; the kit's come first."""
    found = Quiz.objects.current().visible_to(user).filter(items__question=question)
    return list(found.order_by(F("owner").asc(nulls_first=True), "title", "pk"))


def draws_of(quiz: Quiz) -> list[QuizDraw]:
    return list(quiz.draws.select_related("topic", "lesson").order_by("position"))


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


# --- A quiz that is put together ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class BuiltRow:
    """A place of a quiz in its editor: ``row`` holds its form's fields; ``words`` what it asks."""

    row: Any
    words: str
    notes: list[str]
    question_id: int | None
    is_asked: bool


def built_row(held: QuizItem | QuizDraw, row: Any, origins: Mapping[int, str]) -> BuiltRow:
    """A question with its type and where it comes from, or a draw with what it asks for."""
    if isinstance(held, QuizDraw):
        count = ngettext("%(count)d question by chance", "%(count)d questions by chance", held.count)
        return BuiltRow(row, count % {"count": held.count}, filter_words(held), None, True)
    question = held.question
    version = question.published
    notes = [str(TYPE_WORDS.get(version.type, version.type))] if version else []
    origin = origins.get(question.pk, "")
    notes += [origin] if origin else []
    is_asked = version is not None and question.retired_at is None
    return BuiltRow(row, version.stem if version else question.key, notes, question.pk, is_asked)


def may_be_added(user: User, quiz: Quiz, question_ids: Sequence[int]) -> QuerySet[Question]:
    """Of these questions, those that this teacher may put into a quiz of theirs, with their versions and tags."""
    found = find_questions(user, quiz.film, QuestionFilter(state="published"))
    return found.filter(pk__in=question_ids).exclude(quiz_items__quiz=quiz)


def tags_of(question: Question) -> dict[str, list[str]]:
    """The tags of a question, by their kind."""
    found: dict[str, list[str]] = {kind: [] for kind in QuestionTag.Kind.values}
    for tag in question.tags.all():
        found[tag.kind].append(tag.name)
    return found
