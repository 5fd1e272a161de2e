"""A quiz put together on its page: searching loses nothing, places and points are as typed, copies are whole."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank import actions
from quizzes.bank.models import Question, Quiz
from quizzes.bank.places import Drawn, Fixed
from tests import factories


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


@pytest.fixture
def quiz(film: Film, teacher: User) -> Quiz:
    return factories.make_quiz(film, 0, owner=teacher)


def ticks(page: str) -> set[int]:
    return {int(each) for each in re.findall(r'name="add" value="(\d+)" id="add-\d+" checked', page)}


def test_a_search_and_other_pages_keep_ticks_and_what_was_typed(as_teacher: Client, film: Film, quiz: Quiz) -> None:
    many = [factories.make_question(film, stem=f"About the lamp {number}?") for number in range(35)]
    other = factories.make_question(film, stem="About the sea?")
    path = f"/quizzes/{quiz.pk}/edit/"
    sent = {"title": "Not saved yet", "instructions": "Typed.", "add": [many[0].pk, other.pk], "draw-count": "3"}
    page = as_teacher.post(path, sent | {"look": "1", "q": "lamp"})
    assert page.status_code == 200
    text = page.content.decode()
    assert ticks(text) == {many[0].pk, other.pk}
    assert "Not saved yet" in text
    assert "35 questions found" in text
    again = as_teacher.post(path, sent | {"page": "2", "q": "lamp", "draw-type": "essay"}).content.decode()
    assert ticks(again) == {many[0].pk, other.pk}
    assert "Page 2 of 2" in again
    assert 'value="3"' in again
    quiz.refresh_from_db()
    assert (quiz.title, quiz.items.count(), quiz.draws.count()) == ("Check", 0, 0)
    reply = as_teacher.post(path, sent | {"q": "lamp", "page-was": "2"})
    assert reply.url == f"{path}?q=lamp"
    assert set(quiz.items.values_list("question", flat=True)) == {many[0].pk, other.pk}
    assert quiz.draws.get().count == 3


def test_what_may_not_be_added_is_not_carried(as_teacher: Client, film: Film, quiz: Quiz) -> None:
    others = factories.make_question(film, owner=factories.make_teacher("Other"), stem="Another's?")
    path = f"/quizzes/{quiz.pk}/edit/"
    page = as_teacher.post(path, {"title": "Check", "add": [others.pk, "x", "9" * 30], "look": "1"})
    assert "Another&#x27;s?" not in page.content.decode()
    assert as_teacher.post(path, {"title": "Check", "add": [others.pk]}).status_code == 422


def placed(quiz: Quiz) -> list[tuple[int, str, Decimal | None]]:
    items = [(item.position, str(item.question_id), item.points) for item in quiz.items.all()]
    return sorted([*items, *((draw.position, f"draw of {draw.count}", draw.points) for draw in quiz.draws.all())])


def test_places_points_and_draws_are_as_typed(as_teacher: Client, film: Film, teacher: User, quiz: Quiz) -> None:
    one, two = factories.make_question(film), factories.make_question(film)
    actions.label(question=two, difficulty="easy", standards=[], tags=[])
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=[Fixed(one.pk), Fixed(two.pk)])
    path = f"/quizzes/{quiz.pk}/edit/"
    sent = {"title": "Check", f"place-{one.pk}": "1", f"place-{two.pk}": "2", f"points-{one.pk}": "2.5"}
    as_teacher.post(path, sent | {"draw-count": "2", "draw-difficulty": "easy", "draw-points": "3"})
    assert placed(quiz) == [(1, str(one.pk), Decimal("2.5")), (2, str(two.pk), None), (3, "draw of 2", Decimal(3))]
    draw = quiz.draws.get()
    page = as_teacher.get(path).content.decode()
    assert "2 questions by chance" in page
    assert "difficulty: easy" in page
    assert "finds 0" in page  # the one easy question is asked by its name
    refs = {f"place-{one.pk}": "1", f"place-{two.pk}": "2", f"place-draw-{draw.pk}": "3"}
    as_teacher.post(path, {"title": "Check", **refs, "move": f"up:draw-{draw.pk}"})
    assert [name for _place, name, _points in placed(quiz)] == [str(one.pk), "draw of 2", str(two.pk)]
    refs = {f"place-{one.pk}": "1", f"place-{two.pk}": "3"}
    as_teacher.post(path, {"title": "Check", **refs, "move": f"down:{one.pk}"})
    assert [name for _place, name, _points in placed(quiz)] == [str(two.pk), str(one.pk)]
    for wrong in ({f"points-{one.pk}": "0"}, {"draw-count": "999"}, {"draw-count": "2", "draw-topic": "none"}):
        assert as_teacher.post(path, {"title": "Check", **refs, **wrong}).status_code == 422
    assert len(placed(quiz)) == 2


def focused(page: str) -> list[str]:
    return re.findall(r'name="move" value="(\S+)" autofocus', page)


def test_what_was_moved_keeps_the_focus_though_its_draw_is_stored_anew(
    as_teacher: Client, film: Film, quiz: Quiz
) -> None:
    one, two = factories.make_question(film), factories.make_question(film)
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=[Fixed(one.pk), Fixed(two.pk), Drawn(2)])
    path = f"/quizzes/{quiz.pk}/edit/"

    def move(direction: str, ref: str) -> list[str]:
        drawn = quiz.draws.get()
        places = {f"place-{item.question_id}": item.position for item in quiz.items.all()}
        places[f"place-draw-{drawn.pk}"] = drawn.position
        sent = {"title": "Check", **places, "q": "?", "move": f"{direction}:{ref}"}
        return focused(as_teacher.post(path, sent, follow=True).content.decode())

    draw = quiz.draws.get()
    assert move("up", f"draw-{draw.pk}") == [f"up:draw-{quiz.draws.get().pk}"]
    # At either end, only the other button is there.
    assert move("up", f"draw-{quiz.draws.get().pk}") == [f"down:draw-{quiz.draws.get().pk}"]
    assert move("down", str(one.pk)) == [f"up:{one.pk}"]
    assert move("up", "draw-0") == []
    for odd in ("up", "up:x", "up:²", ":99999", "up:4"):
        assert focused(as_teacher.get(path, {"moved": odd}).content.decode()) == []


def test_a_quizs_page_says_what_it_draws_and_offers_to_assign(as_teacher: Client, film: Film, quiz: Quiz) -> None:
    factories.make_question(film)
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=[Drawn(4, type="choice")])
    page = as_teacher.get(f"/quizzes/{quiz.pk}/").content.decode()
    assert "4 questions by chance" in page
    assert "1 question fits" in page
    assert "finds 1" in page
    assert "An attempt is asked 1 question." in page
    assert f"/assign/?what=quiz:{quiz.pk}" in page
    assert as_teacher.get(f"/quizzes/{quiz.pk}/as-student/").content.decode().count("<fieldset") == 1


def test_a_kits_quiz_is_copied_to_be_changed(as_teacher: Client, film: Film, teacher: User) -> None:
    kits = factories.make_quiz(film, 2, title="The kit's")
    kits.items.filter(position=2).update(points=3)
    kits.draws.create(position=3, count=2, difficulty="easy")
    reply = as_teacher.post(f"/quizzes/{kits.pk}/duplicate/")
    copy = Quiz.objects.get(owner=teacher)
    assert reply.url == f"/quizzes/{copy.pk}/edit/"
    assert placed(copy) == placed(kits)
    assert copy.title == "Copy of The kit's"
    assert as_teacher.get(reply.url).status_code == 200


def test_what_is_retired_can_be_brought_back(as_teacher: Client, film: Film, teacher: User, quiz: Quiz) -> None:
    question = factories.make_question(film, owner=teacher)
    for thing, path in ((quiz, f"/quizzes/{quiz.pk}/"), (question, f"/questions/{question.pk}/")):
        assert "Bring it back" in as_teacher.post(f"{path}retire/", follow=True).content.decode()
        thing.refresh_from_db()
        assert thing.retired_at is not None
        assert "is back" in as_teacher.post(f"{path}restore/", follow=True).content.decode()
        thing.refresh_from_db()
        assert thing.retired_at is None


def test_a_question_moves_between_ones_own_quizzes(as_teacher: Client, film: Film, teacher: User, quiz: Quiz) -> None:
    question = factories.make_question(film)
    actions.change_quiz(quiz=quiz, title="Here", instructions="", entries=[Fixed(question.pk, Decimal(2))])
    target = factories.make_quiz(film, 1, owner=teacher, title="There")
    target.draws.create(position=2, count=1)
    page = as_teacher.get(f"/questions/{question.pk}/").content.decode()
    assert "Take it out of" in page
    as_teacher.post(f"/questions/{question.pk}/move/", {"from": quiz.pk, "to": target.pk})
    assert placed(quiz) == []
    assert placed(target)[-1] == (3, str(question.pk), Decimal(2))
    foreign = factories.make_quiz(film, 0, owner=factories.make_teacher("Other"))
    for to, status in ((foreign.pk, 404), (target.pk, 404), ("x", 302), ("", 302)):
        sent = {"from": target.pk, "to": to}
        assert as_teacher.post(f"/questions/{question.pk}/move/", sent).status_code == status
    assert len(placed(target)) == 3


def test_a_teacher_tags_a_question_and_finds_it_again(as_teacher: Client, film: Film, teacher: User) -> None:
    mine = factories.make_question(film, owner=teacher, stem="Mine to tag?")
    factories.make_question(film, stem="Untagged?")
    path = f"/questions/{mine.pk}/labels/"
    as_teacher.post(path, {"difficulty": "hard", "standards": "RH.1\n\nRH.1", "tags": "the  sea\nLamp"})
    assert "Lamp, the sea" in as_teacher.get(f"/questions/{mine.pk}/").content.decode()
    assert sorted(mine.tags.values_list("name", flat=True)) == ["Lamp", "RH.1", "the sea"]
    for asked in ({"difficulty": "hard"}, {"standard": "RH.1"}, {"tag": "the sea"}, {"type": "choice", "tag": "Lamp"}):
        page = as_teacher.get(f"/bank/{film.key}/", asked).content.decode()
        assert "1 question found" in page, asked
        assert "Mine to tag?" in page
    too_long = as_teacher.post(path, {"difficulty": "hard", "tags": "x" * 61})
    assert too_long.status_code == 422
    assert "x" * 61 in too_long.content.decode()
    kits = Question.objects.get(owner=None)
    assert as_teacher.post(f"/questions/{kits.pk}/labels/", {"tags": "mine"}).status_code == 404


def test_words_saved_in_another_tab_are_not_overwritten_unseen(
    as_teacher: Client, film: Film, teacher: User
) -> None:  # trust 10
    mine = factories.make_question(film, owner=teacher)
    actions.label(question=mine, difficulty="easy", standards=["RH.1"], tags=["sea"])
    path = f"/questions/{mine.pk}/labels/"
    basis = as_teacher.get(path).context["form"]["basis"].value()
    first = {"difficulty": "hard", "standards": "RH.1", "tags": "sea\nlamp", "basis": basis}
    second = {"difficulty": "easy", "standards": "RH.1\nRH.2", "tags": "sea", "basis": basis}
    assert as_teacher.post(path, first).status_code == 302
    # A second click on the same is none.
    assert as_teacher.post(path, first).status_code == 302
    for _again in range(2):
        reply = as_teacher.post(path, second)
        assert reply.status_code == 409
        assert sorted(mine.tags.values_list("name", flat=True)) == ["RH.1", "lamp", "sea"]
    page = reply.content.decode()
    for words in ("here “easy”, kept “hard”", "here “RH.1, RH.2”, kept “RH.1”", "here “sea”, kept “lamp, sea”"):
        assert words in page
    # What was typed stands in the form still.
    assert [reply.context["form"][name].value() for name in ("difficulty", "tags")] == ["easy", "sea"]
    assert as_teacher.post(path, second | {"basis": reply.context["form"]["basis"].value()}).status_code == 302
    assert sorted(mine.tags.values_list("name", flat=True)) == ["RH.1", "RH.2", "sea"]


def test_the_bank_is_narrowed_by_what_the_ledger_says(as_teacher: Client, film: Film) -> None:
    lesson = factories.make_lesson(film)
    taught = factories.make_fact(film, standing="disputed", use="discuss")
    lesson.steps.first().facts.add(taught)
    factories.make_question(film, stem="Rests on it?", facts=(taught,))
    used = factories.make_question(film, stem="In a quiz?", type="true-false", content={}, key={"correct": True})
    factories.make_quiz(film, [used])
    expected = {
        "lesson": (lesson.key, "Rests on it?"),
        "fact": (taught.key, "Rests on it?"),
        "standing": ("disputed", "Rests on it?"),
        "use": ("unused", "Rests on it?"),
        "type": ("true-false", "In a quiz?"),
    }
    for field, (value, stem) in expected.items():
        page = as_teacher.get(f"/bank/{film.key}/", {field: value}).content.decode()
        assert "1 question found" in page, field
        assert stem in page
    assert as_teacher.get(f"/bank/{film.key}/", {"use": "used"}).content.decode().count("In a quiz?") == 1


def test_the_editors_queries_do_not_grow_with_what_it_holds(
    as_teacher: Client, teacher: User, count_queries, db: None
) -> None:
    def cost(number: int) -> int:
        film = factories.make_film(f"film-{number}")
        quiz = factories.make_quiz(film, number, owner=teacher)
        for place in range(number):
            quiz.draws.create(position=number + place + 1, count=1, difficulty="easy")
            actions.label(question=factories.make_question(film), difficulty="easy", standards=["A"], tags=["b"])
        return count_queries(as_teacher, f"/quizzes/{quiz.pk}/edit/") + count_queries(
            as_teacher, f"/quizzes/{quiz.pk}/"
        )

    assert cost(1) == cost(3)


def test_a_save_from_a_page_that_is_behind_is_told_and_loses_nothing(as_teacher, film: Film, quiz: Quiz) -> None:
    # trust 10
    one, two, three = (factories.make_question(film, stem=f"Number {number}?") for number in range(3))
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=[Fixed(one.pk), Fixed(two.pk)])
    path = f"/quizzes/{quiz.pk}/edit/"
    basis = as_teacher.get(path).context["basis"]
    # Elsewhere the first is taken out and a third put in.
    actions.change_quiz(quiz=quiz, title="Theirs", instructions="", entries=[Fixed(two.pk), Fixed(three.pk)])
    mine = {"title": "Mine", "basis": basis, f"place-{one.pk}": "1", f"place-{two.pk}": "2"}
    reply = as_teacher.post(path, mine)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "<strong>Theirs</strong>" in page
    assert 'value="Mine"' in page
    assert [name for _place, name, _points in placed(quiz)] == [str(two.pk), str(three.pk)]
    again = {**mine, "basis": reply.context["basis"], f"place-{three.pk}": "3", "add": [one.pk]}
    assert f'name="add" value="{one.pk}" id="add-{one.pk}" checked' in page
    assert reply.context["chosen"][f"place-{three.pk}"].value() == "2"
    assert as_teacher.post(path, again).status_code == 302
    assert [name for _place, name, _points in placed(quiz)] == [str(two.pk), str(three.pk), str(one.pk)]


def test_the_lock_tells_whoever_is_second_of_two_at_once(film: Film, quiz: Quiz) -> None:
    basis = actions.quiz_basis(quiz, quiz.items.all(), quiz.draws.all())
    actions.change_quiz(quiz=quiz, title="First", instructions="", entries=[], basis=basis)
    with pytest.raises(actions.StaleQuiz):
        actions.change_quiz(quiz=quiz, title="Second", instructions="", entries=[], basis=basis)
    assert Quiz.objects.get(pk=quiz.pk).title == "First"
