"""The admin panel: every model is there and searchable, records are read-only, and only admins come in."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission as DjangoPermission
from django.core import mail
from django.urls import reverse

from classroom import models as gathered
from classroom.assignments.models import (
    Accommodation,
    Assignment,
    AssignmentOverride,
    AssignmentTarget,
    CalendarFeed,
    Excuse,
    StepAnswer,
    StepProgress,
    Visit,
)
from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions.models import Concern, Flag, PostAppeal, TalkSettings
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy, Score, ScoreEvent
from classroom.jobs.models import Job, JobFile
from classroom.library.models import Citation, Conflict, Fact, Film, Passage, Reading, Source, Term, Topic
from classroom.moderation.models import Claim
from classroom.notices.models import MailChoice, Notice
from classroom.operations.models import Heartbeat
from classroom.people.mail import mail_invitation
from classroom.people.models import Group, Invitation, JoinCode, Membership, RateBucket, Role, Section, User
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun, Tombstone
from classroom.rubrics.models import Assessment, Comment, Rubric, RubricVersion
from classroom.screening.models import FilmWords, WatchedWord
from classroom.stances.models import Line, Mark
from tests import factories
from tests.classroom.library.pages import make_conflict, make_term
from tests.classroom.rubrics.graded import grade, grade_with_rubric

# Of other rooms than these, where a class talks.
DISCUSSIONS = {"Decision", "Guideline", "Post", "Prompt", "Pseudonym", "Thread"}
OURS = [getattr(gathered, name) for name in gathered.__all__ if name not in DISCUSSIONS]
KIT = [Film, Topic, Passage, Fact, Citation, Conflict, Reading, Term, gathered.Lesson, gathered.Step]
RECORDS = [
    Score,
    ScoreEvent,
    Visit,
    StepAnswer,
    StepProgress,
    AuditEvent,
    Heartbeat,
    RateBucket,
    Notice,
    MailChoice,
    Line,
    Mark,
    Rubric,
    RubricVersion,
    Assessment,
    Comment,
]
GIVEN = [Category, ColumnSettings, GradingPolicy, Group, AssignmentTarget, AssignmentOverride, Excuse, CalendarFeed]


@pytest.fixture
def boss(db) -> User:
    return factories.make_user("Ada", is_staff=True, is_superuser=True)


@pytest.fixture
def office(boss, as_user):
    """A client signed in as an admin, in a school where there is a row of everything."""
    return as_user(boss)


@pytest.fixture
def school(section, alice, boss) -> Section:
    return furnish(section, alice, boss)


def furnish(section: Section, alice: User, boss: User, number: int = 1) -> Section:
    """A row of everything for a class and a student of it. ``number`` tells one school's rows from another's."""
    film = factories.make_film(f"film-{number}")
    make_conflict(film)
    make_term(film)
    lesson = factories.make_lesson(film)
    assignment = factories.make_assignment(section, lesson=lesson)
    at = factories.NOW
    Visit.objects.create(assignment=assignment, student=alice, first_at=at, last_at=at)
    StepAnswer.objects.create(
        assignment=assignment, step=lesson.steps.first(), student=alice, text="The keeper.", saved_at=at
    )
    StepProgress.objects.create(assignment=assignment, step=lesson.steps.first(), student=alice, first_opened_at=at)
    points = {"assignment": assignment, "student": alice, "points": 1, "out_of": 2}
    Score.objects.create(**points, updated_at=at)
    ScoreEvent.objects.create(**points, kind="graded", at=at)
    GradingPolicy.objects.create(section=section)
    category = Category.objects.create(section=section, name="Quizzes")
    ColumnSettings.objects.create(assignment=assignment, category=category)
    AuditEvent.objects.create(kind="assigned", subject_type="x", subject_id=1, by=boss, at=at)
    group = factories.make_group(section, alice)
    factories.make_target(assignment, group)
    factories.make_override(assignment, group, extra_minutes=5)
    factories.make_excuse(assignment, alice)
    Accommodation.objects.create(section=section, student=alice, extra_attempts=1, created_by=boss)
    Notice.objects.create(to=alice, section=section, kind="reply", subject_id=4711, at=at)
    job = Job.objects.create(kind="roster", by=boss, section=section, about=section.name, asked_at=at, mark=str(number))
    JobFile.objects.create(job=job, body=b"A kit")
    thread = factories.make_thread(section)
    thread.visits.create(user=alice, at=at)
    thread.drafts.create(user=alice, body="The keeper")
    factories.make_post(thread, alice).revisions.create(
        revision=1, body="The lamp", body_html="", written_at=at, replaced_at=at
    )
    thread.posts.get().sources.create(position=1, fact=factories.make_fact(film))
    Line.objects.create(assignment=thread.assignment)
    grade_with_rubric(thread, boss)
    grade(thread, alice, boss)
    Comment.objects.create(section=section, text="Ask them back.")
    post = factories.make_post(thread, alice)
    Concern.objects.create(post=post, revision=1, text="Help.", at=at)
    name = thread.pseudonyms.create(user=alice, name="Quiet Ibis")
    name.openings.create(reason="It matters.", asked_by=boss, asked_at=at)
    Claim.objects.create(post=post, by=boss, at=at)
    Flag.objects.create(post=post, by=alice, text="So.", at=at)
    decision = post.decisions.create(revision=1, kind="approved", by=boss, at=at)
    PostAppeal.objects.create(decision=decision, words="No.", at=at)
    section.mutes.create(user=alice, until=at + timedelta(days=7), at=at, reason="Why.")
    TalkSettings.objects.create(section=section)
    WatchedWord.objects.create(word=f"rascal-{number}", added_at=at)
    FilmWords.objects.create(film=film, kit_version="1")
    Mark.objects.create(assignment=thread.assignment, student=alice, moment="before", place=5)
    MailChoice.objects.create(user=alice, when=MailChoice.When.DAILY)
    CalendarFeed.objects.create(user=alice)
    Heartbeat.objects.create(name=f"worker-{number}", beat_at=at)
    RateBucket.objects.create(key=f"join:{number}", tokens=3, updated_at=at)
    Invitation.objects.create(name="Nadia", expires_at=clock.now() + timedelta(days=1))
    LegalHold.objects.create(section=section, reason="A complaint.", placed_by=boss, placed_at=at)
    Authorisation.objects.create(section=section, given_by="The head", basis="school", given_on=at, recorded_at=at)
    ErasureRequest.objects.create(person=alice, ground="left", asked_at=at)
    RetentionRun.objects.create(at=at)
    Tombstone.objects.create(salt="a", digest=f"b-{number}", erased_at=at)
    return section


def url_of(model, page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_model_has_a_list_a_search_and_a_page(office, school, model):
    assert office.get(url_of(model, "changelist")).status_code == 200
    assert office.get(url_of(model, "changelist"), {"q": "lamp"}).status_code == 200
    assert admin.site._registry[model].search_fields
    row = model.objects.first()
    assert row is not None
    assert office.get(url_of(model, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_there_is_an_add_page_where_rows_may_be_added(office, school, model):
    may_add = model in {User, Section, Membership, JoinCode, Invitation, LegalHold, WatchedWord}

    assert office.get(url_of(model, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", [*KIT, *RECORDS, *GIVEN], ids=lambda model: model.__name__)
def test_records_and_kits_are_for_looking_at(office, school, model):
    row = model.objects.first()
    page = office.get(url_of(model, "change", row.pk)).content.decode()

    assert office.post(url_of(model, "change", row.pk), {}).status_code == 403
    assert office.post(url_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert 'name="_save"' not in page
    assert str(admin.site._registry[model].note).split(":")[0][:30] in page


@pytest.mark.parametrize("model", [User, Section, Membership, JoinCode, Invitation, Assignment])
def test_what_work_hangs_on_is_never_deleted(office, school, model):
    row = model.objects.first()

    assert office.post(url_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("page", ["admin:index", "admin:classroom_user_changelist", "admin:classroom_score_changelist"])
def test_teachers_and_students_are_refused(teacher, alice, as_user, client, page):
    for person in (teacher, alice):
        reply = as_user(person).get(reverse(page), follow=True)
        assert reply.status_code == 403
    assert client.get(reverse(page), follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_the_panels_own_sign_in_form_is_not_used(client, db):
    reply = client.get(reverse("admin:login"))

    assert reply.status_code == 302
    assert reply["Location"].startswith("/accounts/login/")


def test_an_admin_lets_students_read_a_sources_lines_and_changes_nothing_else(office, school):
    source = Source.objects.first()
    title = source.title

    reply = office.post(url_of(Source, "change", source.pk), {"lines_for_students": "on", "title": "Changed"})

    assert reply.status_code == 302
    source.refresh_from_db()
    assert source.lines_for_students is True
    assert source.title == title


def test_an_admin_makes_an_account_and_sets_its_password(office, db):
    new = {"username": "olga", "name": "Olga", "email": "", "is_teacher": "on", "usable_password": "true",
           "password1": "tofu-lantern-9", "password2": "tofu-lantern-9"}  # fmt: skip
    assert office.post(url_of(User, "add"), new).status_code == 302
    olga = User.objects.get(username="olga")
    assert olga.is_teacher
    assert olga.check_password("tofu-lantern-9")

    changed = {"password1": "river-kettle-7", "password2": "river-kettle-7", "usable_password": "true"}
    address = reverse("admin:auth_user_password_change", args=[olga.pk])
    assert office.post(address, changed).status_code == 302
    olga.refresh_from_db()
    assert olga.check_password("river-kettle-7")


def test_an_admin_without_all_rights_gives_nobody_more(boss, as_user):
    clerk = factories.make_user("Cleo", is_staff=True)
    clerk.user_permissions.set(DjangoPermission.objects.filter(content_type__model="user"))
    student = factories.make_user("Dina")
    client = as_user(clerk)
    form = {"username": student.username, "name": "Dina D.", "email": "", "is_active": "on",
            "is_staff": "on", "is_superuser": "on"}  # fmt: skip

    assert client.post(url_of(User, "change", student.pk), form).status_code == 302
    student.refresh_from_db()
    assert student.name == "Dina D."
    assert (student.is_staff, student.is_superuser) == (False, False)
    assert client.post(url_of(User, "change", boss.pk), form).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[boss.pk]), {}).status_code == 403
    assert client.post(url_of(User, "change", clerk.pk), form).status_code == 403


def test_a_new_join_code_takes_the_place_of_the_old_one(office, school):
    old = JoinCode.objects.get(section=school)

    assert office.post(url_of(JoinCode, "add"), {"section": school.pk}).status_code == 302

    old.refresh_from_db()
    assert old.revoked_at is not None
    assert JoinCode.objects.filter(section=school, revoked_at=None).count() == 1


def test_an_admin_mends_the_times_of_an_assignment_and_withdraws_it(office, school, boss):
    assignment = Assignment.objects.get(kind="lesson")
    times = {"opens_at_0": "2026-03-01", "opens_at_1": "09:00", "due_at_0": "2026-03-09", "due_at_1": "09:00",
             "closes_at_0": "", "closes_at_1": "", "title": "Changed"}  # fmt: skip
    assert office.post(url_of(Assignment, "change", assignment.pk), times).status_code == 302
    assignment.refresh_from_db()
    assert assignment.due_at.day == 9
    assert assignment.title == "The lamp"
    assert AuditEvent.objects.filter(kind="assignment-changed", by=boss).exists()

    chosen = {"action": "withdraw", "_selected_action": [assignment.pk]}
    office.post(url_of(Assignment, "changelist"), chosen)
    assignment.refresh_from_db()
    assert assignment.withdrawn_at is not None


def test_inviting_a_teacher_shows_the_link_to_copy(office, boss, client):
    reply = office.post(url_of(Invitation, "add"), {"name": "Nadia", "email": ""}, follow=True)

    invitation = Invitation.objects.get()
    link = f"http://testserver{reverse('classroom:invitation', args=[invitation.token])}"
    assert reply.status_code == 200
    # The signature carries the time at which it is made, so each link differs; any of them opens the account.
    shown = reply.context["invitation_link"]
    assert shown.startswith("http://testserver/invitations/")
    assert shown.replace("&", "&amp;") in reply.content.decode()
    assert client.get(shown).status_code == client.get(link).status_code == 200
    assert invitation.created_by == boss
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)
    assert not mail.outbox


def test_an_invitation_with_an_address_is_mailed_after_the_change_is_kept(
    office, boss, django_capture_on_commit_callbacks, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        office.post(url_of(Invitation, "add"), {"name": "Nadia", "email": "nadia@school.example"})
        assert not mail.outbox
    for callback in callbacks:
        callback()

    (sent,) = mail.outbox
    assert sent.to == ["nadia@school.example"]
    assert "http://testserver/invitations/" in sent.body
    assert "Hello Nadia," in sent.body


@pytest.mark.parametrize("gone", ["revoked_at", "accepted_at"])
def test_an_invitation_that_is_no_longer_open_is_neither_mailed_nor_shown(office, boss, gone):
    invitation = Invitation.objects.create(
        name="Nadia", email="n@school.example", expires_at=clock.now() + timedelta(days=1), **{gone: clock.now()}
    )

    mail_invitation.call(invitation.pk, "http://testserver")

    assert not mail.outbox
    assert "/invitations/" not in office.get(url_of(Invitation, "change", invitation.pk)).content.decode()


def test_whoever_may_only_look_sees_no_link(school, as_user):
    clerk = factories.make_user("Cleo", is_staff=True)
    clerk.user_permissions.set(DjangoPermission.objects.filter(codename="view_invitation"))

    page = as_user(clerk).get(url_of(Invitation, "change", Invitation.objects.get().pk))

    assert page.status_code == 200
    assert "/invitations/" not in page.content.decode()


def test_an_admin_withdraws_an_invitation(office, school):
    invitation = Invitation.objects.get()

    office.post(url_of(Invitation, "changelist"), {"action": "withdraw", "_selected_action": [invitation.pk]})

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_a_membership_is_made_and_ended_but_not_moved(office, school, charlie):
    made = {"user": charlie.pk, "section": school.pk, "role": Role.ASSISTANT,
            "joined_at_0": "2026-03-01", "joined_at_1": "09:00"}  # fmt: skip
    assert office.post(url_of(Membership, "add"), made).status_code == 302
    membership = Membership.objects.get(user=charlie)

    other = factories.make_section(name="Year 10")
    ended = {**made, "section": other.pk, "ended_at_0": "2026-03-02", "ended_at_1": "09:00"}
    assert office.post(url_of(Membership, "change", membership.pk), ended).status_code == 302
    membership.refresh_from_db()
    assert membership.section == school
    assert membership.ended_at is not None


def test_the_panel_does_not_tell_whose_a_notice_is_nor_what_it_is_about(office, school, alice):
    # trust 37: who is told of a reply wrote the post that it replies to
    for page in (url_of(Notice, "changelist"), url_of(Notice, "change", Notice.objects.get(subject_id=4711).pk)):
        shown = office.get(page).content.decode()
        assert alice.username not in shown
        assert "4711" not in shown
    assert office.get(url_of(Notice, "changelist"), {"to": alice.pk}).status_code == 400
