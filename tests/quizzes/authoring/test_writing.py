"""Writing questions by hand: a form for each type that keeps what was typed, and a preview without the key."""

from typing import Any

import pytest
from django.test import Client

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.authoring import actions as authoring
from quizzes.authoring.writing import SHEETS
from quizzes.bank import actions
from quizzes.bank.models import Question
from quizzes.grading import QUESTION_TYPES, grade
from tests import factories

COMMON = {"stem": "What is told of the island?", "points": "2", "explanation": "See the passage.", "facts": ""}

# What is typed for each type, and an answer that earns all of it
WRITTEN: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    "choice": ({"right": "Sylt", "wrong": "Amrum\n50%: a North Frisian island"}, {"option": "o1"}),
    "which-source": ({"right": "Harbour News", "wrong": "The Log\nThe Bell"}, {"option": "o1"}),
    "multiple": (
        {
            "right": "70%: Sylt\n30%: Amrum",
            "wrong": "-50%: Rügen",
            "scoring": "weights",
            "below_zero": "on",
        },
        {"options": ["o1", "o2"]},
    ),
    "true-false": ({"correct": "false", "penalty": "50"}, {"value": False}),
    "short": ({"accept": "Sylt*\nAmrum", "reject": "Sylter", "wildcards": "on", "typos": "on"}, {"text": "sylt"}),
    "numeric": (
        {"value": "2,500", "off": "10%", "unit": "day", "units": "week = 7", "unit_cost": ""},
        {"number": "2600"},
    ),
    "date": ({"date": "3 April 1911", "partial": "on"}, {"date": "1911-04-03"}),
    "matching": (
        {"pairs": "father = Ann\nmother = Ben", "extra": "Cy", "scoring": "per-pair"},
        {"pairs": {"p1": "o1", "p2": "o2"}},
    ),
    "ordering": ({"items": "Built\nLit\nSold", "scoring": "position"}, {"order": ["i1", "i2", "i3"]}),
    "blanks": (
        {
            "text": "Kept for [[1]] by [[2]].",
            "gap-1-type": "numeric",
            "gap-1-right": "81",
            "gap-1-off": "5",
            "gap-1-unit": "day",
            "gap-1-points": "2",
            "gap-2-type": "choice",
            "gap-2-right": "Ann",
            "gap-2-wrong": "Ben\nCy",
            "gap-2-points": "",
        },
        {"gaps": {"1": {"number": "80"}, "2": {"option": "o1"}}},
    ),
    "short-text": ({"rubric": "2 = Names a source\n1.5 = Weighs it", "most_words": "40"}, None),
    "essay": ({"rubric": "2 = Names a source", "model": "It may say...", "least_words": "50"}, None),
}


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def write(client: Client, film: Film, question_type: str, **changed: str) -> Any:
    typed = WRITTEN[question_type][0]
    return client.post(f"/bank/{film.key}/questions/new/{question_type}/", {**COMMON, **typed, **changed})


def test_every_type_can_be_written() -> None:
    assert set(SHEETS) == set(WRITTEN) == set(QUESTION_TYPES)


