"""A kit brings its texts in other languages; what is out of date is told, and what is not whole is refused."""

import json

import pytest
from django.core.management import call_command

from classroom.discussions.models import Prompt
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Conflict, Fact, Film
from kits.check import check_folder, told
from kits.export.document import export_document
from kits.load import Plan, State, load_kit
from kits.reading import Problem
from quizzes.bank.models import Question, QuestionVersion
from quizzes.grading import texts_of
from tests.kits.conftest import KitFolder
from tests.kits.translating import LESSON, WORDS, marks, translate

STORM = "facts/storm.yaml"


@pytest.fixture
def translated(kit: KitFolder) -> KitFolder:
    return translate(kit)


def _load(kit: KitFolder) -> Plan:
    return load_kit(kit.path, tell=lambda _line: None)


def _warnings(kit: KitFolder) -> list[Problem]:
    return [each for each in check_folder(kit.path).warnings if each.file.startswith("translations/")]


def _changed(plan: Plan) -> list[tuple[str, str]]:
    return [(change.kind, change.key) for change in plan.changes if change.state is State.CHANGED]


def test_a_translated_kit_is_whole(translated: KitFolder) -> None:
    report = check_folder(translated.path)
    assert (report.problems, _warnings(translated)) == ([], [])
    assert "  in es:        conflict 1, fact 1, lesson 1, prompt 1, question 3" in list(told(report))


BROKEN = [
    (
        WORDS,
        "readings: [19 días, casi un mes]",
        "readings: [19 días]",
        "how-long-the-storm",
        "'readings.1' is not tran",
    ),
    (WORDS, "casi un mes]", "casi un mes, un año]", "readings:", "the original has no 'readings.2'"),
    (WORDS, "    why: La reseña recuerda; el periódico preguntó.\n", "", "how-long-the-storm", "missing: why"),
    (WORDS, "    position: {from: se iría, to: se quedaría}\n", "", "stay-at", "'position.from' is not translated"),
    (WORDS, "  storm-days:", "  storm-daze:", "storm-daze", "there is no fact 'storm-daze'"),
    (WORDS, "    statement:", "    value: 19\n    statement:", "storm-days", "Additional properties"),
    (WORDS, "90 days: 90 días}", "91 days: 90 días}", "words: {3", "“90 days” is not translated among the words"),
    (WORDS, "90 days: 90 días}", "90 days: 90 días, 5 days: 5 días}", "words: {3", "the original has no “5 days”"),
    (WORDS, "7 days: 7 días", "7 days: 19 días", "words: {3", "Two options read the same"),
    (WORDS, "7 days: 7 días", "7 days: 19 days", "words: {3", "the key would then name another answer"),
    (
        WORDS,
        "        - {to: 90 days,",
        "        - {to: 91 days,",
        "  storm-how-long:",
        "'feedback.answers.90 days' is not",
    ),
    (WORDS, '"Mira cómo cuenta la Gazette.[^storm-days]"', "Mira.", "wrong:", "does not cite 'storm-days'"),
    (WORDS, "    explanation: Las tres están en los textos.\n", "", "film-who", "'explanation' is not translated"),
    (LESSON, "key: the-storm", "key: storm", "---", "there is no lesson 'storm'"),
    (LESSON, "[^storm-days]", "", "## Read", "'body' does not cite 'storm-days', as its original does"),
    (LESSON, "(term:relief)", "(term:keeper)", "## Read", "'body' does point to 'term:keeper', and its original"),
    (LESSON, "\nEmpiece por el mapa.\n", "\n", "---", "'overview' is not translated"),
    (
        LESSON,
        "### For the teacher\n\nEl otro texto dice casi un mes. Nadie tiene que decidirlo.\n",
        "",
        "## Read",
        "'teacher' is",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "message"), BROKEN)
def test_what_is_wrong_with_a_translation_is_told_where_it_stands(
    translated: KitFolder, file: str, old: str, new: str, at: str, message: str
) -> None:
    translated.replace(file, old, new)
    found = [(each.line, each.message) for each in check_folder(translated.path).problems if each.file == file]
    line = translated.line_of(file, at)
    assert any(message in said and abs(there - line) <= 1 for there, said in found), found


def test_a_mark_is_eight_letters(translated: KitFolder) -> None:
    translated.replace(WORDS, f"of: {marks(translated)['storm_days']}", "of: 12345678")
    assert any("'of' is" in each.message for each in check_folder(translated.path).problems)


