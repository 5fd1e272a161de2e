"""Questions come in by a plan that is shown first, and go out with what is not carried."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classroom.common.tables import as_typed
from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, Question, QuestionVersion
from quizzes.interchange import actions
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.planning import Fate, Plan, plan_import
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import EXAMPLES, one_of_each

GIFT = """// Two good ones, two bad ones.
::Keeper::Who kept the lamp? {
=Ida
~Grace
}

::Broken::What is missing here? {=this
~that

The lamp burned all night.{T#No.#Yes.####The log says so.}

::Picture::[html]Whose is this? <img src="x.png"> {=hers ~his}
"""


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def send(client: Client, film: Film, text: str, step: str = "plan", **fields: Any) -> Any:
    return client.post(f"/bank/{film.key}/import/", {"text": text, "step": step, **fields})


def digest_in(page: Any) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page.content.decode())
    assert found
    return found.group(1)


def apply(client: Client, film: Film, text: str, **fields: Any) -> Any:
    return send(client, film, text, "apply", digest=digest_in(send(client, film, text, **fields)), **fields)


def plan_of(film: Film, user: User, text: str, name: str = "gift") -> Plan:
    return plan_import(film=film, user=user, format_=FORMATS[name], text=text)


# --- In -----------------------------------------------------------------------------------------------------------


def test_the_plan_names_good_and_bad_questions_by_line_and_changes_nothing(as_teacher: Client, film: Film) -> None:
    page = send(as_teacher, film, GIFT)
    assert page.status_code == 200
    text = page.content.decode()
    assert "refused: 2" in text
    assert "new: 2" in text
    assert "line 7" in text
    assert "line 12" in text
    assert "lacks the other one" in text
    assert "a picture" in text
    assert "Import 2 questions" in text
    assert "and leave 2 out" in text
    assert not Question.objects.exists()


def test_a_text_is_mended_in_place_and_then_imported(as_teacher: Client, film: Film, teacher: User) -> None:
    mended = GIFT.replace("~that\n", "~that}\n").replace('<img src="x.png"> ', "")
    page = send(as_teacher, film, mended)
    assert "refused: 0" in page.content.decode()
    assert "::Broken::" in page.content.decode()  # the text is still there to be changed
    done = send(as_teacher, film, mended, "apply", digest=digest_in(page))
    assert done.status_code == 302
    assert Question.objects.filter(owner=teacher, film=film).count() == 4
    assert not Question.objects.filter(published__isnull=False).exists()
    told = as_teacher.get(done["Location"]).content.decode()
    assert "4 new questions, 0 changed. 0 are published" in told
    assert "Who kept the lamp?" in told


def test_refused_questions_are_left_out_when_the_teacher_says_so(as_teacher: Client, film: Film) -> None:
    assert apply(as_teacher, film, GIFT, publish="on").status_code == 302
    assert set(QuestionVersion.objects.values_list("stem", flat=True)) == {
        "Who kept the lamp?",
        "The lamp burned all night.",
    }
    assert Question.objects.filter(published__isnull=False).count() == 2
    told = AnswerKey.objects.get(explanation="The log says so.")
    assert told.feedback == {"answers": [{"to": "false", "text": "No."}, {"to": "true", "text": "Yes."}]}


def test_the_same_file_again_changes_nothing(as_teacher: Client, film: Film, teacher: User) -> None:
    apply(as_teacher, film, GIFT)
    again = plan_of(film, teacher, GIFT)
    assert [line.fate for line in again.lines if line.fate != Fate.REFUSED] == [Fate.SAME, Fate.SAME]
    apply(as_teacher, film, GIFT)
    assert QuestionVersion.objects.count() == 2


def test_a_file_is_read_as_what_it_looks_like(as_teacher: Client, film: Film) -> None:
    table = SimpleUploadedFile("q.csv", b"\xef\xbb\xbftype;question;right;wrong\nchoice;Who?;Ida;Grace\n")
    page = as_teacher.post(f"/bank/{film.key}/import/", {"file": table, "step": "plan"})
    assert "new: 1" in page.content.decode()
    assert '<option value="csv" selected>' in page.content.decode()
    xml = b'<quiz><question type="truefalse"><questiontext><text>It burned.</text></questiontext>'
    xml += b'<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
    page = as_teacher.post(
        f"/bank/{film.key}/import/", {"file": SimpleUploadedFile("q.xml", xml + b"</question></quiz>"), "step": "plan"}
    )
    assert "new: 1" in page.content.decode()


def test_what_cannot_be_read_is_said_and_the_text_stays(as_teacher: Client, film: Film) -> None:
    assert send(as_teacher, film, "  ").status_code == 422
    page = send(as_teacher, film, "<quiz><question>", format="moodle-xml")
    assert page.status_code == 422
    assert "not well-formed XML" in page.content.decode()
    assert "&lt;quiz&gt;" in page.content.decode()
    archive = SimpleUploadedFile("q.zip", b"PK\x03\x04" + bytes(100))
    page = as_teacher.post(f"/bank/{film.key}/import/", {"file": archive, "step": "plan"})
    assert page.status_code == 422
    assert "archive (zip)" in page.content.decode()
    large = SimpleUploadedFile("q.txt", b"x" * 2_000_001)
    page = as_teacher.post(f"/bank/{film.key}/import/", {"file": large, "step": "plan"})
    assert page.status_code == 422
    assert "larger than 2 MB" in page.content.decode()


def test_a_plan_that_is_another_one_now_is_shown_again(as_teacher: Client, film: Film, teacher: User) -> None:
    shown = digest_in(send(as_teacher, film, GIFT))
    apply(as_teacher, film, GIFT)
    page = send(as_teacher, film, GIFT, "apply", digest=shown)
    assert page.status_code == 409
    assert "the same: 2" in page.content.decode()
    changed = send(as_teacher, film, GIFT.replace("Ida", "Eve"), "apply", digest=digest_in(page))
    assert changed.status_code == 409
    assert Question.objects.filter(owner=teacher).count() == 2


def test_a_failure_half_way_leaves_nothing(
    film: Film, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:  # trust 25
    made = actions._make
    calls: list[int] = []

    def second_fails(*args: Any, **kwargs: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return made(*args, **kwargs)

    monkeypatch.setattr(actions, "_make", second_fails)
    plan = plan_of(film, teacher, GIFT)
    with pytest.raises(RuntimeError):
        actions.import_questions(
            film=film, format_=FORMATS["gift"], text=GIFT, digest=plan.digest, publish=True, by=teacher, at=NOW
        )
    assert len(calls) == 2
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()


def test_nobody_imports_into_anothers_questions(as_user, film: Film, teacher: User, alice: User) -> None:
    theirs = factories.make_question(film, owner=factories.make_teacher("Omar"))
    text = f"// [id:{theirs.key}]\nWho kept the lamp? {{=Ida ~Grace}}\n"
    assert send(as_user(alice), film, text).status_code == 404
    assert plan_of(film, teacher, text).lines[0].fate == Fate.NEW


# --- Facts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def fact(film: Film) -> Fact:
    """The lamp burned for 81 nights, and may be scored."""
    return factories.make_fact(
        film, key="nights", value=81, statement="The lamp burned for 81 nights.", use=Fact.Use.SCORE
    )


def rests_on(fact: Fact, answers: str) -> str:
    return f"How long did the lamp burn? {{{answers}####Fact\\: Long ago. [{fact.film.key}/{fact.key}]}}\n"


def test_a_question_finds_its_facts_again(as_teacher: Client, film: Film, fact: Fact) -> None:
    text = rests_on(fact, "=81 nights ~18 nights")
    assert plan_of(film, factories.make_teacher(), text).lines[0].facts == ("nights",)
    apply(as_teacher, film, text)
    version = QuestionVersion.objects.get()
    assert list(version.facts.all()) == [fact]
    assert version.answer_key.explanation == ""


def test_an_unknown_fact_is_told_and_its_words_are_kept(film: Film, teacher: User, fact: Fact) -> None:
    text = rests_on(fact, "=81 nights ~18 nights").replace("/nights]", "/no-such]")
    (line,) = plan_of(film, teacher, text).lines
    assert line.fate == Fate.NEW
    assert any("the-lighthouse/no-such is not in the ledger" in note for note in line.notes)
    assert any("rests on no fact" in note for note in line.notes)
    assert line.record
    assert line.record.explanation == "Fact: Long ago."


def test_a_wrong_option_that_a_source_makes_true_is_refused(film: Film, teacher: User, fact: Fact) -> None:
    (line,) = plan_of(film, teacher, rests_on(fact, "=81 nights ~about 80 nights ~18 nights")).lines
    assert line.fate == Fate.REFUSED
    assert "80 nights" in line.reason


def test_a_disputed_fact_is_never_scored_as_plain(film: Film, teacher: User) -> None:
    disputed = factories.make_fact(film, key="dispute", value=81, use=Fact.Use.DISCUSS)
    (line,) = plan_of(film, teacher, rests_on(disputed, "=81 nights ~18 nights")).lines
    assert line.fate == Fate.REFUSED
    assert "for discussion only" in line.reason
    attributed = factories.make_fact(film, key="said", value=81, use=Fact.Use.ATTRIBUTED)
    (line,) = plan_of(film, teacher, rests_on(attributed, "=81 nights ~18 nights")).lines
    assert line.fate == Fate.REFUSED
    assert "names its source" in line.reason


# --- Out, and in again --------------------------------------------------------------------------------------------


def exported(client: Client, film: Film, name: str, **asked: str) -> str:
    reply = client.get(f"/bank/{film.key}/export/file/", {"format": name, **asked})
    assert reply.status_code == 200
    assert reply["Content-Disposition"].startswith("attachment")
    return reply.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_what_goes_out_comes_in_as_the_same(as_teacher: Client, film: Film, teacher: User, name: str) -> None:
    one_of_each(film)
    plan = plan_of(film, teacher, exported(as_teacher, film, name), name)
    assert {line.fate for line in plan.lines} == {Fate.SAME}
    assert len(plan.lines) >= len(EXAMPLES) - 1
    assert not plan.to_do


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_change_to_the_kits_question_gives_a_copy_of_ones_own(
    as_teacher: Client, film: Film, teacher: User, name: str
) -> None:
    kits = factories.make_question(film, stem="How long did it burn?")
    text = exported(as_teacher, film, name).replace("How long did it burn?", "How long did the lamp burn?")
    (line,) = plan_of(film, teacher, text, name).lines
    assert line.is_copy
    apply(as_teacher, film, text, format=name)
    own = Question.objects.get(owner=teacher)
    assert own.key == kits.key
    assert own.versions.get().stem == "How long did the lamp burn?"
    assert own.versions.get().content == kits.versions.get().content
    assert kits.versions.count() == 1
    again = plan_of(film, teacher, text, name)
    assert [line.fate for line in again.lines] == [Fate.SAME]


def test_a_change_to_ones_own_question_is_its_next_version(as_teacher: Client, film: Film, teacher: User) -> None:
    own = factories.make_question(film, owner=teacher, type="short", content={}, key={"accept": ["Ida"], "typos": True})
    text = exported(as_teacher, film, "gift", whose="own").replace("Ida", "Ida Lewis")
    apply(as_teacher, film, text)
    newest = own.versions.order_by("-number").first()
    assert newest
    assert newest.number == 2
    # What GIFT cannot say of marking stays.
    assert newest.answer_key.key == {"accept": ["Ida Lewis"], "typos": True}
    own.refresh_from_db()
    assert own.published == own.versions.get(number=1)


def test_a_table_without_a_column_says_nothing_of_it(as_teacher: Client, film: Film, teacher: User) -> None:
    fact = factories.make_fact(film, use=Fact.Use.SCORE)
    key = {"accept": ["Ida"], "typos": True}
    own = factories.make_question(film, owner=teacher, type="short", content={}, key=key, facts=(fact,))
    text = f"key,type,question,right\n{own.key},short,How long did the lamp burn?,Ida\n"
    assert [line.fate for line in plan_of(film, teacher, text, "csv").lines] == [Fate.SAME]
    apply(as_teacher, film, text.replace(",Ida", ",Ida Lewis"))
    newest = own.versions.latest("number")
    assert newest.answer_key.key == {"accept": ["Ida Lewis"], "typos": True}
    assert newest.answer_key.explanation == "The log says so."
    assert list(newest.facts.all()) == [fact]


def test_tags_standards_and_difficulty_go_and_come(as_teacher: Client, film: Film, teacher: User) -> None:
    text = "// [id:lamp] [tag:sea] [tag:standard:H.9] [tag:difficulty:hard]\nWho kept the lamp? {=Ida ~Grace}\n"
    apply(as_teacher, film, text)
    own = Question.objects.get()
    assert own.difficulty == "hard"
    assert set(own.tags.values_list("kind", "name")) == {("free", "sea"), ("standard", "H.9")}
    for name in FORMATS:
        plan = plan_of(film, teacher, exported(as_teacher, film, name, whose="own"), name)
        assert [line.fate for line in plan.lines] == [Fate.SAME]
    # A change of tags alone is no new version.
    apply(as_teacher, film, text.replace("[tag:sea]", "[tag:sky]"))
    assert set(own.tags.values_list("name", flat=True)) == {"sky", "H.9"}
    assert own.versions.count() == 1


def test_the_page_says_what_a_format_does_not_carry(as_teacher: Client, film: Film) -> None:
    one_of_each(film)
    page = as_teacher.get(f"/bank/{film.key}/export/", {"format": "gift"}).content.decode()
    assert "GIFT has no text with gaps" in page
    assert "Its rubric." in page
    page = as_teacher.get(f"/bank/{film.key}/export/", {"format": "csv"}).content.decode()
    assert "What the file does not carry" not in page


def test_a_quiz_goes_out_in_its_order_and_no_other_teachers_questions(as_teacher: Client, film: Film) -> None:
    first, second = factories.make_question(film, stem="First?"), factories.make_question(film, stem="Second?")
    factories.make_question(film, stem="Secret?", owner=factories.make_teacher("Omar"))
    quiz = factories.make_quiz(film, [second, first])
    text = exported(as_teacher, film, "gift", quiz=str(quiz.pk))
    assert text.index("Second?") < text.index("First?")
    assert "Secret?" not in exported(as_teacher, film, "gift")
    page = as_teacher.get(f"/bank/{film.key}/export/", {"quiz": "999999", "format": "no-such"})
    assert page.status_code == 200


def test_facts_and_sources_stand_in_the_feedback(as_teacher: Client, film: Film, fact: Fact) -> None:
    factories.make_question(film, facts=(fact,))
    for name in ("gift", "moodle-xml"):
        text = exported(as_teacher, film, name).replace("\\:", ":")
        assert "Fact: The lamp burned for 81 nights. [the-lighthouse/nights]" in text
        assert "Source: Harbour News, paragraph 1 [the-lighthouse/harbour-news ¶1]" in text


def test_no_cell_of_an_exported_table_is_live(as_teacher: Client, film: Film) -> None:  # trust 22
    evil = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "|cmd", "%0A=1", "＝1+1", '=HYPERLINK("http://x")', "'=1"]
    for each in evil:
        options = [{"id": "a", "text": each}, {"id": "b", "text": "no"}]
        factories.make_question(film, stem=each, content={"options": options}, key={"correct": "a"}, explanation=each)
    rows = list(csv.reader(io.StringIO(exported(as_teacher, film, "csv"))))
    assert len(rows) == len(evil) + 1
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+-@|%＝")) or re.fullmatch(r"[+-]?\d+", cell)
    assert {as_typed(row[2]) for row in rows[1:]} == {each.strip() for each in evil}


def test_the_cost_of_a_page_is_the_same_for_one_question_and_for_many(
    as_teacher: Client, film: Film, count_queries
) -> None:
    factories.make_question(film, facts=(factories.make_fact(film),))
    one = count_queries(as_teacher, f"/bank/{film.key}/export/")
    for _each in range(3):
        factories.make_question(film, facts=(factories.make_fact(film),))
    assert count_queries(as_teacher, f"/bank/{film.key}/export/") == one


def test_the_cost_of_a_plan_is_the_same_for_one_question_and_for_many(
    as_teacher: Client, film: Film, teacher: User, django_assert_num_queries
) -> None:
    factories.make_question(film, facts=(factories.make_fact(film),))
    text = exported(as_teacher, film, "csv")
    with CaptureQueriesContext(connection) as queries:
        plan_of(film, teacher, text, "csv")
    few = len(queries)
    for _each in range(3):
        factories.make_question(film, facts=(factories.make_fact(film),))
    text = exported(as_teacher, film, "csv")
    with django_assert_num_queries(few):
        plan_of(film, teacher, text, "csv")
