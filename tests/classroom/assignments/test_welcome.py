"""The first five minutes of each role: what home says before there is anything to show."""

import pytest
from django.urls import reverse

from classroom.assignments.models import Visit
from classroom.people.models import Invitation, Membership, Section, User
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
HOME = "/home/"
CLOSE = "/home/welcome/"


def home(client) -> str:  # type: ignore[no-untyped-def]
    return client.get(HOME).content.decode()


def test_a_teacher_is_shown_three_steps_until_there_is_a_class(as_user) -> None:  # type: ignore[no-untyped-def]
    una = factories.make_teacher("Una")
    film = factories.make_film()
    page = home(as_user(una))
    assert "Your first lesson in three steps" in page
    assert reverse("classroom:section_new") in page
    assert reverse("classroom:kit", args=[film.key]) in page
    factories.make_section(teacher=una)
    assert "Your first lesson in three steps" not in home(as_user(una))


def test_it_is_put_away_with_the_account_and_comes_back(as_user, alice: User, bob: User) -> None:  # type: ignore[no-untyped-def]
    client = as_user(alice)
    assert "Welcome, Alice" in home(client)
    assert client.post(CLOSE)["Location"] == HOME
    assert "Welcome, Alice" not in home(as_user(alice))
    assert "Welcome, Bob" in home(as_user(bob))
    assert "Show the welcome again" in client.get("/account/").content.decode()
    client.post(CLOSE, {"show": "yes"})
    assert "Welcome, Alice" in home(client)


def test_a_student_learns_what_to_do_where_the_rules_are_and_who_sees_what(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User
) -> None:
    page = home(as_user(alice))
    assert "Your teachers have set nothing yet." in page
    assert reverse("classroom:in_the_open", args=[section.pk]) in page
    assert "those who teach your class" in page
    work = factories.make_assignment(section)
    assert "What is due first stands below" in home(as_user(alice))
    Visit.objects.create(
        assignment=work, student=alice, first_at=NOW, last_at=NOW, done_at=NOW, steps_done=2, steps_asked=2
    )
    assert "Welcome, Alice" not in home(as_user(alice))


def test_a_student_without_a_class_is_told_to_ask_for_its_code(as_user, charlie: User) -> None:  # type: ignore[no-untyped-def]
    assert "Ask your teacher for the code" in home(as_user(charlie))


def test_an_admin_sees_how_the_site_stands(as_user, settings) -> None:  # type: ignore[no-untyped-def]
    root = as_user(factories.make_user("Root", is_staff=True, is_superuser=True))
    page = home(root)
    assert "None is loaded." in page
    assert "0 teachers have accounts." in page
    assert "No mail server is set" in page
    assert "There is no class yet." in page
    film = factories.make_film()
    section = factories.make_section(teacher=factories.make_teacher("Una"))
    Invitation.objects.create(name="Nia", expires_at=factories.NOW.replace(year=2100))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "mail.example.org"
    page = home(root)
    assert film.title in page
    assert "1 teacher has an account. 1 invitation is open." in page
    assert "mail.example.org" in page
    assert "1 class names nobody" in page
    Membership.objects.filter(section=section).update(is_safeguarding_contact=True)
    assert "Every class names somebody" in home(root)
    root.post(CLOSE)
    assert "Set the site up" not in home(root)


def test_an_admins_home_costs_the_same_for_one_class_and_for_three(as_user, count_queries) -> None:  # type: ignore[no-untyped-def]
    root = as_user(factories.make_user("Root", is_staff=True, is_superuser=True))
    factories.make_section(teacher=factories.make_teacher("Una"))
    home(root)
    cost = count_queries(root, HOME)
    for name in ("Vera", "Wim"):
        factories.make_section(teacher=factories.make_teacher(name), name=name)
    assert count_queries(root, HOME) == cost
