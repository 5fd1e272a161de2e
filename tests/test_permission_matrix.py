"""Every address, method and role, decided by an explicit rule.

A row says who gets in; everybody else gets a 404, and whoever has not signed in is asked to. An address that is in no
row fails the test, so that nobody adds one without saying who may come.
"""

import copy
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import pytest_django
from django.db import transaction
from django.test import Client
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Concern, Decision, Post, PostAppeal
from classroom.jobs.models import Job
from classroom.library.models import Conflict
from classroom.notices.models import Notice
from classroom.operations.models import Heartbeat
from classroom.operations.queries import WORKER
from classroom.people.access import Level, rule_of
from classroom.people.models import Invitation, Role, Section, User
from classroom.people.permissions import GRANTED, Permission
from classroom.privacy.models import Authorisation, ErasureRequest
from classroom.rubrics.lines import key_of
from classroom.screening.models import WatchedWord
from quizzes.delivery.actions import start_attempt, submit_attempt
from quizzes.marking.models import Appeal, FactReview, MarkingComment, Regrade, RegradeNotice
from tests import factories
from tests.classroom.rubrics.graded import grade, grade_with_rubric
from tests.test_access import ours

pytestmark = pytest.mark.django_db

STUDENT = {"alice"}
CLASSMATES = {"alice", "bob"}
TEACHING = {"assistant", "teacher"}
OWN_TEACHER = {"teacher"}
TEACHERS = {"teacher", "other_teacher"}
EVERYBODY = {"alice", "bob", "charlie", "assistant", "teacher", "other_teacher", "admin"}
ADMIN = {"admin"}


@dataclass
class School:
    """A class of Alice, Bob, an assistant and a teacher; Charlie, another teacher and an admin are strangers to it."""

    people: dict[str, User]
    section: Section
    kwargs: dict[str, dict[str, object]] = field(default_factory=dict)


@pytest.fixture
def school(teacher: User, alice: User, bob: User, charlie: User, section: Section) -> School:
    return make_school(teacher, alice, bob, charlie, section)


def make_school(teacher: User, alice: User, bob: User, charlie: User, section: Section) -> School:
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    other_teacher = factories.make_teacher("Omar")
    factories.make_section(teacher=other_teacher, students=(charlie,), name="Elsewhere")
    people = {
        "alice": alice,
        "bob": bob,
        "charlie": charlie,
        "assistant": assistant,
        "teacher": teacher,
        "other_teacher": other_teacher,
        "admin": factories.make_user("Root", is_staff=True, is_superuser=True),
    }
    return School(people, section, _addresses(section, alice, bob, teacher) | _of_kits(people["admin"]))


