"""The panel shows the room, changes none of its records, and keeps sealed names sealed."""

import pytest
from django.contrib import admin
from django.urls import reverse

from classroom.discussions import admin as ours
from classroom.discussions.models import Decision, Guideline, Post, Prompt, Pseudonym, Thread
from classroom.people.models import User
from tests import factories

pytestmark = pytest.mark.django_db
RECORDS = [Prompt, Guideline, Pseudonym, Post, Decision]


@pytest.fixture
def office(as_user):
    return as_user(factories.make_user("Root", is_staff=True, is_superuser=True))


@pytest.fixture
def canary(section):
    student = factories.make_user("Canaria", username="canary.handle")
    factories.add_member(section, student)
    return student


def rows_of(thread: Thread, author, teacher) -> tuple[Pseudonym, Post, Decision]:
    post = factories.make_post(thread, author, body="UNDER-SEAL")
    decision = Decision.objects.create(post=post, revision=1, kind="approved", text="", by=teacher, at=factories.NOW)
    return Pseudonym.objects.create(thread=thread, user=author, name="Quiet Heron"), post, decision


def list_of(model) -> str:
    return reverse(f"admin:classroom_{model._meta.model_name}_changelist")


def page_of(row) -> str:
    return reverse(f"admin:classroom_{row._meta.model_name}_change", args=[row.pk])


def test_every_model_of_the_room_has_a_list_a_search_and_a_page(office, section, alice, teacher):
    thread = factories.make_thread(section)
    rule = factories.make_guideline(thread.prompt.film)
    for row in (thread, thread.prompt, rule, *rows_of(thread, alice, teacher)):
        assert office.get(list_of(type(row))).status_code == 200
        assert office.get(list_of(type(row)), {"q": "lamp"}).status_code == 200
        assert office.get(page_of(row)).status_code == 200


@pytest.mark.parametrize("model", RECORDS)
def test_nobody_adds_changes_or_deletes_a_record(office, rf, model):
    panel = admin.site.get_model_admin(model)
    request = rf.get("/")
    assert not panel.has_add_permission(request)
    assert not panel.has_change_permission(request)
    assert not panel.has_delete_permission(request)


def test_a_thread_can_be_locked_and_its_names_stay_as_promised(office, section):
    thread = factories.make_thread(section)
    office.post(
        page_of(thread),
        {
            "names": "shown",
            "policy": "review-after",
            "edit_minutes": "15",
            "slow_minutes": "0",
            "locked_at_0": "2026-03-02",
            "locked_at_1": "09:00:00",
        },
    )
    thread.refresh_from_db()
    assert thread.locked_at == factories.NOW
    assert (thread.names, thread.policy) == (Thread.Names.PSEUDONYM, Thread.Policy.REVIEW_AFTER)


@pytest.mark.parametrize(("names", "told"), [(Thread.Names.PSEUDONYM, True), (Thread.Names.SEALED, False)])
def test_sealed_names_stay_out_of_the_panel(office, section, canary, teacher, names, told):  # trust 37
    pseudonym, post, decision = rows_of(factories.make_thread(section, names=names), canary, teacher)
    for row in (pseudonym, post):
        for address in (list_of(type(row)), page_of(row)):
            assert ("canary.handle" in office.get(address).content.decode()) is told
    for address in (list_of(Decision), page_of(decision)):
        assert "canary.handle" not in office.get(address).content.decode()


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (Post, "author"),
        (Post, "author__id__exact"),
        (Post, "author__username"),
        (Post, "author_id"),
        (Post, "author_id__exact"),
        (Post, "author_id__in"),
        (Post, "author__in"),
        (Post, "created_at"),
        (Post, "created_at__gte"),
        (Post, "created_at__hour"),
        (Post, "id__gt"),
        (Pseudonym, "user"),
        (Pseudonym, "user_id"),
        (Pseudonym, "user_id__exact"),
        (Pseudonym, "user__id__exact"),
        (User, "posts"),
        (User, "posts__gt"),
        (User, "posts__in"),
        (User, "posts__thread"),
        (User, "pseudonyms"),
        (User, "pseudonyms__in"),
        (User, "password__startswith"),
        (Thread, "posts"),
        (Thread, "pseudonyms"),
        (Decision, "post__author"),
        (Decision, "post__author__id__exact"),
    ],
)
def test_the_panels_addresses_do_not_find_what_somebody_wrote(office, section, canary, teacher, model, lookup):
    rows_of(factories.make_thread(section, names=Thread.Names.SEALED), canary, teacher)
    assert office.get(list_of(model), {lookup: str(canary.pk)}).status_code == 400
    beside_a_filter = {lookup: str(canary.pk), "thread__names": "sealed"}
    assert office.get(list_of(model), beside_a_filter).status_code == 400


@pytest.mark.parametrize("model", [Post, Pseudonym, Decision])
def test_the_panels_search_does_not_find_what_somebody_wrote(office, section, canary, teacher, model):
    rows_of(factories.make_thread(section, names=Thread.Names.SEALED), canary, teacher)
    for words in ("Canaria", "canary.handle"):
        assert office.get(list_of(model), {"q": words}).context["cl"].result_count == 0


def test_the_panel_tells_the_day_of_a_sealed_post_and_not_the_minute(office, section, alice, bob, teacher):
    sealed = factories.make_thread(section, names=Thread.Names.SEALED)
    _name, post, _decision = rows_of(sealed, alice, teacher)
    at = factories.NOW.replace(hour=10, minute=47)
    Post.objects.filter(pk=post.pk).update(state="published", created_at=at, edited_at=at, published_at=at)
    Decision.objects.update(seen_at=at)
    for address in (list_of(Post), page_of(post), list_of(Decision)):
        page = office.get(address).content.decode()
        assert "March 2, 2026" in page or "2 March 2026" in page
        assert "10:47" not in page
    factories.make_post(sealed, bob, body="AN EARLIER WORD", created_at=at.replace(hour=11))
    for order in ({}, {"o": "4"}, {"o": "-4"}, {"o": "5"}):
        shown = [each.body for each in office.get(list_of(Post), order).context["cl"].result_list]
        assert shown == ["AN EARLIER WORD", "UNDER-SEAL"], order


def test_the_panel_is_that_of_this_room():
    assert isinstance(admin.site.get_model_admin(Post), ours.writing.PostAdmin)