@pytest.mark.parametrize(
    ("language", "message"), [("en", "the language of the kit itself"), ("Spanish", "not the code")]
)
def test_a_folder_of_translations_is_named_by_another_language(kit: KitFolder, language: str, message: str) -> None:
    text = translate(kit).path.joinpath(WORDS).read_text(encoding="utf-8")
    kit.write(f"translations/{language}/words.yaml", text)
    assert any(message in each.message for each in check_folder(kit.path).problems)


def test_nothing_is_translated_twice_into_one_language(translated: KitFolder) -> None:
    translated.write("translations/es/more.yaml", translated.path.joinpath(WORDS).read_text(encoding="utf-8"))
    found = [each for each in check_folder(translated.path).problems if "is translated already in" in each.message]
    assert len(found) == 6


def test_a_translation_of_what_has_changed_is_a_warning_with_the_mark_to_put(translated: KitFolder) -> None:
    translated.replace(STORM, "burned for 19 days", "shone for 19 days")
    assert check_folder(translated.path).problems == []
    (warning,) = _warnings(translated)
    assert (warning.file, warning.line) == (WORDS, translated.line_of(WORDS, "of: "))
    assert marks(translated)["storm_days"] in warning.message


def test_a_step_that_has_changed_is_told_and_the_others_stay_translated(translated: KitFolder) -> None:
    translated.replace("lessons/the-storm.md", "Speak in turn.", "Speak in pairs.")
    messages = [each.message for each in _warnings(translated)]
    assert len(messages) == 2
    assert "no step of the original has this mark" in messages[1]
    assert "Whom to believe" in messages[0]


@pytest.mark.django_db
def test_translations_stand_beside_what_they_translate(translated: KitFolder) -> None:
    _load(translated)
    fact = Fact.objects.get(key="storm-days").translations["es"]
    assert fact["texts"]["statement"].startswith("Según The Harbour Gazette")
    assert fact["words"]["nineteen days without relief"] == "diecinueve días sin relevo"
    assert Conflict.objects.get(key="how-long-the-storm").translations["es"]["texts"]["readings.1"] == "casi un mes"
    assert Prompt.objects.get(key="stay-at-your-post").translations["es"]["texts"]["position.to"] == "se quedaría"
    lesson = Lesson.objects.get(key="the-storm")
    assert lesson.translations["es"]["html"]["overview"] == "<p>Empiece por el mapa.</p>\n"
    html = lesson.steps.get(position=1).translations["es"]["html"]["body"]
    assert 'href="#fact-storm-days"' in html
    assert 'class="term-link"' in html
    assert Fact.objects.get(key="sailors").translations == {}


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_a_better_word_is_taken_over(translated: KitFolder) -> None:
    _load(translated)
    assert not _load(translated).changes_anything
    translated.replace(WORDS, "casi un mes", "cerca de un mes")
    translated.replace(LESSON, "Hablen por turnos.", "Que hable uno tras otro.")
    assert _changed(_load(translated)) == [("conflict", "how-long-the-storm"), ("lesson", "the-storm")]
    assert Conflict.objects.get(key="how-long-the-storm").translations["es"]["texts"]["readings.1"] == "cerca de un mes"
    assert "Que hable" in Step.objects.get(title="Whom to believe").translations["es"]["html"]["body"]


@pytest.mark.django_db
def test_what_is_taken_out_or_out_of_date_is_gone_from_the_database(translated: KitFolder) -> None:
    _load(translated)
    translated.replace(STORM, "burned for 19 days", "shone for 19 days")
    (translated.path / LESSON).unlink()
    _load(translated)
    assert Fact.objects.get(key="storm-days").translations == {}
    assert Lesson.objects.get(key="the-storm").translations == {}
    assert not Step.objects.exclude(translations={}).exists()


@pytest.mark.django_db
def test_an_export_carries_the_translations(translated: KitFolder) -> None:
    _load(translated)
    document = json.loads(json.dumps(export_document(Film.objects.get())))
    (fact,) = (each for each in document["facts"] if each["key"] == "storm-days")
    assert fact["translations"]["es"]["of"] == marks(translated)["storm_days"]
    (lesson,) = (each for each in document["lessons"] if each["key"] == "the-storm")
    assert lesson["translations"]["es"]["texts"]["title"] == "La tormenta"
    assert lesson["steps"][1]["translations"]["es"]["texts"]["title"] == "Lado a lado"
    assert "html" not in lesson["steps"][1]["translations"]["es"]


