"""Words of despair or threat reach those who look after the class, at once, and nobody else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions import concerns
from classroom.discussions.models import Concern, Post, Thread
from classroom.people.models import Role
from tests import factories
from tests.classroom.discussions.test_screened import send

pytestmark = pytest.mark.django_db
DESPAIR = "I dont want to be here anymore, I want to die."


@pytest.fixture
def contact(section):
    user = factories.make_user("Carla", email="carla@mail.example")
    place = factories.add_member(section, user, Role.ASSISTANT)
    place.is_safeguarding_contact = True
    place.save()
    return user


@pytest.fixture
def sealed(section) -> Thread:
    return factories.make_thread(section, names=Thread.Names.SEALED)


def page_of(concern: Concern) -> str:
    return reverse("classroom:concern", args=[concern.pk])


def test_it_stands_above_all_else_on_the_home_of_teacher_and_contact(as_user, alice, bob, teacher, contact, section):
    thread = factories.make_thread(section)
    factories.make_post(thread, bob)
    send(as_user(alice), thread, DESPAIR)
    for person in (teacher, contact):
        home = as_user(person).get(reverse("classroom:home")).content.decode()
        assert home.index("Please look at once: a post in Year 9") < home.index("posts wait for you")
        assert DESPAIR not in home
    assert "Please look" not in as_user(bob).get(reverse("classroom:home")).content.decode()


def test_it_is_mailed_within_the_minute_without_a_word_of_it(
    as_user, alice, teacher, contact, section, django_capture_on_commit_callbacks
):
    teacher.email = "tess@mail.example"
    teacher.save()
    with django_capture_on_commit_callbacks(execute=True):
        send(as_user(alice), factories.make_thread(section), DESPAIR)
    concern = Concern.objects.get()
    concerns.mail_concern.func(concern.pk)
    concerns.mail_concern.func(concern.pk)
    assert sorted(each.to[0] for each in mail.outbox) == ["carla@mail.example", "tess@mail.example"]
    for each in mail.outbox:
        assert page_of(concern) in each.body
        assert "die" not in each.body + each.subject
        assert "Alice" not in each.body + each.subject


def test_what_a_worker_left_behind_is_mailed_by_the_next(alice, contact, section):
    post = factories.make_post(factories.make_thread(section), alice, body=DESPAIR)
    concern = Concern.objects.create(post=post, revision=1, text=DESPAIR, at=clock.now(), taken_at=clock.now())
    concerns.mail_concern.func(concern.pk)
    assert mail.outbox == []
    Concern.objects.update(taken_at=clock.now() - timedelta(minutes=3))
    concerns.mail_concern.func(concern.pk)
    assert len(mail.outbox) == 1


def test_one_says_that_they_take_care_of_it_and_the_next_sees_who(as_user, alice, teacher, contact, section):
    send(as_user(alice), factories.make_thread(section), DESPAIR)
    concern = Concern.objects.get()
    page = as_user(contact).get(page_of(concern)).content.decode()
    assert DESPAIR in page
    assert "Alice" in page
    as_user(contact).post(page_of(concern))
    reply = as_user(teacher).post(page_of(concern), follow=True).content.decode()
    assert "Somebody takes care of it already." in reply
    assert "Carla takes care of it" in reply
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.CONCERN_SEEN).count() == 1
    assert "Please look" not in as_user(teacher).get(reverse("classroom:home")).content.decode()


def test_a_sealed_name_is_opened_to_the_contact_alone_and_logged(as_user, alice, teacher, contact, sealed):
    send(as_user(alice), sealed, DESPAIR)
    concern = Concern.objects.get()
    shown = as_user(teacher).get(page_of(concern)).content.decode()
    assert "Alice" not in shown
    assert "only the class's safeguarding contact is shown it" in shown
    assert not AuditEvent.objects.filter(kind=AuditEvent.Kind.NAME_OPENED).exists()
    assert "Alice" in as_user(contact).get(page_of(concern)).content.decode()
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.NAME_OPENED)
    assert (event.by, event.subject_id) == (contact, concern.pk)


def test_classmates_other_teachers_and_admins_have_no_such_page(as_user, alice, bob, sealed):
    send(as_user(alice), sealed, DESPAIR)
    concern = Concern.objects.get()
    strangers = [bob, alice, factories.make_teacher("Omar"), factories.make_user("Root", is_staff=True)]
    for stranger in strangers:
        assert as_user(stranger).get(page_of(concern)).status_code == 404


def test_nobody_is_punished_for_it(as_user, alice, section):
    send(as_user(alice), factories.make_thread(section), DESPAIR)
    assert Post.objects.get().state == Post.State.HELD
    assert not Post.objects.get().decisions.exists()


def test_a_home_costs_the_same_with_one_concern_and_with_three(count_queries, as_user, alice, teacher, section):
    thread = factories.make_thread(section)
    home, client = reverse("classroom:home"), as_user(teacher)

    def concern() -> None:
        post = factories.make_post(thread, alice, body=DESPAIR)
        Concern.objects.create(post=post, revision=1, text=DESPAIR, at=clock.now())

    concern()
    client.get(home)
    with_one = count_queries(client, home)
    concern()
    concern()
    assert count_queries(client, home) == with_one


def test_words_of_despair_in_an_appeal_are_seen_at_once(as_user, alice, teacher, contact, section):
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    post = factories.make_post(thread, alice)
    sent = {"rule": rule.pk, "reason": "Say why.", "revision": 1}
    as_user(teacher).post(reverse("classroom:post_return", args=[post.pk]), sent)
    decision = post.decisions.get()

    as_user(alice).post(reverse("classroom:decision_appeal", args=[decision.pk]), {"words": DESPAIR})

    concern = Concern.objects.get()
    assert (concern.text, concern.is_threat) == (DESPAIR, False)
    assert DESPAIR in as_user(teacher).get(page_of(concern)).content.decode().replace("&#x27;", "'")
