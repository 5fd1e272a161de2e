"""Facts that texts cite go out in words with their sources, and are found again when the question comes back."""

from dataclasses import replace

import pytest

from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank.models import Question, QuestionVersion
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.planning import Fate, plan_import
from quizzes.interchange.queries import records_of, with_all
from quizzes.interchange.records import FactTie, SourceTie
from quizzes.interchange.sameness import alike
from tests import factories
from tests.quizzes.interchange.test_round_trips import FACT, record_of, there_and_back

KEEPER = FactTie("never-sorry", "keeper", "Mara Quill kept the lamp.", (SourceTie("Harbour News", "harbour", 3),))
OPTIONS = {"options": [{"id": "a", "text": "Mara"}, {"id": "b", "text": "Ada"}]}
MOODLE = ["gift", "moodle-xml"]


@pytest.mark.parametrize("name", MOODLE)
def test_what_is_cited_is_said_in_words_and_marked_again(name: str) -> None:
    record = record_of(
        "choice",
        OPTIONS,
        {"correct": "a"},
        explanation="[^keeper] says so, [fact 1] does not, [^nothing] is nobody's.",
        feedback={"answers": [{"to": "b", "text": "For 81 days [^held], as she did [^keeper]."}]},
        cited=(FACT, KEEPER),
    )
    text = FORMATS[name].write([record]).text.replace("\\", "")
    assert "[^keeper]" not in text
    assert "[fact 2] says so, [fact 1] does not" in text
    assert "81 days [fact 3], as she did [fact 2]." in text
    assert "Fact 2: Mara Quill kept the lamp. [never-sorry/keeper]" in text
    assert "Source: Harbour News, paragraph 3 [never-sorry/harbour ¶3]" in text
    found, _lost = there_and_back(record, name)
    (back,) = found.records
    assert back.explanation == record.explanation
    assert [entry["text"] for entry in back.feedback["answers"]] == ["For 81 days [^held], as she did [^keeper]."]
    assert [fact.address for fact in back.facts] == [FACT.address]


def test_a_table_keeps_the_marks_as_they_are() -> None:
    record = record_of("choice", OPTIONS, {"correct": "a"}, explanation="So [^keeper].", cited=(KEEPER,))
    (back,) = there_and_back(record, "csv")[0].records
    assert alike(back, record)


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def keeper(film: Film) -> Fact:
    return factories.make_fact(film, key="keeper", statement="Mara Quill kept the lamp.")


@pytest.fixture
def question(film: Film, keeper: Fact, teacher: User) -> Question:
    return factories.make_question(
        film,
        owner=teacher,
        content=OPTIONS,
        key={"correct": "a"},
        explanation="She kept it [^keeper].",
        feedback={"wrong": "Read again [^keeper]."},
    )


def written(film: Film, name: str) -> str:
    return FORMATS[name].write(records_of(with_all(QuestionVersion.objects.filter(question__film=film)))).text


@pytest.mark.parametrize("name", MOODLE)
def test_an_exported_question_is_the_same_when_it_comes_back(
    film: Film, question: Question, teacher: User, name: str
) -> None:
    text = written(film, name)
    assert "Fact 1: Mara Quill kept the lamp." in text.replace("\\", "")
    (line,) = plan_import(film=film, user=teacher, format_=FORMATS[name], text=text).lines
    assert line.fate == Fate.SAME


@pytest.mark.parametrize("name", MOODLE)
def test_a_changed_explanation_keeps_what_it_cites(film: Film, question: Question, teacher: User, name: str) -> None:
    text = written(film, name).replace("She kept it", "She kept the light")
    (line,) = plan_import(film=film, user=teacher, format_=FORMATS[name], text=text).lines
    assert line.changed == ("explanation",)
    assert line.record is not None
    assert line.record.explanation == "She kept the light [^keeper]."


@pytest.mark.parametrize("name", MOODLE)
def test_where_the_fact_is_not_in_the_ledger_its_words_stand(question: Question, teacher: User, name: str) -> None:
    other = factories.make_film("other-film")
    text = written(question.film, name)
    (line,) = plan_import(film=other, user=teacher, format_=FORMATS[name], text=text).lines
    assert line.record is not None
    assert line.record.explanation == "She kept it (Mara Quill kept the lamp.)."
    assert any("its words stand where it was cited" in note for note in line.notes)


def test_a_mark_that_a_file_brings_and_nobody_knows_is_told(film: Film, keeper: Fact, teacher: User) -> None:
    text = "::Q::Who kept it? {=Mara ~Ada ####She did [^keeper], not he [^nobody].}"
    (line,) = plan_import(film=film, user=teacher, format_=FORMATS["gift"], text=text).lines
    told = [note for note in line.notes if "to cite" in note]
    assert told == ["There is no fact “nobody” to cite: its mark stands as it was typed."]


def test_what_is_cited_costs_the_same_queries_for_one_question_and_for_three(
    film: Film, keeper: Fact, django_assert_num_queries
) -> None:
    for each in range(3):
        factories.make_question(film, stem=f"Question {each}?", explanation="So [^keeper].")
    versions = list(with_all(QuestionVersion.objects.all()))
    for some in (versions[:1], versions):
        with django_assert_num_queries(2):
            assert [len(record.cited) for record in records_of(some)] == [1] * len(some)


def test_no_mark_is_taken_for_one_of_another_question() -> None:
    record = record_of("choice", OPTIONS, {"correct": "a"}, explanation="So [^keeper].", cited=(KEEPER,))
    plain = replace(record, question="other", explanation="As [fact 1] says.", cited=())
    found = FORMATS["gift"].read(FORMATS["gift"].write([record, plain]).text, None)
    assert [each.explanation for each in found.records] == ["So [^keeper].", "As [fact 1] says."]
