"""A quiz on paper: two versions that ask the same, keys that fit them, and a PDF that shows what was written."""

import pytest
from django.test import Client

from classroom.library.models import Fact
from classroom.people.models import User
from quizzes.bank.models import Quiz
from quizzes.bank.paper.notes import Notes
from quizzes.bank.paper.pdf import covered
from quizzes.bank.paper.sheets import Paper, papers_of
from quizzes.delivery.inputs import INPUTS
from quizzes.delivery.layouts import Layout
from tests import factories
from tests.quizzes.delivery.taking import EXAMPLES, one_of_each


@pytest.fixture
def quiz(db: None) -> Quiz:
    film = factories.make_film()
    return factories.make_quiz(film, one_of_each(film), title="On 艾未未", instructions="Read #first.")


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def test_both_versions_ask_the_same_and_the_number_settles_their_order(quiz: Quiz) -> None:
    first, again, other = papers_of(quiz, 1), papers_of(quiz, 1), papers_of(quiz, 2)
    assert first == again
    assert first[1] != other[1]
    a, b = ([each.stem for each in paper.questions] for paper in first)
    assert a == [f"Question of type {type}?" for type, *_rest in EXAMPLES]
    assert a != b
    assert set(a) == set(b)
    assert {paper.total for paper in first} == {str(len(EXAMPLES))}


def named(paper: Paper, type: str):
    return next(each for each in paper.questions if each.stem == f"Question of type {type}?")


def test_each_key_fits_the_letters_and_order_of_its_own_version(quiz: Quiz) -> None:
    for paper in (paper for seed in range(1, 6) for paper in papers_of(quiz, seed)):
        letters = {each.text: each.letter for each in named(paper, "choice").choices}
        assert named(paper, "choice").key == f"{letters['81 nights']}) 81 nights"
        several = {f"{each.letter}) {each.text}" for each in named(paper, "multiple").choices if each.text != "Ben"}
        assert set(named(paper, "multiple").key.split("; ")) == several
        pairs = {each.text: each.letter for each in named(paper, "matching").choices}
        assert set(named(paper, "matching").key.split("; ")) == {f"keeper: {pairs['Cy']}", f"owner: {pairs['Ann']}"}
        assert named(paper, "ordering").key == "1 Built; 2 Lit; 3 Sold"
        assert named(paper, "ordering").rows != ["Built", "Lit", "Sold"]
        assert named(paper, "true-false").key == "b) false"
        assert named(paper, "blanks").text.count("____________") == 4
        assert (named(paper, "short-text").lines, named(paper, "essay").lines, named(paper, "date").lines) == (4, 16, 1)


def test_a_paper_says_as_the_page_does_what_is_to_be_written(quiz: Quiz) -> None:
    attempt_asks = {
        version.type: INPUTS[version.type].controls("q", version.content, Layout({}), {}).hint
        for version in (item.question.published for item in quiz.items.all())
        if version.type in ("numeric", "date", "short", "short-text", "essay")
    }
    for paper in papers_of(quiz, 1):
        assert {type: named(paper, type).note for type in attempt_asks} == attempt_asks
    assert attempt_asks["date"] == "Day, month and year, such as 9 October 1874 or 1874-10-09."
    assert all(attempt_asks.values())


def test_the_questions_alone_hold_nothing_of_the_key(as_teacher: Client, quiz: Quiz) -> None:
    page = as_teacher.get(f"/quizzes/{quiz.pk}/paper/", {"part": "questions"}).content.decode()
    assert "canary" not in page
    assert "987" not in page
    both = as_teacher.get(f"/quizzes/{quiz.pk}/paper/").content.decode()
    assert both.count('id="paper-') == both.count('id="key-') == 2
    assert f"/quizzes/{quiz.pk}/paper/" in as_teacher.get(f"/quizzes/{quiz.pk}/").content.decode()


