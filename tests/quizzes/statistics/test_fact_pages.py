"""The pages of a class by fact: what they show, to whom, at what cost, and as files."""

import csv
import io
import re

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.discussions.models import Post, Thread
from classroom.people.models import Role, Section, User
from tests import factories
from tests.quizzes.statistics.classes import BOTH, KEEPER, NIGHTS, RIGHT, Asked, hand_in, make_class_work

pytestmark = pytest.mark.django_db
PAGES = ["class_facts", "class_marks", "class_questions", "class_coverage"]


def address(name: str, section: Section, *more: object) -> str:
    return reverse(f"quizzes:{name}", args=[section.pk, *more])


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table(reply) -> list[list[str]]:  # type: ignore[no-untyped-def]
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))


@pytest.fixture
def assistant(section: Section) -> User:
    helper = factories.make_user("Ravi")
    factories.add_member(section, helper, Role.ASSISTANT)
    return helper


def test_the_tracking_page_leads_to_all_of_them(section, work, teacher, as_user):
    page = as_user(teacher).get(reverse("classroom:tracking", args=[section.pk])).content.decode()
    for name in ("class_facts", "class_questions", "class_coverage"):
        assert f'href="{address(name, section)}"' in page
    assert f'href="{address("class_marks", section)}"' not in page


@pytest.mark.parametrize("name", PAGES)
def test_before_anything_is_handed_in_a_page_says_what_to_do(section, teacher, as_user, name: str):
    page = as_user(teacher).get(address(name, section)).content.decode()
    assert f'href="{reverse("classroom:section", args=[section.pk])}">See what is set' in page


def test_the_page_says_what_is_known_mistaken_taught_discussed_and_never_asked(
    section, work: Asked, teacher, alice, bob, as_user
):
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {KEEPER: {"option": "a"}, NIGHTS: {"number": "900"}})
    page = as_user(teacher).get(address("class_facts", section)).content.decode()
    shown = text(page)
    assert "2 of 4 (4 answers only)" in shown
    assert "“Ada Lund”, once" in shown
    assert "1 as a source says (Coast Post)" in shown
    assert "The storm (opened by 0)" in shown
    assert "The lens came by sea. never asked" in shown
    assert 'class="badge standing disputed"' in page
    assert "Where fewer than 5 were asked, no share is told" in shown


def test_the_map_draws_each_mark_and_names_itself(section, work: Asked, teacher, alice, bob, as_user):
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {KEEPER: {"option": "a"}, BOTH: {"pairs": {"p1": "o2", "p2": "o1"}}})
    page = as_user(teacher).get(address("class_facts", section)).content.decode()
    drawn = page.partition('<svg class="picture heat-map"')[2].partition("</svg>")[0]
    assert 'aria-label="Heat map of the class by fact. ' in drawn
    assert "2 facts by 2 students" in drawn
    # The last of his answers stands for each: nothing clear of the keeper, nor of the nights.
    assert drawn.count('class="heat-known"') == drawn.count('class="heat-unclear"') == 1
    assert re.findall(r'class="heat-known" d="(.*?)"', drawn)[0].count("M") == 2
    assert 'class="heat-mistaken"' not in drawn
    assert "style=" not in drawn


def test_a_name_cannot_act_in_the_map_or_in_its_table(section, work: Asked, teacher, alice, as_user):
    alice.name = "<img src=x>"
    alice.save()
    hand_in(work.quiz, alice, RIGHT)
    for name in ("class_facts", "class_marks"):
        page = as_user(teacher).get(address(name, section)).content.decode()
        assert "&lt;img" in page
        assert "<img" not in page


def test_the_map_written_out_has_each_students_last_answer(section, work: Asked, teacher, alice, bob, as_user):
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {BOTH: RIGHT[BOTH]})
    shown = text(as_user(teacher).get(address("class_marks", section)).content.decode())
    assert "Mara Quill kept the lamp. ■ known ■ known" in shown
    rows = table(as_user(teacher).get(address("class_marks_file", section, "csv")))
    assert rows[0][2:] == [f"Alice [{alice.username}]", f"Bob [{bob.username}]"]
    assert [row[2:] for row in rows[1:]] == [["known", "known"], ["known", "known"]]


def test_an_assistant_sees_answers_and_sums_and_no_students_marks(
    section, work: Asked, assistant, teacher, alice, as_user
):
    hand_in(work.quiz, alice, {KEEPER: {"option": "a"}})
    client = as_user(assistant)
    page = client.get(address("class_facts", section)).content.decode()
    assert "heat-map" not in page
    assert address("class_marks", section) not in page
    fact = address("class_fact", section, work.keeper.film.key, "keeper")
    assert "Ada Lund" in client.get(fact).content.decode()
    assert "badge fact-mark" not in client.get(fact).content.decode()
    assert "badge fact-mark mistaken" in as_user(teacher).get(fact).content.decode()


def test_a_facts_page_says_who_answered_what(section, work: Asked, teacher, alice, bob, as_user):
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {NIGHTS: {"number": "900"}})
    page = as_user(teacher).get(address("class_fact", section, work.nights.film.key, "nights")).content.decode()
    shown = text(page)
    assert "Right answer: 1,000 nights" in shown
    assert "Bob 900 nights as a source says Coast Post" in shown
    assert "Alice 1000 nights known" in shown
    assert reverse("quizzes:responses", args=[work.quiz.assignment_id]) in page