@pytest.mark.parametrize("question_type", WRITTEN)
def test_a_question_is_written_shown_and_written_anew(as_teacher: Client, film: Film, question_type: str) -> None:
    assert as_teacher.get(f"/bank/{film.key}/questions/new/{question_type}/").status_code == 200
    reply = write(as_teacher, film, question_type)
    question = Question.objects.get()
    assert reply.status_code == 302
    version = question.versions.get()
    assert question.published is None
    assert (version.type, version.points) == (question_type, 2)
    right = WRITTEN[question_type][1]
    if right is not None:
        assert grade(question_type, version.content, version.answer_key.key, right).fraction == 1
    else:
        assert grade(question_type, version.content, version.answer_key.key, {"text": "So."}).pending
    assert COMMON["stem"] in as_teacher.get(f"/questions/{question.pk}/").content.decode()
    # What the form is filled with makes the same question again, with the same ids.
    form = as_teacher.get(f"/questions/{question.pk}/rewrite/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    data = {name: "on" if value is True else value for name, value in sent.items() if value not in (None, False)}
    assert as_teacher.post(f"/questions/{question.pk}/rewrite/", data).status_code == 302
    again = question.versions.get(number=2)
    assert (again.content, again.answer_key.key) == (version.content, version.answer_key.key)
    preview = as_teacher.get(f"/questions/{question.pk}/as-student/").content.decode()
    assert "See the passage" not in preview
    assert "Names a source" not in preview


@pytest.mark.parametrize(
    ("question_type", "changed", "reason"),
    [
        ("choice", {"wrong": ""}, "This field is required"),
        ("choice", {"wrong": "Sylt "}, "read the same"),
        ("choice", {"wrong": "-50%: Amrum"}, "below zero"),
        ("choice", {"points": "0"}, "more than nothing"),
        ("choice", {"facts": "no-such-fact"}, "no fact “no-such-fact”"),
        ("multiple", {"right": "Sylt"}, "needs a weight"),
        ("short", {"reject": "Amrum"}, "both accepted and rejected"),
        ("numeric", {"value": "many"}, "“many” is not a number"),
        ("numeric", {"least": "1"}, "either a value or a range"),
        ("numeric", {"units": "week 7"}, "lacks its “=”"),
        ("date", {"date": "some day"}, "some day"),
        ("matching", {"pairs": "father\nmother = Ben"}, "“father” lacks its “=”"),
        ("ordering", {"items": "Built"}, "list of 2"),
        ("blanks", {"text": "No gap."}, "1 to 20"),
        ("blanks", {"gap-1-right": "8\n9"}, "Gap 1: A number or a date stands on one line"),
        ("essay", {"rubric": "Names a source"}, "lacks its “=”"),
        ("essay", {"rubric": "0 = Names a source"}, "more than nothing"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    as_teacher: Client, film: Film, question_type: str, changed: dict[str, str], reason: str
) -> None:
    reply = write(as_teacher, film, question_type, **changed)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert reason in page
    assert COMMON["stem"] in page
    assert not Question.objects.exists()


def test_a_new_gap_asks_what_belongs_in_it(as_teacher: Client, film: Film) -> None:
    page = as_teacher.post(f"/bank/{film.key}/questions/new/blanks/", {**COMMON, "text": "In [[1]] and [[2]]."})
    assert page.status_code == 200
    body = page.content.decode()
    assert "Now say what belongs in each gap" in body
    assert "This field is required" not in body
    assert "In [[1]] and [[2]]." in body
    assert 'name="gap-1-right"' in body
    assert 'name="gap-2-type"' in body


def test_what_a_gap_has_no_field_for_stays_when_it_is_written_anew(
    as_teacher: Client, film: Film, teacher: User
) -> None:
    gaps = [("1", "short", {}), ("2", "date", {"precision": "year"}), ("3", "numeric", {"unit": "day"})]
    content = {
        "text": "[[1]] [[2]] [[3]]",
        "gaps": [{"id": each, "type": type, "content": held} for each, type, held in gaps],
    }
    keys = {
        "1": {"accept": ["lamp*"], "wildcards": True, "case": True},
        "2": {"value": "1811", "partial": False},
        "3": {"least": 5, "most": 7},
    }
    key = {"gaps": {each: {"key": held, "points": 1} for each, held in keys.items()}}
    question = factories.make_question(film, type="blanks", content=content, key=key, owner=teacher)
    page = f"/questions/{question.pk}/rewrite/"
    form = as_teacher.get(page).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) is not None}
    reply = as_teacher.post(page, {**typed, "stem": "Anew?", "hints": "", "gap-2-right": "1812"}, follow=True)
    assert "Version 2 is saved" in reply.content.decode()
    made = question.versions.get(number=2)
    keys["2"]["value"] = "1812"
    assert made.answer_key.key["gaps"] == {each: {"key": held, "points": 1} for each, held in keys.items()}


def test_nobody_rewrites_a_question_that_is_not_theirs(as_teacher: Client, film: Film) -> None:
    kits, others = factories.make_question(film), factories.make_question(film, owner=factories.make_teacher("Other"))
    for question in (kits, others):
        assert as_teacher.get(f"/questions/{question.pk}/rewrite/").status_code == 404
    assert as_teacher.get(f"/bank/{film.key}/questions/new/riddle/").status_code == 404


def test_a_readings_wording_is_right_and_a_true_option_is_not_called_wrong(as_teacher: Client, film: Film) -> None:
    factories.make_fact(
        film,
        key="island",
        statement="The mill stood on Sylt.",
        subject="the mill",
        attribute="island",
        value="Sylt",
        value_type="place",
        unit="",
        accept=["Söl"],
        use="score",
        standing="single-source",
    )
    choice = {"right": "Sylt", "wrong": "Amrum\nSöl", "facts": "island", "stem": "On which island did the mill stand?"}
    assert write(as_teacher, film, "choice", **choice).status_code == 302
    key = Question.objects.get().versions.get().answer_key.key
    assert key == {"correct": "o1", "weights": {"o3": 1}}
    short = {"accept": "Sylt", "reject": "Söl", "wildcards": "", "facts": "island", "stem": choice["stem"]}
    assert "is called wrong" in write(as_teacher, film, "short", **short).content.decode()
    assert write(as_teacher, film, "short", **{**short, "reject": "Amrum"}).status_code == 302
    key = Question.objects.order_by("pk").last().versions.get().answer_key.key  # type: ignore[union-attr]
    assert key["accept"] == ["Sylt", "Söl"]


@pytest.mark.parametrize("form", ["rewrite", "edit", "reword"])
def test_a_save_from_a_tab_that_is_behind_is_told_and_shows_both(as_teacher, film: Film, teacher, form: str) -> None:
    # trust 10
    question = factories.make_question(film, owner=teacher)
    path = f"/questions/{question.pk}/{form}/"
    page = as_teacher.get(path)
    assert 'action="?on=1"' in page.content.decode()
    given = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    given |= {name: each.initial for name, each in page.context["form"].fields.items() if each.initial is not None}
    content, key = question.published.content, question.published.answer_key
    common = {"question": question, "content": content, "explanation": "Theirs.", "hints": [], "by": teacher}
    if form == "reword":
        actions.reword(version=question.published, stem="Theirs?", at=factories.NOW, **common)
    else:
        actions.add_version(type="choice", stem="Theirs?", key=key.key, points=1, facts=[], at=factories.NOW, **common)
    reply = as_teacher.post(f"{path}?on=1", {**given, "stem": "Mine?"})
    text = reply.content.decode()
    assert reply.status_code == 409
    assert "Theirs?" in text
    assert "Mine?" in text
    assert 'action="?on=2"' in text
    assert question.versions.count() == 2
    assert as_teacher.post(f"{path}?on=2", {**given, "stem": "Mine?"}).status_code == 302
    assert question.versions.order_by("-number")[0].stem == "Mine?"


def test_of_two_new_versions_at_once_the_second_is_refused(film: Film, teacher: User) -> None:
    question = factories.make_question(film, owner=teacher)
    version = question.published
    given = {"question": question, "version": version, "explanation": "", "hints": [], "options": {}, "by": teacher}
    authoring.save_edit(stem="First?", at=factories.NOW, after=1, **given)
    with pytest.raises(actions.StaleQuestion):
        authoring.save_edit(stem="Second?", at=factories.NOW, after=1, **given)
    assert question.versions.count() == 2
