"""The analysis of a quiz as its pages show it: in words, as plots with their tables, as files, and at what cost."""

import csv
import html
import io
import re
import zipfile

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.common.tables import neutral
from classroom.people.models import Role, Section, User
from quizzes.statistics.analysis.sentences import MOST_TELLING
from quizzes.statistics.limits import ENOUGH, FEW
from tests import factories
from tests.quizzes.statistics.classes import KEEPER, NIGHTS, RIGHT, Asked, LargeClass, hand_in, make_large_class

pytestmark = pytest.mark.django_db
TABLES = ["scores", "test", "advanced", "questions", "answers"]


def address(section: Section, quiz: object, *rest: str) -> str:
    name = "quizzes:analysis_file" if rest else "quizzes:analysis"
    return reverse(name, args=[section.pk, quiz.assignment_id, *rest])  # type: ignore[attr-defined]


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table(reply: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


def shown(page: str, key: str) -> list[list[str]]:
    """A table of the page: its heads, then its rows, as they are read; a dash stands for an empty cell."""
    own = page.partition(f'aria-labelledby="{key}-caption"')[2].partition("</table>")[0]
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", own, re.DOTALL)
    ]
    return [["" if cell == "–" else text(cell).replace("&#x27;", "'") for cell in row] for row in rows]


@pytest.fixture
def large(section: Section) -> LargeClass:
    return make_large_class(section)


@pytest.fixture
def tess(teacher: User, as_user) -> Client:
    return as_user(teacher)


def test_tracking_the_answers_and_the_list_lead_there(section: Section, large: LargeClass, tess: Client):
    listed = reverse("quizzes:class_quizzes", args=[section.pk])
    assert f'href="{listed}"' in tess.get(reverse("classroom:tracking", args=[section.pk])).content.decode()
    answers = reverse("quizzes:responses", args=[large.quiz.assignment_id])
    for page in (listed, answers):
        assert f'href="{address(section, large.quiz)}"' in tess.get(page).content.decode()
    assert "The lamp 24" in text(tess.get(listed).content.decode())


def test_a_quiz_that_nobody_has_handed_in_says_so_and_where_to_go(section: Section, work: Asked, tess: Client):
    page = tess.get(address(section, work.quiz)).content.decode()
    assert "Nobody has handed in this quiz yet" in page
    assert f'href="{reverse("quizzes:responses", args=[work.quiz.assignment_id])}">See the answers' in page
    listed = tess.get(reverse("quizzes:class_quizzes", args=[section.pk])).content.decode()
    assert "nobody yet" in listed
    assert address(section, work.quiz) not in listed
    empty = factories.make_section(teacher=section.memberships.get(role=Role.TEACHER).user)
    assert "No quiz is set" in tess.get(reverse("quizzes:class_quizzes", args=[empty.pk])).content.decode()


def test_the_sentences_come_first_with_the_way_to_the_question(section: Section, large: LargeClass, tess: Client):
    page = tess.get(address(section, large.quiz)).content.decode()
    words = page.partition('id="words"')[2].partition("</section>")[0]
    assert "24 students have handed in." in words
    assert "look at its key.</strong>" in words
    assert f'href="{reverse("quizzes:question", args=[large.questions[2].pk])}"' in words
    assert page.index('id="words"') < page.index('id="whole"') < page.index("<table")


