"""What people did not fill in does not change: forged fields, rights that were lost, codes that are guessed."""

import contextlib
import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from classroom.people import limits
from classroom.people.models import Invitation, JoinCode, Membership, RateBucket, Role, Section, User
from tests import factories
from tests.test_access import ours

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# What somebody might like to be.
FORGED: dict[str, str] = {
    "id": "1",
    "pk": "1",
    "user": "1",
    "user_id": "1",
    "section": "1",
    "section_id": "1",
    "is_staff": "on",
    "is_superuser": "on",
    "is_teacher": "on",
    "is_active": "",
    "is_demo": "on",
    "is_safeguarding_contact": "on",
    "email": "mine@evil.example",
    "groups": "1",
    "user_permissions": "1",
    "last_login": "2020-01-01",
    "created_at": "2020-01-01 00:00",
    "joined_at": "2020-01-01 00:00",
    "ended_at": "2020-01-01 00:00",
    "archived_at": "2020-01-01 00:00",
    "accepted_at": "2020-01-01 00:00",
    "revoked_at": "2020-01-01 00:00",
    "expires_at": "2100-01-01 00:00",
    "nonce": "x",
    "code": "BBBBBBBB",
    "tokens": "1000000",
    "key": "join-address:127.0.0.1",
    "created_by": "1",
    "accepted_by": "1",
}


def every_field() -> set[str]:
    models: list[type[Model]] = [User, Section, Membership, JoinCode, Invitation, RateBucket]
    return {field.name for model in models for field in model._meta.get_fields() if field.concrete}


# What forms do ask for; each test fills these in.
ASKED = {"username", "password", "name", "time_zone", "role", "members"}


def forged() -> dict[str, str]:
    """A value for every field of every model of people, those that are added later too."""
    return {**dict.fromkeys(every_field() - ASKED, "on"), **FORGED}


def rows() -> dict[str, dict[Any, dict[str, Any]]]:
    models: list[type[Model]] = [User, Section, Membership, JoinCode, Invitation]
    return {model.__name__: {row["id"]: row for row in model._default_manager.values()} for model in models}


def changes(before: dict[str, dict[Any, dict[str, Any]]]) -> set[str]:
    """The fields that differ, as Model.field; a new row as +Model."""
    found = set()
    for name, now in rows().items():
        for pk, row in now.items():
            was = before[name].get(pk)
            found |= {f"+{name}"} if was is None else {f"{name}.{field}" for field in row if row[field] != was[field]}
        found |= {f"-{name}" for pk in before[name] if pk not in now}
    return found


FORMS: list[tuple[str, str, dict[str, str], set[str]]] = [
    ("section_new", "teacher", {"name": "New", "time_zone": "UTC"}, {"+Section", "+Membership", "+JoinCode"}),
    (
        "section_edit",
        "teacher",
        {"name": "Else", "time_zone": "UTC", "assistants_grade": "on"},
        {"Section.name", "Section.assistants_grade"},
    ),
    ("section_copy", "teacher", {"name": "Copy", "time_zone": "UTC"}, {"+Section", "+Membership", "+JoinCode"}),
    ("student_password", "teacher", {"password": "kettle-river-fern-9"}, {"User.password"}),
    ("staff_invite", "teacher", {"name": "Nia", "role": "assistant"}, {"+Invitation"}),
    ("staff_add", "teacher", {"who": "omar", "role": "assistant"}, {"+Membership"}),
    ("staff_change", "teacher", {"role": "teacher", "is_contact": ""}, {"Membership.role"}),
    ("member_remove", "teacher", {}, {"Membership.ended_at"}),
    ("roster", "teacher", {"text": "Dina"}, set()),
    ("login_cards", "teacher", {"students": "{alice}"}, {"User.password"}),
    ("code_renew", "teacher", {}, {"+JoinCode", "JoinCode.revoked_at"}),
    ("section_archive", "teacher", {}, {"Section.archived_at", "JoinCode.revoked_at"}),
    ("join", "charlie", {"code": "{code}"}, {"+Membership"}),
]


