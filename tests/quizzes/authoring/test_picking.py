"""Looking for the facts of a hand-written question, and what of its key they prove or leave open."""

from typing import Any

import pytest
from django.test import Client

from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.bank.models import Question
from tests import factories
from tests.quizzes.authoring.test_writing import COMMON, WRITTEN

pytestmark = pytest.mark.django_db


@pytest.fixture
def film() -> Film:
    return factories.make_film()


@pytest.fixture
def keeper(film: Film) -> Fact:
    return factories.make_fact(
        film,
        key="keeper",
        statement="Mara Quill kept the lamp.",
        subject="the lamp",
        attribute="keeper",
        value="Mara Quill",
        value_type="person",
        unit="",
    )


@pytest.fixture
def tess(as_user, teacher: User) -> Client:  # type: ignore[no-untyped-def]
    return as_user(teacher)


def send(client: Client, film: Film, question_type: str, **more: str) -> Any:
    stem = {"stem": "What does Harbour News tell of the island?"}
    typed = {**COMMON, **stem, **WRITTEN[question_type][0], **more}
    return client.post(f"/bank/{film.key}/questions/new/{question_type}/", typed, follow=True)


def test_facts_are_found_by_words_and_shown_with_their_standing(tess: Client, film: Film, keeper: Fact) -> None:
    html = send(tess, film, "multiple", do="find", find="Quill lamp").content.decode()
    assert "1 fact found." in html
    assert keeper.get_standing_display() in html
    assert f'value="take:{keeper.key}"' in html
    assert "No fact of" not in html
    assert "0 facts found." in send(tess, film, "multiple", do="find", find="Zebra").content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize("question_type", WRITTEN)
def test_a_fact_is_taken_and_left_and_nothing_that_was_typed_is_lost(
    tess: Client, film: Film, keeper: Fact, question_type: str
) -> None:
    taken = send(tess, film, question_type, do="take:keeper", stem="", points="x").context["form"]
    assert taken["facts"].value() == "keeper"
    assert taken["points"].value() == "x"
    assert not taken.is_bound
    typed = WRITTEN[question_type][0]
    assert {name: taken[name].value() for name in typed if name != "below_zero"} == {
        name: value if value != "on" else True for name, value in typed.items() if name != "below_zero"
    }
    left = send(tess, film, question_type, do="drop:keeper", facts="keeper").context["form"]
    assert left["facts"].value() == ""
    assert not Question.objects.exists()


def test_an_unticked_box_stays_unticked_while_somebody_looks_for_facts(tess: Client, film: Film) -> None:
    typed = {name: value for name, value in WRITTEN["short"][0].items() if name != "typos"}
    reply = tess.post(f"/bank/{film.key}/questions/new/short/", {**COMMON, **typed, "do": "find", "find": "x"})
    assert reply.context["form"]["typos"].value() is False


def test_enter_in_the_search_looks_and_does_not_save(tess: Client, film: Film, keeper: Fact) -> None:
    assert "1 fact found." in send(tess, film, "true-false", find="Quill", found="").content.decode()
    assert not Question.objects.exists()
    send(tess, film, "true-false", find="Quill", found="Quill")
    assert Question.objects.count() == 1
    send(tess, film, "true-false", find="", found="Quill")
    assert Question.objects.count() == 2


def test_what_could_not_be_checked_is_said_when_it_is_saved(tess: Client, film: Film, keeper: Fact) -> None:
    assert "It rests on no fact, so nothing of its key is checked" in send(tess, film, "multiple").content.decode()
    assert "is checked" not in send(tess, film, "essay").content.decode()
    html = send(tess, film, "multiple", facts="keeper", right="70%: Mara Quill\n30%: Amrum").content.decode()
    assert "says “Amrum”: that it is right is not checked." in html
    assert "says “Mara Quill”" not in html
    html = send(
        tess, film, "matching", facts="keeper", pairs="keeper of the lamp = Mara Quill\nowner = Ben"
    ).content.decode()
    assert "that “Ben” goes with “owner”: the pair is not checked." in html
    assert "that “Mara Quill” goes with" not in html
    blanks = {"text": "Kept by [[1]] and [[2]].", "gap-1-type": "short", "gap-1-right": "Mara Quill"}
    html = send(tess, film, "blanks", facts="keeper", **blanks).content.decode()
    assert "Gap 2: No fact that it rests on says “Ann”" in html
    assert "Gap 1" not in html.partition("<h1")[0]


@pytest.mark.parametrize(
    ("question_type", "typed", "reason"),
    [
        ("multiple", {"right": "70%: Mara Quill\n30%: Amrum", "wrong": "-50%: M. Quill"}, "Quill"),
        ("matching", {"pairs": "keeper of the lamp = Mara Quill\nowner = Ben", "extra": "Old Mara"}, "goes with"),
        (
            "blanks",
            {"text": "By [[1]].", "gap-1-type": "short", "gap-1-right": "Mara Quill", "gap-1-wrong": "Old Mara"},
            "is called wrong",
        ),
    ],
)
def test_what_a_fact_proves_to_be_right_may_not_stand_as_wrong(
    tess: Client, film: Film, keeper: Fact, question_type: str, typed: dict[str, str], reason: str
) -> None:
    Fact.objects.filter(pk=keeper.pk).update(accept=["Old Mara", "M. Quill"])
    reply = send(tess, film, question_type, facts="keeper", **typed)
    assert reply.status_code == 422
    assert reason in str(reply.context["form"].errors)
    assert not Question.objects.exists()


def test_looking_for_facts_keeps_the_version_at_which_one_began(tess: Client, film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    page = f"/questions/{question.pk}/rewrite/"
    html = tess.post(f"{page}?on=1", {"stem": "Who?", "do": "find", "find": "x"}).content.decode()
    assert 'formaction="?on=1#find-facts"' in html
    assert 'action="?on=1"' in html
