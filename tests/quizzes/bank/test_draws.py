"""Random draws: what they take from, how an attempt keeps what it drew, and what happens where too few fit."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom.library.models import Film, Topic
from classroom.people.models import Section, User
from quizzes.bank import actions
from quizzes.bank.draws import Plan, Pool, asked_by_quiz, asked_now, plan_of, shortages, take
from quizzes.bank.models import Question, QuestionTag, Quiz, QuizDraw
from quizzes.bank.places import Drawn, Fixed
from quizzes.delivery import actions as delivery
from tests import factories
from tests.factories import NOW


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


def quiz_of(film: Film, owner: User | None, *entries: Fixed | Drawn) -> Quiz:
    quiz = factories.make_quiz(film, 0, owner=owner)
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=entries)
    return quiz


def asked_ids(quiz: Quiz, seed: int = 1) -> list[int]:
    return [each.version.question_id for each in asked_now(quiz, random.Random(seed))]


def test_a_draw_takes_of_each_thing_that_it_asks_for(film: Film, teacher: User) -> None:
    sea = Topic.objects.create(film=film, key="sea", title="The sea", position=2)
    lesson = factories.make_lesson(film)
    taught, other = factories.make_fact(film), factories.make_fact(film, topic=sea)
    lesson.steps.first().facts.add(taught)
    easy, wet, known, checked, yes, plain = (
        factories.make_question(film, facts=each) for each in ((), (other,), (taught,), (), (), ())
    )
    Question.objects.filter(pk=easy.pk).update(difficulty="easy")
    factories.make_quiz(film, [checked], lesson=lesson)
    actions.label(question=yes, difficulty="", standards=["RH.6-8.1"], tags=["Light"])
    only = {
        easy: Drawn(9, difficulty="easy"),
        wet: Drawn(9, topic=sea),
        yes: Drawn(9, standard="rh.6-8.1", tag="light"),
    }
    for question, drawn in only.items():
        assert asked_ids(quiz_of(film, teacher, drawn)) == [question.pk]
    assert set(asked_ids(quiz_of(film, teacher, Drawn(9, lesson=lesson)))) == {known.pk, checked.pk}
    assert plain.pk in asked_ids(quiz_of(film, teacher, Drawn(9, type="choice")))
    assert asked_ids(quiz_of(film, teacher, Drawn(9, type="essay"))) == []


def test_only_what_could_be_put_in_by_hand_is_drawn(film: Film, teacher: User) -> None:
    kits, mine = factories.make_question(film), factories.make_question(film, owner=teacher)
    retired, draft = factories.make_question(film), factories.make_question(film)
    Question.objects.filter(pk=retired.pk).update(retired_at=NOW)
    Question.objects.filter(pk=draft.pk).update(published=None)
    factories.make_question(film, owner=factories.make_teacher("Other"))
    factories.make_question(factories.make_film("another"))
    assert set(asked_ids(quiz_of(film, teacher, Drawn(9)))) == {kits.pk, mine.pk}


def test_fixed_questions_are_never_drawn_and_none_comes_twice(film: Film, teacher: User) -> None:
    questions = [factories.make_question(film) for _each in range(6)]
    quiz = quiz_of(film, teacher, Drawn(2), Fixed(questions[0].pk), Drawn(2, type="choice"), Fixed(questions[1].pk))
    for seed in range(20):
        asked = asked_ids(quiz, seed)
        assert len(asked) == len(set(asked)) == 6
        assert (asked[2], asked[5]) == (questions[0].pk, questions[1].pk)


def test_points_are_those_of_the_place_or_else_of_the_question(film: Film, teacher: User) -> None:
    first, second, third = (factories.make_question(film) for _each in range(3))
    Question.objects.exclude(pk__in=[first.pk, second.pk]).update(difficulty="hard")
    entries = (Fixed(first.pk, Decimal("2.5")), Fixed(second.pk), Drawn(1, difficulty="hard", points=Decimal(4)))
    asked = asked_now(quiz_of(film, teacher, *entries), random.Random(1))
    assert [each.points for each in asked] == [Decimal("2.5"), Decimal(1), Decimal(4)]
    assert asked[2].version.question_id == third.pk


def test_an_attempt_keeps_what_it_drew(film: Film, section: Section, teacher: User, alice: User, bob: User) -> None:
    for _each in range(12):
        factories.make_question(film)
    quiz = quiz_of(film, teacher, Drawn(6, points=Decimal(2)))
    set_to = factories.make_quiz_assignment(section, quiz)

    def versions(student: User) -> list[int]:
        attempt = delivery.start_attempt(quiz_assignment=set_to, student=student, at=NOW)
        assert {response.points for response in attempt.responses.all()} == {Decimal(2)}
        return list(attempt.responses.order_by("position").values_list("version", flat=True))

    first = versions(alice)
    actions.change_quiz(quiz=quiz, title="Check", instructions="", entries=[Drawn(1, points=Decimal(2))])
    assert versions(alice) == first
    assert len(versions(bob)) == 1


def test_an_attempt_that_builds_on_the_last_is_asked_the_same(film: Film, section, teacher: User, alice: User) -> None:
    questions = [factories.make_question(film) for _each in range(12)]
    quiz = quiz_of(film, teacher, Drawn(4))
    set_to = factories.make_quiz_assignment(section, quiz, attempts_allowed=3, builds_on_last=True)
    asked = []
    for _each in range(2):
        attempt = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
        attempt.responses.update(answer={"option": "b"})
        delivery.submit_attempt(attempt=attempt, by=alice, at=NOW)
        asked.append(set(attempt.responses.values_list("version__question", flat=True)))
    assert asked[0] == asked[1]
    gone = asked[0].pop()
    actions.retire(question=Question.objects.get(pk=gone), by=teacher, at=NOW)
    third = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
    now_asked = set(third.responses.values_list("version__question", flat=True))
    assert asked[0] < now_asked
    assert len(now_asked) == 4 < len(questions)


def test_too_few_are_told_and_an_attempt_takes_what_there_is(film: Film, section, teacher: User, alice: User) -> None:
    for _each in range(2):
        factories.make_question(film)
    quiz = quiz_of(film, teacher, Drawn(5))
    (short,) = shortages(plan_of(quiz))
    assert (short.draw.count, short.found) == (5, 2)
    set_to = factories.make_quiz_assignment(section, quiz)
    attempt = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
    assert attempt.responses.count() == 2
    nothing = factories.make_quiz_assignment(section, quiz_of(film, teacher, Drawn(5, type="essay")))
    with pytest.raises(delivery.StartRefused):
        delivery.start_attempt(quiz_assignment=nothing, student=alice, at=NOW)


def test_the_number_told_is_what_draws_find_beside_fixed_questions_and_each_other(
    film: Film, section, teacher: User, alice: User, as_user
) -> None:
    questions = [factories.make_question(film) for _each in range(4)]
    factories.make_question(film, owner=factories.make_teacher("Other"))
    short = quiz_of(film, teacher, Fixed(questions[0].pk), Drawn(2, type="choice"), Drawn(9))
    enough = quiz_of(film, None, Drawn(2))
    plain = quiz_of(film, teacher, Fixed(questions[1].pk))
    assert asked_by_quiz([short, enough, plain]) == {short.pk: 4, enough.pk: 2, plain.pk: 1}
    set_to = factories.make_quiz_assignment(section, short)
    page = as_user(alice).get(f"/assignments/{set_to.assignment_id}/quiz/").content.decode()
    assert "<dt>Questions</dt><dd>4</dd>" in page


def test_the_number_told_costs_the_same_for_one_quiz_and_three(
    film: Film, teacher: User, django_assert_num_queries
) -> None:
    for number in range(1, 4):
        factories.make_question(film)
        quiz_of(film, teacher, Drawn(number, difficulty=("easy", "medium", "hard")[number - 1]), Drawn(1))
        quizzes = list(Quiz.objects.all())
        with django_assert_num_queries(3):
            asked_by_quiz(quizzes)


def test_what_is_drawn_costs_the_same_for_one_draw_and_three(
    film: Film, teacher: User, django_assert_num_queries
) -> None:
    for _each in range(6):
        factories.make_question(film)
    for draws in (1, 3):
        quiz = quiz_of(film, teacher, *(Drawn(1, type="choice") for _each in range(draws)))
        with django_assert_num_queries(3):
            assert len(asked_now(quiz, random.Random(1))) == draws


# How many each draws, and of which of eight questions, bit by bit.
POOLS = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 255)), min_size=1, max_size=5)


@given(POOLS, st.integers(0, 99))
def test_draws_share_fairly_whatever_they_fit(pools: list[tuple[int, int]], seed: int) -> None:
    entries = [
        Pool(QuizDraw(pk=place, position=place, count=count), frozenset(n for n in range(8) if bits >> n & 1))
        for place, (count, bits) in enumerate(pools)
    ]
    drawn = take(Plan(list(entries)), random.Random(seed))
    taken = [each for group in drawn.values() for each in group]
    assert len(taken) == len(set(taken))
    for entry in entries:
        own = drawn[entry.draw.pk]
        assert len(own) <= entry.draw.count
        assert set(own) <= entry.question_ids
        # Whoever goes short has left nothing that fits.
        assert len(own) == entry.draw.count or entry.question_ids <= set(taken)


def test_tags_go_with_a_copy(film: Film, teacher: User) -> None:
    question = factories.make_question(film)
    actions.label(question=question, difficulty="hard", standards=["A.1"], tags=["light", "sea"])
    copy = actions.duplicate_question(question=question, by=teacher, at=NOW)
    assert copy.difficulty == "hard"
    assert set(copy.tags.values_list("kind", "name")) == {
        (QuestionTag.Kind.STANDARD, "A.1"),
        (QuestionTag.Kind.FREE, "light"),
        (QuestionTag.Kind.FREE, "sea"),
    }
    assert copy.published is None
    assert copy.versions.get().answer_key.key == question.published.answer_key.key
