"""A student questions a key, a teacher decides, and the fact behind it is looked at again."""

import pytest

from classroom.library.models import Passage
from classroom.people.models import Section, User
from quizzes.delivery.models import QuizAssignment
from quizzes.marking import actions
from quizzes.marking.models import Appeal, FactReview
from tests import factories
from tests.factories import NOW
from tests.quizzes.marking.classes import begin, choice_of, hand_in, quiz_to_mark


@pytest.fixture
def quiz(section: Section) -> QuizAssignment:
    return quiz_to_mark(section)


def address(attempt) -> str:
    return f"/attempts/{attempt.pk}/questions/{choice_of(attempt).position}/appeal/"


def appeal_of(attempt, text: str = "It says 30.") -> Appeal:
    return actions.make_appeal(
        response=choice_of(attempt), passage=Passage.objects.first(), text=text, by=attempt.student, at=NOW
    )


def test_a_student_points_to_a_passage_and_is_told_what_was_decided(
    as_user, section: Section, teacher: User, alice: User, quiz: QuizAssignment
) -> None:
    attempt = hand_in(quiz, alice, "c", text="")
    student, staff = as_user(alice), as_user(teacher)
    result = f"/attempts/{attempt.pk}/result/"
    assert address(attempt) in student.get(result).content.decode()
    page = student.get(address(attempt)).content.decode()
    assert "Harbour News, paragraph 2" in page
    passage = Passage.objects.get(number=2)
    student.post(address(attempt), {"passage": passage.pk, "text": "It says C."})
    assert "has not decided yet" in student.get(result).content.decode()
    assert "1 right answer is questioned in Year 9" in staff.get("/home/").content.decode()
    appeal = Appeal.objects.get()
    assert f"/appeals/{appeal.pk}/" in staff.get(f"/classes/{section.pk}/appeals/").content.decode()
    page = staff.get(f"/appeals/{appeal.pk}/").content.decode()
    assert "It says C." in page
    assert "Harbour News, paragraph 2" in page
    assert "You pointed to Harbour News, paragraph 2:" in student.get(address(attempt)).content.decode()
    reply = staff.post(f"/appeals/{appeal.pk}/", {"upheld": "yes", "decision": "Paragraph 2 does say so."})
    version = choice_of(attempt).version
    assert reply["Location"].startswith(f"/assignments/{quiz.assignment_id}/quiz/regrade/{version.pk}/?appeal=")
    assert "Paragraph 2 does say so." in staff.get(reply["Location"]).content.decode()
    assert "your teacher agrees: Paragraph 2 does say so." in student.get(result).content.decode()
    assert "has decided about the right answer" in student.get("/home/").content.decode()
    student.get(address(attempt))
    assert "has decided about the right answer" not in student.get("/home/").content.decode()


def test_an_upheld_appeal_puts_the_fact_under_review_until_somebody_has_looked(
    as_user, teacher: User, alice: User, bob: User, quiz: QuizAssignment
) -> None:
    for student in (alice, bob):
        appeal = appeal_of(hand_in(quiz, student, "c", text=""))
        actions.decide_appeal(appeal=appeal, upheld=True, decision="Yes.", by=teacher, at=NOW)
    review = FactReview.objects.get()
    staff = as_user(teacher)
    fact = f"/films/{review.fact.film.key}/facts/{review.fact.key}/"
    assert "Under review" in staff.get(fact).content.decode()
    assert "Under review" not in as_user(alice).get(fact).content.decode()
    reviews = f"/bank/{review.fact.film.key}/reviews/"
    assert "See Harbour News, paragraph 1." in staff.get(reviews).content.decode()
    assert review.fact.statement in staff.get(reviews).content.decode()
    staff.post(f"{reviews}{review.pk}/", {"outcome": "  "})
    assert FactReview.objects.get().closed_at is None
    staff.post(f"{reviews}{review.pk}/", {"outcome": "The citation was mended."})
    assert "Under review" not in staff.get(fact).content.decode()
    assert "The citation was mended." in staff.get(reviews).content.decode()


def test_an_appeal_that_is_not_upheld_marks_no_fact(as_user, teacher: User, alice: User, quiz) -> None:
    attempt = hand_in(quiz, alice, "c", text="")
    actions.decide_appeal(appeal=appeal_of(attempt), upheld=False, decision="Read on.", by=teacher, at=NOW)
    assert not FactReview.objects.exists()
    page = as_user(alice).get(f"/attempts/{attempt.pk}/result/").content.decode()
    assert "lets it stand: Read on." in page


