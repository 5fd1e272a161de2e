"""The gradebook as a file, and scores read back from one: planned, shown, then made at once or not at all."""

import csv
import io
import random
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from classroom.assignments.models import Assignment
from classroom.common.tables import as_typed
from classroom.gradebook.models import ColumnSettings, Score, ScoreEvent
from classroom.people.models import Section
from tests import factories
from tests.classroom.gradebook.test_gradebook import give, gradebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(section: Section) -> Assignment:
    assignment = factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=assignment, out_of=10)
    return assignment


def file_of(client: Client, section: Section, form: str = "csv"):  # type: ignore[no-untyped-def]
    return client.get(reverse("classroom:gradebook_file", args=[section.pk, form]))


def rows_of(client: Client, section: Section) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of(client, section).content.decode("utf-8-sig"))))


def send(client: Client, section: Section, text: str):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("scores.csv", text.encode())
    return client.post(reverse("classroom:gradebook_import", args=[section.pk]), {"file": file})


def confirm(client: Client, section: Section, planned):  # type: ignore[no-untyped-def]
    data = {"text": planned.context["text"], "fingerprint": planned.context["plan"].fingerprint}
    return client.post(reverse("classroom:gradebook_import", args=[section.pk]), data)


def test_a_file_has_exactly_what_the_page_shows(as_user, section, work, teacher, alice) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, Decimal("7.5"))
    factories.make_excuse(factories.make_assignment(section), alice)
    client = as_user(teacher)
    table = client.get(gradebook(section)).context["table"]
    head, *rows = rows_of(client, section)
    assert head[3:] == [f"{each.assignment.title} [{each.assignment.pk}]" for each in table.heads]
    assert rows == [
        *(
            [line.student.name, line.student.username, line.total, *(str(cell.for_file) for cell in line.cells)]
            for line in table.lines
        ),
        ["Class average", "", table.averages.total, *table.averages.cells],
    ]
    assert file_of(client, section, "xlsx").content.startswith(b"PK")
    assert file_of(client, section, "exe").status_code == 404


def test_no_name_and_no_title_acts_as_a_formula(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 22
    chance = random.Random(22)
    names = ["".join(chance.choice("=+-@\t|%'\"a1 (),!") for _place in range(8)) or "x" for _each in range(60)]
    for name in names:
        factories.add_member(section, factories.make_user(name, username=f"u{len(name)}{chance.random()}"))
    factories.make_assignment(section, title="=HYPERLINK(1)")
    for row in rows_of(as_user(teacher), section):
        for cell in row:
            assert not cell.lstrip(" \"'").startswith(("=", "+", "-", "@", "\t", "|", "%")) or cell.startswith("'")
    assert {as_typed(row[0]) for row in rows_of(as_user(teacher), section)} >= set(names)


def test_what_was_exported_changes_nothing(as_user, section, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, Decimal("7.5"))
    give(work, bob, 3, by_hand=True, earned_points=1, earned_out_of=10)
    client = as_user(teacher)
    text = file_of(client, section).content.decode("utf-8-sig")
    plan = send(client, section, text).context["plan"]
    assert (plan.changes, plan.refusals) == ([], [])


def test_an_import_shows_what_would_change_and_then_makes_it(as_user, section, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    give(work, alice, 5)
    client = as_user(teacher)
    text = f"User name,Whatever,Odd [{work.pk}]\r\n{alice.username},x,8\r\n{bob.username},,60 %\r\nnobody,,3\r\n"
    planned = send(client, section, text)
    plan = planned.context["plan"]
    assert [(each.line, each.was, each.becomes) for each in plan.changes] == [(2, "5", "8 of 10"), (3, "", "6 of 10")]
    assert [(each.line, each.what) for each in plan.refusals] == [(1, "Whatever"), (4, "nobody")]
    assert Score.objects.get().points == 5
    assert confirm(client, section, planned).status_code == 302
    assert {each.student: each.points for each in Score.objects.all()} == {alice: 8, bob: 6}
    assert {each.reason for each in ScoreEvent.objects.all()} == {"Imported from a file."}


def test_a_plan_that_no_longer_holds_is_not_made(as_user, section, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    # trust 10, 25
    give(work, alice, 5, by_hand=True)
    client = as_user(teacher)
    planned = send(client, section, f"User name,x [{work.pk}]\n{alice.username},8\n{bob.username},6\n")
    Score.objects.update(points=6, revision=2)
    reply = confirm(client, section, planned)
    assert reply.status_code == 409
    assert [each.points for each in Score.objects.all()] == [6]
    assert confirm(client, section, reply).status_code == 302


@pytest.mark.parametrize(
    "text",
    ["", "\n", "a,b\n1,2\n", 'User name,"x [1', "User name\n", "\x00", "User name,x [99999999]\nq,1\n", ",\n" * 3000],
)
def test_odd_files_change_nothing_and_break_nothing(as_user, section, work, teacher, alice, text: str) -> None:  # type: ignore[no-untyped-def]
    # trust 25
    reply = send(as_user(teacher), section, text)
    assert reply.status_code in (200, 422)
    assert not Score.objects.exists()


def test_what_is_no_score_is_refused_with_its_line(as_user, section, work, teacher, alice, bob) -> None:  # type: ignore[no-untyped-def]
    text = f"User name,x [{work.pk}],y [{work.pk}]\n{alice.username},11,1\n{bob.username},=1+1,\n{bob.username},2,\n"
    plan = send(as_user(teacher), section, text).context["plan"]
    assert [each.line for each in plan.refusals] == [1, 2, 3, 4]
    assert plan.changes == []


def test_a_file_in_another_encoding_is_refused(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("scores.csv", "Zoë,é".encode("utf-16"))
    address = reverse("classroom:gradebook_import", args=[section.pk])
    assert as_user(teacher).post(address, {"file": file}).status_code == 422