def test_a_question_that_may_be_wrong_leads_to_its_regrade_for_who_may(
    section: Section, large: LargeClass, tess: Client, as_user
):
    mend = reverse("quizzes:regrade", args=[large.quiz.assignment_id, large.questions[2].published_id])
    page = tess.get(address(section, large.quiz)).content.decode()
    assert f'href="{mend}"' in page
    sentences = re.findall(r"<li>.*?</li>", page.partition('id="words"')[2].partition("</section>")[0], re.DOTALL)
    about = [each for each in sentences if 'href="/questions/' in each]
    assert ["/regrade/" in each for each in about] == ["<strong>" in each for each in about]
    assert tess.get(mend).status_code == 200
    helper = factories.make_user("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    assert mend not in as_user(helper).get(address(section, large.quiz)).content.decode()


def test_a_colleague_is_led_to_no_question_that_is_not_in_their_bank(section: Section, large: LargeClass, as_user):
    large.questions[2].owner = factories.make_teacher("Omar")
    large.questions[2].save()
    colleague, helper = factories.make_teacher("Cora"), factories.make_user("Ravi")
    factories.add_member(section, colleague, Role.TEACHER)
    factories.add_member(section, helper, Role.ASSISTANT)
    page = as_user(colleague).get(address(section, large.quiz)).content.decode()
    assert reverse("quizzes:question", args=[large.questions[2].pk]) not in page
    assert reverse("quizzes:question", args=[large.questions[1].pk]) in page
    assert 'href="/questions/' not in as_user(helper).get(address(section, large.quiz)).content.decode()


def test_plots_name_themselves_and_a_table_says_the_same(section: Section, large: LargeClass, tess: Client):
    page = tess.get(address(section, large.quiz)).content.decode()
    drawn = re.findall(r'<svg class="picture" .*?</svg>', page, re.DOTALL)
    assert len(drawn) == 1 + len(large.questions)
    for each in drawn:
        assert re.search(r'role="img" aria-label="(Scores|Answers to question \d+)\. .*the same is in the table', each)
        assert "style=" not in each
    _head, *scores = shown(page, "scores")
    counts = [count for _name, count in scores if count != "0"]
    assert re.findall(r'<text class="middle"[^>]*>(\d+)</text>', drawn[0]) == counts
    head, *lines = shown(page, "answers-2")
    assert head == [
        "Answer",
        "Right",
        "Given by",
        "Of those asked, %",
        "Lower third",
        "Middle third",
        "Upper third",
        "So says",
    ]
    assert [line[:4] for line in lines] == [["Mara Quill", "right", "18", "75.0"], ["Ada Lund", "", "6", "25.0"]]
    assert [line[2] for line in lines] == re.findall(r"<text[^>]*>(\d+)</text>", drawn[2])
    assert sum(int(cell) for cell in lines[0][4:7]) == 18


@pytest.mark.parametrize("key", TABLES)
def test_each_file_has_exactly_the_cells_of_the_page(section: Section, large: LargeClass, tess: Client, key: str):
    page = tess.get(address(section, large.quiz)).content.decode()
    reply = tess.get(address(section, large.quiz, key, "csv"))
    assert reply.status_code == 200
    rows = table(reply)
    if key == "answers":
        by_question = [shown(page, f"answers-{number}") for number in range(1, 5)]
        assert rows[0][1:] == by_question[0][0]
        assert [row[1:] for row in rows[1:]] == [line for each in by_question for line in each[1:]]
    else:
        assert rows == shown(page, key)
    sheet = workbook(tess.get(address(section, large.quiz, key, "xlsx")).content)
    assert sheet == [[plain(cell) for cell in row if cell] for row in rows]


def plain(cell: str) -> str:
    """A number without the digits that a workbook adds, and without the .0 that it leaves out."""
    return f"{float(cell):.6g}" if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell


def workbook(content: bytes) -> list[list[str]]:
    """The rows of the first sheet, empty cells aside; a number is written as in the file of the other kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(f"xl/{part}.xml").decode() for part in ("sharedStrings", "worksheets/sheet1")]
    words = [html.unescape(each) for each in re.findall(r"<si><t[^>]*>(.*?)</t></si>", parts[0], re.DOTALL)]
    found = []
    for row in re.findall(r"<row.*?</row>", parts[1], re.DOTALL):
        cells = re.findall(r'<c r="[A-Z]+\d+"([^>]*)><v>(.*?)</v>', row)
        texts = [neutral(words[int(value)]) if 't="s"' in kind else plain(value) for kind, value in cells]
        found.append([each for each in texts if each])
    return found


def test_a_file_that_is_not_there_is_not_found(section: Section, large: LargeClass, tess: Client):
    for rest in (("students", "csv"), ("questions", "exe")):
        assert tess.get(address(section, large.quiz, *rest)).status_code == 404


def test_no_cell_of_a_file_acts(section: Section, work: Asked, alice: User, tess: Client):  # trust 22
    film = work.keeper.film
    question = factories.make_question(film, type="short", stem="=1+1", content={}, key={"accept": ["Mara Quill"]})
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [question]))
    hand_in(quiz, alice, {1: {"text": '=HYPERLINK("x")'}})
    rows = table(tess.get(address(section, quiz, "answers", "csv")))
    assert rows[1][1] == '\'=HYPERLINK("x")'
    assert not any(cell.startswith("=") for row in rows for cell in row)
    page = tess.get(address(section, quiz)).content.decode()
    assert "=HYPERLINK(&quot;x&quot;)" in page


@pytest.mark.parametrize("size", [FEW - 1, ENOUGH - 1])
def test_a_small_class_is_told_what_is_withheld_and_why(section: Section, tess: Client, size: int):
    large = make_large_class(section, size)
    page = tess.get(address(section, large.quiz)).content.decode()
    assert f"told from {ENOUGH} students on" in text(page)
    _head, *questions = shown(page, "questions")
    assert {line[9] for line in questions} == {""}
    assert {line[3] == "" for line in questions} == {size < FEW}
    assert ('<svg class="picture" width="320" height="150"' in page) == (size >= FEW)
    rows = table(tess.get(address(section, large.quiz, "scores", "csv")))
    assert len(rows) == (1 if size < FEW else 11)


def test_attempts_and_classes_are_chosen_and_the_files_follow(
    section: Section, work: Asked, teacher: User, alice: User, bob: User, charlie: User, tess: Client
):
    hand_in(work.quiz, alice, {})
    hand_in(work.quiz, alice, RIGHT, hours=1)
    hand_in(work.quiz, bob, RIGHT)
    other = factories.make_section(teacher=teacher, students=(charlie,), name="Year 11")
    hand_in(factories.make_quiz_assignment(other, work.quiz.quiz), charlie, {NIGHTS: RIGHT[NIGHTS]})
    found = {}
    for attempts, classes in (("first", ""), ("counts", ""), ("all", ""), ("first", "all")):
        query = {"attempts": attempts, "classes": classes}
        rows = table(tess.get(address(section, work.quiz, "test", "csv"), query))
        found[attempts, classes] = (rows[1][1], rows[2][1])
        page = tess.get(address(section, work.quiz), query).content.decode()
        assert f"?attempts={attempts}&amp;classes={classes}" in page
        assert ("Several attempts of the same student" in page) == (attempts == "all")
        assert ("Classes: Year 9, Year 11." in text(page)) == (classes == "all")
    assert list(found.values()) == [("2", "2"), ("2", "2"), ("2", "3"), ("3", "3")]
    answers = table(tess.get(address(section, work.quiz, "answers", "csv"), {"attempts": "counts"}))
    assert answers[1][1:4] == ["1000 nights", "right", "2"]


def test_a_choice_that_is_not_there_is_said_to_be_wrong(section: Section, work: Asked, alice: User, tess: Client):
    hand_in(work.quiz, alice, RIGHT)
    page = tess.get(address(section, work.quiz), {"attempts": "best", "classes": "theirs"}).content.decode()
    assert page.count("Select a valid choice") == 2
    assert "1 student has handed in." in page


def test_answers_that_wait_are_said_to_be_left_out(section: Section, alice: User, tess: Client):
    film = factories.make_film()
    rubric = {"rubric": [{"id": "a", "text": "Reasons", "points": 1}]}
    essay = factories.make_question(film, type="essay", stem="Why?", content={}, key=rubric)
    quiz = factories.make_quiz_assignment(section, factories.make_quiz(film, [essay, factories.make_question(film)]))
    hand_in(quiz, alice, {1: {"text": "Because."}, 2: {"option": "b"}})
    page = tess.get(address(section, quiz)).content.decode()
    assert "“Why?” is left out: 1 answer to it waits to be read." in text(page)
    only = factories.make_quiz_assignment(section, factories.make_quiz(film, [essay]))
    hand_in(only, alice, {1: {"text": "Because."}})
    assert "Every answer waits to be read" in tess.get(address(section, only)).content.decode()


def test_practice_is_said_to_say_less(section: Section, work: Asked, alice: User, tess: Client):
    hand_in(work.quiz, alice, RIGHT)
    work.quiz.is_practice = True
    work.quiz.save()
    assert "This quiz is practice" in tess.get(address(section, work.quiz)).content.decode()


def test_nobody_is_named_on_it(section: Section, large: LargeClass, tess: Client):
    User.objects.filter(pk=large.students[0].pk).update(is_stand_in=True, is_active=False, name="", username="erased-1")
    for page in (address(section, large.quiz), *(address(section, large.quiz, key, "csv") for key in TABLES)):
        shown_text = tess.get(page).content.decode()
        assert "Pupil" not in shown_text
        assert "pupil-" not in shown_text
        assert "erased-1" not in shown_text
        assert "/students/" not in shown_text
    assert "24 students have handed in" in tess.get(address(section, large.quiz)).content.decode()


def test_another_class_does_not_lead_to_it(section: Section, large: LargeClass, teacher: User, tess: Client):
    other = factories.make_section(teacher=teacher, name="Year 11")
    lesson = factories.make_assignment(section)
    for section_id, assignment_id in ((other.pk, large.quiz.assignment_id), (section.pk, lesson.pk)):
        reply = tess.get(reverse("quizzes:analysis", args=[section_id, assignment_id]))
        assert reply.status_code == 404


def test_it_is_a_read_of_the_classs_records(section: Section, work: Asked, teacher: User, tess: Client):
    for page in (address(section, work.quiz), address(section, work.quiz, "test", "csv")):
        tess.get(page)
    events = AuditEvent.objects.filter(kind=AuditEvent.Kind.RECORD_READ, by=teacher)
    assert [each.subject_id for each in events] == [work.quiz.assignment_id] * 2
    assert {each.subject_type for each in events} == {"classroom.assignment"}


@pytest.mark.parametrize("classes", ["", "all"])
def test_the_number_of_queries_does_not_grow(
    section: Section, work: Asked, alice: User, tess: Client, count_queries, classes: str
):
    page = f"{address(section, work.quiz)}?classes={classes}"
    listed = reverse("quizzes:class_quizzes", args=[section.pk])
    hand_in(work.quiz, alice, RIGHT)
    few = count_queries(tess, page), count_queries(tess, listed)
    for place in range(3):
        student = factories.make_user(f"More {place}")
        factories.add_member(section, student)
        hand_in(work.quiz, student, {KEEPER: {"option": "a"}, NIGHTS: {"number": "900"}})
    factories.make_quiz_assignment(section, factories.make_quiz(work.keeper.film, 2))
    assert (count_queries(tess, page), count_queries(tess, listed)) == few
    # The session, the user, and the line in the log of reads aside.
    assert few[0] - 3 <= 10


def test_five_sentences_come_first_the_most_telling_of_all_and_the_rest_can_be_opened(
    section: Section, large: LargeClass, tess: Client
):
    page = tess.get(address(section, large.quiz)).content.decode()
    own = page.partition('aria-labelledby="words"')[2].partition("</section>")[0]
    first, rest = own.split("<details", 1)
    said = [text(each) for each in re.findall(r"<li>(.*?)</li>", first, re.DOTALL)]
    assert len(said) == MOST_TELLING
    assert said[0].startswith("24 students have handed in.")
    assert "Question 3 was right for those who did badly" in " ".join(said)
    more = [text(each) for each in re.findall(r"<li>(.*?)</li>", rest, re.DOTALL)]
    assert f"{len(more)} sentences more" in text(rest)
    assert "distracts nobody" in more[-1]
