"""A change of words alone reaches everybody and touches no grade; whatever is more than that is refused."""

from copy import deepcopy
from decimal import Decimal

import pytest
from django.test import Client

from classroom.audit.models import AuditEvent
from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank import actions
from quizzes.bank.models import Question, QuestionVersion
from quizzes.delivery import actions as delivery
from quizzes.delivery.models import Attempt, AttemptGrade, Response, ResponseGrade
from quizzes.grading import clean_answer, grade, objection, texts_of, with_texts
from tests import factories
from tests.factories import NOW
from tests.quizzes.delivery.taking import EXAMPLES, one_of_each

pytestmark = pytest.mark.django_db


def new_words(version: QuestionVersion) -> dict[str, str]:
    """Every text of a version, spelt better."""
    return {place: f"{text} (better)" for place, text in texts_of(version.content).items()}


def reword(question: Question, by: User, **changed) -> QuestionVersion:
    version = question.published
    given = {
        "stem": f"{version.stem} Better!",
        "content": with_texts(version.content, new_words(version)),
        "explanation": "Better explained.",
        "hints": [],
    }
    return actions.reword(question=question, version=version, by=by, at=NOW, **(given | changed))


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


def handed_in(section, student: User, questions: list[Question]) -> Attempt:
    """An attempt with every question answered rightly."""
    set_to = factories.make_quiz_assignment(section, factories.make_quiz(questions[0].film, questions))
    attempt = delivery.start_attempt(quiz_assignment=set_to, student=student, at=NOW)
    for response, (_type, _content, _key, right) in zip(attempt.responses.order_by("position"), EXAMPLES, strict=True):
        Response.objects.filter(pk=response.pk).update(answer=right, saved_at=NOW)
    delivery.submit_attempt(attempt=attempt, by=student, at=NOW)
    return attempt


def test_grades_keys_and_answers_of_every_type_are_untouched(section, alice: User, film: Film, teacher: User) -> None:
    questions = one_of_each(film)
    attempt = handed_in(section, alice, questions)

    def kept() -> list[object]:
        grades = AttemptGrade.objects.values_list("pk", "points", "out_of", "waiting")
        earned = ResponseGrade.objects.order_by("pk").values_list("pk", "fraction", "points")
        responses = attempt.responses.order_by("position").values_list("pk", "version", "points", "answer", "revision")
        keys = QuestionVersion.objects.filter(number=1).order_by("pk").values_list("answer_key__key", "points")
        return [list(grades), list(earned), list(responses), list(keys)]

    before = kept()
    for question in questions:
        reword(question, teacher)
    assert kept() == before
    for response in attempt.responses.select_related("version__newest_wording__answer_key"):
        worded = response.version.worded
        assert worded.number == 2
        assert clean_answer(worded.type, worded.content, response.answer) is not None
        again = grade(worded.type, worded.content, worded.answer_key.key, response.answer)
        earned = response.grades.get()
        assert Decimal(again.fraction.numerator) / again.fraction.denominator == earned.fraction
        assert again.pending == earned.waits


def test_running_and_past_attempts_show_the_newest_words(as_user, section, alice, bob, film, teacher: User) -> None:
    questions = one_of_each(film)
    past = handed_in(section, alice, questions)
    running = delivery.start_attempt(quiz_assignment=past.quiz_assignment, student=bob, at=NOW)
    for _twice in range(2):
        for question in questions:
            question.refresh_from_db()
            reword(question, teacher)
    assert set(running.responses.values_list("version__number", flat=True)) == {1}
    pages = [
        as_user(alice).get(f"/attempts/{past.pk}/result/"),
        as_user(bob).get(f"/attempts/{running.pk}/"),
        as_user(bob).get(f"/attempts/{running.pk}/review/"),
        as_user(teacher).get(f"/assignments/{past.quiz_assignment.assignment_id}/responses/"),
    ]
    for page in pages:
        text = page.content.decode()
        assert text.count("Better! Better!") >= len(questions), page.request["PATH_INFO"]
    assert "81 nights (better) (better)" in pages[0].content.decode()


def test_an_answer_given_to_old_words_is_carried_on_to_new_ones(section, alice: User, film, teacher: User) -> None:
    question = factories.make_question(film)
    quiz = factories.make_quiz(film, [question])
    set_to = factories.make_quiz_assignment(section, quiz, attempts_allowed=2, builds_on_last=True)
    first = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
    first.responses.update(answer={"option": "b"})
    delivery.submit_attempt(attempt=first, by=alice, at=NOW)
    reword(question, teacher)
    second = delivery.start_attempt(quiz_assignment=set_to, student=alice, at=NOW)
    response = second.responses.get()
    assert (response.version.number, response.answer) == (2, {"option": "b"})


def test_it_is_asked_at_once_and_recorded(film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher, facts=(factories.make_fact(film),))
    made = reword(question, teacher)
    question.refresh_from_db()
    assert question.published == made
    assert list(made.facts.all()) == list(question.versions.get(number=1).facts.all())
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.QUESTION_REWORDED).subject_id == question.pk


