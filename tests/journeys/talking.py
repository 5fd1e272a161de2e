"""What journeys of discussions share: a class that talks, the minute of the worker, and all that somebody comes by."""

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from classroom.assignments.actions import make_feed
from classroom.common import clock
from classroom.discussions.models import Thread
from classroom.notices import actions as notices
from classroom.notices.models import MailChoice
from classroom.operations import schedule
from classroom.operations.worker import run_worker
from classroom.people.models import Section, User
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.test_erased import crawl


@dataclass
class Talk:
    section: Section
    thread: Thread
    teacher: User
    alice: User
    bob: User

    @property
    def address(self) -> str:
        return reverse("classroom:thread", args=[self.thread.pk])


def make_talk(**fields: Any) -> Talk:
    """Alice and Bob in a class of Tess's, with one thread; all three have e-mail and hear at once."""
    teacher = factories.make_teacher("Tess", email="tess@mail.example")
    alice = factories.make_user("Alice", email="alice@mail.example")
    bob = factories.make_user("Bob", email="bob@mail.example")
    section = factories.make_section(teacher=teacher, students=(alice, bob))
    prompt = fields.pop("prompt", None) or factories.make_prompt(factories.make_film())
    factories.make_guideline(prompt.film, title="Speak about the argument")
    thread = factories.make_thread(section, prompt=prompt, **fields)
    for each in (teacher, alice, bob):
        notices.choose(user_id=each.pk, when=MailChoice.When.AT_ONCE, at=clock.now() - timedelta(minutes=1))
    return Talk(section, thread, teacher, alice, bob)


def write(student: Visitor, talk: Talk, text: str) -> None:
    student.go(talk.address)
    student.page.locator("#id_body").fill(text)
    student.open(student.page.locator("#submit-id-submit"))


def the_worker_runs_for_a_minute() -> None:
    """Every job that comes round within a minute, and then whatever waits in the queue."""
    for job in schedule.jobs():
        if job.period <= timedelta(minutes=1):
            job.work()
    # The worker listens to signals from now on; the tests had theirs before.
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        run_worker(batch=True)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def everything_of(person: User, talk: Talk) -> str:
    """All that somebody comes by: pages from link to link, what they could type, their mails, feed and search."""
    return "\n".join([*crawl(person), *_typed(person, talk), *_mails(person), _feed(person)])


def _typed(person: User, talk: Talk) -> Iterator[str]:
    """Addresses to which no link leads this person, of every post of the thread."""
    client = Client()
    client.force_login(person)
    # What is looked for stands on the page: full stops are in every post, and in no secret.
    yield client.get(reverse("classroom:class_search", args=[talk.section.pk]), {"q": "."}).content.decode()
    for post in talk.thread.posts.all():
        for name in ("post", "post_history", "post_edit", "post_delete"):
            yield client.get(reverse(f"classroom:{name}", args=[post.pk]), follow=True).content.decode()
        for query in ({"branch": post.pk}, {"reply": post.pk}, {"reply": post.pk, "quote": 1}):
            yield client.get(talk.address, query).content.decode()


def _mails(person: User) -> Iterator[str]:
    return (f"{each.subject}\n{each.body}\n{each.extra_headers}" for each in mail.outbox if person.email in each.to)


@transaction.atomic
def _feed(person: User) -> str:
    feed = make_feed(user=person, section=None, at=clock.now())
    return Client().get(reverse("classroom:calendar_feed", args=[feed.token])).content.decode()
