"""Who teaches a class, what becomes of it at the end of a year, and of a colleague's classes when they leave."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.people import actions
from classroom.people.models import Invitation, JoinCode, Membership, Role, Section, User
from classroom.people.permissions import WORDS, Permission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def omar() -> User:
    return factories.make_teacher("Omar", username="omar", email="Omar@school.example")


def post(client: Client, page: str, /, *args: int, **data: object):  # type: ignore[no-untyped-def]
    return client.post(reverse(f"classroom:{page}", args=args), data)


def roles(section: Section) -> dict[str, str]:
    return {m.user.name: m.role for m in Membership.objects.current().filter(section=section).select_related("user")}


# --- Who teaches --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["omar", "OMAR", " omar@school.example "])
def test_a_colleague_is_added_by_user_name_or_address(as_user, section, teacher, omar, who: str) -> None:  # type: ignore[no-untyped-def]
    reply = post(as_user(teacher), "staff_add", section.pk, who=who, role="teacher")
    assert reply.status_code == 302
    assert roles(section)["Omar"] == "teacher"
    assert as_user(omar).get(reverse("classroom:section", args=[section.pk])).status_code == 200
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.STAFF_ADDED).by == teacher


def test_a_student_or_a_stranger_is_not_made_to_teach(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    replies = [
        post(as_user(teacher), "staff_add", section.pk, who=who, role="teacher") for who in (alice.username, "nobody")
    ]
    assert [reply.status_code for reply in replies] == [422, 422]
    assert roles(section)["Alice"] == "student"
    assert post(as_user(teacher), "staff_add", section.pk, who="", role="student").status_code == 422


@pytest.mark.parametrize(("role", "is_teacher"), [("assistant", False), ("teacher", True)])
def test_an_invitation_to_a_class_leads_into_it(as_user, section, teacher, role: str, is_teacher: bool) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    post(client, "staff_invite", section.pk, name="Nia", email="", role=role)
    invitation = Invitation.objects.get()
    shown = client.get(reverse("classroom:section_people", args=[section.pk])).content.decode()
    assert "http://testserver/invitations/" in shown
    address = reverse("classroom:invitation", args=[invitation.token])
    assert section.name in Client().get(address).content.decode()
    Client().post(address, {"name": "Nia", "username": "nia", "password": "kettle-river-fern-9"})
    assert roles(section)["Nia"] == role
    assert User.objects.get(username="nia").is_teacher is is_teacher


def test_an_invitation_is_withdrawn(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    post(as_user(teacher), "staff_invite", section.pk, name="Nia", email="", role="assistant")
    invitation = Invitation.objects.get()
    post(as_user(teacher), "staff_uninvite", section.pk, invitation.pk)
    assert Client().get(reverse("classroom:invitation", args=[invitation.token])).status_code == 404


def test_roles_are_changed_and_the_last_teacher_stays(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    post(client, "staff_change", section.pk, teacher.pk, role="assistant")
    post(client, "staff_remove", section.pk, teacher.pk)
    assert roles(section)["Tess"] == "teacher"
    actions.add_staff(section=section, user=omar, role=Role.ASSISTANT, by=teacher, at=factories.NOW)
    post(client, "staff_change", section.pk, omar.pk, role="teacher")
    assert roles(section)["Omar"] == "teacher"
    assert post(client, "staff_remove", section.pk, teacher.pk).url == reverse("classroom:home")
    assert roles(section) == {"Omar": "teacher", "Alice": "student", "Bob": "student"}
    # trust 17
    assert client.get(reverse("classroom:section", args=[section.pk])).status_code == 404


def test_nobody_becomes_a_student_or_a_role_that_is_not_one(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    actions.add_staff(section=section, user=omar, role=Role.ASSISTANT, by=teacher, at=factories.NOW)
    for role in ("student", "owner", ""):
        post(as_user(teacher), "staff_change", section.pk, omar.pk, role=role)
    assert roles(section)["Omar"] == "assistant"


def test_being_added_twice_takes_no_right_away(section, teacher) -> None:  # type: ignore[no-untyped-def]
    actions.add_staff(section=section, user=teacher, role=Role.ASSISTANT, by=teacher, at=factories.NOW)
    assert roles(section)["Tess"] == "teacher"


def test_students_see_whom_to_turn_to(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:account")
    assert "turn to: Tess" not in as_user(alice).get(page).content.decode()
    post(as_user(teacher), "staff_change", section.pk, teacher.pk, role="teacher", is_contact="on")
    assert "turn to: Tess" in as_user(alice).get(page).content.decode()


def test_every_permission_is_told_in_the_words_of_its_rule() -> None:
    assert {each: str(words) for each, words in WORDS.items()} == {each: each.value for each in Permission}


def test_the_page_says_what_each_role_may_do(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    actions.add_staff(section=section, user=omar, role=Role.ASSISTANT, by=teacher, at=factories.NOW)
    for person, may_change in ((teacher, True), (omar, False)):
        page = as_user(person).get(reverse("classroom:section_people", args=[section.pk])).content.decode()
        assert "approve and return posts" in page
        assert ("Add a colleague" in page) is may_change


def test_somebody_taken_out_is_put_back(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    post(client, "member_remove", section.pk, alice.pk)
    assert "Alice" in client.get(reverse("classroom:section_people", args=[section.pk])).content.decode()
    post(client, "member_return", section.pk, alice.pk)
    assert roles(section)["Alice"] == "student"
    again = client.post(reverse("classroom:member_return", args=[section.pk, alice.pk]), follow=True)
    assert "is in the class already" in again.content.decode()


def test_the_page_costs_the_same_for_one_and_for_three(as_user, section, teacher, count_queries) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    page = reverse("classroom:section_people", args=[section.pk])
    before = count_queries(client, page)
    for number in range(3):
        factories.add_member(section, factories.make_teacher(f"T{number}"), Role.ASSISTANT)
        place = factories.add_member(section, factories.make_user(f"S{number}"))
        actions.remove_member(membership=place, by=teacher, at=factories.NOW)
        actions.invite_teacher(name="N", email="", by=teacher, at=place.joined_at, section=section)
    assert count_queries(client, page) == before


# --- A class through the years ------------------------------------------------------------------------------------


def test_a_class_gets_another_name_and_zone(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    post(as_user(teacher), "section_edit", section.pk, name="Year 10", time_zone="Asia/Shanghai")
    section.refresh_from_db()
    assert (section.name, section.time_zone) == ("Year 10", "Asia/Shanghai")
    reply = post(as_user(teacher), "section_edit", section.pk, name="", time_zone="Moon/Base")
    assert reply.status_code == 422


def test_an_archived_class_is_gone_for_students_and_for_looking_at_for_teachers(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, bob
) -> None:
    work = factories.make_assignment(section)
    pupil, desk = as_user(alice), as_user(teacher)
    lesson = reverse("classroom:lesson_work", args=[work.pk])
    assert pupil.get(lesson).status_code == 200
    post(desk, "section_archive", section.pk)
    assert pupil.get(lesson).status_code == 404
    assert section.name not in pupil.get(reverse("classroom:home")).content.decode()
    for name in ("section", "tracking", "section_people", "roster_export"):
        assert desk.get(reverse(f"classroom:{name}", args=[section.pk])).status_code == 200, name
    for name in ("assign", "roster", "login_cards", "section_edit"):
        assert desk.get(reverse(f"classroom:{name}", args=[section.pk])).status_code == 404, name
    for name, args in (
        ("code_renew", [section.pk]),
        ("member_remove", [section.pk, bob.pk]),
        ("staff_add", [section.pk]),
        ("withdraw", [work.pk]),
    ):
        assert post(desk, name, *args).status_code == 404, name
    assert section.name in desk.get(reverse("classroom:archive")).content.decode()
    assert section.name not in pupil.get(reverse("classroom:archive")).content.decode()

    post(desk, "section_reopen", section.pk)
    assert pupil.get(lesson).status_code == 200
    assert not JoinCode.objects.filter(section=section, revoked_at=None).exists()


def test_a_copy_has_its_teachers_and_no_student(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    actions.add_staff(section=section, user=omar, role=Role.ASSISTANT, by=teacher, at=factories.NOW)
    Membership.objects.filter(user=teacher).update(is_safeguarding_contact=True)
    post(as_user(teacher), "section_archive", section.pk)
    reply = post(
        as_user(teacher), "section_copy", section.pk, name="Year 9, new", time_zone="Europe/Madrid", with_staff="on"
    )
    made = Section.objects.get(name="Year 9, new")
    assert reply.url == reverse("classroom:section", args=[made.pk])
    assert roles(made) == {"Tess": "teacher", "Omar": "assistant"}
    assert Membership.objects.get(section=made, user=teacher).is_safeguarding_contact
    assert made.time_zone == "Europe/Madrid"
    assert JoinCode.objects.filter(section=made).count() == 1


def test_a_copy_can_have_its_maker_alone(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    actions.add_staff(section=section, user=omar, role=Role.TEACHER, by=teacher, at=factories.NOW)
    post(as_user(teacher), "section_copy", section.pk, name="Mine alone", time_zone="UTC")
    assert roles(Section.objects.get(name="Mine alone")) == {"Tess": "teacher"}


# --- Making one ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_the_site", "last", "offered"),
    [("", "", "UTC"), ("", "Europe/Madrid", "Europe/Madrid"), ("Asia/Tokyo", "Europe/Madrid", "Asia/Tokyo")],
)
def test_a_new_class_is_offered_the_sites_zone_or_that_of_its_teachers_last_class(  # type: ignore[no-untyped-def]
    as_user, omar, settings, of_the_site: str, last: str, offered: str
) -> None:
    settings.CLASS_TIME_ZONE = of_the_site
    if last:
        for zone in ("America/New_York", last):
            factories.make_section(teacher=omar, time_zone=zone)
    form = as_user(omar).get(reverse("classroom:section_new")).context["form"]
    assert form["time_zone"].value() == offered
    assert f'<option value="{offered}" selected>' in str(form["time_zone"])


# --- A colleague leaves -------------------------------------------------------------------------------------------


def test_an_admin_hands_a_departed_colleagues_classes_to_another(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    old = factories.make_section(name="Archived", teacher=teacher, archived_at=factories.NOW)
    Membership.objects.filter(section=section, user=teacher).update(is_safeguarding_contact=True)
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    boss = factories.make_user("Root", is_staff=True, is_superuser=True)
    office = as_user(boss)
    people = reverse("admin:classroom_user_changelist")
    page = office.post(people, {"action": "hand_over", "_selected_action": [teacher.pk]}).url
    assert section.name in office.get(page).content.decode()
    assert office.post(page, {"to": teacher.pk}).status_code == 200
    assert office.post(page, {"to": omar.pk}).status_code == 302
    for each in (section, old):
        assert roles(each)["Omar"] == "teacher"
        assert not Membership.objects.filter(section=each, user=teacher, ended_at=None).exists()
    assert Membership.objects.get(section=section, user=omar).is_safeguarding_contact
    events = AuditEvent.objects.filter(kind=AuditEvent.Kind.SECTION_HANDED_OVER, by=boss)
    assert {event.subject_id for event in events} == {section.pk, old.pk}


def owned_models() -> set[type[Model]]:
    return {model for model in apps.get_models() if "owner" in {field.name for field in model._meta.local_fields}}


@pytest.mark.parametrize("along", [True, False])
def test_what_a_departed_colleague_has_made_goes_along_where_the_admin_says_so(  # type: ignore[no-untyped-def]
    as_user, section, teacher, omar, along: bool
) -> None:
    film = factories.make_film()
    made = {
        factories.make_lesson(film, owner=teacher, title="The lamp, shorter"),
        factories.make_question(film, owner=teacher),
        factories.make_quiz(film, owner=teacher, title="My check"),
    }
    assert {type(each) for each in made} == owned_models()
    kits = factories.make_lesson(film)
    same = factories.make_quiz(film, key="same", owner=teacher)
    factories.make_quiz(film, key="same", owner=omar)
    boss = factories.make_user("Root", is_staff=True, is_superuser=True)
    page = reverse("admin:classroom_user_hand_over", args=[teacher.pk])
    told = as_user(boss).get(page).content.decode()
    assert "Lessons: 1 (The lamp, shorter)" in told
    assert "Questions: 1" in told
    assert "Quizzes: 2 (My check, Check)" in told
    as_user(boss).post(page, {"to": omar.pk, **({"with_own": "on"} if along else {})})
    for each in made:
        each.refresh_from_db()
        assert each.owner == (omar if along else teacher), each
    for each in (kits, same):
        each.refresh_from_db()
    # What he has one of the same key of stays where it is.
    assert (kits.owner, same.owner) == (None, teacher)
    events = AuditEvent.objects.filter(kind=AuditEvent.Kind.OWN_THINGS_HANDED_OVER, by=boss)
    counts = {"classroom.Lesson": 1, "quizzes.Question": 1, "quizzes.Quiz": 1}
    assert [each.detail for each in events] == ([{"to": omar.pk, **counts}] if along else [])


def test_who_teaches_no_class_can_hand_over_what_they_have_made(as_user, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    lesson = factories.make_lesson(factories.make_film(), owner=teacher)
    boss = factories.make_user("Root", is_staff=True, is_superuser=True)
    page = reverse("admin:classroom_user_hand_over", args=[teacher.pk])
    assert "teaches no class" in as_user(boss).get(page).content.decode()
    assert as_user(boss).post(page, {"to": omar.pk, "with_own": "on"}).status_code == 302
    lesson.refresh_from_db()
    assert lesson.owner == omar


def test_only_those_who_may_change_people_hand_classes_over(as_user, section, teacher, omar) -> None:  # type: ignore[no-untyped-def]
    page = reverse("admin:classroom_user_hand_over", args=[teacher.pk])
    assert as_user(factories.make_user("Cleo", is_staff=True)).post(page, {"to": omar.pk}).status_code == 404
    assert as_user(omar).post(page, {"to": omar.pk}).status_code == 302
    assert roles(section)["Tess"] == "teacher"