@pytest.fixture(scope="module")
def school_of_all(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[School]:
    """One school for all tests of a module, as making it takes longer than most of them. Ask for `shared_school`."""
    with django_db_blocker.unblock(), transaction.atomic():
        factories.begin_positions_anew()
        alice, bob, charlie = (factories.make_user(name) for name in ("Alice", "Bob", "Charlie"))
        teacher = factories.make_teacher()
        section = factories.make_section(teacher=teacher, students=(alice, bob))
        yield make_school(teacher, alice, bob, charlie, section)
        transaction.set_rollback(True)


@pytest.fixture
def shared_school(school_of_all: School, db: None) -> School:
    """What a test does to its rows is rolled back to the school as it was made, and the objects are copies."""
    # A worker's sign of life grows old while the others have their turn.
    Heartbeat.objects.update(beat_at=clock.now())
    return copy.deepcopy(school_of_all)


def _addresses(section: Section, alice: User, bob: User, teacher: User) -> dict[str, dict[str, object]]:
    """What each address takes, for objects of Alice's class and of its teacher."""
    film = factories.make_film()
    source = factories.make_source(film)
    fact = factories.make_fact(film)
    Conflict.objects.create(film=film, key="how-long", position=1, title="How long?", kind="count")
    lesson = factories.make_lesson(film)
    lesson.steps.update(answer="short")
    own_lesson = factories.make_lesson(film, owner=teacher, shared_at=factories.NOW)
    work = factories.make_assignment(section, lesson=lesson)
    quiz_work = factories.make_quiz_assignment(section)
    line = {"from": "would not dare", "to": "would dare"}
    thread = factories.make_thread(section, prompt=factories.make_prompt(film, position_line=line))
    post = factories.make_post(thread, alice)
    grade_with_rubric(thread, teacher)
    grade(thread, alice, teacher, feedback="So.")
    attempt = start_attempt(quiz_assignment=quiz_work, student=alice, at=clock.now())
    Heartbeat.objects.create(name=WORKER, beat_at=clock.now())
    question = factories.make_question(film, owner=teacher)
    quiz = factories.make_quiz(film, owner=teacher)
    withdrawn = factories.make_assignment(section, withdrawn_at=factories.NOW)
    invitation = Invitation.objects.create(name="Nia", section=section, expires_at=datetime(2100, 1, 1, tzinfo=UTC))
    assistant = section.memberships.get(role=Role.ASSISTANT).user
    past = factories.make_user("Pat")
    section.memberships.create(user=past, role=Role.STUDENT, ended_at=factories.NOW)
    group = factories.make_group(section, alice)
    override = factories.make_override(work, alice, extra_attempts=1)
    excuse = factories.make_excuse(work, alice)
    authorisation = Authorisation.objects.create(
        section=section, given_by="The head", basis="school", given_on=factories.NOW, recorded_at=factories.NOW
    )
    erasure = ErasureRequest.objects.create(person=alice, ground="left", asked_by=teacher, asked_at=factories.NOW)
    notice = Notice.objects.create(to=alice, section=section, kind="reply", subject_id=post.pk, at=factories.NOW)
    decision = Decision.objects.create(
        post=factories.make_post(thread, bob),
        revision=1,
        kind="kept",
        at=factories.NOW,
        seen_at=factories.NOW,
        batch=uuid.uuid4(),
    )
    rule = factories.make_guideline(film)
    against, appealed = (
        Decision.objects.create(
            post=factories.make_post(thread, alice, state=Post.State.RETURNED, revision=2),
            revision=1,
            kind="returned",
            rule=rule,
            reason="So.",
            by=teacher,
            at=factories.NOW,
        )
        for _each in range(2)
    )
    post_appeal = PostAppeal.objects.create(decision=appealed, words="No.", at=factories.NOW)
    week = factories.NOW + timedelta(days=7)
    muted = section.mutes.create(user=alice, until=week, at=factories.NOW, reason="Why.")
    concern = Concern.objects.create(post=post, revision=1, text="Help.", at=factories.NOW)
    word = WatchedWord.objects.create(section=section, word="rascal", added_at=factories.NOW)
    job = Job.objects.create(kind="roster", by=teacher, section=section, about="Film club", asked_at=factories.NOW)
    of_film: dict[str, object] = {"film_key": film.key}
    of_work: dict[str, object] = {"assignment_id": work.pk}
    return {
        "section_id": {"section_id": section.pk},
        "section_id film_key": {"section_id": section.pk, **of_film},
        "section_id film_key fact_key": {"section_id": section.pk, **of_film, "fact_key": fact.key},
        "section_id student_id": {"section_id": section.pk, "student_id": alice.pk},
        "section_id form": {"section_id": section.pk, "form": "csv"},
        "section_id assignment_id": {"section_id": section.pk, **of_work},
        "section_id assignment_id student_id": {"section_id": section.pk, **of_work, "student_id": alice.pk},
        "section_id assignment_id quiz": {"section_id": section.pk, "assignment_id": quiz_work.assignment_id},
        "section_id assignment_id table form": {
            "section_id": section.pk,
            "assignment_id": quiz_work.assignment_id,
            "table": "questions",
            "form": "csv",
        },
        "section_id authorisation_id": {"section_id": section.pk, "authorisation_id": authorisation.pk},
        "person_id": {"person_id": alice.pk},
        "erasure_id": {"erasure_id": erasure.pk},
        "section_id invitation_id": {"section_id": section.pk, "invitation_id": invitation.pk},
        "section_id user_id staff": {"section_id": section.pk, "user_id": assistant.pk},
        "section_id user_id past": {"section_id": section.pk, "user_id": past.pk},
        "assignment_id": of_work,
        "assignment_id withdrawn": {"assignment_id": withdrawn.pk},
        "assignment_id form": {**of_work, "form": "csv"},
        "assignment_id quiz": {"assignment_id": quiz_work.assignment_id},
        "assignment_id step_id": {**of_work, "step_id": lesson.steps.first().pk},
        "notice_id": {"notice_id": notice.pk},
        "film_key": of_film,
        "film_key question_type": {**of_film, "question_type": "essay"},
        "film_key fact_key": {**of_film, "fact_key": fact.key},
        "film_key conflict_key": {**of_film, "conflict_key": "how-long"},
        "film_key source_key": {**of_film, "source_key": source.key},
        "film_key prompt_key": {**of_film, "prompt_key": thread.prompt.key},
        "lesson_id": {"lesson_id": lesson.pk},
        "lesson_id own": {"lesson_id": own_lesson.pk},
        "lesson_id step_id own": {"lesson_id": own_lesson.pk, "step_id": own_lesson.steps.first().pk},
        "assignment_id thread": {"assignment_id": thread.assignment_id},
        "assignment_id key": {"assignment_id": thread.assignment_id, "key": key_of(thread.pk, alice.pk)},
        "thread_id": {"thread_id": thread.pk},
        "post_id": {"post_id": post.pk},
        "post_id published": {"post_id": factories.make_post(thread, bob, state=Post.State.PUBLISHED).pk},
        "concern_id": {"concern_id": concern.pk},
        "post_id read": {"post_id": factories.make_post(thread, alice, state=Post.State.PUBLISHED).pk},
        "decision_id against": {"decision_id": against.pk},
        "appeal_id post": {"appeal_id": post_appeal.pk},
        "mute_id": {"mute_id": muted.pk},
        "decision_id": {"decision_id": decision.pk},
        "batch": {"batch": decision.batch},
        "job_id": {"job_id": job.pk},
        "section_id job_id": {"section_id": section.pk, "job_id": job.pk},
        "section_id word_id": {"section_id": section.pk, "word_id": word.pk},
        **_under_seal(section, alice, teacher, assistant),
        "group_id": {"group_id": group.pk},
        "override_id": {"override_id": override.pk},
        "excuse_id": {"excuse_id": excuse.pk},
        "attempt_id": {"attempt_id": attempt.pk},
        "attempt_id position": {"attempt_id": attempt.pk, "position": 1},
        "question_id": {"question_id": question.pk},
        "quiz_id": {"quiz_id": quiz.pk},
        **_of_marking(section, bob, teacher),
        "token": {"token": "forged"},
    }


def _under_seal(section: Section, alice: User, teacher: User, assistant: User) -> dict[str, dict[str, object]]:
    """Alice's names in three sealed threads: one is shut, one is asked for, and one is open."""
    names = []
    for name in ("Quiet Ibis", "Calm Okapi", "Bright Heron"):
        thread = factories.make_thread(section, names="sealed")
        names.append(thread.pseudonyms.create(user=alice, name=name))
    shut, asked, opened = names
    grade_with_rubric(shut.thread, teacher)
    kept = {"reason": "It matters.", "asked_by": teacher, "asked_at": clock.now()}
    return {
        "assignment_id sealed": {"assignment_id": shut.thread.assignment_id},
        "post_id sealed": {"post_id": factories.make_post(shut.thread, alice).pk},
        "opening_id": {"opening_id": asked.openings.create(**kept).pk},
        "opening_id opened": {
            "opening_id": opened.openings.create(
                **kept, state="opened", answered_by=assistant, answered_at=clock.now()
            ).pk
        },
    }


def _of_kits(admin: User) -> dict[str, dict[str, object]]:
    """A kit that the admin has had checked."""
    found = {"title": "The Lighthouse", "version": "1.0.0", "counts": {}, "lines": [], "changes": True}
    checked = Job.objects.create(
        kind="kit-check",
        by=admin,
        about="kit.zip",
        state=Job.State.DONE,
        asked_at=factories.NOW,
        ended_at=factories.NOW,
        told={"faults": 0},
        kept=found | {"film": "the-lighthouse", "digest": "0" * 64},
    )
    return {"job_id checked": {"job_id": checked.pk}}


def _of_marking(section: Section, bob: User, teacher: User) -> dict[str, dict[str, object]]:
    """Bob has handed in a text that waits for a person, and his class's markers have a comment for it."""
    film = factories.make_film("the-harbour")
    rubric = {"rubric": [{"id": "r1", "text": "Names the keeper", "points": 2}]}
    essay = factories.make_question(film, type="essay", stem="Who kept it?", content={}, key=rubric)
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [essay]))
    attempt = start_attempt(quiz_assignment=quiz, student=bob, at=clock.now())
    attempt.responses.update(answer={"text": "She did."})
    submit_attempt(attempt=attempt, by=bob, at=clock.now())
    comment = MarkingComment.objects.create(
        quiz_assignment=quiz, version=essay.published, text="Short", created_by=teacher, created_at=factories.NOW
    )
    passage = factories.make_source(film).passages.first()
    appeal = Appeal.objects.create(response=attempt.responses.get(), passage=passage, text="So.", made_at=factories.NOW)
    review = FactReview.objects.create(
        fact=factories.make_fact(film), version=essay.published, passage=passage, opened_at=factories.NOW
    )
    regrade = Regrade.objects.create(
        quiz_assignment=quiz, version=essay.published, number=1, policy="drop", reason="No.", at=factories.NOW
    )
    notice = RegradeNotice.objects.create(regrade=regrade, attempt=attempt)
    return {
        "notice_id regraded": {"notice_id": notice.pk},
        "attempt_id position handed_in": {"attempt_id": attempt.pk, "position": 1},
        "appeal_id": {"appeal_id": appeal.pk},
        "film_key review_id": {"film_key": film.key, "review_id": review.pk},
        "assignment_id version_id": {"assignment_id": quiz.assignment_id, "version_id": essay.published_id},
        "response_id": {"response_id": attempt.responses.get().pk},
        "comment_id": {"comment_id": comment.pk},
    }