def test_a_fact_that_was_never_asked_offers_to_draft_a_question(section, work: Asked, teacher, as_user):
    page = as_user(teacher).get(address("class_fact", section, work.lens.film.key, "lens")).content.decode()
    assert f'{reverse("quizzes:draft_new", args=[work.lens.film.key])}?fact=lens"' in page
    reply = as_user(teacher).get(address("class_fact", section, work.lens.film.key, "no-such-fact"))
    assert reply.status_code == 404


def test_an_erased_students_answers_are_named_nowhere(section, work: Asked, teacher, alice, bob, as_user):
    hand_in(work.quiz, alice, RIGHT)
    hand_in(work.quiz, bob, {KEEPER: {"option": "a"}})
    User.objects.filter(pk=bob.pk).update(is_stand_in=True, name="", username="erased-1")
    section.memberships.filter(user=bob).update(ended_at=factories.NOW)
    client = as_user(teacher)
    fact = text(client.get(address("class_fact", section, work.keeper.film.key, "keeper")).content.decode())
    assert "2 of 4" in fact
    assert "Ada Lund" not in fact
    for name in PAGES:
        page = client.get(address(name, section)).content.decode()
        assert "erased-1" not in page
        assert f"/students/{bob.pk}/" not in page


def test_who_wrote_in_a_sealed_thread_is_on_none_of_them(section, teacher, alice, as_user):
    work = make_class_work(section, names=Thread.Names.SEALED)
    factories.make_post(work.thread, alice, body="Sealed words.", state=Post.State.PUBLISHED)
    hand_in(work.quiz, alice, RIGHT)
    pages = [address(name, section) for name in PAGES]
    pages.append(address("class_fact", section, work.lens.film.key, "lens"))
    for page in pages:
        assert "Sealed words." not in as_user(teacher).get(page).content.decode()


def test_each_of_them_is_a_read_of_the_classs_records(section, work: Asked, teacher, as_user):
    pages = [address(name, section) for name in PAGES] + [address("class_facts_file", section, "csv")]
    for page in pages:
        as_user(teacher).get(page)
    events = AuditEvent.objects.filter(kind=AuditEvent.Kind.RECORD_READ, by=teacher)
    assert [(each.subject_type, each.subject_id) for each in events] == [("classroom.section", section.pk)] * len(pages)


def test_files_have_what_the_pages_show_and_no_cell_acts(section, work: Asked, teacher, alice, as_user):  # trust 22
    work.nights.statement = "=1+1"
    work.nights.save()
    hand_in(work.quiz, alice, {KEEPER: {"option": "a"}})
    client = as_user(teacher)
    head, *rows = table(client.get(address("class_facts_file", section, "csv")))
    shown = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Fact"] for row in shown] == ["'=1+1", "Mara Quill kept the lamp.", "The lens came by sea."]
    assert (shown[1]["Mistaken"], shown[1]["Most often mistaken"], shown[1]["Asked"]) == ("1", "Ada Lund", "2")
    assert shown[2]["Discussed in"] == "Talk"
    only = table(client.get(address("class_facts_file", section, "csv"), {"show": "mistaken"}))
    assert [row[2] for row in only[1:]] == ["Mara Quill kept the lamp."]
    _head, *questions = table(client.get(address("class_questions_file", section, "csv")))
    assert len(questions) == 3
    _head, lesson, topic, *untaught = table(client.get(address("class_coverage_file", section, "csv")))
    assert (lesson[0], topic[0], [row[1] for row in untaught]) == ("lesson", "topic", ["Mara Quill kept the lamp."])
    for name in PAGES:
        reply = client.get(address(f"{name}_file", section, "xlsx"))
        assert reply.content.startswith(b"PK")
        assert client.get(address(f"{name}_file", section, "exe")).status_code == 404


def test_a_choice_that_is_not_there_is_said_to_be_wrong(section, work: Asked, teacher, alice, as_user):
    hand_in(work.quiz, alice, RIGHT)
    page = as_user(teacher).get(address("class_facts", section), {"quiz": "9999999"}).content.decode()
    assert "Select a valid choice" in page
    assert "Mara Quill kept the lamp." in page


@pytest.mark.parametrize("name", [*PAGES, "class_fact"])
def test_the_number_of_queries_does_not_grow_with_students_or_facts(
    section, work: Asked, teacher, alice, bob, as_user, count_queries, name: str
):
    page = address(name, section, *([work.keeper.film.key, "keeper"] if name == "class_fact" else []))
    hand_in(work.quiz, alice, RIGHT)
    few = count_queries(as_user(teacher), page)
    film = work.keeper.film
    for student in (bob, *(factories.make_user(each) for each in ("Dina", "Eli", "Fay"))):
        if student != bob:
            factories.add_member(section, student)
        hand_in(work.quiz, student, {KEEPER: {"option": "a"}, NIGHTS: {"number": "900"}})
    facts = [factories.make_fact(film) for _each in range(3)]
    more = factories.make_quiz(film, [factories.make_question(film, facts=(fact,)) for fact in facts])
    hand_in(factories.make_quiz_assignment(section, more), alice, {1: {"option": "a"}})
    assert count_queries(as_user(teacher), page) == few
    # The session, the user, and the line in the log of reads aside.
    assert few - 3 <= 10
