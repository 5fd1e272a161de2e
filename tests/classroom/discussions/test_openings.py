"""One sealed name is opened with a reason, by two who teach, with word to the student; and until then by nothing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from classroom.assignments import activities
from classroom.assignments.activities import WorkState
from classroom.audit.models import AuditEvent
from classroom.common import clock
from classroom.discussions import actions
from classroom.discussions.activity import ThreadKind
from classroom.discussions.models import NameOpening, Post, Thread
from classroom.gradebook.actions import record_score
from classroom.gradebook.models import Score
from classroom.notices.models import Notice
from classroom.people.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
KIND = ThreadKind()
WHY = "The post tells of a theft, and we have to talk with whoever saw it."


@pytest.fixture
def colleague(section):
    person = factories.make_user("Ravi")
    factories.add_member(section, person, Role.ASSISTANT)
    return person


@pytest.fixture
def thread(section):
    return factories.make_thread(section, names=Thread.Names.SEALED)


@pytest.fixture
def post(thread, alice):
    thread.pseudonyms.create(user=alice, name="Quiet Ibis")
    return factories.make_post(thread, alice, body="UNDER-SEAL", state=Post.State.PUBLISHED)


def ask(client, post, reason=WHY):
    return client.post(reverse("classroom:name_ask", args=[post.pk]), {"reason": reason})


def answer(client, opening, given):
    return client.post(reverse("classroom:name_opening", args=[opening.pk]), {"answer": given}, follow=True)


@pytest.fixture
def opening(as_user, teacher, colleague, post):
    assert ask(as_user(teacher), post).status_code == 302
    return NameOpening.objects.get()


def page_of(client, thread):
    return client.get(reverse("classroom:thread", args=[thread.pk])).content.decode()


def test_asking_alone_opens_nothing(as_user, teacher, colleague, thread, opening):  # trust 37
    for person in (teacher, colleague):
        page = page_of(as_user(person), thread)
        assert "Quiet Ibis" in page
        assert "Alice" not in page
        assert "Alice" not in as_user(person).get(reverse("classroom:name_opening", args=[opening.pk])).content.decode()
    [notice] = Notice.objects.filter(kind="name-asked")
    assert notice.to == colleague
    told = as_user(colleague).get(reverse("classroom:notices")).content.decode()
    assert "A colleague asks you to consent" in told
    assert "Quiet Ibis" not in told


def test_with_consent_those_who_teach_see_the_name_and_classmates_do_not(
    as_user, teacher, colleague, bob, thread, opening
):
    answer(as_user(colleague), opening, "consent")
    for person in (teacher, colleague):
        assert re.search(r"Quiet Ibis <span class=\"post-name\">\(Alice\)", page_of(as_user(person), thread))
    assert "Alice" not in page_of(as_user(bob), thread)
    kinds = set(AuditEvent.objects.filter(subject_type__contains="nameopening").values_list("kind", "by"))
    assert kinds == {("name-asked", teacher.pk), ("name-consented", colleague.pk)}


def test_the_student_is_told_who_asked_who_consented_and_why(as_user, alice, bob, colleague, thread, opening):
    client = as_user(alice)
    why = reverse("classroom:name_opened", args=[opening.pk])
    assert client.get(why).status_code == 404
    answer(as_user(colleague), opening, "consent")
    [notice] = Notice.objects.filter(to=alice)
    assert notice.kind == "name-opened"
    assert "have opened your name" in client.get(reverse("classroom:notices")).content.decode()
    page = client.get(why).content.decode()
    for words in ("Tess", "Ravi", WHY, "Quiet Ibis"):
        assert words in page
    assert as_user(bob).get(why).status_code == 404
    assert "Your name was opened here: your teachers see it." in page_of(client, thread)


def test_nobody_consents_to_what_they_ask_themselves(as_user, teacher, thread, opening):
    answer(as_user(teacher), opening, "consent")
    opening.refresh_from_db()
    assert opening.state == "asked"
    assert "Alice" not in page_of(as_user(teacher), thread)
    with pytest.raises(IntegrityError), transaction.atomic():
        NameOpening.objects.update(state="opened", answered_by=teacher)


@pytest.mark.parametrize(("who", "state"), [("colleague", "declined"), ("teacher", "withdrawn")])
def test_what_is_declined_or_taken_back_stays_sealed_and_can_be_asked_again(
    as_user, teacher, colleague, post, thread, opening, who, state
):
    person = {"colleague": colleague, "teacher": teacher}[who]
    answer(as_user(person), opening, "decline")
    opening.refresh_from_db()
    assert (opening.state, opening.answered_by) == (state, person)
    answer(as_user(colleague), opening, "consent")
    assert "Alice" not in page_of(as_user(teacher), thread)
    assert ask(as_user(teacher), post).status_code == 302
    assert NameOpening.objects.count() == 2


def test_asking_lapses_after_a_week(as_user, teacher, colleague, post, thread, opening):
    NameOpening.objects.update(asked_at=clock.now() - timedelta(days=7, minutes=1))
    assert "can no longer be answered" in answer(as_user(colleague), opening, "consent").content.decode()
    assert "Nobody answered in time" in answer(as_user(colleague), opening, "consent").content.decode()
    assert "Alice" not in page_of(as_user(colleague), thread)
    assert ask(as_user(colleague), post).status_code == 302
    opening.refresh_from_db()
    assert opening.state == "expired"


def test_the_consent_to_what_a_former_teacher_asked_opens_nothing(as_user, section, teacher, colleague, opening):
    section.memberships.filter(user=teacher).update(ended_at=clock.now())
    answer(as_user(colleague), opening, "consent")
    opening.refresh_from_db()
    assert opening.state == "asked"


def test_a_name_is_asked_for_once_at_a_time_and_never_without_a_reason(as_user, teacher, colleague, post, opening):
    reply = ask(as_user(colleague), post, "I want it too.")
    assert reply.status_code == 422
    assert "I want it too." in reply.content.decode()
    assert ask(as_user(teacher), post, "  ").status_code == 422
    assert NameOpening.objects.count() == 1


def test_where_one_alone_teaches_no_name_can_be_asked_for(as_user, teacher, post):
    assert (
        "no name can be opened" in as_user(teacher).get(reverse("classroom:name_ask", args=[post.pk])).content.decode()
    )
    assert ask(as_user(teacher), post).status_code == 422
    assert not NameOpening.objects.exists()


def test_only_a_sealed_name_of_somebody_else_can_be_asked_for(as_user, teacher, colleague, alice, bob, section, post):
    shown = factories.make_post(factories.make_thread(section), alice, state=Post.State.PUBLISHED)
    assert ask(as_user(teacher), shown).status_code == 404
    assert ask(as_user(bob), post).status_code == 404
    assert ask(as_user(factories.make_teacher("Omar")), post).status_code == 404
    assert "Ask for the name" in page_of(as_user(teacher), post.thread)
    assert "Ask for the name" not in page_of(as_user(teacher), shown.thread)
    assert "Ask for the name" not in page_of(as_user(bob), post.thread)


def test_who_went_over_to_those_who_teach_does_not_decide_on_their_own_name(as_user, alice, section, opening):
    section.memberships.filter(user=alice).update(role=Role.ASSISTANT)
    address = reverse("classroom:name_opening", args=[opening.pk])
    assert as_user(alice).post(address, {"answer": "consent"}).status_code == 404


def test_all_that_is_told_beside_the_name_goes_by_the_seal_until_it_is_opened(
    as_user, section, teacher, colleague, alice, bob, thread, opening
):
    """The student's page, tracking, the gradebook's cell and history, and what they wrote."""
    thread.pseudonyms.create(user=bob, name="Calm Okapi")
    factories.make_post(thread, bob, body="BOBS-WORDS", state=Post.State.PUBLISHED)
    for student in (alice, bob):
        record_score(
            assignment=thread.assignment,
            student=student,
            points=Decimal(7),
            out_of=Decimal(10),
            source="hand:1",
            by=teacher,
            at=clock.now(),
        )
    Score.objects.update(feedback="SAID-OF-THE-POST")
    client = as_user(teacher)

    def beside(student):
        own = [thread.assignment.section_id, thread.assignment_id, student.pk]
        pages = [
            client.get(reverse("classroom:student", args=[section.pk, student.pk])),
            client.get(reverse("classroom:score", args=own)),
        ]
        return "".join(page.content.decode() for page in pages)

    factories.let_others_write(thread, alice, bob, others=2)
    for student in (alice, bob):
        page = beside(student)
        assert "UNDER-SEAL" not in page
        assert "BOBS-WORDS" not in page
        assert "SAID-OF-THE-POST" not in page
        assert "Taken part" in page
        assert not re.search(r"\b7\b[^%]{0,12}\b10\b", page)
    answer(as_user(colleague), opening, "consent")
    page = beside(alice)
    assert "UNDER-SEAL" in page
    assert "SAID-OF-THE-POST" in page
    assert "BOBS-WORDS" not in beside(bob)
    assert "SAID-OF-THE-POST" not in beside(bob)
    work = activities.work_by_pair([thread.assignment], [alice, bob], {})
    assert work[thread.assignment_id, alice.pk].state is WorkState.DONE
    assert (work[thread.assignment_id, bob.pk].state, work[thread.assignment_id, bob.pk].at) == (WorkState.DONE, None)
    seals = activities.seals_over([thread.assignment])
    assert not seals.cover(thread.assignment_id, alice.pk)
    assert seals.cover(thread.assignment_id, bob.pk)


def test_opened_names_cost_a_thread_no_more_queries(as_user, teacher, colleague, thread, opening, count_queries):
    client, address = as_user(teacher), reverse("classroom:thread", args=[thread.pk])
    client.get(address)
    cost = count_queries(client, address)
    actions.consent(opening=opening, by=colleague, at=clock.now())
    assert count_queries(client, address) == cost <= 8


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_answer_once():  # trust 9
    teacher, alice = factories.make_teacher("Tess"), factories.make_user("Alice")
    section = factories.make_section(teacher=teacher, students=(alice,))
    others = [factories.make_user(f"Assistant {number}") for number in range(4)]
    for person in others:
        factories.add_member(section, person, Role.ASSISTANT)
    thread = factories.make_thread(section, names="sealed")
    pseudonym = thread.pseudonyms.create(user=alice, name="Quiet Ibis")
    asked = actions.ask_for_name(pseudonym=pseudonym, reason=WHY, by=teacher, at=clock.now())

    def decide(number):
        try:
            opening = NameOpening.objects.select_related("pseudonym__thread__assignment", "asked_by").get(pk=asked.pk)
            act = actions.consent if number % 2 else actions.decline
            act(opening=opening, by=others[number], at=clock.now())
        except actions.NotWaiting:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(decide, range(4))) == 1
    asked.refresh_from_db()
    pseudonym.refresh_from_db()
    assert (pseudonym.opened_at is not None) == (asked.state == "opened")