def test_a_sheet_gives_what_is_not_translated_with_its_mark(translated: KitFolder, capsys) -> None:  # type: ignore[no-untyped-def]
    translated.replace("lessons/the-storm.md", "Speak in turn.", "Speak in pairs.")
    call_command("translation_sheet", str(translated.path), "es")
    sheet = capsys.readouterr().out
    known = marks(translated)
    assert f"of: {known['storm_month']}" in sheet
    assert f"of: {known['step_4']}\n\nSpeak in pairs." in sheet
    assert known["storm_days"] not in sheet
    assert known["step_1"] not in sheet


def test_a_sheet_of_one_thing_can_be_filled_in_as_it_stands(kit: KitFolder, capsys) -> None:  # type: ignore[no-untyped-def]
    call_command("translation_sheet", str(kit.path), "de", "when-automatic", "machines")
    kit.write("translations/de/words.yaml", capsys.readouterr().out)
    assert (check_folder(kit.path).problems, _warnings(kit)) == ([], [])


# --- Questions ----------------------------------------------------------------------------------------------------


def _asked(key: str) -> QuestionVersion:
    version = Question.objects.select_related("published__answer_key").get(key=key).published
    assert version is not None
    return version


@pytest.mark.django_db
def test_a_question_is_kept_in_both_languages_and_its_key_in_none(translated: KitFolder) -> None:
    _load(translated)
    version = _asked("storm-how-long")
    places = {text: place for place, text in texts_of(version.content).items()}
    spanish = version.translations["es"]["texts"]
    assert version.language == "en"
    assert spanish["stem"].endswith("sin relevo?")
    assert spanish[places["90 days"]] == "90 días"
    told_with = version.answer_key.translations["es"]["texts"]
    assert told_with["right"] == "Exacto."
    assert told_with[f"answers.{places['90 days'].partition('/')[2]}"] == "Ningún texto habla de 90 días."
    assert told_with["explanation"].startswith("Hecho: Según The Harbour Gazette, la lámpara ardió 19 días")
    assert "The Harbour Gazette, párrafo 6" in told_with["explanation"]
    assert "19 días" not in json.dumps([version.answer_key.key, version.content], ensure_ascii=False)


@pytest.mark.django_db
def test_a_better_word_makes_no_version_and_a_new_version_has_its_own(translated: KitFolder) -> None:
    _load(translated)
    before = _asked("storm-how-long")
    translated.replace(WORDS, "right: Exacto.", "right: Así es.")
    assert _changed(_load(translated)) == [("question", "storm-how-long")]
    assert _asked("storm-how-long").pk == before.pk
    assert _asked("storm-how-long").answer_key.translations["es"]["texts"]["right"] == "Así es."

    translated.replace("quizzes/the-storm-check.yaml", "for how many days did", "how many days did")
    _load(translated)
    assert _asked("storm-how-long").translations == {}
    assert QuestionVersion.objects.get(pk=before.pk).translations != {}


@pytest.mark.django_db
def test_other_feedback_is_a_rewording_with_the_translations_that_come_with_it(translated: KitFolder) -> None:
    _load(translated)
    before = marks(translated)["storm_how_long"]
    translated.replace("quizzes/the-storm-check.yaml", "right: Just so.", "right: Quite so.")
    translated.replace(WORDS, f"of: {before}", f"of: {marks(translated)['storm_how_long']}")
    _load(translated)
    version = _asked("storm-how-long")
    assert (version.number, version.language) == (2, "en")
    assert version.translations["es"]["texts"]["stem"].endswith("sin relevo?")
    assert not _load(translated).changes_anything


@pytest.mark.django_db
def test_an_export_of_a_question_carries_what_it_says_in_other_languages(translated: KitFolder) -> None:
    _load(translated)
    document = export_document(Film.objects.get())
    questions = {each["key"]: each for quiz in document["quizzes"] for each in quiz["questions"]}
    spanish = questions["film-who-did-what"]["translations"]["es"]
    assert "música" in spanish["texts"].values()
    assert spanish["told"]["explanation"].startswith("Las tres están en los textos.")
    assert questions["storm-sailors"]["translations"] == {}
