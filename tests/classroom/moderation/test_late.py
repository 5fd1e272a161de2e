"""A post that has waited for a day is told to those who moderate, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Post, Thread
from classroom.moderation.news import LATE, tell_of_late
from classroom.notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


def ago(**kwargs: float):
    return clock.now() - timedelta(**kwargs)


def page_of(client) -> str:
    return client.get(reverse("classroom:notices")).content.decode()


def test_a_post_that_waits_for_a_day_is_told_every_moderator_once(as_user, teacher, ravi, alice, thread):
    factories.make_post(thread, alice, body="A canary.", created_at=ago(hours=25))
    factories.make_post(thread, alice, created_at=ago(hours=23))
    tell_of_late()

    for person in (teacher, ravi):
        page = page_of(as_user(person))
        assert "1 post in “Talk” has waited for more than a day" in page
        assert "canary" not in page
    assert not Notice.objects.filter(to=alice).exists()

    Notice.objects.update(read_at=clock.now())
    tell_of_late()
    assert not Notice.objects.filter(read_at=None).exists()


def test_another_one_that_comes_to_wait_for_a_day_is_news_again(as_user, teacher, alice, thread):
    factories.make_post(thread, alice, created_at=ago(hours=30))
    tell_of_late()
    Notice.objects.update(read_at=clock.now())
    factories.make_post(thread, alice, created_at=ago(hours=24, minutes=1))
    tell_of_late()

    assert Notice.objects.filter(to=teacher, read_at=None).count() == 1
    assert "2 posts in “Talk” have waited for more than a day" in page_of(as_user(teacher))


def test_a_mended_post_waits_for_its_day_from_then_on(teacher, alice, thread):
    factories.make_post(thread, alice, created_at=ago(days=4), edited_at=ago(hours=2))
    tell_of_late()
    assert not Notice.objects.filter(kind=LATE).exists()


def test_once_it_is_decided_on_nothing_is_told_any_more(as_user, teacher, alice, thread):
    post = factories.make_post(thread, alice, created_at=ago(hours=25))
    tell_of_late()
    Post.objects.filter(pk=post.pk).update(state=Post.State.RETURNED)
    assert "more than a day" not in page_of(as_user(teacher))


def test_under_seal_the_mail_of_it_waits_for_the_daily_one(teacher, alice, thread):
    Thread.objects.update(names=Thread.Names.SEALED)
    factories.make_post(thread, alice, created_at=ago(hours=25))
    tell_of_late()
    assert Notice.objects.get(kind=LATE).is_sealed


def test_in_a_class_that_is_archived_nobody_is_told(teacher, alice, thread, section):
    factories.make_post(thread, alice, created_at=ago(hours=25))
    section.archived_at = clock.now()
    section.save()
    tell_of_late()
    assert not Notice.objects.exists()


def test_the_queue_marks_it(as_user, teacher, alice, thread):
    factories.make_post(thread, alice, created_at=ago(hours=25))
    assert "over a day" in as_user(teacher).get("/moderation/").content.decode()
