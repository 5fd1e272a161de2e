"""A kit goes into the database whole or not at all, and a second load changes nothing."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from classroom.assignments.models import StepAnswer
from classroom.audit.models import AuditEvent
from classroom.discussions.models import Guideline, Prompt
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Citation, Conflict, Fact, Film, Passage, Source, Term, Topic
from classroom.people.models import User
from kits.export.document import export_document
from kits.load import KitHasProblems, Plan, State, load_kit, told
from kits.load.plan import Change
from quizzes.bank.models import Question, QuestionVersion, Quiz
from tests import factories
from tests.kits.conftest import KitFolder

pytestmark = pytest.mark.django_db

STORM, FILM, LESSON = "facts/storm.yaml", "facts/film.yaml", "lessons/the-storm.md"


def _load(kit: KitFolder, *, planned_only: bool = False) -> Plan:
    return load_kit(kit.path, tell=lambda _line: None, planned_only=planned_only)


def _told(plan: Plan) -> str:
    return "\n".join(told(plan, planned_only=False))


def _changes(plan: Plan, *states: State) -> list[tuple[str, str]]:
    return [(change.kind, change.key) for change in plan.changes if change.state in states]


def test_everything_in_the_files_is_in_the_database(kit: KitFolder) -> None:
    plan = _load(kit)
    film = Film.objects.get(key="the-lighthouse")
    assert (film.title, film.kit_version) == ("The Lighthouse", "1.0.0")
    assert "<p>We watch a film about a storm.</p>" in film.families_html
    counted = {
        model: model.objects.filter(film=film).count()
        for model in (Topic, Source, Fact, Conflict, Term, Prompt, Guideline, Lesson, Question, Quiz)
    }
    assert list(counted.values()) == [2, 3, 17, 2, 6, 3, 1, 2, 10, 2]
    assert Passage.objects.count() == 24
    assert Citation.objects.count() == 23
    assert {change.state for change in plan.changes} == {State.NEW}


def test_a_fact_keeps_all_that_the_file_says_of_it(kit: KitFolder) -> None:
    _load(kit)
    fact = Fact.objects.with_sources().get(key="sailors")
    assert (fact.value_text, fact.topic.key, fact.standing, fact.use) == (
        "41 sailors",
        "storm",
        "corroborated",
        "score",
    )
    first, second = sorted(fact.citations.all(), key=lambda citation: citation.position)
    assert (first.passage.source.key, first.passage.number, first.stance, first.value) == ("gazette", 7, "states", None)
    assert (second.stance, second.value, second.precision) == ("rounds", 40, "about")
    derived = Fact.objects.get(key="wait-for-broadcast")
    assert derived.derivation is not None
    assert derived.derivation["from"] == ["first-shown", "broadcast"]


def test_a_lesson_is_rendered_once_with_numbered_chips(kit: KitFolder) -> None:
    _load(kit)
    lesson = Lesson.objects.get(key="the-storm")
    kinds = list(lesson.steps.values_list("kind", flat=True))
    assert kinds == ["read", "look", "check", "discuss", "extension"]
    read = lesson.steps.get(position=1)
    assert read.body.startswith("The lamp burned")
    assert 'href="#fact-storm-days"' in read.body_html
    assert "one person" in read.teacher_html
    assert [fact.key for fact in read.facts.all()] == ["storm-days"]
    look = lesson.steps.get(position=2)
    assert look.conflict is not None
    assert (look.show, look.conflict.key) == ("conflict", "how-long-the-storm")
    assert lesson.steps.get(position=3).quiz_key == "the-storm-check"


def test_a_step_says_when_it_is_done_and_the_export_says_it_too(kit: KitFolder) -> None:
    kit.replace("lessons/the-film.md", "show: timeline\n", "show: timeline\ncompletion: 3 minutes\n")
    _load(kit)
    assert (
        dict(Step.objects.filter(lesson__key="the-film").values_list("title", "completion"))["In order"] == "3 minutes"
    )
    lessons = {each["key"]: each for each in export_document(Film.objects.get())["lessons"]}
    assert [step["completion"] for step in lessons["the-film"]["steps"]] == ["", "3 minutes", ""]
    assert not _load(kit).changes_anything


def test_questions_are_published_with_their_facts_and_their_key_apart(kit: KitFolder) -> None:
    _load(kit)
    version = Question.objects.get(key="storm-how-long").published
    assert version is not None
    texts = {option["id"]: option["text"] for option in version.content["options"]}
    assert set(texts.values()) == {"19 days", "3 days", "7 days", "90 days"}
    assert texts[version.answer_key.key["correct"]] == "19 days"
    assert [fact.key for fact in version.facts.all()] == ["storm-days"]
    assert "The Harbour Gazette, paragraph 6" in version.answer_key.explanation
    quiz = Quiz.objects.get(key="the-storm-check")
    assert quiz.lesson is not None
    assert quiz.lesson.key == "the-storm"
    keys = list(quiz.items.order_by("position").values_list("question__key", flat=True))
    assert keys == ["storm-how-long", "storm-who-says-month", "storm-sailors", "storm-1989", "storm-keepers"]


def test_a_second_load_changes_and_writes_nothing(kit: KitFolder) -> None:
    _load(kit)
    with CaptureQueriesContext(connection) as queries:
        plan = _load(kit)
    assert not plan.changes_anything
    assert "Nothing has changed." in _told(plan)
    writing = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in queries if query["sql"].startswith(writing)] == []


def test_a_plan_tells_and_changes_nothing(kit: KitFolder) -> None:
    plan = _load(kit, planned_only=True)
    assert plan.changes_anything
    assert not Film.objects.exists()


def test_an_edited_fact_is_updated_in_place_and_says_what_rests_on_it(kit: KitFolder) -> None:
    _load(kit)
    before = Fact.objects.get(key="storm-days")
    citations = before.citations.count()
    kit.replace(STORM, "the lamp burned for 19 days without relief.", "the lamp shone for 19 days without relief.")
    plan = _load(kit)
    after = Fact.objects.get(key="storm-days")
    assert (after.pk, after.statement) == (
        before.pk,
        "In The Harbour Gazette, the lamp shone for 19 days without relief.",
    )
    assert after.citations.count() == citations
    lines = _told(plan)
    assert "fact storm-days: changed (statement)" in lines
    assert "    questions that rest on it: storm-how-long" in lines
    assert "    lessons that rest on it: the-storm" in lines
    # Its explanation quotes the statement, so the question has a new version, and the old one stays.
    assert _changes(plan, State.CHANGED) == [("fact", "storm-days"), ("question", "storm-how-long")]
    assert QuestionVersion.objects.filter(question__key="storm-how-long").count() == 2


def test_hints_are_kept_apart_from_what_students_see_and_go_out_with_the_kit(kit: KitFolder) -> None:
    _load(kit)
    quiz = "quizzes/the-film-check.yaml"
    kit.replace(
        quiz, "stem: Who directed the film?", "stem: Who directed the film?\n    hints: [Read the end, Once more]"
    )
    assert _changes(_load(kit), State.CHANGED) == [("question", "film-director")]
    version = Question.objects.get(key="film-director").published
    assert version is not None
    assert version.answer_key.hints == ["Read the end", "Once more"]
    assert "Read the end" not in f"{version.stem} {version.content}"
    assert not _load(kit).changes_anything
    assert '"Read the end", "Once more"' in json.dumps(export_document(Film.objects.get()))
    kit.replace(quiz, "[Read the end, Once more]", "[a, b, c, d, e, f]")
    with pytest.raises(KitHasProblems):
        _load(kit)


def test_a_change_without_a_new_version_is_remarked_upon(kit: KitFolder) -> None:
    hint = "The kit's version is what it was before"
    assert hint not in _told(_load(kit))
    assert hint not in _told(_load(kit))
    kit.replace(STORM, "the lamp burned", "the lamp shone")
    assert hint in _told(_load(kit, planned_only=True))
    kit.replace("film.yaml", "1.0.0", "1.0.1")
    assert hint not in _told(_load(kit))


def test_a_teachers_own_question_on_a_changed_fact_is_counted_and_left_alone(kit: KitFolder, teacher: User) -> None:
    _load(kit)
    fact = Fact.objects.get(key="storm-days")
    own = Question.objects.create(film=fact.film, key="mine", owner=teacher)
    version = QuestionVersion.objects.create(question=own, number=1, type="short", stem="How long?")
    version.facts.add(fact)
    Question.objects.filter(pk=own.pk).update(published=version)
    kit.replace(STORM, "the lamp burned", "the lamp shone")
    assert "    teachers' own questions that rest on it: 1" in _told(_load(kit))
    own.refresh_from_db()
    assert own.retired_at is None


def test_what_is_gone_is_retired_and_comes_back_by_its_key(kit: KitFolder) -> None:
    _load(kit)
    question = Question.objects.get(key="film-who-did-what")
    text = (kit.path / "quizzes/the-film-check.yaml").read_text(encoding="utf-8")
    cut = text.index("  - key: film-who-did-what")
    spare = "  - {key: film-broadcast, type: date, fact: broadcast, stem: On which day was it broadcast?}\n"
    kit.write("quizzes/the-film-check.yaml", text[:cut] + spare)
    plan = _load(kit)
    assert _changes(plan, State.RETIRED) == [("question", "film-who-did-what")]
    question.refresh_from_db()
    assert question.retired_at is not None
    assert not _load(kit).changes_anything
    kit.write("quizzes/the-film-check.yaml", text)
    assert ("question", "film-who-did-what") in _changes(_load(kit), State.BACK)
    question.refresh_from_db()
    assert question.retired_at is None


def test_a_fact_that_is_gone_is_retired_and_keeps_its_topic_and_passages(kit: KitFolder) -> None:
    _load(kit)
    text = (kit.path / FILM).read_text(encoding="utf-8")
    kit.write(FILM, text[: text.index("- key: review-opinion")])
    assert _changes(_load(kit), State.RETIRED) == [("fact", "review-opinion")]
    fact = Fact.objects.get(key="review-opinion")
    assert fact.retired_at is not None
    assert not Fact.objects.current().filter(pk=fact.pk).exists()
    assert fact.citations.count() == 1


def test_a_fact_moved_in_its_file_is_no_change_but_takes_its_place(kit: KitFolder) -> None:
    _load(kit)
    text = (kit.path / STORM).read_text(encoding="utf-8")
    cut = text.index("- key: sailors")
    kit.write(STORM, f"{text[cut:]}\n{text[:cut]}")
    plan = _load(kit)
    assert _changes(plan, State.CHANGED, State.NEW, State.RETIRED) == []
    assert Fact.objects.get(key="sailors").position < Fact.objects.get(key="keepers-years").position
    assert not _load(kit).changes_anything


def test_steps_that_change_places_keep_their_answers(kit: KitFolder, teacher: User, alice: User) -> None:
    _load(kit)
    step = Step.objects.get(title="A light")
    answer = _answer(step, teacher, alice)
    text = (kit.path / "lessons/the-film.md").read_text(encoding="utf-8")
    start, middle = text.index("## Warm-up"), text.index("## Look")
    end = text.index("## Check")
    kit.write("lessons/the-film.md", text[:start] + text[middle:end] + text[start:middle] + text[end:])
    _load(kit)
    answer.refresh_from_db()
    assert (answer.step_id, answer.step.position, answer.step.title) == (step.pk, 2, "A light")


def test_a_step_that_is_gone_stays_behind_the_others_while_it_has_answers(
    kit: KitFolder, teacher: User, alice: User
) -> None:
    _load(kit)
    answer = _answer(Step.objects.get(title="A light"), teacher, alice)
    text = (kit.path / "lessons/the-film.md").read_text(encoding="utf-8").replace("minutes: 20", "minutes: 15", 1)
    start, middle = text.index("## Warm-up"), text.index("## Look")
    kit.write("lessons/the-film.md", text[:start] + text[middle:])
    _load(kit)
    answer.refresh_from_db()
    assert answer.step.position == 1000
    assert list(answer.step.lesson.steps.values_list("position", flat=True)) == [1, 2, 1000]
    assert not _load(kit).changes_anything


def _answer(step: Step, teacher: User, student: User) -> StepAnswer:
    section = factories.make_section(teacher=teacher, students=(student,))
    assignment = factories.make_assignment(section=section, lesson=step.lesson)
    return StepAnswer.objects.create(
        assignment=assignment, step=step, student=student, text="A tower.", saved_at=factories.NOW
    )


def test_a_kit_with_faults_is_not_loaded_at_all(kit: KitFolder) -> None:
    kit.replace(STORM, "topic: storm", "topic: storms")
    with pytest.raises(KitHasProblems) as caught:
        _load(kit)
    assert str(caught.value) == "facts/storm.yaml:2: there is no topic 'storms'"
    assert not Film.objects.exists()


def test_a_load_that_breaks_half_way_leaves_nothing(kit: KitFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("The light went out.")

    monkeypatch.setattr("kits.load.teaching.write_quizzes", broken)
    with pytest.raises(RuntimeError):
        _load(kit)
    assert not Film.objects.exists()
    assert not Fact.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_load_is_in_the_log_with_numbers_alone(kit: KitFolder) -> None:
    _load(kit)
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.KIT_LOADED)
    assert event.detail["new"] == 49
    assert event.by is None


def test_two_films_do_not_meet(kit: KitFolder) -> None:
    _load(kit)
    kit.replace("film.yaml", "key: the-lighthouse", "key: another-light")
    _load(kit)
    assert Fact.objects.count() == 34
    assert Fact.objects.filter(film__key="the-lighthouse").count() == 17


def test_the_command_tells_its_progress_and_its_plan(kit: KitFolder, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_kit", str(kit.path))
    out = capsys.readouterr().out
    assert "... facts and their citations" in out
    assert "fact:      17 new" in out
    call_command("load_kit", str(kit.path), verbosity=0)
    assert "..." not in capsys.readouterr().out


def test_it_tells_of_how_many_questions_it_has_checked_and_written(kit: KitFolder) -> None:
    checked: list[tuple[int, int]] = []
    written: list[tuple[int, int]] = []

    def load() -> None:
        load_kit(
            kit.path,
            tell=lambda _line: None,
            checked=lambda done, total: checked.append((done, total)),
            written=lambda done, total: written.append((done, total)),
        )

    load()
    assert checked == written == [(done, 10) for done in range(11)]
    written.clear()
    load()
    assert written == []


def test_the_command_names_each_problem_and_fails(kit: KitFolder, capsys: pytest.CaptureFixture[str]) -> None:
    kit.replace(STORM, "topic: storm", "topic: storms")
    with pytest.raises(CommandError, match="Nothing was loaded: the kit has 1 problem"):
        call_command("load_kit", str(kit.path))
    assert "facts/storm.yaml:2: there is no topic 'storms'" in capsys.readouterr().err


def test_the_check_command_ends_with_1_where_anything_is_wrong(
    kit: KitFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_kit", str(kit.path), sources=kit.documents)
    assert "0 problems" in capsys.readouterr().out
    kit.replace(STORM, "34 years.", "35 years.")
    with pytest.raises(SystemExit) as ended:
        call_command("check_kit", str(kit.path), sources=kit.documents)
    assert ended.value.code == 1
    assert "keepers-years: the figure 35" in capsys.readouterr().out


def test_a_change_of_place_alone_is_written_and_not_told() -> None:
    quiet = Change("fact", "a", State.SAME, quiet=True)
    assert quiet.is_written
    assert _told(Plan((quiet,))) == "fact:      1 same"


def test_the_export_says_what_the_kit_says(kit: KitFolder, tmp_path: Path) -> None:
    _load(kit)
    output = tmp_path / "kit.json"
    call_command("export_kit", "the-lighthouse", format="json", output=output)
    document = json.loads(output.read_text(encoding="utf-8"))
    names = ["film", "sources", "facts", "conflicts", "terms", "prompts", "lessons", "quizzes"]
    assert list(document) == names
    assert [len(document[name]) for name in names[1:]] == [3, 17, 2, 6, 3, 2, 2]
    assert document["film"]["key"] == "the-lighthouse"
    assert [topic["key"] for topic in document["film"]["topics"]] == ["film", "storm"]
    fact = next(fact for fact in document["facts"] if fact["key"] == "storm-days")
    assert {name: fact[name] for name in ("topic", "subject", "value", "value_type", "nature", "standing", "use")} == {
        "topic": "storm",
        "subject": "the storm",
        "value": 19,
        "value_type": "duration",
        "nature": "claim",
        "standing": "disputed",
        "use": "attributed",
    }
    assert fact["citations"][0]["source"] == "gazette"


def test_an_exported_question_has_options_or_an_answer(kit: KitFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _load(kit)
    call_command("export_kit", "the-lighthouse")
    document = json.loads(capsys.readouterr().out)
    questions = {question["key"]: question for quiz in document["quizzes"] for question in quiz["questions"]}
    assert len(questions) == 10
    for question in questions.values():
        assert {"stem", "type", "facts", "explanation"} <= question.keys()
        assert ("options" in question) != ("answer" in question)
    right = [option["text"] for option in questions["storm-how-long"]["options"] if option["correct"]]
    assert right == ["19 days"]
    assert [option["correct"] for option in questions["storm-1989"]["options"]] == [True, False]
    assert questions["film-first-shown"]["answer"] == "3 October 2019"
    assert questions["film-first-shown"]["points"] == 2
    assert questions["film-director"]["accept"][0] == "Ines Varga"
    assert {"prompt": "music", "match": "Jonas Bly"} in questions["film-who-did-what"]["answer"]
    assert {option["text"] for option in questions["film-languages"]["options"] if option["correct"]} == {
        "English",
        "Norn",
    }


def test_the_export_leaves_out_what_is_retired(kit: KitFolder, capsys: pytest.CaptureFixture[str]) -> None:
    _load(kit)
    text = (kit.path / FILM).read_text(encoding="utf-8")
    kit.write(FILM, text[: text.index("- key: review-opinion")])
    _load(kit)
    call_command("export_kit", "the-lighthouse")
    keys = [fact["key"] for fact in json.loads(capsys.readouterr().out)["facts"]]
    assert "review-opinion" not in keys
    assert keys[0] == "director"


def test_the_export_of_an_unknown_film_names_those_that_are_there(kit: KitFolder) -> None:
    _load(kit)
    with pytest.raises(CommandError, match=r"no film 'x'\. Loaded films: the-lighthouse\."):
        call_command("export_kit", "x")
