"""Drafting from the database's facts, and changing questions with their options proved again."""

import pytest
from django.test import Client

from classroom.library.models import Fact, Film
from classroom.people.models import User
from quizzes.authoring import draft
from quizzes.authoring.blueprint import Blueprint
from quizzes.authoring.editing import read_option
from quizzes.authoring.queries import ledger_of
from quizzes.bank import actions as bank
from quizzes.bank.models import Question, QuestionVersion
from tests import factories
from tests.factories import NOW

PLACES = ("Amrum", "Borkum", "Juist", "Pellworm", "Sylt")


def island(film: Film, name: str, thing: str, **fields) -> Fact:
    return factories.make_fact(
        film,
        key=f"{thing.split()[-1]}-island",
        statement=f"The {thing} stood on {name}.",
        subject=f"the {thing}",
        attribute="island",
        value=name,
        value_type="place",
        unit="",
        kind="island",
        use=fields.pop("use", Fact.Use.SCORE),
        standing=Fact.Standing.SINGLE_SOURCE,
        **fields,
    )


@pytest.fixture
def film(db: None) -> Film:
    film = factories.make_film()
    for name, thing in zip(PLACES, ("white lighthouse", "old chapel", "school", "harbour bell", "mill"), strict=True):
        island(film, name, thing)
    return film


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def test_the_ledger_holds_facts_sources_and_terms(film: Film) -> None:
    ledger = ledger_of(film)
    assert ledger.facts["mill-island"].value.text == "Sylt"
    assert ledger.bearing_sources(ledger.facts["mill-island"]) == ("harbour-news",)
    assert ledger.source_name("harbour-news") == "Harbour News"


def test_the_ledger_takes_a_fixed_number_of_queries(film: Film, django_assert_num_queries) -> None:
    with django_assert_num_queries(4):
        ledger_of(film)
    for number in range(3):
        factories.make_fact(film, subject=f"thing {number}")
    with django_assert_num_queries(4):
        ledger_of(film)


def test_facts_are_found_and_their_drafts_shown(as_teacher: Client, film: Film) -> None:
    page = as_teacher.get(f"/bank/{film.key}/draft/", {"q": "mill"}).content.decode()
    assert "1 fact found" in page
    first, second = (
        as_teacher.get(f"/bank/{film.key}/draft/", {"fact": "mill-island"}).context["found"] for _each in range(2)
    )
    assert {view.draft.question for view in first.drafts} >= {"mill-island-choice", "mill-island-short"}
    assert first == second


def test_a_refusal_is_shown_with_its_reason(as_teacher: Client, film: Film) -> None:
    island(film, "Norderney", "lost signal", use=Fact.Use.DISCUSS)
    page = as_teacher.get(f"/bank/{film.key}/draft/", {"fact": "signal-island"}).content.decode()
    assert "is for discussion only" in page
    assert "These facts yield no question." in page


def test_ticked_drafts_are_kept_once_and_unpublished(as_teacher: Client, film: Film, teacher: User) -> None:
    sent = {"fact": ["mill-island"], "seed": "0", "keep": ["mill-island-choice", "no-such-draft"]}
    assert as_teacher.post(f"/bank/{film.key}/draft/", sent).status_code == 302
    question = Question.objects.get()
    assert (question.owner, question.published) == (teacher, None)
    version = question.versions.get()
    assert [fact.key for fact in version.facts.all()] == ["mill-island"]
    right = version.answer_key.key["correct"]
    assert next(entry["text"] for entry in version.content["options"] if entry["id"] == right) == "Sylt"
    assert "Harbour News" in version.answer_key.explanation
    assert "Nothing was kept" in as_teacher.post(f"/bank/{film.key}/draft/", sent).content.decode()
    assert Question.objects.count() == 1


def test_hostile_picks_yield_nothing(as_teacher: Client, film: Film) -> None:
    for sent in ({"fact": ["x" * 500, "' OR 1=1"]}, {"fact": "mill-island", "seed": "9" * 99}, {"seed": "-1"}):
        assert as_teacher.get(f"/bank/{film.key}/draft/", sent).status_code == 200
        assert as_teacher.post(f"/bank/{film.key}/draft/", sent | {"keep": "x"}).status_code == 200
    assert not Question.objects.exists()


@pytest.fixture
def question(film: Film, teacher: User) -> Question:
    """Tess's published choice question on the island of the mill, with options that were proved."""
    made = draft(
        Blueprint(
            key="mill-choice",
            type="choice",
            stem="On which island did the mill stand?",
            fact="mill-island",
            distractors=("Amrum", "Borkum", "Juist"),
        ),
        ledger_of(film),
        1,
    )
    question = Question.objects.create(film=film, key="mill-choice", owner=teacher)
    version = bank.add_version(
        question=question, type=made.type, stem=made.stem, content=made.content, key=made.key, explanation="Because.",
        points=1, facts=Fact.objects.filter(key="mill-island"), by=teacher, at=NOW,
    )  # fmt: skip
    bank.publish(question=question, version=version, by=teacher, at=NOW)
    return question