@pytest.mark.parametrize(("page", "who", "data", "declared"), FORMS, ids=[each[0] for each in FORMS])
def test_a_form_changes_what_it_declares_and_nothing_else(  # type: ignore[no-untyped-def]
    as_user, section, teacher, alice, charlie, page: str, who: str, data: dict[str, str], declared: set[str]
) -> None:
    # trust 16
    omar = factories.make_teacher("Omar", username="omar")
    ravi = factories.make_user("Ravi")
    factories.add_member(section, ravi, Role.ASSISTANT)
    code = JoinCode.objects.get(section=section).code
    filled = {name: value.format(alice=alice.pk, code=code) for name, value in data.items()}
    takes = {"section_id": section.pk, "student_id": alice.pk, "user_id": ravi.pk}
    (pattern,) = [each for space, each in ours() if space == "classroom" and each.name == page]
    wanted = {name: takes[name] for name in pattern.pattern.converters}
    client = as_user({"teacher": teacher, "charlie": charlie}[who])
    before = rows()
    reply = client.post(reverse(f"classroom:{page}", kwargs=wanted), {**forged(), **filled})
    assert reply.status_code in {200, 302}
    assert changes(before) == declared
    assert not User.objects.filter(is_staff=True).exists()
    assert Membership.objects.filter(is_safeguarding_contact=True).count() == 0
    assert omar.pk


@pytest.mark.parametrize("way", ["code", "invitation", "sign up"])
def test_a_new_account_is_what_its_way_in_says(section: Section, settings: Any, way: str) -> None:
    # trust 16
    client = Client()
    account = {
        "name": "Dina",
        "username": "dina",
        "password": "kettle-river-fern-9",
        "password1": "kettle-river-fern-9",
    }
    if way == "code":
        client.post(reverse("classroom:join"), {"code": JoinCode.objects.get(section=section).code})
        address = reverse("classroom:join_account")
    elif way == "invitation":
        made = Invitation.objects.create(
            name="Dina", section=section, role=Role.ASSISTANT, expires_at=datetime(2100, 1, 1, tzinfo=UTC)
        )
        address = reverse("classroom:invitation", args=[made.token])
    else:
        settings.TEACHER_SIGNUP = True
        address = reverse("account_signup")
    client.post(address, {**forged(), "role": "teacher", **account})
    dina = User.objects.get(username="dina")
    assert (dina.is_staff, dina.is_superuser, dina.is_demo, dina.is_active) == (False, False, False, True)
    assert dina.is_teacher is (way == "sign up")
    assert dina.email == ("mine@evil.example" if way == "sign up" else "")
    roles = list(Membership.objects.filter(user=dina).values_list("role", "is_safeguarding_contact"))
    assert roles == {"code": [("student", False)], "invitation": [("assistant", False)], "sign up": []}[way]


# --- Guessing codes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("every", [0.0, 0.5, 7.0])
def test_at_most_twenty_guesses_are_looked_up_in_any_hour(every: float) -> None:
    # trust 29
    looked_up: list[datetime] = []

    def guess(at: datetime) -> None:
        def look_up() -> None:
            looked_up.append(at)

        with contextlib.suppress(limits.NoTriesLeft):
            limits.guarded([(limits.WRONG_CODES_FROM_ADDRESS, "192.0.2.1")], look_up, at=at)

    for number in range(1200):
        guess(AT + timedelta(seconds=every * number))
    for start in looked_up:
        assert sum(start <= each < start + timedelta(hours=1) for each in looked_up) <= 20


