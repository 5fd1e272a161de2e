"""What tests are made of: people by name, a class, and a small film. Every call makes the real thing."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from classroom.assignments import activities
from classroom.assignments.models import Assignment, AssignmentOverride, AssignmentTarget, Excuse
from classroom.discussions.models import Guideline, Post, Prompt, Thread, below
from classroom.discussions.words import count_words
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Citation, Fact, Film, Passage, Source, Topic
from classroom.people.models import Group, JoinCode, Membership, Role, Section, User
from quizzes.bank.models import AnswerKey, Question, QuestionVersion, Quiz, QuizItem
from quizzes.delivery.models import QuizAssignment

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)
# Counted anew for each test: a position is a small number in the database, and a run makes more rows than fit.
_positions = itertools.count(1)


def begin_positions_anew() -> None:
    global _positions
    _positions = itertools.count(1)


def make_user(name: str = "Alice", **fields: Any) -> User:
    username = fields.pop("username", f"{name.lower()}{next(_numbers)}")
    return User.objects.create_user(username, fields.pop("password", "tofu-lantern-9"), name=name, **fields)


def make_teacher(name: str = "Tess", **fields: Any) -> User:
    return make_user(name, is_teacher=True, **fields)


def make_section(*, teacher: User | None = None, students: tuple[User, ...] = (), **fields: Any) -> Section:
    section = Section.objects.create(name=fields.pop("name", "Year 9"), **fields)
    if teacher is not None:
        add_member(section, teacher, Role.TEACHER)
    for student in students:
        add_member(section, student)
    JoinCode.objects.create(section=section, created_at=NOW, expires_at=datetime(2100, 1, 1, tzinfo=UTC))
    return section


def add_member(section: Section, user: User, role: Role = Role.STUDENT) -> Membership:
    return Membership.objects.create(section=section, user=user, role=role)


def make_film(key: str = "the-lighthouse") -> Film:
    return Film.objects.create(
        key=key, title="The Lighthouse Keeper", year=2010, kit_version="1", licence="CC-BY-4.0", summary="A film."
    )


def make_source(film: Film, key: str = "harbour-news", paragraphs: int = 3) -> Source:
    source = Source.objects.create(
        film=film,
        key=key,
        position=film.sources.count() + 1,
        title="The last keeper",
        publisher="Harbour News",
        short_name="Harbour News",
        kind=Source.Kind.NEWS_REPORT,
        reliability="A local paper.",
    )
    Passage.objects.bulk_create(
        Passage(source=source, number=number, sha256=f"{number:064x}") for number in range(1, paragraphs + 1)
    )
    return source


def make_fact(film: Film, **fields: Any) -> Fact:
    number = next(_numbers)
    topic, _made = Topic.objects.get_or_create(film=film, key="lamp", defaults={"title": "The lamp", "position": 1})
    citations = fields.pop("citations", None)
    fact = Fact.objects.create(
        **{
            "film": film,
            "topic": topic,
            "key": f"fact-{number}",
            "position": next(_positions),
            "statement": f"The lamp burned for {number} nights.",
            "subject": "the lamp",
            "attribute": "nights it burned",
            "value": number,
            "value_type": "count",
            "unit": "night",
            "nature": Fact.Nature.FACT,
            "standing": Fact.Standing.SINGLE_SOURCE,
            "use": Fact.Use.ATTRIBUTED,
            **fields,
        }
    )
    source = film.sources.first() or make_source(film)
    for position, passage in enumerate(citations or [source.passages.first()], 1):
        Citation.objects.create(
            fact=fact, passage=passage, position=position, says="burned so long", stance=Citation.Stance.STATES
        )
    return fact


def make_lesson(film: Film, steps: int = 2, **fields: Any) -> Lesson:
    number = next(_numbers)
    lesson = Lesson.objects.create(
        **{
            "film": film,
            "key": f"lesson-{number}",
            "position": next(_positions),
            "title": f"Lesson {number}",
            "summary": "About the lamp.",
            "essential_question": "Who keeps the light?",
            "objectives": ["Students can read a log."],
            "grade_band": "11-13",
            "minutes": 40,
            "subjects": ["History"],
            **fields,
        }
    )
    for position in range(1, steps + 1):
        Step.objects.create(
            lesson=lesson,
            position=position,
            kind=Step.Kind.READ,
            title=f"Step {position}",
            minutes=5,
            body="Text.",
            body_html="<p>Text.</p>",
        )
    return lesson


def make_assignment(section: Section, kind: str = "lesson", **fields: Any) -> Assignment:
    if kind == "lesson" and "lesson" not in fields:
        fields["lesson"] = make_lesson(Film.objects.first() or make_film())
    return Assignment.objects.create(
        **{
            "section": section,
            "kind": kind,
            "item_key": f"item-{next(_numbers)}",
            "title": "The lamp",
            "opens_at": NOW - timedelta(days=1),
            **fields,
        }
    )


def make_group(section: Section, *students: User, name: str = "") -> Group:
    group = Group.objects.create(section=section, name=name or f"Group {next(_numbers)}")
    group.members.set(Membership.objects.filter(section=section, user__in=students))
    return group


def _named(who: User | Group) -> dict[str, Any]:
    return {"student": who} if isinstance(who, User) else {"group": who}


def make_target(assignment: Assignment, who: User | Group) -> AssignmentTarget:
    Assignment.objects.filter(pk=assignment.pk).update(for_everybody=False)
    assignment.for_everybody = False
    return AssignmentTarget.objects.create(assignment=assignment, **_named(who))


def make_override(assignment: Assignment, who: User | Group, **fields: Any) -> AssignmentOverride:
    return AssignmentOverride.objects.create(assignment=assignment, **_named(who), **fields)


def make_excuse(assignment: Assignment, student: User, **fields: Any) -> Excuse:
    return Excuse.objects.create(assignment=assignment, student=student, **fields)


def make_prompt(film: Film, **fields: Any) -> Prompt:
    number = next(_numbers)
    return Prompt.objects.create(
        **{
            "film": film,
            "key": f"prompt-{number}",
            "position": next(_positions),
            "text": "Would you keep the light?",
            "age_band": "11-18",
            **fields,
        }
    )


def make_guideline(film: Film, **fields: Any) -> Guideline:
    number = next(_numbers)
    return Guideline.objects.create(
        **{
            "film": film,
            "key": f"rule-{number}",
            "position": next(_positions),
            "title": "Speak to the point, not at the person",
            "text": "Say what you think of an idea, never of a classmate.",
            **fields,
        }
    )


def fill_up(section: Section, students: int = 4) -> list[User]:
    """Let so many students be in a class: where names are sealed, fewer may not write."""
    missing = students - section.memberships.filter(role=Role.STUDENT).count()
    found = [make_user(f"Extra {next(_numbers)}") for _number in range(missing)]
    for student in found:
        add_member(section, student)
    return found


def let_others_write(thread: Thread, *but: User, others: int = 3) -> None:
    """A post each of so many classmates: where names are sealed, having taken part is told of four or more."""
    places = thread.assignment.section.memberships.filter(role=Role.STUDENT).exclude(user__in=but)
    for place in places.select_related("user").order_by("-pk")[:others]:
        make_post(thread, place.user, state=Post.State.PUBLISHED)


def make_thread(section: Section, *, few: bool = False, **fields: Any) -> Thread:
    """A thread; where its names are sealed, of a class that is large enough for that, or, with ``few``, as it is."""
    if not few and fields.get("names") == Thread.Names.SEALED and fields.get("group") is None:
        fill_up(section)
    film = Film.objects.first() or make_film()
    assignment = fields.pop("assignment", None) or make_assignment(section, "thread", title="Talk")
    prompt = fields.pop("prompt", None) or make_prompt(film)
    return Thread.objects.create(assignment=assignment, prompt=prompt, **fields)


def make_post(thread: Thread, author: User, **fields: Any) -> Post:
    state = fields.get("state", Post.State.HELD)
    body = fields.pop("body", f"A thought, number {next(_numbers)}.")
    key = fields.pop("key", uuid.uuid4())
    parent = fields.pop("parent", None)
    reply = below(Post.objects.to_reply_to().get(pk=parent.pk), key) if parent else {}
    return Post.objects.create(
        **{
            "thread": thread,
            "author": author,
            "body": body,
            "body_html": f"<p>{body}</p>",
            "words": count_words(body),
            "state": state,
            "key": key,
            "created_at": NOW,
            "published_at": NOW if state == Post.State.PUBLISHED else None,
            **reply,
            **fields,
        }
    )


def make_question(
    film: Film,
    *,
    type: str = "choice",
    stem: str = "How long did the lamp burn?",
    content: dict[str, Any] | None = None,
    key: dict[str, Any] | None = None,
    explanation: str = "The log says so.",
    feedback: dict[str, Any] | None = None,
    facts: tuple[Fact, ...] = (),
    owner: User | None = None,
) -> Question:
    """A published question; a choice of four with the second right, unless told otherwise."""
    number = next(_numbers)
    question = Question.objects.create(film=film, key=f"question-{number}", owner=owner)
    version = QuestionVersion.objects.create(
        question=question,
        number=1,
        type=type,
        stem=stem,
        content=content
        if content is not None
        else {"options": [{"id": letter, "text": f"{letter.upper()} nights {number}"} for letter in "abcd"]},
    )
    version.facts.set(facts)
    AnswerKey.objects.create(
        version=version, key=key or {"correct": "b"}, explanation=explanation, feedback=feedback or {}
    )
    question.published = version
    question.save(update_fields=["published"])
    return question


def make_quiz(film: Film, questions: int | list[Question] = 3, **fields: Any) -> Quiz:
    number = next(_numbers)
    quiz = Quiz.objects.create(**{"film": film, "key": f"quiz-{number}", "title": "Check", **fields})
    made = [make_question(film) for _each in range(questions)] if isinstance(questions, int) else questions
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question=question, position=position) for position, question in enumerate(made, 1)
    )
    return quiz


def make_quiz_assignment(section: Section, quiz: Quiz | None = None, **fields: Any) -> QuizAssignment:
    film = Film.objects.first() or make_film()
    quiz = quiz or make_quiz(film)
    known = {field.name for field in QuizAssignment._meta.fields}
    own = {name: fields.pop(name) for name in list(fields) if name in known}
    assignment = make_assignment(section, "quiz", item_key=quiz.key, title=quiz.title, **fields)
    return QuizAssignment.objects.create(assignment=assignment, quiz=quiz, **own)


def as_offered() -> dict[str, object]:
    """What the form says of each kind's own choices before anybody has changed it."""
    return {
        f"{kind.key}-{name}": field.initial
        for kind in activities.all_kinds()
        for name, field in kind.option_fields().items()
        if field.initial is not None and field.initial is not False
    }