def test_one_appeal_an_answer_is_open_at_a_time(as_user, teacher: User, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice, "c", text="")
    client, sent = as_user(alice), {"passage": Passage.objects.first().pk, "text": "Look."}
    assert client.post(address(attempt), sent).status_code == 302
    reply = client.post(address(attempt), sent)
    assert reply.status_code == 422
    assert "has not decided yet" in reply.content.decode()
    appeal = Appeal.objects.get()
    actions.decide_appeal(appeal=appeal, upheld=False, decision="No.", by=teacher, at=NOW)
    assert client.post(address(attempt), sent).status_code == 302
    assert Appeal.objects.count() == 2


def test_of_two_decisions_the_second_is_told(as_user, teacher: User, alice: User, quiz: QuizAssignment) -> None:
    appeal = appeal_of(hand_in(quiz, alice, "c", text=""))
    client, sent = as_user(teacher), {"upheld": "no", "decision": "It stands."}
    assert client.post(f"/appeals/{appeal.pk}/", sent).status_code == 302
    reply = client.post(f"/appeals/{appeal.pk}/", {"upheld": "yes", "decision": "It falls."})
    assert reply.status_code == 409
    assert "It stands." in reply.content.decode()
    appeal.refresh_from_db()
    assert appeal.decision == "It stands."


def test_no_key_is_questioned_before_it_is_told(as_user, section: Section, alice: User, bob: User) -> None:
    # trust 32
    quiz = quiz_to_mark(section, key_told="released")
    attempt = hand_in(quiz, alice, text="")
    client = as_user(alice)
    sent = {"passage": Passage.objects.first().pk, "text": "Look."}
    assert client.get(address(attempt)).status_code == 404
    assert client.post(address(attempt), sent).status_code == 404
    assert "/appeal/" not in client.get(f"/attempts/{attempt.pk}/result/").content.decode()
    QuizAssignment.objects.filter(pk=quiz.pk).update(released_at=NOW)
    assert client.get(address(attempt)).status_code == 200
    assert as_user(bob).get(address(attempt)).status_code == 404
    assert as_user(bob).get(address(begin(quiz, bob))).status_code == 404


def test_what_is_missing_is_asked_for_and_what_was_written_stays(as_user, alice: User, quiz: QuizAssignment) -> None:
    attempt = hand_in(quiz, alice, text="")
    reply = as_user(alice).post(address(attempt), {"passage": "999999", "text": "My words."})
    assert reply.status_code == 422
    assert "My words." in reply.content.decode()
    assert not Appeal.objects.exists()


def test_pages_cost_the_same_for_one_appeal_and_for_three(
    as_user, count_queries, section: Section, teacher: User, quiz: QuizAssignment
) -> None:
    def add(number: int) -> None:
        student = factories.make_user(f"S{number}")
        factories.add_member(section, student)
        appeal = appeal_of(hand_in(quiz, student, text=""))
        actions.decide_appeal(appeal=appeal, upheld=True, decision="Yes.", by=teacher, at=NOW)

    add(0)
    client = as_user(teacher)
    film = FactReview.objects.get().fact.film.key
    pages = [f"/classes/{section.pk}/appeals/", f"/bank/{film}/reviews/", "/home/"]
    one = [count_queries(client, page) for page in pages]
    add(1)
    add(2)
    assert [count_queries(client, page) for page in pages] == one


def test_a_fact_under_review_is_on_every_teacher_s_home_until_somebody_has_looked(
    as_user, teacher: User, alice: User, quiz: QuizAssignment
) -> None:
    film = quiz.quiz.film
    appeal = appeal_of(hand_in(quiz, alice, "c", text=""))
    actions.decide_appeal(appeal=appeal, upheld=True, decision="It does.", by=teacher, at=NOW)
    other = factories.make_teacher("Omar")
    factories.make_section(teacher=other)
    words = f"1 fact of “{film.title}” is under review"
    for each in (teacher, other):
        assert words in as_user(each).get("/home/").content.decode()
    assert words not in as_user(alice).get("/home/").content.decode()
    assert f"/bank/{film.key}/reviews/" in as_user(teacher).get(f"/bank/{film.key}/").content.decode()
    actions.close_review(review=FactReview.objects.get(), outcome="Cited too.", by=other, at=NOW)
    assert words not in as_user(teacher).get("/home/").content.decode()
