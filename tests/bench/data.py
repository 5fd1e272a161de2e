"""The benchmark's school: a class of 200, a quiz of 20 questions, threads of 100 and of 500 replies, 200 held posts, a
gradebook of 200 by 60, and signed-in cookies.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from classroom.assignments.models import Assignment, Excuse, Visit
from classroom.discussions.models import Post, Pseudonym, Task, Thread
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score
from classroom.people.models import Membership, Role, Section, User
from quizzes.delivery.layouts import lay_out
from quizzes.delivery.models import Attempt, AttemptGrade, QuizAssignment, Response
from tests import factories

STUDENTS = 200
QUESTIONS = 20
REPLIES = 100
MANY_REPLIES = 500
HELD = 200
COLUMNS = 60
STORED = "b"
TIMES = 100
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class School:
    """What the benchmark needs to know of its data: ids, and a cookie for each person who sends requests."""

    section: int
    thread: int
    long_thread: int
    # Where posts are sent: a thread with a position line, a task, a cap and a policy that looks through all.
    posting: int
    book: int
    teacher_cookie: str
    student_cookies: list[str]
    saving: list[int]
    submitting: list[int]
    starting: int
    options: dict[int, list[str]]


def build(submits: int) -> School:
    """Fill an empty database; ``submits`` students more than the 200 hold attempts that only wait to be handed in."""
    now = timezone.now()
    teacher = factories.make_teacher("Tess")
    section = factories.make_section(teacher=teacher)
    students = _students(section, STUDENTS + submits)
    film = factories.make_film()
    quiz_assignment = factories.make_quiz_assignment(section, factories.make_quiz(film, QUESTIONS))
    starting = factories.make_quiz_assignment(section, factories.make_quiz(film, QUESTIONS))
    thread, long_thread = factories.make_thread(section), factories.make_thread(section)
    lessons = [factories.make_assignment(section, due_at=now + timedelta(days=3)) for _each in range(3)]
    Visit.objects.bulk_create(
        Visit(assignment=lesson, student=student, first_at=now, last_at=now, done_at=now, steps_done=2, steps_asked=2)
        for lesson in lessons
        for student in students[:STUDENTS:2]
    )
    _talk(thread, students, REPLIES)
    _talk(long_thread, students, MANY_REPLIES)
    _queue(teacher)
    attempts = _attempts(quiz_assignment, students, submitted=STUDENTS // 2)
    layouts = {response.attempt_id: response.layout for response in Response.objects.filter(position=1)}
    return School(
        section=section.pk,
        thread=thread.pk,
        long_thread=long_thread.pk,
        posting=_posting(section).pk,
        book=_book(teacher).pk,
        teacher_cookie=_cookie(teacher),
        student_cookies=[_cookie(student) for student in students],
        saving=[attempt.pk for attempt in attempts[STUDENTS // 2 : STUDENTS]],
        submitting=[attempt.pk for attempt in attempts[STUDENTS:]],
        starting=starting.assignment_id,
        # What is stored stands first, and so is not the first to be sent: it would change nothing.
        options={
            pk: [entry[-2] for entry in sorted(layout, key=lambda entry: entry[-1] != STORED)]
            for pk, layout in layouts.items()
        },
    )


def _students(section: Section, number: int, prefix: str = "student") -> list[User]:
    students = User.objects.bulk_create(
        User(username=f"{prefix}{place:04}", name=f"Student {place:04}", password="!") for place in range(number)
    )
    Membership.objects.bulk_create(Membership(section=section, user=student, role=Role.STUDENT) for student in students)
    return students


def _book(teacher: User) -> Section:
    """A second class of the teacher's, whose gradebook is full: weighted, one mark in twenty late or set by hand."""
    now = timezone.now()
    section = factories.make_section(teacher=teacher, name="Year 10")
    students = _students(section, STUDENTS, "pupil")
    lesson = factories.make_lesson(factories.make_film("the-second-film"))
    work = [
        factories.make_assignment(section, lesson=lesson, title=f"Work {place}", position=place, due_at=now)
        for place in range(COLUMNS)
    ]
    GradingPolicy.objects.create(section=section, late_percent=10, late_floor=50)
    categories = [
        Category.objects.create(section=section, name=name, weight=weight, drop_lowest=dropped)
        for name, weight, dropped in (("Checks", 30, 2), ("Essays", 50, 0), ("Talk", 20, 1))
    ]
    ColumnSettings.objects.bulk_create(
        ColumnSettings(assignment=each, category=categories[place % 3]) for place, each in enumerate(work)
    )
    Score.objects.bulk_create(
        (
            Score(
                assignment=each,
                student=student,
                points=((place * 7 + number * 3) % 41) / 4,
                out_of=10,
                earned_points=5,
                earned_out_of=10,
                by_hand=(place + number) % 20 == 1,
                done_at=now + timedelta(days=1 if (place + number) % 20 == 0 else -1),
                updated_at=now,
            )
            for place, each in enumerate(work)
            for number, student in enumerate(students)
        ),
        batch_size=2000,
    )
    Excuse.objects.bulk_create(
        Excuse(assignment=work[place % COLUMNS], student=student) for place, student in enumerate(students[::4])
    )
    return section