def test_the_pdf_holds_what_is_asked_for(as_teacher: Client, quiz: Quiz) -> None:
    def size(**asked: str) -> int:
        reply = as_teacher.get(f"/quizzes/{quiz.pk}/paper.pdf", asked)
        assert reply["Content-Type"] == "application/pdf"
        assert reply.content.startswith(b"%PDF-")
        return len(reply.content)

    assert size() > size(version="A") > size(version="A", part="key")
    assert size(size="large") != size()
    assert size(version="no", part="no", number="-3") == size()


def test_a_paper_with_characters_that_the_font_lacks_is_printed_from_the_page(as_teacher: Client, db: None) -> None:
    assert set("艾未未四川é—“”") <= covered()
    film = factories.make_film()
    quiz = factories.make_quiz(film, [factories.make_question(film, stem="What means 𠮷?")])
    reply = as_teacher.get(f"/quizzes/{quiz.pk}/paper.pdf", {"size": "large"}, follow=True)
    assert reply.redirect_chain == [(f"/quizzes/{quiz.pk}/paper/?size=large", 302)]
    assert "The PDF cannot show these characters: 𠮷." in reply.content.decode()
    assert "large-print" in reply.content.decode()


@pytest.mark.parametrize("path", ["paper/", "paper.pdf"])
def test_paper_holds_a_fixed_number_of_queries(as_teacher: Client, count_queries, path: str, db: None) -> None:
    def cost(number: int) -> int:
        quiz = factories.make_quiz(factories.make_film(f"film-{number}"), number)
        return count_queries(as_teacher, f"/quizzes/{quiz.pk}/{path}")

    assert cost(1) == cost(3)


@pytest.fixture
def explained(film_with_keeper: Fact) -> Quiz:
    """A quiz of one question, whose explanation and feedback cite the fact of the keeper."""
    film = film_with_keeper.film
    feedback = {"wrong": "Read on.", "answers": [{"to": "b", "text": "That was her aunt [^keeper]."}]}
    content = {"options": [{"id": "a", "text": "Mara Quill"}, {"id": "b", "text": "Ada Quill"}]}
    question = factories.make_question(
        film,
        content=content,
        key={"correct": "a"},
        explanation="She kept it [^keeper], they say [^nothing].",
        feedback=feedback,
    )
    return factories.make_quiz(film, [question])


@pytest.fixture
def film_with_keeper(db: None) -> Fact:
    film = factories.make_film()
    return factories.make_fact(film, key="keeper", statement="Mara Quill kept the lamp.")


def test_the_key_explains_says_what_is_said_and_cites_in_words(explained: Quiz, film_with_keeper: Fact) -> None:
    (question,) = papers_of(explained, 1, with_notes=True)[0].questions
    assert question.notes.explanation == "She kept it [1], they say [^nothing]."
    assert [(each.to, each.text) for each in question.notes.replies] == [
        ("To the answer Ada Quill:", "That was her aunt [1]."),
        ("To a wrong answer:", "Read on."),
    ]
    (cited,) = question.notes.cited
    assert cited.startswith("[1] Mara Quill kept the lamp. (")
    assert "Harbour News, paragraph " in cited
    assert papers_of(explained, 1)[0].questions[0].notes == Notes()


def test_explanations_stand_on_the_key_alone_and_only_if_wished(as_teacher: Client, explained: Quiz) -> None:
    def printed(**asked: str) -> str:
        return as_teacher.get(f"/quizzes/{explained.pk}/paper/", asked).content.decode()

    for told in ("She kept it [1]", "That was her aunt", "Read on.", "Mara Quill kept the lamp."):
        assert printed().count(told) == 2
        assert told not in printed(part="questions")
        assert told not in printed(reasons="none")
    pages = {part: as_teacher.get(f"/quizzes/{explained.pk}/paper.pdf", {"reasons": part}) for part in ("", "none")}
    assert len(pages[""].content) > len(pages["none"].content)