# --- The table ----------------------------------------------------------------------------------------------------

# By name: what the address takes, and who gets in. Whoever has not signed in gets in where "nobody" stands here.
WHO: dict[str, tuple[str, set[str]]] = {
    "classroom:welcome": ("", EVERYBODY | {"nobody"}),
    "classroom:join": ("", EVERYBODY | {"nobody"}),
    "classroom:join_account": ("", EVERYBODY | {"nobody"}),
    "classroom:invitation": ("token", set()),
    "classroom:healthz": ("", EVERYBODY | {"nobody"}),
    "classroom:health": ("", ADMIN),
    "classroom:health_mail": ("", ADMIN),
    "classroom:health_retry": ("", ADMIN),
    "classroom:job": ("job_id", OWN_TEACHER),
    "classroom:job_cancel": ("job_id", OWN_TEACHER),
    "kits:load": ("", ADMIN),
    "kits:checked": ("job_id checked", ADMIN),
    "classroom:home": ("", EVERYBODY),
    "classroom:sign_in_again": ("", EVERYBODY | {"nobody"}),
    "classroom:account": ("", EVERYBODY),
    "classroom:appearance": ("", EVERYBODY | {"nobody"}),
    "classroom:offline": ("", EVERYBODY | {"nobody"}),
    "classroom:notices": ("", EVERYBODY),
    "classroom:notice": ("notice_id", STUDENT),
    "classroom:notices_read": ("", EVERYBODY),
    "classroom:notice_settings": ("", EVERYBODY),
    "classroom:unsubscribe": ("token", set()),
    "classroom:section_new": ("", TEACHERS),
    "classroom:section": ("section_id", TEACHING),
    "classroom:code_renew": ("section_id", OWN_TEACHER),
    "classroom:member_remove": ("section_id student_id", OWN_TEACHER),
    "classroom:student_password": ("section_id student_id", OWN_TEACHER),
    "classroom:roster": ("section_id", OWN_TEACHER),
    "classroom:roster_apply": ("section_id", OWN_TEACHER),
    "classroom:roster_cards": ("section_id job_id", OWN_TEACHER),
    "classroom:roster_export": ("section_id", TEACHING),
    "classroom:login_cards": ("section_id", OWN_TEACHER),
    "classroom:archive": ("", EVERYBODY),
    "classroom:section_edit": ("section_id", OWN_TEACHER),
    "classroom:section_archive": ("section_id", OWN_TEACHER),
    "classroom:section_reopen": ("section_id", OWN_TEACHER),
    "classroom:section_copy": ("section_id", OWN_TEACHER),
    "classroom:section_people": ("section_id", TEACHING),
    "classroom:staff_add": ("section_id", OWN_TEACHER),
    "classroom:staff_invite": ("section_id", OWN_TEACHER),
    "classroom:staff_uninvite": ("section_id invitation_id", OWN_TEACHER),
    "classroom:staff_change": ("section_id user_id staff", OWN_TEACHER),
    "classroom:staff_remove": ("section_id user_id staff", OWN_TEACHER),
    "classroom:member_return": ("section_id user_id past", OWN_TEACHER),
    "classroom:tracking": ("section_id", TEACHING),
    "classroom:tracking_file": ("section_id form", TEACHING),
    "classroom:gradebook": ("section_id", OWN_TEACHER),
    "classroom:gradebook_file": ("section_id form", OWN_TEACHER),
    "classroom:gradebook_settings": ("section_id", OWN_TEACHER),
    "classroom:gradebook_import": ("section_id", OWN_TEACHER),
    "classroom:gradebook_column": ("section_id assignment_id", OWN_TEACHER),
    "classroom:column_settings": ("section_id assignment_id", OWN_TEACHER),
    "classroom:scores_release": ("section_id assignment_id", OWN_TEACHER),
    "classroom:score": ("section_id assignment_id student_id", OWN_TEACHER),
    "classroom:scores": ("", EVERYBODY),
    "classroom:student": ("section_id student_id", TEACHING),
    "classroom:accommodation": ("section_id student_id", OWN_TEACHER),
    "classroom:student_data": ("section_id student_id", OWN_TEACHER),
    "classroom:student_copy": ("section_id student_id", OWN_TEACHER),
    "classroom:own_copy": ("", EVERYBODY),
    "classroom:authorisation": ("section_id", OWN_TEACHER),
    "classroom:authorisation_withdraw": ("section_id authorisation_id", OWN_TEACHER),
    "classroom:gallery": ("", ADMIN),
    "classroom:privacy": ("", ADMIN),
    "classroom:retention": ("", ADMIN),
    "classroom:person": ("person_id", ADMIN),
    "classroom:person_copy": ("person_id", ADMIN),
    "classroom:erasure": ("erasure_id", ADMIN),
    "classroom:erasure_refuse": ("erasure_id", ADMIN),
    "classroom:welcome_close": ("", EVERYBODY),
    "classroom:sample_new": ("", TEACHERS),
    "classroom:sample_remove": ("section_id", OWN_TEACHER),
    "classroom:films": ("", EVERYBODY),
    "classroom:not_begun": ("section_id", TEACHING),
    "classroom:kits": ("", TEACHERS),
    "classroom:kit": ("film_key", TEACHERS),
    "classroom:assign_start": ("", set()),
    "classroom:assign": ("section_id", OWN_TEACHER),
    "classroom:assignment_times": ("assignment_id", OWN_TEACHER),
    "classroom:calendar": ("", EVERYBODY),
    "classroom:calendar_feed": ("token", set()),
    "classroom:section_calendar": ("section_id", TEACHING),
    "classroom:unit_start": ("section_id", OWN_TEACHER),
    "classroom:unit": ("section_id film_key", OWN_TEACHER),
    "classroom:move": ("assignment_id", OWN_TEACHER),
    "classroom:groups": ("section_id", OWN_TEACHER),
    "classroom:groups_draw": ("section_id", OWN_TEACHER),
    "classroom:groups_undraw": ("section_id", OWN_TEACHER),
    "classroom:group": ("group_id", OWN_TEACHER),
    "classroom:group_delete": ("group_id", OWN_TEACHER),
    "classroom:audience": ("assignment_id", OWN_TEACHER),
    "classroom:exceptions": ("assignment_id", OWN_TEACHER),
    "classroom:excuse_new": ("assignment_id", OWN_TEACHER),
    "classroom:override_remove": ("override_id", OWN_TEACHER),
    "classroom:excuse_remove": ("excuse_id", OWN_TEACHER),
    "classroom:withdraw": ("assignment_id", OWN_TEACHER),
    "classroom:bring_back": ("assignment_id withdrawn", OWN_TEACHER),
    "classroom:assignment_responses": ("assignment_id", TEACHING),
    "classroom:lesson_answers": ("assignment_id", TEACHING),
    "classroom:lesson_answers_file": ("assignment_id form", TEACHING),
    "classroom:lesson_steps": ("assignment_id", TEACHING),
    "classroom:lesson_steps_file": ("assignment_id form", TEACHING),
    "classroom:lesson_work": ("assignment_id", CLASSMATES),
    "classroom:step_answer": ("assignment_id step_id", CLASSMATES),
    "classroom:step_time": ("assignment_id step_id", CLASSMATES),
    "classroom:lesson_done": ("assignment_id", CLASSMATES),
    "classroom:lesson_preview": ("lesson_id", TEACHERS),
    "classroom:lesson_plan": ("lesson_id", TEACHERS),
    "classroom:own_lessons": ("", TEACHERS),
    "classroom:lesson_copy": ("lesson_id", TEACHERS),
    "classroom:lesson_share": ("lesson_id own", OWN_TEACHER),
    "classroom:lesson_retire": ("lesson_id own", OWN_TEACHER),
    "classroom:lesson_edit": ("lesson_id own", OWN_TEACHER),
    "classroom:lesson_words": ("lesson_id own", OWN_TEACHER),
    "classroom:steps_order": ("lesson_id own", OWN_TEACHER),
    "classroom:step_new": ("lesson_id own", OWN_TEACHER),
    "classroom:step_edit": ("lesson_id step_id own", OWN_TEACHER),
    "classroom:step_move": ("lesson_id step_id own", OWN_TEACHER),
    "classroom:step_hide": ("lesson_id step_id own", OWN_TEACHER),
    "classroom:step_remove": ("lesson_id step_id own", OWN_TEACHER),
    "classroom:film": ("film_key", EVERYBODY),
    "classroom:facts": ("film_key", EVERYBODY),
    "classroom:fact": ("film_key fact_key", EVERYBODY),
    "classroom:conflicts": ("film_key", EVERYBODY),
    "classroom:conflict": ("film_key conflict_key", EVERYBODY),
    "classroom:timeline": ("film_key", EVERYBODY),
    "classroom:glossary": ("film_key", EVERYBODY),
    "classroom:sources": ("film_key", EVERYBODY),
    "classroom:source": ("film_key source_key", EVERYBODY),
    "classroom:families": ("film_key", EVERYBODY),
    "classroom:rules": ("film_key", EVERYBODY),
    "classroom:prompts": ("film_key", TEACHERS),
    "classroom:prompt": ("film_key prompt_key", TEACHERS),
    "classroom:thread": ("thread_id", CLASSMATES | TEACHING),
    "classroom:private_answer": ("thread_id", CLASSMATES),
    "classroom:private_answer_withdraw": ("thread_id", set()),
    "classroom:private_answers": ("thread_id", TEACHING),
    "classroom:thread_task": ("thread_id", OWN_TEACHER),
    "classroom:assignment_thread": ("assignment_id thread", CLASSMATES | TEACHING),
    "classroom:name_ask": ("post_id sealed", TEACHING),
    "classroom:name_opening": ("opening_id", TEACHING),
    "classroom:name_opened": ("opening_id opened", STUDENT),
    "classroom:threads": ("section_id", CLASSMATES | TEACHING),
    "classroom:threads_edit": ("assignment_id thread", OWN_TEACHER),
    "classroom:rubric": ("assignment_id thread", OWN_TEACHER),
    "classroom:grading": ("assignment_id thread", OWN_TEACHER),
    "classroom:marks_enter": ("assignment_id sealed", OWN_TEACHER),
    "classroom:grade_talk": ("assignment_id key", OWN_TEACHER),
    "classroom:stance": ("thread_id", CLASSMATES | TEACHING),
    "classroom:stance_mark": ("thread_id", CLASSMATES),
    "classroom:stance_close": ("thread_id", OWN_TEACHER),
    "classroom:post_new": ("thread_id", CLASSMATES | TEACHING),
    "classroom:post": ("post_id", STUDENT | TEACHING),
    "classroom:post_sources": ("thread_id", CLASSMATES | TEACHING),
    "classroom:thread_projector": ("thread_id", TEACHING),
    "classroom:thread_talk": ("thread_id", TEACHING),
    "classroom:thread_export": ("thread_id", TEACHING),
    "classroom:class_talk": ("section_id", TEACHING),
    "classroom:class_search": ("section_id", CLASSMATES | TEACHING),
    "classroom:draft": ("thread_id", CLASSMATES | TEACHING),
    "classroom:post_edit": ("post_id", STUDENT),
    "classroom:post_delete": ("post_id", STUDENT),
    "classroom:post_history": ("post_id", STUDENT | TEACHING),
    "classroom:post_endorse": ("post_id published", TEACHING),
    "classroom:moderation": ("", TEACHERS | {"assistant"}),
    "classroom:post_approve": ("post_id", TEACHING),
    "classroom:post_return": ("post_id", TEACHING),
    "classroom:post_hide": ("post_id", TEACHING),
    "classroom:post_keep": ("post_id", TEACHING),
    "classroom:post_remove": ("post_id", TEACHING),
    "classroom:post_claim": ("post_id", TEACHING),
    "classroom:posts_decide": ("", TEACHERS | {"assistant"}),
    "classroom:decision_undo": ("decision_id", TEACHING),
    "classroom:batch_undo": ("batch", TEACHING),
    "classroom:pauses": ("section_id", TEACHING),
    "classroom:freeze": ("section_id", TEACHING),
    "classroom:thread_pause": ("thread_id", TEACHING),
    # Whom it is about, its address asks for: without that there is nobody to mute.
    "classroom:student_mute": ("section_id", set()),
    "classroom:post_mute": ("post_id", TEACHING),
    "classroom:mute": ("mute_id", STUDENT | TEACHING),
    "classroom:mute_lift": ("mute_id", TEACHING),
    "classroom:concern": ("concern_id", OWN_TEACHER),
    "classroom:post_flag": ("post_id read", {"bob"}),
    "classroom:decision": ("decision_id against", STUDENT | TEACHING),
    "classroom:decision_appeal": ("decision_id against", STUDENT),
    "classroom:class_flags": ("section_id", TEACHING),
    "classroom:own_flags": ("section_id", CLASSMATES),
    "classroom:post_appeals": ("", TEACHERS | {"assistant"}),
    "classroom:post_appeal_answer": ("appeal_id post", TEACHING),
    "classroom:in_the_open": ("section_id", CLASSMATES | TEACHING),
    "classroom:talk_settings": ("section_id", OWN_TEACHER),
    "classroom:word_new": ("section_id", OWN_TEACHER),
    "classroom:word_remove": ("section_id word_id", OWN_TEACHER),
    "quizzes:start": ("assignment_id quiz", CLASSMATES),
    "quizzes:attempt": ("attempt_id", STUDENT),
    "quizzes:attempt_question": ("attempt_id position", STUDENT),
    "quizzes:response_save": ("attempt_id position", STUDENT),
    "quizzes:review": ("attempt_id", STUDENT),
    "quizzes:submit": ("attempt_id", STUDENT),
    "quizzes:result": ("attempt_id", STUDENT),
    "quizzes:responses": ("assignment_id quiz", TEACHING),
    "quizzes:quiz_settings": ("assignment_id quiz", OWN_TEACHER),
    "quizzes:quiz_release": ("assignment_id quiz", OWN_TEACHER),
    "quizzes:to_grade": ("section_id", OWN_TEACHER),
    "quizzes:grade_question": ("assignment_id version_id", OWN_TEACHER),
    "quizzes:grade_answer": ("response_id", OWN_TEACHER),
    "quizzes:appeal": ("attempt_id position handed_in", {"bob"}),
    "quizzes:appeals": ("section_id", OWN_TEACHER),
    "quizzes:regrade_notice": ("notice_id regraded", {"bob"}),
    "quizzes:appeal_decide": ("appeal_id", OWN_TEACHER),
    "quizzes:fact_reviews": ("film_key", TEACHERS),
    "quizzes:fact_review_close": ("film_key review_id", TEACHERS),
    "quizzes:regrade_questions": ("assignment_id quiz", OWN_TEACHER),
    "quizzes:regrade": ("assignment_id version_id", OWN_TEACHER),
    "quizzes:regrade_key": ("assignment_id version_id", OWN_TEACHER),
    "quizzes:question_regrades": ("question_id", OWN_TEACHER),
    "quizzes:marking_comment": ("comment_id", OWN_TEACHER),
    "quizzes:bank": ("film_key", TEACHERS),
    "quizzes:draft_new": ("film_key", TEACHERS),
    "quizzes:quiz_new": ("film_key", TEACHERS),
    "quizzes:question_new": ("film_key", TEACHERS),
    "quizzes:question_import": ("film_key", TEACHERS),
    "quizzes:question_export": ("film_key", TEACHERS),
    "quizzes:question_export_file": ("film_key", TEACHERS),
    "quizzes:question_write": ("film_key question_type", TEACHERS),
    "quizzes:question": ("question_id", OWN_TEACHER),
    "quizzes:question_as_student": ("question_id", OWN_TEACHER),
    "quizzes:question_rewrite": ("question_id", OWN_TEACHER),
    "quizzes:question_reword": ("question_id", OWN_TEACHER),
    "quizzes:question_edit": ("question_id", OWN_TEACHER),
    "quizzes:question_publish": ("question_id", OWN_TEACHER),
    "quizzes:question_retire": ("question_id", OWN_TEACHER),
    "quizzes:question_restore": ("question_id", OWN_TEACHER),
    "quizzes:question_duplicate": ("question_id", OWN_TEACHER),
    "quizzes:question_labels": ("question_id", OWN_TEACHER),
    "quizzes:question_move": ("question_id", OWN_TEACHER),
    "quizzes:quiz": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_as_student": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_edit": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_paper": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_paper_pdf": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_duplicate": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_retire": ("quiz_id", OWN_TEACHER),
    "quizzes:quiz_restore": ("quiz_id", OWN_TEACHER),
    "quizzes:class_facts": ("section_id", TEACHING),
    "quizzes:class_facts_file": ("section_id form", TEACHING),
    "quizzes:class_marks": ("section_id", OWN_TEACHER),
    "quizzes:class_marks_file": ("section_id form", OWN_TEACHER),
    "quizzes:class_fact": ("section_id film_key fact_key", TEACHING),
    "quizzes:class_questions": ("section_id", TEACHING),
    "quizzes:class_questions_file": ("section_id form", TEACHING),
    "quizzes:class_quizzes": ("section_id", TEACHING),
    "quizzes:analysis": ("section_id assignment_id quiz", TEACHING),
    "quizzes:analysis_file": ("section_id assignment_id table form", TEACHING),
    "quizzes:class_coverage": ("section_id", TEACHING),
    "quizzes:class_coverage_file": ("section_id form", TEACHING),
}
RULES = {f"{space}:{each.name}": rule_of(each.callback) for space, each in ours()}


