"""Feedback as teachers write it: kept with the version, found again in every form, refused where no answer earns it."""

from typing import Any

import pytest
from django.test import Client

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Question
from tests import factories
from tests.quizzes.authoring.test_writing import WRITTEN, write

# By type what is typed under "Said to single answers", and what is kept of it
TYPED: dict[str, tuple[str, list[dict[str, str]]]] = {
    "choice": (
        "Amrum => That lies beside it.\nLook at the map again.\n\na North Frisian island => True as far as it goes.",
        [
            {"to": "o2", "text": "That lies beside it.\nLook at the map again."},
            {"to": "o3", "text": "True as far as it goes."},
        ],
    ),
    "which-source": ("the log => It says nothing of it.", [{"to": "o2", "text": "It says nothing of it."}]),
    "multiple": ("Rügen => That is the Baltic.", [{"to": "o3", "text": "That is the Baltic."}]),
    "true-false": ("true => Look again.", [{"to": "true", "text": "Look again."}]),
    "short": ("*bell* => That hangs elsewhere.", [{"to": "*bell*", "text": "That hangs elsewhere."}]),
    "numeric": (
        "18 => The year.\n5..7 => Too few.",
        [{"to": "18", "text": "The year."}, {"to": "5..7", "text": "Too few."}],
    ),
    "date": ("April 1911 => Which day?", [{"to": "1911-04", "text": "Which day?"}]),
    "matching": ("father => Look again.", [{"to": "p1", "text": "Look again."}]),
    "ordering": ("", []),
    "blanks": (
        "2: ben => He came later.\n1: 18 => The year.",
        [{"to": "2/o2", "text": "He came later."}, {"to": "1/18", "text": "The year."}],
    ),
    "short-text": ("", []),
    "essay": ("", []),
}


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def sent_again(client: Client, address: str, **changed: str) -> Any:
    """The form at an address sent as it comes."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields} | changed
    return client.post(address, {name: "on" if value is True else value for name, value in sent.items() if value})


@pytest.mark.parametrize("question_type", WRITTEN)
def test_feedback_of_every_type_is_kept_and_stays_through_every_form(
    as_teacher: Client, film: Film, question_type: str
) -> None:
    typed, kept = TYPED[question_type]
    whole = {"right_said": "Just so.", "partly_said": "Nearly.", "wrong_said": "Not yet."}
    assert write(as_teacher, film, question_type, answers_said=typed, **whole).status_code == 302
    question = Question.objects.get()
    expected = {"right": "Just so.", "partly": "Nearly.", "wrong": "Not yet."} | ({"answers": kept} if kept else {})
    assert question.versions.get().answer_key.feedback == expected
    assert "Just so." in as_teacher.get(f"/questions/{question.pk}/").content.decode()
    assert as_teacher.post(f"/questions/{question.pk}/publish/").status_code == 302
    for number, form in enumerate(("rewrite", "edit", "reword"), 2):
        reply = sent_again(as_teacher, f"/questions/{question.pk}/{form}/")
        if form == "edit":  # what it says is published for the next form to change
            as_teacher.post(f"/questions/{question.pk}/publish/")
        assert reply.status_code == 302, (form, reply.context and reply.context["form"].errors)
        assert question.versions.get(number=number).answer_key.feedback == expected, form
    as_teacher.post(f"/questions/{question.pk}/duplicate/")
    assert Question.objects.exclude(pk=question.pk).get().versions.get().answer_key.feedback == expected


@pytest.mark.parametrize(
    ("question_type", "typed", "reason"),
    [
        ("choice", "Helgoland => No.", "is not among what can be answered"),
        ("choice", "Amrum", "is no answer with =&gt;"),
        ("choice", "Amrum =>", "is no answer with =&gt;"),
        ("choice", "Amrum => a\nAmrum => b", "answer the same"),
        ("numeric", "soon => No.", "is no number"),
        ("blanks", "18 => No.", "names no gap"),
        ("date", "soon => No.", ""),
    ],
)
def test_feedback_that_no_answer_earns_is_refused_and_nothing_typed_is_lost(
    as_teacher: Client, film: Film, question_type: str, typed: str, reason: str
) -> None:
    reply = write(as_teacher, film, question_type, answers_said=typed, wrong_said="Not yet.")
    assert reply.status_code == 422
    page = reply.content.decode()
    assert reason in page
    assert "Not yet." in page
    assert not Question.objects.exists()


def test_what_a_preview_without_a_key_shows_holds_no_feedback(as_teacher: Client, film: Film) -> None:  # trust 32
    write(as_teacher, film, "choice", answers_said="Amrum => canary-said", wrong_said="canary-wrong")
    page = as_teacher.get(f"/questions/{Question.objects.get().pk}/as-student/").content.decode()
    assert "Amrum" in page
    assert "canary" not in page


def test_an_option_that_is_reworded_keeps_its_feedback(as_teacher: Client, film: Film) -> None:
    write(as_teacher, film, "choice", answers_said="Amrum => That lies beside it.")
    question = Question.objects.get()
    as_teacher.post(f"/questions/{question.pk}/publish/")
    form = as_teacher.get(f"/questions/{question.pk}/reword/").context["form"]
    name = next(each for each, place in form.places.items() if place == "options/o2")
    reply = sent_again(as_teacher, f"/questions/{question.pk}/reword/", **{name: "Amrum, the island"})
    assert reply.status_code == 302
    question.refresh_from_db()
    assert question.published.content["options"][1]["text"] == "Amrum, the island"
    assert question.published.answer_key.feedback == {"answers": [{"to": "o2", "text": "That lies beside it."}]}
