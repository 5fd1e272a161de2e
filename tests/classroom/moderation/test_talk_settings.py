"""A teacher sets how a class talks, and which words it watches for."""

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.discussions.models import TalkSettings, Thread
from classroom.screening.models import WatchedWord
from tests import factories

pytestmark = pytest.mark.django_db


def path(section, name: str = "talk_settings", *more: int) -> str:
    return reverse(f"classroom:{name}", args=[section.pk, *more])


def test_a_teacher_makes_a_class_more_careful(as_user, teacher, section):
    reply = as_user(teacher).post(path(section), {"policy": "hold-first", "first_posts": "5", "flags_to_hide": "2"})
    assert reply.url == path(section)
    kept = TalkSettings.objects.get(section=section)
    assert (kept.policy, kept.first_posts, kept.flags_to_hide) == (Thread.Policy.HOLD_FIRST, 5, 2)
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.TALK_CHANGED).by == teacher


def test_a_wrong_number_says_so_and_changes_nothing(as_user, teacher, section):
    reply = as_user(teacher).post(path(section), {"policy": "hold-first", "first_posts": "0", "flags_to_hide": "2"})
    assert reply.status_code == 422
    assert not TalkSettings.objects.exists()


def test_a_word_is_put_on_the_list_changed_and_taken_off(as_user, teacher, section):
    client = as_user(teacher)
    for action in ("hold", "block"):
        client.post(path(section, "word_new"), {"word": " rascal  pie ", "action": action})
    word = WatchedWord.objects.get()
    assert (word.word, word.action, word.added_by, word.section) == ("rascal pie", "block", teacher, section)
    assert "rascal pie" in client.get(path(section)).content.decode()
    client.post(path(section, "word_remove", word.pk))
    assert not WatchedWord.objects.exists()


@pytest.mark.parametrize("word", ["", "a", "*", "..."])
def test_what_cannot_be_looked_for_is_refused(as_user, teacher, section, word):
    assert as_user(teacher).post(path(section, "word_new"), {"word": word, "action": "hold"}).status_code == 422
    assert not WatchedWord.objects.exists()


def test_nobody_takes_a_word_off_another_classs_list(as_user, teacher, section):
    other = factories.make_section(teacher=factories.make_teacher("Omar"))
    word = WatchedWord.objects.create(section=other, word="rascal", added_at=factories.NOW)
    assert as_user(teacher).post(path(section, "word_remove", word.pk)).status_code == 404
    assert WatchedWord.objects.exists()