def test_no_header_and_no_neighbouring_address_buys_more_guesses(section: Section, settings: Any) -> None:
    # trust 29
    def guess(address: str, **headers: str) -> str:
        return (
            Client()
            .post(reverse("classroom:join"), {"code": "ZZZZZZZZ"}, REMOTE_ADDR=address, headers=headers)
            .content.decode()
        )

    def wrong(pages: list[str]) -> int:
        return sum("No class has this code" in page for page in pages)

    names = ["x-forwarded-for", "x-real-ip", "forwarded", "true-client-ip", "cf-connecting-ip", "x-client-ip"]
    spoofed = [guess("192.0.2.1", **{name: f"10.0.0.{n}"}) for n, name in zip(range(30), itertools.cycle(names))]
    assert wrong(spoofed) == 10
    assert wrong([guess(f"2001:db8::{n:x}") for n in range(15)]) == 10

    # Behind the one proxy that the settings name, what that proxy has written counts, and nothing before it.
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    through = [guess("192.0.2.9", **{"x-forwarded-for": f"10.0.0.{n}, 198.51.100.7"}) for n in range(15)]
    assert wrong(through) == 10
    assert wrong([guess("192.0.2.9", **{"x-forwarded-for": "198.51.100.8"})]) == 1


def test_thirty_five_pupils_behind_one_address_join_though_nine_mistype(section: Section) -> None:
    # trust 29
    code = JoinCode.objects.get(section=section).code
    for number in range(35):
        client = Client()
        if number < 9:
            client.post(reverse("classroom:join"), {"code": "ZZZZZZZZ"})
        assert client.post(reverse("classroom:join"), {"code": code}).status_code == 302
        account = {"name": f"P{number}", "username": f"pupil-number-{number}", "password": "kettle-river-fern-9"}
        assert client.post(reverse("classroom:join_account"), account).status_code == 302
    assert Membership.objects.students().filter(section=section).count() == 37


# --- Who reaches whom ---------------------------------------------------------------------------------------------


def test_no_row_is_written_by_one_person_to_another() -> None:
    """A message would be a row with an author and an addressee; each pair that there is stands here with its reason."""
    # trust 31
    pairs = {}
    for model in [*apps.get_app_config("classroom").get_models(), *apps.get_app_config("quizzes").get_models()]:
        to_people = [
            field.name
            for field in model._meta.get_fields()
            if field.concrete and field.related_model in {User, Membership} and model is not User
        ]
        if len(to_people) > 1:
            pairs[model.__name__] = sorted(to_people)
    # Whoever did it, who teaches or administers, ends in "by"; never a student to a student.
    for name, fields in pairs.items():
        assert len([each for each in fields if not each.endswith("by")]) <= 1, (name, fields)


def test_no_address_lets_a_student_name_a_student(as_user, section, alice, bob) -> None:  # type: ignore[no-untyped-def]
    # trust 31
    client = as_user(alice)
    named = [each for space, each in ours() if space == "classroom" and "student_id" in each.pattern.converters]
    assert named
    for each in named:
        known = {"section_id": section.pk, "student_id": bob.pk}
        takes = {name: known.get(name, 1) for name in each.pattern.converters}
        address = reverse(f"classroom:{each.name}", kwargs=takes)
        assert client.get(address).status_code in {404, 405}
        assert client.post(address, {"text": "psst"}).status_code in {404, 405}


# --- Somebody who was taken out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_taken_out_is_refused_at_the_next_request(as_user, section, teacher, role: Role) -> None:  # type: ignore[no-untyped-def]
    # trust 17
    person = factories.make_user("Dina", is_teacher=role == Role.TEACHER)
    place = factories.add_member(section, person, role)
    work = factories.make_assignment(section)
    pages = {
        Role.STUDENT: [reverse("classroom:lesson_work", args=[work.pk])],
        Role.ASSISTANT: [reverse(f"classroom:{name}", args=[section.pk]) for name in ("section", "section_people")],
        Role.TEACHER: [
            reverse(f"classroom:{name}", args=[section.pk]) for name in ("section", "roster", "login_cards")
        ],
    }[role]
    client = as_user(person)
    for page in pages:
        assert client.get(page).status_code == 200
    remove = "member_remove" if role == Role.STUDENT else "staff_remove"
    as_user(teacher).post(reverse(f"classroom:{remove}", args=[section.pk, person.pk]))
    place.refresh_from_db()
    assert place.ended_at is not None
    for page in pages:
        assert client.get(page).status_code == 404
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(reverse("classroom:home")).status_code == 302
