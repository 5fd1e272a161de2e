"""A class from a list: read, shown as a plan, applied whole or not at all; and login cards."""

import csv
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.people import actions
from classroom.people.models import Membership, Role, Section, User
from classroom.people.roster.names import free_usernames, username_base
from classroom.people.roster.planning import Change, Plan, plan_roster
from classroom.people.roster.reading import MOST_BYTES, MOST_ROWS, Row, Unreadable, read, read_text
from tests import factories

PLAIN = "name,username\nAna López,ana\n王小明,\n"


# --- Reading ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        '"name","username"\n"Ana López" , "ana"\n\n"王小明"\n'.encode(),
        "Username;Nombre\nana;Ana López\n;王小明\n".encode(),
        "first name,LAST NAME,user_name\nAna,López,ana\n王小明,,\n".encode(),
        "Ana López,ana\n王小明\n".encode(),
        "number,name,username\n1,Ana  López,ana\n2, 王小明 ,\n".encode(),
    ],
)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    assert [(row.name, row.username) for row in read(data)] == [("Ana López", "ana"), ("王小明", "")]


def test_a_western_file_without_utf_8_is_read() -> None:
    assert read("name\nJosé Núñez\n".encode("cp1252"))[0].name == "José Núñez"


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    rows = read_text('name,group\n\n"Ana\nLópez",red\nBo,blue\n')
    assert [(row.line, row.name, row.group) for row in rows] == [(3, "Ana López", "red"), (5, "Bo", "blue")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "nobody"),
        (b"name\n\n", "nobody"),
        (b"PK\x03\x04\0\0\0", "not a text file"),
        (b"a" * (MOST_BYTES + 1), "too large"),
        (b"x\n" * (MOST_ROWS + 1), "too long"),
        (b"a" + b",b" * 30, "columns"),
        (b"group,username\nred,ana\n", "name"),
        (b"\xff\xfe\x00", "characters"),
        (b'name\n"' + b"a" * 200_000, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert reason in str(refused.value.reason)


# --- Planning -----------------------------------------------------------------------------------------------------


def plan(section: Section, by: User, text: str) -> Plan:
    return plan_roster(section, read_text(text), by=by)


def kinds(made: Plan) -> list[tuple[str, str]]:
    return [(step.change.value, step.name) for step in made.steps]


@pytest.mark.django_db
def test_a_plan_says_of_each_line_what_becomes_of_it(section: Section, teacher: User, alice: User, bob: User) -> None:
    elsewhere = factories.make_section(name="Year 8", teacher=teacher)
    factories.add_member(elsewhere, factories.make_user("Dina", username="dina"))
    left = factories.add_member(section, factories.make_user("Emil", username="emil"))
    actions.remove_member(membership=left, by=teacher, at=factories.NOW)
    made = plan(
        section,
        teacher,
        f"name,username\nAlicia,{alice.username}\nDina,dina\nEmil,emil\nFatima,\n,nameless\nGus,has space\n",
    )
    assert kinds(made) == [
        ("renamed", "Alicia"),
        ("moved", "Dina"),
        ("back", "Emil"),
        ("new", "Fatima"),
        ("refused", ""),
        ("refused", "Gus"),
        ("gone", "Bob"),
    ]
    assert made.of(Change.NEW)[0].username == "fatima"
    assert {step.line for step in made.of(Change.REFUSED)} == {6, 7}


@pytest.mark.django_db
def test_nobody_outside_a_teachers_classes_can_be_taken_by_naming_them(
    section: Section, teacher: User, charlie: User
) -> None:
    factories.make_section(name="Elsewhere", teacher=factories.make_teacher("Omar"), students=(charlie,))
    other = factories.make_teacher("Olga")
    factories.make_section(name="Mine too", teacher=teacher, students=(other,))
    boss = factories.make_user("Root", is_staff=True)
    for victim in (charlie, other, boss, teacher):
        assert next(step.change for step in plan(section, teacher, f"name,username\nX,{victim.username}").steps) is (
            Change.REFUSED
        )


@pytest.mark.django_db
def test_two_people_of_one_name_stay_two(section: Section, teacher: User) -> None:
    for number in (1, 2):
        factories.add_member(section, factories.make_user("Kim", username=f"kim{number}"))
    assert len(plan(section, teacher, "Kim\nKim\n").of(Change.SAME)) == 2
    three = plan(section, teacher, "Kim\nKim\nKim\n")
    assert (len(three.of(Change.SAME)), len(three.of(Change.NEW))) == (2, 1)
    assert three.of(Change.NEW)[0].username not in {"kim1", "kim2"}


@pytest.mark.django_db
def test_last_years_student_is_known_again_by_name_unless_the_teacher_says_otherwise(
    section: Section, teacher: User
) -> None:
    old = factories.make_section(name="Last year", teacher=teacher, archived_at=factories.NOW)
    factories.add_member(old, factories.make_user("Kim", username="kim"))
    rows = [Row(1, "Kim")]
    (step, *_gone) = plan_roster(section, rows, by=teacher).steps
    assert (step.change, step.username, step.by_name_alone) == (Change.MOVED, "kim", True)
    (step, *_gone) = plan_roster(section, rows, by=teacher, new_anyway=[1]).steps
    assert (step.change, step.username) == (Change.NEW, "kim2")


@pytest.mark.django_db
def test_a_plan_costs_the_same_queries_for_one_line_and_for_thirty(
    section: Section, teacher: User, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        plan(section, teacher, "name,username\nAna,\nAna,\nBo,bo\n")
    with django_assert_num_queries(len(one)):
        plan(section, teacher, "name,username\n" + "".join(f"Ana {n},\nAna,\nBo,bo{n}\n" for n in range(30)))


@pytest.mark.parametrize(
    ("name", "base"),
    [("María José Pérez", "maria.perez"), ("O'Neil", "oneil"), ("王小明", "王小明"), ("  ", "student"), ("Zoë", "zoe")],
)
def test_user_names_can_be_typed(name: str, base: str) -> None:
    assert username_base(name) == base


@pytest.mark.django_db
def test_user_names_are_nobody_elses() -> None:
    for username in ("Ana", "ana2", "kim"):
        factories.make_user("X", username=username)
    assert free_usernames(["Ana", "Ana", "Bo", "Bo"], reserved=["bo2"]) == ["ana3", "ana4", "bo", "bo3"]


# --- The pages ----------------------------------------------------------------------------------------------------


def show(client: Client, section: Section, text: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("classroom:roster", args=[section.pk]), {"text": text})


def agree(client: Client, section: Section, shown, **decided: object):  # type: ignore[no-untyped-def]
    """Send the plan back as the browser would."""
    form = shown.context["form"]
    data = {"rows": json.dumps(form.initial["rows"]), "digest": form.initial["digest"], **decided}
    return client.post(reverse("classroom:roster_apply", args=[section.pk]), data)


def import_(client: Client, section: Section, text: str, **decided: object):  # type: ignore[no-untyped-def]
    return agree(client, section, show(client, section, text), **decided)


def passwords(page: str) -> dict[str, str]:
    return dict(
        re.findall(r'login-card-typed">([^<]+)</dd>\s*<dt>Password</dt><dd class="login-card-typed">([^<]+)', page)
    )


@pytest.mark.django_db
def test_a_class_is_made_from_a_list_with_cards_to_print(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    before = User.objects.count()
    shown = show(client, section, "Dina Ek\nEmil\n")
    assert shown.status_code == 200
    assert User.objects.count() == before
    reply = agree(client, section, shown)
    cards = passwords(reply.content.decode())
    assert set(cards) == {"dina.ek", "emil"}
    assert "no-store" in reply["Cache-Control"]
    assert Client().login(username="dina.ek", password=cards["dina.ek"])
    assert Membership.objects.students().filter(section=section).count() == 4
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.ROSTER_IMPORTED)
    assert (event.by, event.detail["new"]) == (teacher, 2)
    assert "Dina" not in json.dumps(event.detail)


@pytest.mark.django_db
def test_an_uploaded_file_is_shown_the_same_way(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    upload = SimpleUploadedFile("class.csv", "name;username\nZoë;zoe\n".encode("utf-16"))
    reply = as_user(teacher).post(reverse("classroom:roster", args=[section.pk]), {"file": upload})
    assert "Zoë" in reply.content.decode()
    assert as_user(teacher).post(reverse("classroom:roster", args=[section.pk]), {"text": " "}).status_code == 422


@pytest.mark.django_db
def test_importing_again_changes_nothing(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    text = "name,username\nAlice,\nBob,\nDina Ek,\nEmil,emil.e\n"
    import_(client, section, text)
    people = list(User.objects.values().order_by("pk"))
    again = show(client, section, text)
    assert "There is nothing to change." in again.content.decode()
    agree(client, section, again, take_out="on", leave_others="on")
    assert list(User.objects.values().order_by("pk")) == people
    assert Membership.objects.students().filter(section=section).count() == 4


@pytest.mark.django_db
def test_an_export_comes_back_as_it_went(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 22
    client = as_user(teacher)
    for name in ("=1+1", "+44", "@SUM(A1)", "O'Neil", 'Ana "Nana", López'):
        factories.add_member(section, factories.make_user(name, username=f"u{len(name)}"))
    reply = client.get(reverse("classroom:roster_export", args=[section.pk]))
    text = reply.content.decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "@"))]
    back = plan_roster(section, read(reply.content), by=teacher)
    assert {step.change for step in back.steps} == {Change.SAME}


@pytest.mark.django_db
def test_those_whom_the_list_lacks_stay_unless_the_teacher_says_so(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    import_(client, section, f"name,username\nAlice,{alice.username}\n")
    assert Membership.objects.students().filter(section=section, user=bob).exists()
    import_(client, section, f"name,username\nAlice,{alice.username}\n", take_out="on")
    assert not Membership.objects.students().filter(section=section, user=bob).exists()
    import_(client, section, f"name,username\nAlice,{alice.username}\nRob,{bob.username}\n")
    bob.refresh_from_db()
    assert Membership.objects.students().filter(section=section, user=bob).exists()
    assert bob.name == "Rob"


@pytest.mark.django_db
def test_moving_takes_somebody_out_of_the_other_class_if_wished(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    dina = factories.make_user("Dina", username="dina")
    other = factories.make_section(name="Year 8", teacher=teacher, students=(dina,))
    third = factories.make_section(name="Choir", teacher=factories.make_teacher("Omar"), students=(dina,))
    import_(as_user(teacher), section, "name,username\nDina,dina\n", leave_others="on")
    now_in = {m.section for m in Membership.objects.students().filter(user=dina).select_related("section")}
    assert now_in == {section, third}
    assert other not in now_in


@pytest.mark.django_db
def test_a_plan_that_is_out_of_date_is_shown_again_and_not_applied(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    shown = show(client, section, "Dina\n")
    factories.add_member(section, factories.make_user("Dina", username="dina"))
    reply = agree(client, section, shown, take_out="on")
    assert reply.status_code == 409
    assert "nothing was done" in reply.content.decode()
    assert Membership.objects.students().filter(section=section).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize("rows", ["", "{}", "[[1]]", "[[1,2,3,4,5]]", '[["x","a","b","c"]]', "null", "7"])
def test_a_plan_that_was_tampered_with_does_nothing(as_user, section, teacher, rows: str) -> None:  # type: ignore[no-untyped-def]
    before = User.objects.count()
    address = reverse("classroom:roster_apply", args=[section.pk])
    reply = as_user(teacher).post(address, {"rows": rows, "digest": "x", "new_anyway": ["x", "1"]})
    assert reply.status_code in {302, 409}
    assert User.objects.count() == before


@pytest.mark.django_db
def test_a_row_added_on_the_way_is_checked_like_any_other(as_user, section, teacher, charlie) -> None:  # type: ignore[no-untyped-def]
    rows = json.dumps([[1, "X", charlie.username, ""]])
    reply = as_user(teacher).post(
        reverse("classroom:roster_apply", args=[section.pk]), {"rows": rows, "digest": "0" * 64}
    )
    assert reply.status_code == 409
    assert not Membership.objects.filter(section=section, user=charlie).exists()


@pytest.mark.django_db
def test_cards_give_chosen_students_new_passwords_and_sign_them_out(as_user, section, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    colleague = factories.make_teacher("Olga")
    factories.add_member(section, colleague)
    tablet = as_user(alice)
    address = reverse("classroom:login_cards", args=[section.pk])
    assert colleague.username not in as_user(teacher).get(address).content.decode()
    reply = as_user(teacher).post(address, {"students": [alice.pk]})
    cards = passwords(reply.content.decode())
    assert set(cards) == {alice.username}
    assert Client().login(username=alice.username, password=cards[alice.username])
    assert Client().login(username=bob.username, password="tofu-lantern-9")
    assert tablet.get(reverse("classroom:home")).status_code == 302
    for others in ([colleague.pk], [teacher.pk], []):
        assert as_user(teacher).post(address, {"students": others}).status_code == 422


@pytest.mark.django_db
def test_the_pages_cost_the_same_for_one_student_and_for_three(as_user, section, teacher, count_queries) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    pages = [reverse(f"classroom:{name}", args=[section.pk]) for name in ("roster", "login_cards", "roster_export")]
    before = [count_queries(client, page) for page in pages]
    for number in range(3):
        factories.add_member(section, factories.make_user(f"Kim{number}"), Role.STUDENT)
    assert [count_queries(client, page) for page in pages] == before