def sent(question: Question, **changed: str) -> dict[str, str]:
    """The edit form as the page gives it, with some texts changed by the text that stands there."""
    version = question.versions.order_by("-number").first()
    assert version is not None
    right = version.answer_key.key["correct"]
    fields = {"stem": version.stem, "explanation": "Because."}
    for entry in version.content["options"]:
        if entry["id"] != right:
            fields[f"option-{entry['id']}"] = changed.get(entry["text"], entry["text"])
    return fields | {name: value for name, value in changed.items() if name in fields}


def test_hints_are_kept_from_version_to_version_a_line_each(as_teacher: Client, question: Question) -> None:
    edit = f"/questions/{question.pk}/edit/"
    typed = "It lies in the north.\n\n  Its name has five letters. "
    reply = as_teacher.post(edit, sent(question) | {"hints": typed})
    assert reply.status_code == 302
    kept = QuestionVersion.objects.latest("pk")
    assert kept.answer_key.hints == ["It lies in the north.", "Its name has five letters."]
    page = as_teacher.get(f"{reply.url}edit/").content.decode()
    assert "It lies in the north.\nIts name has five letters." in page
    assert "Its name has five letters." in as_teacher.get(reply.url).content.decode()
    assert as_teacher.post(edit, sent(question) | {"hints": "\n".join("abcdef")}).status_code == 422


def test_an_edit_adds_the_next_version_as_a_draft(as_teacher: Client, question: Question) -> None:
    edit = f"/questions/{question.pk}/edit/"
    assert as_teacher.get(edit).status_code == 200
    data = sent(question, Amrum="Pellworm", stem="The mill stood on which island?")
    assert as_teacher.post(edit, data).url == f"/questions/{question.pk}/"
    first, second = question.versions.order_by("number")
    assert second.stem == "The mill stood on which island?"
    assert {entry["text"] for entry in second.content["options"]} == {"Sylt", "Pellworm", "Borkum", "Juist"}
    assert second.answer_key.key == first.answer_key.key
    assert list(second.facts.all()) == list(first.facts.all())
    question.refresh_from_db()
    assert question.published == first


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"Amrum": "Sylt"}, "true, or nearly true, by Harbour News"),
        ({"Amrum": "sylt "}, "true, or nearly true, by Harbour News"),
        ({"Amrum": "Borkum"}, "given twice"),
        ({"stem": "Did the mill stand on Amrum, or on which island?"}, "stands in the stem itself"),
        ({"stem": "The mill on Sylt stood on which island?"}, "gives the right answer away"),
    ],
)
def test_a_wrong_option_that_fails_its_proof_is_refused_beside_it(
    as_teacher: Client, question: Question, changed: dict[str, str], reason: str
) -> None:
    data = sent(question, **changed)
    reply = as_teacher.post(f"/questions/{question.pk}/edit/", data)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert reason in page
    for typed in data.values():
        assert typed.strip() in page
    assert question.versions.count() == 1


def test_a_stem_that_loses_its_source_is_refused(as_teacher: Client, film: Film, question: Question) -> None:
    Fact.objects.filter(key="mill-island").update(use=Fact.Use.ATTRIBUTED)
    reply = as_teacher.post(f"/questions/{question.pk}/edit/", sent(question))
    assert "only where the stem names its source (Harbour News)" in reply.content.decode()
    named = sent(question, stem="According to Harbour News, on which island did the mill stand?")
    assert as_teacher.post(f"/questions/{question.pk}/edit/", named).status_code == 302


def test_a_kits_question_is_copied_and_not_changed(as_teacher: Client, question: Question, teacher: User) -> None:
    Question.objects.filter(pk=question.pk).update(owner=None)
    as_teacher.post(f"/questions/{question.pk}/edit/", sent(question, Amrum="Pellworm"))
    assert question.versions.count() == 1
    copy = Question.objects.get(owner=teacher)
    assert copy.versions.get().number == 1
    assert copy.published is None


def test_anothers_question_is_not_there_to_change(as_user, question: Question) -> None:
    other = as_user(factories.make_teacher("Other"))
    assert other.get(f"/questions/{question.pk}/edit/").status_code == 404
    assert other.post(f"/questions/{question.pk}/edit/", sent(question)).status_code == 404


@pytest.mark.parametrize(
    ("text", "fields", "shown"),
    [
        ("5,000 names", {"value": 81, "value_type": "count", "unit": "name"}, 5000),
        ("three months", {"value": 81, "value_type": "duration", "unit": "day"}, 3),
        ("3 April 2011", {"value": "2011-06-22", "value_type": "date", "unit": ""}, "2011-04-03"),
        ("Lu Qing", {"value": "Gao Ying", "value_type": "person", "unit": ""}, "Lu Qing"),
    ],
)
def test_options_are_read_as_people_write_them(film: Film, text: str, fields: dict, shown: object) -> None:
    fact = factories.make_fact(film, **fields)
    assert read_option(text, fact.typed_value).plain() == shown
