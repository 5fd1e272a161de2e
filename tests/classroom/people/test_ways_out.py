"""Each page with a form has a way out that changes nothing."""

import re

import pytest
from django.urls import reverse

from classroom.discussions.models import Post
from classroom.people.models import Invitation
from tests import factories

pytestmark = pytest.mark.django_db


def ways_out(page: str) -> list[str]:
    return re.findall(r'<a[^>]*href="([^"]*)"[^>]*>Cancel</a>', page)


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        ("section_edit", "section"),
        ("section_copy", "section"),
        ("roster", "section"),
        ("login_cards", "section"),
    ],
)
def test_a_form_of_a_class_leads_back_to_the_class(as_user, section, teacher, page: str, leads_to: str) -> None:  # type: ignore[no-untyped-def]
    shown = as_user(teacher).get(reverse(f"classroom:{page}", args=[section.pk])).content.decode()
    assert ways_out(shown) == [reverse(f"classroom:{leads_to}", args=[section.pk])]


def test_the_other_forms_of_people_lead_back(as_user, section, teacher, alice, client) -> None:  # type: ignore[no-untyped-def]
    group = factories.make_group(section, alice)
    desk, of_class = as_user(teacher), [section.pk]
    expected = {
        reverse("classroom:section_new"): reverse("classroom:home"),
        reverse("classroom:group", args=[group.pk]): reverse("classroom:groups", args=of_class),
        reverse("classroom:student_password", args=[section.pk, alice.pk]): reverse("classroom:section", args=of_class),
    }
    assert {page: ways_out(desk.get(page).content.decode()) for page in expected} == {
        page: [way] for page, way in expected.items()
    }
    plan = desk.post(reverse("classroom:roster", args=of_class), {"text": "Dina\n"}).content.decode()
    assert ways_out(plan) == [reverse("classroom:section", args=of_class)]


def test_who_is_at_the_door_can_turn_round(client, section) -> None:  # type: ignore[no-untyped-def]
    invitation = Invitation.objects.create(name="Kim", expires_at=section.join_codes.get().expires_at)
    welcome = [reverse("classroom:welcome")]
    assert ways_out(client.get(reverse("classroom:join")).content.decode()) == welcome
    page = client.post(reverse("classroom:join"), {"code": section.join_codes.get().code}, follow=True)
    assert ways_out(page.content.decode()) == welcome
    page = client.get(reverse("classroom:invitation", args=[invitation.token]))
    assert ways_out(page.content.decode()) == welcome


def test_the_forms_of_a_discussion_lead_back_to_where_they_were_opened(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    thread = factories.make_thread(section)
    factories.make_guideline(thread.prompt.film)
    held = factories.make_post(thread, alice)
    shown = factories.make_post(thread, alice, state=Post.State.PUBLISHED)
    in_thread = {post: reverse("classroom:post", args=[post.pk]) for post in (held, shown)}
    pages = {
        (alice, reverse("classroom:post_edit", args=[held.pk])): in_thread[held],
        (teacher, reverse("classroom:post_return", args=[held.pk])): reverse("classroom:moderation"),
        (teacher, reverse("classroom:post_return", args=[held.pk]) + "?back=thread"): in_thread[held],
        (teacher, reverse("classroom:post_hide", args=[shown.pk]) + "?back=thread"): in_thread[shown],
    }
    for (who, page), way in pages.items():
        assert ways_out(as_user(who).get(page).content.decode()) == [way], page
    page = reverse("classroom:post_hide", args=[shown.pk])
    again = as_user(teacher).post(page, {"revision": 1, "back": "thread"})
    assert again.status_code == 422
    assert ways_out(again.content.decode()) == [in_thread[shown]]
