"""A score set by hand: why it was, what it replaced, who sees it when, and the same in the files and back."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.gradebook.actions import record_score
from classroom.people.models import Role, Section, User
from tests import factories
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Her page was torn; we spoke instead."


@dataclass
class Graded:
    section: Section
    work: Assignment
    teacher: User
    colleague: User
    alice: User
    bob: User


@pytest.fixture
def graded() -> Graded:
    """Alice earned 4 of 10, Bob nothing yet; a colleague teaches the class as well."""
    teacher, colleague = factories.make_teacher("Tess"), factories.make_teacher("Omar")
    alice, bob = factories.make_user("Alice", username="alice"), factories.make_user("=Bob, Jr", username="bob")
    section = factories.make_section(teacher=teacher, students=(alice, bob))
    factories.add_member(section, colleague, Role.TEACHER)
    work = factories.make_quiz_assignment(section).assignment
    record_score(
        assignment=work, student=alice, points=Decimal(4), out_of=Decimal(10), source="quiz:1", by=None, at=clock.now()
    )
    return Graded(section, work, teacher, colleague, alice, bob)


def test_an_override_is_explained_hidden_released_exported_and_read_back(
    graded: Graded, visitor: Callable[..., Visitor]
) -> None:
    teacher = visitor().sign_in_as(graded.teacher)
    a_reason_is_asked_for(teacher, graded)
    the_history_explains_it(teacher)
    alice = visitor(width=360, color_scheme="dark").sign_in_as(graded.alice)
    hidden_scores_are_not_shown(teacher, alice, graded)
    released_scores_are(teacher, alice, graded)
    sheet = the_files_say_what_the_page_says(teacher, graded)
    a_changed_file_is_read_back(teacher, graded, sheet)
    of_two_who_save_the_second_sees_both_values(
        teacher, visitor(color_scheme="dark").sign_in_as(graded.colleague), graded
    )


def book(graded: Graded) -> str:
    return f"/classes/{graded.section.pk}/gradebook/"


def a_reason_is_asked_for(teacher: Visitor, graded: Graded) -> None:
    teacher.go(book(graded))
    # The first cell is the total, which opens what it is made of; the next is the score.
    teacher.open(teacher.page.get_by_role("row", name="Alice").locator("td a").nth(1))
    teacher.page.locator("#id_points").fill("8")
    teacher.is_refused("Save", 422)
    assert teacher.sees("It replaces a score that was earned: say why.")
    assert teacher.page.locator("#id_points").input_value() == "8"
    teacher.page.locator("#id_reason").fill(REASON)
    teacher.page.locator("#id_feedback").fill("Well told.")
    teacher.press("Save", exact=True)


def the_history_explains_it(teacher: Visitor) -> None:
    assert teacher.sees("Beneath it stays what was earned: 4 of 10.")
    history = teacher.page.get_by_role("region", name="History")
    lines = history.locator("tbody tr").all_inner_texts()
    assert len(lines) == 3  # earned, set by hand, and the feedback
    assert any("8 of 10" in line and "Tess" in line and REASON in line for line in lines)


def hidden_scores_are_not_shown(teacher: Visitor, alice: Visitor, graded: Graded) -> None:
    teacher.go(f"{book(graded)}{graded.work.pk}/")
    teacher.press("Hide scores and feedback from students")
    alice.go("/scores/")
    assert not alice.sees("8 of 10")
    assert not alice.sees("Well told.")


def released_scores_are(teacher: Visitor, alice: Visitor, graded: Graded) -> None:
    teacher.press("Release scores and feedback to students")
    alice.go("/scores/")
    assert alice.sees("8 of 10")
    assert alice.sees("Well told.")
    assert not alice.sees(REASON)


def the_files_say_what_the_page_says(teacher: Visitor, graded: Graded) -> list[list[str]]:
    """The CSV file's rows, as they are downloaded."""
    teacher.go(book(graded))
    rows = teacher.page.locator("main table tbody").first.locator("tr").all()
    shown = [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows]
    assert [row[:3] for row in shown] == [["=Bob, Jr", "", "–"], ["Alice", "80 %", "8 by hand"]]
    sheet = list(csv.reader(io.StringIO(teacher.download("CSV").decode("utf-8-sig"))))
    assert sheet[0] == ["Student", "User name", "Total", f"{graded.work.title} [{graded.work.pk}]"]
    foot = [" ".join(each.split()) for each in teacher.page.locator("main tfoot").locator("th, td").all_inner_texts()]
    assert foot == ["Class average", "80 %", "80 %"]
    average = [foot[0], "", *foot[1:]]
    # A name that would be a formula is made text.
    assert sheet[1:] == [["'=Bob, Jr", "bob", "", ""], ["Alice", "alice", "80 %", "8 (by hand)"], average]
    assert xlsx_rows(teacher.download("XLSX")) == [
        sheet[0],
        ["=Bob, Jr", "bob", "", ""],
        ["Alice", "alice", "80 %", "8 (by hand)"],
        average,
    ]
    return sheet


def xlsx_rows(file: bytes) -> list[list[str]]:
    """The first sheet, row by row (ECMA-376: shared strings, then the sheet)."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(file)) as folder:
        sheet, strings = (
            ElementTree.fromstring(folder.read(f"xl/{part}.xml"))  # noqa: S314 - our own file
            for part in ("worksheets/sheet1", "sharedStrings")
        )
    shared = ["".join(each.itertext()) for each in strings.iter(f"{space}si")]
    assert not list(sheet.iter(f"{space}f")), "a cell acts as a formula"
    return [
        [shared[int(cell[0].text or 0)] if cell.get("t") == "s" else cell[0].text or "" for cell in row if len(cell)]
        for row in sheet.iter(f"{space}row")
    ]


def a_changed_file_is_read_back(teacher: Visitor, graded: Graded, sheet: list[list[str]]) -> None:
    """Bob's cell is filled in, Alice's stays; a stranger's line is refused with its number."""
    sheet[1][3] = "6/10"
    written = io.StringIO()
    csv.writer(written).writerows([*sheet, ["Eve", "eve", "", "9"]])
    teacher.follow("Import scores")
    teacher.choose_file("CSV file", "scores.csv", written.getvalue())
    teacher.press("Show what would change")
    assert teacher.sees("1 score stays as it is.")
    refused = teacher.page.get_by_role("group", name="Refused")
    assert "No student of this class has this user name." in refused.inner_text()
    assert refused.locator("tbody td").first.inner_text() == "5"
    assert teacher.page.get_by_role("group", name="Would be set by hand").locator("tbody tr").count() == 1
    teacher.press("Set these scores")
    teacher.go(book(graded))
    assert "60 %" in teacher.page.get_by_role("row", name="=Bob, Jr").inner_text()


def of_two_who_save_the_second_sees_both_values(teacher: Visitor, colleague: Visitor, graded: Graded) -> None:
    address = f"{book(graded)}{graded.work.pk}/"
    for each in (teacher, colleague):
        each.go(address)
        each.page.get_by_label("Reason").fill("As we said.")
    teacher.page.get_by_label("Alice", exact=True).fill("9")
    colleague.page.get_by_label("Alice", exact=True).fill("5")
    teacher.press("Save the scores")
    colleague.is_refused("Save the scores", 409)
    assert colleague.sees("Somebody has changed it since: it is now 9, and you typed 5. Save again to keep yours.")
    colleague.press("Save the scores")
    assert colleague.page.get_by_label("Alice", exact=True).input_value() == "5"
