"""Dora Canary-Quill: a student who has left a mark in every place that the site has for one."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django_tasks_db.models import DBTaskResult

from classroom.assignments.models import StepAnswer, StepProgress, Visit
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Concern, Decision, Flag, Post, PostAppeal, Pseudonym, Thread
from classroom.gradebook.actions import record_score
from classroom.notices.models import MailChoice, Notice
from classroom.people import limits
from classroom.people.models import Section, User
from classroom.stances.models import Mark
from quizzes.delivery import actions as delivery
from quizzes.delivery.models import Attempt, QuizAssignment, Response
from tests import factories
from tests.classroom.rubrics.graded import grade, grade_with_rubric

NOW = factories.NOW
DAY = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path) -> None:
    """Tombstones are written beside the database."""
    settings.DATA_DIR = tmp_path


@dataclass
class Trail:
    """What Dora has left, and by which words one would find it again."""

    dora: User
    section: Section
    quiz: QuizAssignment
    thread: Thread
    sealed: Thread
    attempt: Attempt
    client: Client
    canaries: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def boss(db) -> User:
    return factories.make_user("Ada", is_staff=True, is_superuser=True)


@pytest.fixture
def trail(section, teacher, bob, boss) -> Trail:
    dora = factories.make_user(
        "Dora Canary-Quill", username="canaryuser", password="canary-password-9", email="canary@mail.example"
    )
    EmailAddress.objects.create(user=dora, email=dora.email, primary=True)
    factories.add_member(section, dora)
    client = Client()
    client.force_login(dora)

    film = factories.make_film()
    quiz = factories.make_quiz(
        film,
        [
            factories.make_question(film),
            factories.make_question(film, type="short", content={}, key={"accept": ["the keeper"]}),
        ],
    )
    quiz_work = factories.make_quiz_assignment(section, quiz)
    attempt = answer_quiz(quiz_work, dora, "canaryanswer")

    lesson = factories.make_lesson(film)
    lesson.steps.update(answer="short")
    work = factories.make_assignment(section, lesson=lesson)
    Visit.objects.create(assignment=work, student=dora, first_at=NOW, last_at=NOW)
    StepAnswer.objects.create(assignment=work, step=lesson.steps.first(), student=dora, text="canarystep", saved_at=NOW)
    StepProgress.objects.create(assignment=work, step=lesson.steps.first(), student=dora, first_opened_at=NOW)

    thread = factories.make_thread(section)
    sealed = factories.make_thread(section, few=True, names=Thread.Names.SEALED)
    Pseudonym.objects.create(thread=thread, user=dora, name="Canarybird")
    hidden = Pseudonym.objects.create(thread=sealed, user=dora, name="Canarysealed")
    hidden.openings.create(reason="canarywhy", asked_by=teacher, asked_at=NOW)
    post = factories.make_post(thread, dora, body="canarypost", state=Post.State.PUBLISHED)
    factories.make_post(thread, bob, body="I see it so, too.", state=Post.State.PUBLISHED, parent=post)
    factories.make_post(sealed, dora, body="canaryunderseal")
    post.revisions.create(revision=1, body="canarybefore", body_html="", written_at=NOW, replaced_at=NOW)
    thread.drafts.create(user=dora, body="canarydraft")
    thread.visits.create(user=dora, at=NOW)
    against = Decision.objects.create(
        post=post,
        revision=1,
        kind="returned",
        text="canarydecided",
        rule=factories.make_guideline(film),
        reason="canaryreason",
        by=teacher,
        at=NOW,
    )

    record_score(
        assignment=work, student=dora, points=Decimal(3), out_of=Decimal(4), source="hand:1", by=teacher, at=NOW
    )
    Notice.objects.create(to=dora, section=section, kind="canarykind", subject_id=post.pk, at=NOW)
    Mark.objects.create(assignment=thread.assignment, student=dora, moment="before", place=5)
    grade_with_rubric(thread, teacher)
    grade(thread, dora, teacher, feedback="canarygraded", comments=["canarycomment"])
    PostAppeal.objects.create(decision=against, words="canaryappeal", at=NOW)
    reported = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
    Flag.objects.create(post=reported, by=dora, text=reported.body, note="canarynote", at=NOW)
    Flag.objects.create(post=post, by=bob, text="canarypost", at=NOW)
    Concern.objects.create(post=post, revision=1, text="canaryconcern", at=NOW)
    MailChoice.objects.create(user=dora, when=MailChoice.When.DAILY)
    audit.record(AuditEvent.Kind.PASSWORD_RESET, by=teacher, subject=dora, at=NOW, detail={"said": "canarydetail"})
    audit.record(AuditEvent.Kind.MEMBER_REMOVED, by=teacher, subject=section, at=NOW, detail={"user": dora.pk})
    LogEntry.objects.create(
        user=boss,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(dora.pk),
        object_repr=str(dora),
        action_flag=CHANGE,
        change_message="canarychange",
    )
    DBTaskResult.objects.create(
        task_path="classroom.people.mail.send",
        args_kwargs={"args": ["Dora Canary-Quill", "canarytask"], "kwargs": {}},
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback="",
    )
    limits.take(limits.WRONG_CODES_BY_ACCOUNT, str(dora.pk), at=NOW)
    limits.take(limits.FLAGS_BY_ACCOUNT, str(dora.pk), at=NOW)
    canaries = {
        "name": dora.name,
        "user name": dora.username,
        "e-mail": dora.email,
        "answer": "canaryanswer",
        "post": "canarypost",
        "sealed post": "canaryunderseal",
        "earlier text": "canarybefore",
        "draft": "canarydraft",
        "step answer": "canarystep",
        "pseudonym": "Canarybird",
        "decision text": "canarydecided",
        "decision reason": "canaryreason",
        "appeal": "canaryappeal",
        "report": "canarynote",
        "grading": "canarygraded",
        "comment on a grading": "canarycomment",
        "password hash": dora.password,
        "session": client.session.session_key,
        "task": "canarytask",
        "audit detail": "canarydetail",
        "admin log": "canarychange",
    }
    return Trail(dora, section, quiz_work, thread, sealed, attempt, client, canaries)


def answer_quiz(quiz_work: QuizAssignment, student: User, typed: str) -> Attempt:
    """One attempt, handed in: the choice right, the typed answer wrong."""
    attempt = delivery.start_attempt(quiz_assignment=quiz_work, student=student, at=NOW)
    responses = {each.version.type: each for each in Response.objects.filter(attempt=attempt).select_related("version")}
    for kind, given in (("choice", {"option": "b"}), ("short", {"text": typed})):
        save = delivery.Save(answer=given, revision=0, key=uuid.uuid4())
        delivery.save_answer(response=responses[kind], save=save, at=NOW)
    delivery.submit_attempt(attempt=attempt, by=student, at=NOW)
    attempt.refresh_from_db()
    return attempt