def test_a_version_that_is_asked_no_more_is_not_reworded(film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    old = question.published
    reword(question, teacher)
    given = {"stem": "Late?", "content": old.content, "explanation": "", "hints": []}
    with pytest.raises(actions.NotARewording, match="another version by now"):
        actions.reword(question=question, version=old, by=teacher, at=NOW, **given)
    assert question.versions.count() == 2


def test_hints_may_not_be_added_or_taken(film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    with pytest.raises(actions.NotARewording, match="Hints"):
        reword(question, teacher, hints=["It is long."])
    assert question.versions.count() == 1


CHOICE = {"options": [{"id": "a", "text": "Ten"}, {"id": "b", "text": "Twenty"}, {"id": "c", "text": "Thirty"}]}
GAPS = {
    "text": "In [[1]] and [[2]].",
    "gaps": [{"id": "1", "type": "short", "content": {}}, {"id": "2", "type": "short", "content": {}}],
}
GAPS_KEY = {"gaps": {"1": {"key": {"accept": ["May"]}}, "2": {"key": {"accept": ["June"]}}}}


@pytest.mark.parametrize(
    ("type", "content", "key", "change", "refused"),
    [
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: new["options"][0].update(text="Ten nights"), ""),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: key.update(correct="b"), "key"),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: key.update(weights={"b": 0.5}), "key"),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: new["options"].reverse(), "beside the texts"),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: new["options"].pop(), "beside the texts"),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: new["options"][2].update(id="d"), "beside the texts"),
        (
            "choice",
            CHOICE,
            {"correct": "a"},
            lambda new, key: (new["options"][0].update(text="twenty "), new["options"][1].update(text="Ten")),
            "another option",
        ),
        ("choice", CHOICE, {"correct": "a"}, lambda new, key: new["options"][0].update(text="Thirty"), "read the same"),
        ("blanks", GAPS, GAPS_KEY, lambda new, key: new.update(text="First in [[1]], then in [[2]]."), ""),
        ("blanks", GAPS, GAPS_KEY, lambda new, key: new.update(text="In [[2]] and [[1]]."), "beside the texts"),
        ("numeric", {"unit": "day"}, {"value": 3}, lambda new, key: new.update(unit="week"), "beside the texts"),
        (
            "essay",
            {"least_words": 5},
            {"rubric": [{"id": "r", "text": "Names it", "points": 1}]},
            lambda new, key: new.update(least_words=9),
            "beside the texts",
        ),
        ("true-false", {}, {"correct": True}, lambda new, key: key.update(correct=False), "key"),
    ],
)
def test_what_is_more_than_words_is_no_rewording(type: str, content, key, change, refused: str) -> None:
    new, new_key = deepcopy(content), deepcopy(key)
    change(new, new_key)
    found = objection(type, (content, key), (new, new_key))
    assert (refused in found) if refused else found == ""


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def test_a_teacher_is_told_what_it_means_and_rewords(as_teacher: Client, film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    path = f"/questions/{question.pk}/reword/"
    for page in (f"/questions/{question.pk}/", f"/questions/{question.pk}/edit/", f"/questions/{question.pk}/rewrite/"):
        assert path in as_teacher.get(page).content.decode()
    page = as_teacher.get(path).content.decode()
    assert "every score stay exactly as they are" in page
    texts = {f"text-{place}": f"Option {place}" for place in range(4)}
    reply = as_teacher.post(path, {"stem": "How many nights?", "explanation": "", **texts}, follow=True)
    assert "every score is as it was" in reply.content.decode()
    question.refresh_from_db()
    assert question.published.stem == "How many nights?"
    assert [each["text"] for each in question.published.content["options"]] == [f"Option {each}" for each in range(4)]
    swapped = texts | {"text-0": "Option 1", "text-1": "Option 0"}
    reply = as_teacher.post(path, {"stem": "How many?", "explanation": "kept as typed", **swapped})
    assert reply.status_code == 422
    assert "kept as typed" in reply.content.decode()
    assert question.versions.count() == 2


def test_new_words_are_held_against_the_facts(as_teacher: Client, film: Film, teacher: User) -> None:
    fact = factories.make_fact(film, value=81, use="score", standing="corroborated")
    options = {"options": [{"id": str(each), "text": f"{each} nights"} for each in (81, 18, 27)]}
    question = factories.make_question(film, owner=teacher, facts=(fact,), content=options, key={"correct": "81"})
    path = f"/questions/{question.pk}/reword/"
    sent = {"stem": "How many nights?", "explanation": "", "text-0": "82 nights", "text-1": "18 nights"}
    reply = as_teacher.post(path, sent | {"text-2": "27 nights"})
    assert "says something else" in reply.content.decode()
    reply = as_teacher.post(path, sent | {"text-0": "81", "text-2": "81 whole nights"})
    assert reply.status_code == 422
    assert as_teacher.post(path, sent | {"text-0": "81", "text-2": "27 nights"}).status_code == 302


def test_only_what_is_asked_now_and_ones_own_is_reworded(as_teacher: Client, film: Film, teacher: User) -> None:
    mine, kits = factories.make_question(film, owner=teacher), factories.make_question(film)
    others = factories.make_question(film, owner=factories.make_teacher("Other"))
    actions.retire(question=mine, by=teacher, at=NOW)
    for question in (mine, kits, others):
        assert as_teacher.get(f"/questions/{question.pk}/reword/").status_code == 404
