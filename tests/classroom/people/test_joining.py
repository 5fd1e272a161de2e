"""Students come in by a code, without e-mail; teachers by an invitation."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.people import actions, queries
from classroom.people.models import Invitation, JoinCode, Membership, Role, Section, User
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACCOUNT = {"name": "Dina", "username": "dina", "password": "kettle-river-fern-9"}


def code_of(section: Section) -> str:
    return JoinCode.objects.get(section=section).code


def join(client: Client, code: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("classroom:join"), {"code": code})


def test_a_student_joins_with_a_code_and_no_email(client: Client, section: Section) -> None:
    assert join(client, code_of(section)).url == reverse("classroom:join_account")
    reply = client.post(reverse("classroom:join_account"), ACCOUNT)
    assert reply.url == reverse("classroom:home")
    dina = User.objects.get(username="dina")
    assert dina.email == ""
    assert Membership.objects.get(user=dina).role == Role.STUDENT
    assert client.session["_auth_user_id"] == str(dina.pk)


@pytest.mark.parametrize("typed", ["{low}", " {code} ", "{spaced}", "{spread}"])
def test_a_code_may_be_typed_in_any_manner(client: Client, section: Section, typed: str) -> None:
    found = JoinCode.objects.get(section=section)
    text = typed.format(low=found.code.lower(), code=found.code, spaced=found.spaced, spread=" ".join(found.code))
    assert join(client, text).status_code == 302


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client: Client, section: Section) -> None:
    reply = join(client, "XXXXXXXX")
    assert reply.status_code == 422
    assert "No class has this code" in reply.content.decode()
    assert "XXXXXXXX" in reply.content.decode()


def test_an_expired_or_revoked_code_opens_nothing(client: Client, section: Section, teacher: User) -> None:
    old = code_of(section)
    actions.renew_join_code(section=section, by=teacher, at=AT)
    assert join(client, old).status_code == 422
    JoinCode.objects.filter(section=section).update(expires_at=AT)
    assert join(client, JoinCode.objects.get(section=section, revoked_at=None).code).status_code == 422


def test_a_class_behind_one_address_all_joins(section: Section) -> None:
    for number in range(35):
        client = Client()
        assert join(client, code_of(section)).status_code == 302
        reply = client.post(reverse("classroom:join_account"), {**ACCOUNT, "username": f"pupil-number-{number}"})
        assert reply.status_code == 302
    assert Membership.objects.students().filter(section=section).count() == 37


def test_guessing_codes_ends_after_ten_wrong_ones_at_once(section: Section) -> None:
    for _guess in range(10):
        assert "No class has this code" in join(Client(), "ZZZZZZZZ").content.decode()
    reply = join(Client(), code_of(section))
    assert "Too many wrong codes" in reply.content.decode()


def test_a_header_does_not_buy_more_guesses(section: Section) -> None:
    for number in range(25):
        reply = Client().post(
            reverse("classroom:join"), {"code": "ZZZZZZZZ"}, headers={"x-forwarded-for": f"10.0.0.{number}"}
        )
    assert "Too many wrong codes" in reply.content.decode()


def test_the_sign_in_key_changes_when_somebody_joins(client: Client, section: Section) -> None:
    join(client, code_of(section))
    before = client.session.session_key
    client.post(reverse("classroom:join_account"), ACCOUNT)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("password", "short", "too short"),
        ("password", "password1", "too common"),
        ("username", "has space", "valid username"),
        ("username", "ALICE-TAKEN", "That user name is taken"),
        ("name", "", "required"),
    ],
)
def test_a_bad_account_form_says_what_is_wrong(
    client: Client, section: Section, field: str, value: str, message: str
) -> None:
    factories.make_user("Alice", username="alice-taken")
    join(client, code_of(section))
    reply = client.post(reverse("classroom:join_account"), {**ACCOUNT, field: value})
    assert reply.status_code == 422
    assert message in reply.content.decode()


def test_a_student_with_an_account_joins_another_class(as_user, alice: User) -> None:  # type: ignore[no-untyped-def]
    other = factories.make_section(name="Film club", teacher=factories.make_teacher("Omar"))
    join(as_user(alice), code_of(other))
    assert Membership.objects.filter(user=alice, section=other, role=Role.STUDENT).exists()


def test_a_code_does_not_undo_a_teachers_decision(as_user, section: Section, teacher: User, alice: User) -> None:  # type: ignore[no-untyped-def]
    membership = Membership.objects.get(section=section, user=alice)
    actions.remove_member(membership=membership, by=teacher, at=AT)
    join(as_user(alice), code_of(section))
    assert not Membership.objects.current().filter(section=section, user=alice).exists()


def test_joining_twice_leaves_one_membership_and_the_teacher_a_teacher(section: Section, teacher: User) -> None:
    actions.join_section(section=section, user=teacher, at=AT)
    assert Membership.objects.get(section=section, user=teacher).role == Role.TEACHER


# --- Teachers -----------------------------------------------------------------------------------------------------


@pytest.fixture
def invitation() -> Invitation:
    admin = factories.make_user("Root", is_staff=True)
    return actions.invite_teacher(name="Nia", email="nia@school.example", by=admin, at=datetime.now(UTC))


def accept(client: Client, invitation: Invitation, **changes: str):  # type: ignore[no-untyped-def]
    address = reverse("classroom:invitation", args=[invitation.token])
    return client.post(address, {**ACCOUNT, "username": "nia", "name": "Nia", **changes})


def test_an_invited_teacher_makes_an_account_and_is_signed_in(client: Client, invitation: Invitation) -> None:
    assert accept(client, invitation).url == reverse("classroom:home")
    nia = User.objects.get(username="nia")
    assert (nia.is_teacher, nia.is_staff, nia.email) == (True, False, "nia@school.example")
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.INVITATION_ACCEPTED, by=nia).count() == 1


def test_an_invitation_opens_one_account(invitation: Invitation) -> None:
    accept(Client(), invitation)
    assert accept(Client(), invitation, username="somebody-else").status_code == 404
    assert not User.objects.filter(username="somebody-else").exists()


def test_a_taken_name_leaves_the_invitation_open(invitation: Invitation) -> None:
    factories.make_user("Other", username="nia")
    with pytest.raises(actions.NameTaken):
        actions.accept_invitation(
            invitation=invitation, username="nia", name="Nia", password="kettle-river-fern-9", at=datetime.now(UTC)
        )
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.parametrize("token", ["nonsense", "ImZvbyI:1abc:xyz"])
def test_a_forged_invitation_is_not_there(client: Client, token: str) -> None:
    assert client.get(reverse("classroom:invitation", args=[token])).status_code == 404


def test_an_invitation_runs_out(client: Client, invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=datetime.now(UTC) - timedelta(minutes=1))
    assert client.get(reverse("classroom:invitation", args=[invitation.token])).status_code == 404


# --- A class ------------------------------------------------------------------------------------------------------


def test_a_teacher_makes_a_class_with_a_code(as_user, teacher: User) -> None:  # type: ignore[no-untyped-def]
    as_user(teacher).post(reverse("classroom:section_new"), {"name": "Year 8", "time_zone": "Europe/Madrid"})
    made = Section.objects.get(name="Year 8")
    assert queries.join_code_of(made, datetime.now(UTC)) is not None
    assert Membership.objects.get(section=made, user=teacher).role == Role.TEACHER


def test_a_student_taken_out_sees_nothing_at_the_next_request(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    assignment = factories.make_assignment(section)
    client = as_user(alice)
    page = reverse("classroom:lesson_work", args=[assignment.pk])
    assert client.get(page).status_code == 200
    as_user(teacher).post(reverse("classroom:member_remove", args=[section.pk, alice.pk]))
    assert client.get(page).status_code == 404


def test_a_teacher_gives_a_student_a_password_that_a_child_can_type(as_user, section, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    page = reverse("classroom:student_password", args=[section.pk, alice.pk])
    assert as_user(teacher).get(page).status_code == 200
    as_user(teacher).post(page, {"password": "cedar-lantern-river-47"})
    assert Client().login(username=alice.username, password="cedar-lantern-river-47")


def test_a_teacher_cannot_take_over_a_colleague_who_joined_as_a_student(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    colleague = factories.make_teacher("Omar")
    actions.join_section(section=section, user=colleague, at=AT)
    page = reverse("classroom:student_password", args=[section.pk, colleague.pk])
    assert as_user(teacher).post(page, {"password": "cedar-lantern-river-47"}).status_code == 404
