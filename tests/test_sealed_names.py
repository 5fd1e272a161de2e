"""Every address for everybody, the admin panel and all mail: nothing that one person is shown puts a student's name
beside the pseudonym or the words that a policy keeps from it. What a new address shows is tried with the others.
"""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from classroom.common import clock
from classroom.discussions import news
from classroom.discussions.concerns import mail_concern
from classroom.discussions.models import Concern, NameOpening, Post, PostRevision, Pseudonym, Thread
from classroom.notices import actions as notices
from classroom.notices import mail as digests
from classroom.notices.models import MailChoice
from classroom.people.models import Role, User
from tests import factories
from tests.test_permission_matrix import RULES, WHO, School, _addresses, _of_kits

pytestmark = pytest.mark.django_db
NAME = ("Canaria Songbird", "canary.handle")
SAID, ALIAS = "CANARY-WORDS", "Zebra Canarybird"


@pytest.fixture
def canary(section) -> User:
    student = factories.make_user(NAME[0], username=NAME[1], email="c@mail.example", id=987654321)
    factories.add_member(section, student)
    return student


@pytest.fixture
def school(section, teacher, canary, bob, charlie) -> School:
    """The school of the matrix, where the canary did all that Alice does there."""
    assistant = factories.make_user("Ravi")
    factories.add_member(section, assistant, Role.ASSISTANT)
    other = factories.make_teacher("Omar")
    factories.make_section(teacher=other, students=(charlie,), name="Elsewhere")
    root = factories.make_user("Root", is_staff=True, is_superuser=True)
    people = {
        "canary": canary,
        "bob": bob,
        "charlie": charlie,
        "assistant": assistant,
        "teacher": teacher,
        "other_teacher": other,
        "admin": root,
    }
    kwargs = _addresses(section, canary, bob, teacher) | _of_kits(root)
    Post.objects.filter(author=canary).update(
        body=SAID, body_html=f"<p>{SAID}</p>", state=Post.State.PUBLISHED, published_at=factories.NOW
    )
    Concern.objects.update(text=SAID)
    for number, thread in enumerate(Thread.objects.filter(student=None)):
        Pseudonym.objects.update_or_create(
            thread=thread, user=canary, defaults={"name": f"{ALIAS} {number}", "opened_at": None}
        )
    NameOpening.objects.filter(state="opened").update(state="declined")
    for post in Post.objects.filter(author=canary):
        PostRevision.objects.create(
            post=post, revision=1, body=SAID, body_html=SAID, written_at=factories.NOW, replaced_at=factories.NOW
        )
    return School(people, section, kwargs)


def text_of(reply) -> str:
    """All that a reply says, the files in an archive with it."""
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


# These count who has taken part, by name, and below that list posts by pseudonym: no row may have both.
BY_ROWS = {"classroom:class_talk", "classroom:thread_talk"}


def gives_away(text: str, page: str = "") -> bool:
    rows = re.split(r"<(?:tr|li|p|h[1-6])\b", text) if page in BY_ROWS else [text]
    return any(any(name in row for name in NAME) and (SAID in row or ALIAS in row) for row in rows)


def pages(school: School, person: str):
    """What this person is shown at each address of the matrix, by its name."""
    client = Client()
    client.force_login(school.people[person])
    for name, (takes, _who) in sorted(WHO.items()):
        if "GET" in RULES[name].methods:
            reply = client.get(reverse(name, kwargs=school.kwargs.get(takes, {})))
            if reply.status_code == 200:
                yield name, text_of(reply)


@pytest.mark.parametrize("person", ["bob", "charlie", "assistant", "teacher", "other_teacher", "admin"])
def test_no_address_gives_a_sealed_name_away_to_anybody(person: str, school: School) -> None:  # trust 13, 28, 37
    Thread.objects.filter(student=None).update(names=Thread.Names.SEALED)
    shown = dict(pages(school, person))
    assert [name for name, text in shown.items() if gives_away(text, name)] == []
    assert len(shown) > 20
    if person in ("bob", "assistant", "teacher"):
        # The marks are there to be found.
        assert ALIAS in shown["classroom:thread"]
        assert SAID in shown["classroom:thread"]
    if person == "teacher":
        assert NAME[0] in shown["classroom:section"]


@pytest.mark.parametrize("person", ["bob", "charlie", "other_teacher"])
def test_no_address_tells_those_who_do_not_teach_the_class_who_a_pseudonym_is(person: str, school: School) -> None:
    # trust 28, 37
    Thread.objects.filter(student=None).update(names=Thread.Names.PSEUDONYM)
    assert [name for name, text in pages(school, person) if gives_away(text, name)] == []


def test_a_students_own_pages_are_the_only_ones_with_both(school: School) -> None:
    Thread.objects.filter(student=None).update(names=Thread.Names.SEALED)
    assert any(gives_away(text) for _name, text in pages(school, "canary"))


def test_nothing_that_is_shown_to_somebody_who_signed_in_is_kept_by_a_cache(school: School) -> None:  # trust 39
    client = Client()
    client.force_login(school.people["teacher"])
    for name in ("thread", "threads", "assignment_thread", "name_ask", "name_opening"):
        takes, _who = WHO[f"classroom:{name}"]
        reply = client.get(reverse(f"classroom:{name}", kwargs=school.kwargs[takes]))
        assert "no-store" in reply.headers["Cache-Control"], name


def test_no_page_of_the_admin_panel_gives_a_sealed_name_away(school: School) -> None:  # trust 28
    Thread.objects.filter(student=None).update(names=Thread.Names.SEALED)
    client = Client()
    client.force_login(school.people["admin"])
    seen = 0
    for model in admin.site._registry:
        of_model = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{of_model}_changelist")]
        for pk in model._default_manager.order_by("-pk").values_list("pk", flat=True)[:4]:
            addresses += [reverse(f"{of_model}_{page}", args=[pk]) for page in ("change", "history", "delete")]
        for address in addresses:
            reply = client.get(address)
            if reply.status_code == 200:
                seen += 1
                assert not gives_away(text_of(reply)), address
    assert seen > 60


def test_no_mail_gives_a_sealed_name_away(school: School, section, canary, bob, teacher) -> None:  # trust 28
    Thread.objects.filter(student=None).update(names=Thread.Names.SEALED)
    everybody = [*school.people.values()]
    for person in everybody:
        User.objects.filter(pk=person.pk).update(email=f"p{person.pk}@mail.example")
        notices.choose(user_id=person.pk, when=MailChoice.When.DAILY, at=factories.NOW)
    thread = Thread.objects.get(pk=school.kwargs["thread_id"]["thread_id"])
    theirs = factories.make_post(thread, bob, state=Post.State.PUBLISHED)
    reply = factories.make_post(thread, canary, body=SAID, state=Post.State.PUBLISHED, parent=theirs)
    news.tell_published(post=reply, thread=thread, at=clock.now())
    opening = NameOpening.objects.filter(state="asked").select_related("pseudonym__thread__assignment").get()
    news.tell_name_asked(opening=opening, at=clock.now())
    concern = Concern.objects.create(post=reply, revision=9, text=SAID, at=clock.now())
    mail_concern.func(concern.pk)
    later = clock.now() + timedelta(days=2)
    for person in everybody:
        digests.send_due(person.pk, at=later)
    assert len(mail.outbox) >= 3
    for sent in mail.outbox:
        text = f"{sent.subject}\n{sent.body}"
        assert not any(name in text for name in NAME)
        assert SAID not in text
        assert ALIAS not in text