def _posting(section: Section) -> Thread:
    prompt = factories.make_prompt(
        factories.make_film("the-fifth-film"), position_line={"from": "would not dare", "to": "would dare"}
    )
    thread = factories.make_thread(section, prompt=prompt, policy=Thread.Policy.HOLD_MATCH)
    Task.objects.create(assignment=thread.assignment, own_words=20, replies=2, most_posts=1000)
    return thread


def _talk(thread: Thread, students: list[User], replies: int) -> None:
    speakers = students[:50]
    Pseudonym.objects.bulk_create(
        Pseudonym(thread=thread, user=student, name=f"Calm Heron {place}") for place, student in enumerate(students)
    )
    first = factories.make_post(thread, speakers[0], state=Post.State.PUBLISHED, body="Who would dare? " * 20)
    for place in range(replies):
        factories.make_post(
            thread,
            speakers[place % 50],
            state=Post.State.PUBLISHED,
            parent=first if place % 3 else None,
            body="I have thought about it, and it goes by whom you have at home. " * 4,
            key=uuid.uuid4(),
        )


def _queue(teacher: User) -> None:
    """A third class of the teacher's, in which 200 posts wait, every third with a match."""
    section = factories.make_section(teacher=teacher, name="Year 8")
    students = _students(section, 50, "writer")
    thread = factories.make_thread(section)
    found = [{"start": 0, "end": 6, "kind": "word", "action": "hold", "entry": "rascal"}]
    Pseudonym.objects.bulk_create(
        Pseudonym(thread=thread, user=student, name=f"Bold Heron {place}") for place, student in enumerate(students)
    )
    for place in range(HELD):
        factories.make_post(
            thread,
            students[place % 50],
            body="Rascal! I have thought about it, and it goes by whom you have at home. " * 4,
            matches=[] if place % 3 else found,
            created_at=timezone.now() - timedelta(hours=place),
        )


def _attempts(quiz_assignment: QuizAssignment, students: list[User], submitted: int) -> list[Attempt]:
    now = timezone.now()
    versions = [item.question.published for item in quiz_assignment.quiz.items.select_related("question__published")]
    attempts = Attempt.objects.bulk_create(
        Attempt(
            quiz_assignment=quiz_assignment,
            student=student,
            number=1,
            started_at=now,
            state=Attempt.State.SUBMITTED if place < submitted else Attempt.State.OPEN,
            submitted_at=now if place < submitted else None,
        )
        for place, student in enumerate(students)
    )
    Response.objects.bulk_create(
        (
            Response(
                attempt=attempt,
                position=position,
                version=version,
                points=version.points,
                layout=lay_out(version.content),
                answer={"option": STORED},
                revision=1,
                saved_at=now,
            )
            for attempt in attempts
            for position, version in enumerate(versions, 1)
        ),
        batch_size=2000,
    )
    AttemptGrade.objects.bulk_create(
        AttemptGrade(attempt=attempt, points=15, out_of=20, at=now) for attempt in attempts[:submitted]
    )
    Score.objects.bulk_create(
        Score(
            assignment=Assignment.objects.get(pk=quiz_assignment.assignment_id),
            student=attempt.student,
            points=15,
            out_of=20,
            updated_at=now,
        )
        for attempt in attempts[:submitted]
    )
    return attempts


