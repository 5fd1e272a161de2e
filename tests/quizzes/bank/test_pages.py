"""The bank's pages: previews with and without the key, finding questions, putting a quiz together."""

import re

import pytest
from django.test import Client

from classroom.library.models import Film, Topic
from classroom.people.models import User
from quizzes.bank.models import Question, Quiz
from quizzes.delivery import actions as delivery
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import CANARY, EXAMPLES, one_of_each


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def test_a_teacher_previews_questions_keys_facts_and_sources(as_teacher: Client, film: Film) -> None:
    quiz = factories.make_quiz(film, one_of_each(film))
    page = as_teacher.get(f"/quizzes/{quiz.pk}/").content.decode()
    for type, *_rest in EXAMPLES:
        assert f"Question of type {type}?" in page
        assert f"{CANARY} explains {type}." in page
        assert f"{CANARY} fact for {type}." in page
    assert "13 October 1897" in page
    assert "Harbour News" in page


def test_as_a_student_does_means_without_the_key(as_teacher: Client, film: Film) -> None:
    quiz = factories.make_quiz(film, one_of_each(film))
    page = as_teacher.get(f"/quizzes/{quiz.pk}/as-student/").content.decode()
    assert page.count("<fieldset") == len(EXAMPLES)
    assert CANARY not in page
    assert "987654" not in page


def test_the_bank_lists_the_kits_questions_and_ones_own(as_teacher: Client, film: Film, teacher: User) -> None:
    factories.make_question(film, stem="The kit asks?")
    factories.make_question(film, stem="I ask?", owner=teacher)
    factories.make_question(film, stem="Another asks?", owner=factories.make_teacher("Other"))
    page = as_teacher.get(f"/bank/{film.key}/").content.decode()
    assert "2 questions found" in page
    assert "Another asks?" not in page


def stems(client: Client, film: Film, **asked: str) -> set[str]:
    page = client.get(f"/bank/{film.key}/", asked).content.decode()
    return set(re.findall(r"/questions/\d+/\">([^<]+)</a>", page))


def test_the_bank_is_searched_and_narrowed(as_teacher: Client, film: Film, teacher: User) -> None:
    sea = Topic.objects.create(film=film, key="sea", title="The sea", position=2)
    factories.make_question(film, stem="How high are the waves?", facts=(factories.make_fact(film, topic=sea),))
    factories.make_question(film, stem="Who kept the lamp?", facts=(factories.make_fact(film),), owner=teacher)
    draft = factories.make_question(film, stem="A draft of the lamp?")
    gone = factories.make_question(film, stem="Gone?")
    Question.objects.filter(pk=draft.pk).update(published=None)
    Question.objects.filter(pk=gone.pk).update(retired_at=NOW)
    assert stems(as_teacher, film, q="LAMP") == {"Who kept the lamp?", "A draft of the lamp?"}
    assert stems(as_teacher, film, q="lamp kept") == {"Who kept the lamp?"}
    assert stems(as_teacher, film, topic="sea") == {"How high are the waves?"}
    assert stems(as_teacher, film, state="draft") == {"A draft of the lamp?"}
    assert stems(as_teacher, film, state="retired") == {"Gone?"}
    assert stems(as_teacher, film, state="published", whose="own") == {"Who kept the lamp?"}
    assert "gone" not in stems(as_teacher, film, whose="kit", q="kept")
    assert as_teacher.get(f"/bank/{film.key}/", {"topic": "no-such", "page": "x" * 50}).status_code == 200


