"""A page with nothing on it says what it is for and where to go next."""

import pytest
from django.urls import reverse

from classroom.people.models import Role, Section, User
from tests import factories

pytestmark = pytest.mark.django_db
# By the page's name: the address that it leads to.
OF_A_TEACHER = {
    "section": "assign",
    "tracking": "assign",
    "gradebook": "assign",
    "threads": "assign",
    "assign": "kits",
    "login_cards": "section",
    "class_talk": "threads",
}


def path_of(name: str, section: Section) -> str:
    return reverse(f"classroom:{name}", args=[] if name == "kits" else [section.pk])


@pytest.fixture
def empty(teacher: User) -> Section:
    return factories.make_section(teacher=teacher)


@pytest.mark.parametrize(("name", "onward"), OF_A_TEACHER.items())
def test_a_teacher_is_led_on(as_user, teacher: User, empty: Section, name: str, onward: str) -> None:  # type: ignore[no-untyped-def]
    main = as_user(teacher).get(path_of(name, empty)).content.decode().split("<main")[1]
    assert f'href="{path_of(onward, empty)}"' in main


def test_whoever_may_not_set_work_is_led_to_no_page_that_is_not_there(as_user, empty: Section) -> None:  # type: ignore[no-untyped-def]
    ravi = factories.make_user("Ravi")
    factories.add_member(empty, ravi, Role.ASSISTANT)
    client = as_user(ravi)
    for name in ("section", "tracking", "threads"):
        assert path_of("assign", empty) not in client.get(path_of(name, empty)).content.decode()


def test_a_teacher_learns_how_a_class_comes_to_the_archive(as_user, teacher: User) -> None:  # type: ignore[no-untyped-def]
    assert "Once a year is over, archive its class" in as_user(teacher).get("/classes/archive/").content.decode()


def test_a_student_learns_where_scores_and_discussions_will_be(  # type: ignore[no-untyped-def]
    as_user, section: Section, alice: User, charlie: User
) -> None:
    client = as_user(alice)
    assert "once your teachers give them out" in client.get("/scores/").content.decode()
    assert "Once your teacher has set one" in client.get(path_of("threads", section)).content.decode()
    stranger = as_user(charlie).get("/scores/").content.decode()
    assert f'href="{reverse("classroom:join")}"' in stranger.split("<main")[1]