def crowd(classes: int) -> None:
    """So many classes more, each with 20 students, 5 lessons and a score and a visit for each, and ``TIMES`` times the
    attempts and the posts there are: none of them is asked for, and no page should feel them.
    """
    now = timezone.now()
    teacher = factories.make_teacher("Crowd")
    lesson = factories.make_lesson(factories.make_film("the-third-film"))
    sections = Section.objects.bulk_create(Section(name=f"Class {place:04}") for place in range(classes))
    students = User.objects.bulk_create(
        User(username=f"other{place:06}", name=f"Other {place:06}", password="!") for place in range(classes * 20)
    )
    Membership.objects.bulk_create(Membership(section=each, user=teacher, role=Role.TEACHER) for each in sections)
    Membership.objects.bulk_create(
        Membership(section=sections[place // 20], user=student, role=Role.STUDENT)
        for place, student in enumerate(students)
    )
    work = Assignment.objects.bulk_create(
        Assignment(section=section, kind="lesson", item_key=lesson.key, title="Work", lesson=lesson, position=place)
        for section in sections
        for place in range(5)
    )
    pairs = [(each, student) for place, each in enumerate(work) for student in students[place // 5 * 20 :][:20]]
    Visit.objects.bulk_create(
        (Visit(assignment=each, student=student, first_at=now, last_at=now) for each, student in pairs), batch_size=5000
    )
    Score.objects.bulk_create(
        (Score(assignment=each, student=student, points=7, out_of=10, updated_at=now) for each, student in pairs),
        batch_size=5000,
    )
    _crowd_of_attempts(sections[0], students)
    _crowd_of_posts(sections[:100], students)


def _crowd_of_posts(sections: list[Section], students: list[User]) -> None:
    now = timezone.now()
    threads = [factories.make_thread(section) for section in sections]
    Post.objects.bulk_create(
        (
            Post(
                thread=threads[place % len(threads)],
                author=students[place % len(students)],
                body="I have thought about it, too.",
                body_html="<p>I have thought about it, too.</p>",
                words=6,
                state=Post.State.PUBLISHED if place % 3 else Post.State.HELD,
                key=uuid.uuid4(),
                created_at=now,
                published_at=now if place % 3 else None,
            )
            for place in range(TIMES * Post.objects.count())
        ),
        batch_size=5000,
    )


def _crowd_of_attempts(section: Section, students: list[User]) -> None:
    now = timezone.now()
    quiz_assignment = factories.make_quiz_assignment(
        section, factories.make_quiz(factories.make_film("the-fourth-film"), 1)
    )
    version = quiz_assignment.quiz.items.get().question.published
    times = -(-TIMES * Attempt.objects.count() // len(students))
    for number in range(1, times + 1):
        attempts = Attempt.objects.bulk_create(
            (
                Attempt(
                    quiz_assignment=quiz_assignment,
                    student=student,
                    number=number,
                    started_at=now,
                    state=Attempt.State.SUBMITTED,
                    submitted_at=now,
                )
                for student in students
            ),
            batch_size=5000,
        )
        Response.objects.bulk_create(
            (
                Response(attempt=each, position=1, version=version, points=1, answer={"option": STORED})
                for each in attempts
            ),
            batch_size=5000,
        )
        AttemptGrade.objects.bulk_create(
            (AttemptGrade(attempt=each, points=1, out_of=1, at=now) for each in attempts), batch_size=5000
        )


def _cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