def test_every_address_is_in_the_table() -> None:
    # trust 13, 14
    assert set(WHO) == set(RULES)


@pytest.mark.parametrize("name", sorted(WHO))
def test_each_person_gets_what_the_table_says(name: str, shared_school: School) -> None:
    """With every declared method; a POST without data shows the same gate."""
    takes, who = WHO[name]
    rule = RULES[name]
    assert rule is not None
    address = reverse(name, kwargs=shared_school.kwargs.get(takes, {}))
    for method in sorted(rule.methods - {"HEAD"}):
        for person in ["nobody", *shared_school.people]:
            client = Client()
            if person in shared_school.people:
                client.force_login(shared_school.people[person])
            status = getattr(client, method.lower())(address)
            got = verdict(status.status_code, status.headers.get("Location", ""))
            if person in who:
                assert got == "in", (method, person, status.status_code)
            elif person == "nobody" and rule.level is not Level.PUBLIC:
                assert got == "sign in", (method, person, status.status_code)
            else:
                assert got == "not there", (method, person, status.status_code)


def verdict(status: int, location: str) -> str:
    if status == 302 and location.startswith("/accounts/login/"):
        return "sign in"
    return {404: "not there", 405: "no such method"}.get(status, "in" if status < 500 else "broken")


@pytest.mark.parametrize("name", sorted(WHO))
def test_a_method_that_no_view_declares_is_refused(name: str, shared_school: School) -> None:
    takes, who = WHO[name]
    client = Client()
    if who & set(shared_school.people):
        client.force_login(shared_school.people[min(who & set(shared_school.people))])
        rule = RULES[name]
        assert rule is not None
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - rule.methods:
            reply = getattr(client, method.lower())(reverse(name, kwargs=shared_school.kwargs.get(takes, {})))
            assert reply.status_code == 405, method


@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_the_permissions_that_are_written_here_and_no_other(role: Role) -> None:
    # trust 15
    written = {
        Role.STUDENT: {"SECTION_SEE", "WORK_DO", "THREAD_READ"},
        Role.ASSISTANT: {"SECTION_SEE", "THREAD_READ", "ROSTER_SEE", "RESPONSES_SEE"}
        | {"POST_MODERATE", "TALK_PAUSE", "NAME_OPEN"},
        Role.TEACHER: {each.name for each in Permission} - {"WORK_DO"},
    }
    assert {permission.name for permission in GRANTED[role]} == written[role]