def test_a_question_is_published_and_retired_by_its_owner(as_teacher: Client, film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    Question.objects.filter(pk=question.pk).update(published=None)
    assert "Publish version 1" in as_teacher.get(f"/questions/{question.pk}/").content.decode()
    as_teacher.post(f"/questions/{question.pk}/publish/")
    question.refresh_from_db()
    assert question.published is not None
    page = as_teacher.post(f"/questions/{question.pk}/retire/", follow=True).content.decode()
    assert "retired" in page
    question.refresh_from_db()
    assert question.retired_at is not None


def test_the_kits_and_others_questions_are_not_ones_own_to_publish(as_teacher: Client, film: Film) -> None:
    others = factories.make_question(film, owner=factories.make_teacher("Other"))
    kits = factories.make_question(film)
    for question, seen in ((others, 404), (kits, 200)):
        assert as_teacher.get(f"/questions/{question.pk}/").status_code == seen
        for act in ("publish", "retire"):
            assert as_teacher.post(f"/questions/{question.pk}/{act}/").status_code == 404
    foreign = factories.make_quiz(film, 1, owner=factories.make_teacher("Other"))
    for path in ("", "as-student/", "edit/"):
        assert as_teacher.get(f"/quizzes/{foreign.pk}/{path}").status_code == 404
    assert as_teacher.get(f"/quizzes/{factories.make_quiz(film, 1).pk}/edit/").status_code == 404


def test_a_teacher_puts_a_quiz_together_that_can_be_assigned(
    as_teacher: Client, film: Film, teacher: User, section, alice: User
) -> None:
    kit, own = factories.make_question(film), factories.make_question(film, owner=teacher, stem="Mine?")
    reply = as_teacher.post(f"/bank/{film.key}/quizzes/new/", {"title": "Our check", "instructions": "Read first."})
    quiz = Quiz.objects.get(owner=teacher)
    assert reply.url == f"/quizzes/{quiz.pk}/edit/"
    words = {"title": "Our check", "instructions": "Read first."}
    as_teacher.post(reply.url, words | {"add": [kit.pk, own.pk]})
    assert [item.question for item in quiz.items.order_by("position")] == [kit, own]
    as_teacher.post(reply.url, {"title": "Turned", f"place-{kit.pk}": "2", f"place-{own.pk}": "1"})
    quiz.refresh_from_db()
    assert (quiz.title, [item.question for item in quiz.items.order_by("position")]) == ("Turned", [own, kit])
    set_to = factories.make_quiz_assignment(section, quiz)
    attempt = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
    as_teacher.post(reply.url, {"title": "Turned", f"place-{own.pk}": "", f"place-{kit.pk}": "1"})
    assert [item.question for item in quiz.items.all()] == [kit]
    assert attempt.responses.count() == 2


def test_a_quiz_takes_no_question_that_is_not_on_offer(as_teacher: Client, film: Film, teacher: User) -> None:
    quiz = factories.make_quiz(film, 0, owner=teacher)
    others = factories.make_question(film, owner=factories.make_teacher("Other"))
    elsewhere = factories.make_question(factories.make_film("another"))
    for question in (others, elsewhere):
        reply = as_teacher.post(f"/quizzes/{quiz.pk}/edit/", {"title": "Quiz", "add": [question.pk]})
        assert reply.status_code == 422
    assert not quiz.items.exists()
    reply = as_teacher.post(f"/quizzes/{quiz.pk}/edit/", {"title": "", "instructions": "kept as typed"})
    assert reply.status_code == 422
    assert "kept as typed" in reply.content.decode()


def test_fields_that_the_form_does_not_name_change_nothing(as_teacher: Client, film: Film, teacher: User) -> None:
    quiz = factories.make_quiz(film, 1, owner=teacher)  # trust 16
    hostile = {"title": "Mine", "owner": "1", "key": "taken", "film": "99", "retired_at": "2020-01-01", "id": "5"}
    as_teacher.post(f"/quizzes/{quiz.pk}/edit/", hostile | {"lesson": "1"})
    after = Quiz.objects.get(pk=quiz.pk)
    assert (after.owner, after.key, after.film, after.retired_at, after.lesson) == (teacher, quiz.key, film, None, None)


def test_students_find_no_bank(as_user, alice: User, film: Film) -> None:
    question, quiz = factories.make_question(film), factories.make_quiz(film)
    for path in (
        f"/bank/{film.key}/",
        f"/bank/{film.key}/draft/",
        f"/bank/{film.key}/quizzes/new/",
        f"/quizzes/{quiz.pk}/",
        f"/quizzes/{quiz.pk}/as-student/",
        f"/questions/{question.pk}/",
        f"/questions/{question.pk}/edit/",
    ):
        assert as_user(alice).get(path).status_code == 404, path


@pytest.mark.parametrize("page", ["bank", "quiz", "quiz_as_student", "quiz_edit", "question"])
def test_pages_hold_a_fixed_number_of_queries(
    as_teacher: Client, teacher: User, count_queries, page: str, db: None
) -> None:
    def cost(number: int) -> int:
        film = factories.make_film(f"film-{number}")
        made = [
            factories.make_question(film, facts=(factories.make_fact(film), factories.make_fact(film)), owner=teacher)
            for _each in range(number)
        ]
        quiz = factories.make_quiz(film, made, owner=teacher)
        for _each in range(number):
            factories.make_question(film)
        paths = {
            "bank": f"/bank/{film.key}/",
            "quiz": f"/quizzes/{quiz.pk}/",
            "quiz_as_student": f"/quizzes/{quiz.pk}/as-student/",
            "quiz_edit": f"/quizzes/{quiz.pk}/edit/",
            "question": f"/questions/{made[0].pk}/",
        }
        return count_queries(as_teacher, paths[page])

    assert cost(1) == cost(3)


def test_flaws_of_writing_are_told_and_hold_up_nothing(as_teacher: Client, film: Film, teacher: User) -> None:
    content = {"options": [{"id": "a", "text": "All of the above"}, {"id": "b", "text": "He wrote"}]}
    question = factories.make_question(film, owner=teacher, content=content, key={"correct": "b"})
    for path in (f"/questions/{question.pk}/", f"/questions/{question.pk}/edit/"):
        page = as_teacher.get(path).content.decode()
        assert "It could be written better:" in page
        assert "nothing is above" in page
    assert as_teacher.post(f"/questions/{question.pk}/publish/").status_code == 302
    plain = factories.make_question(film, owner=teacher)
    assert "It could be written better:" not in as_teacher.get(f"/questions/{plain.pk}/").content.decode()
