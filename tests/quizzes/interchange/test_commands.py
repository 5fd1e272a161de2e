"""The commands do as the pages do, with exit codes and lines."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Question
from tests import factories

GIFT = "Who kept the lamp? {=Ida ~Grace}\n\nWhat is this?\n\nIt burned. {T}\n"


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def bank(film: Film, teacher: User) -> str:
    return f"{film.key}/{teacher.username}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "questions.txt"
    path.write_text(GIFT, encoding="utf-8")
    return path


def run(command: str, *args: str) -> tuple[str, str, int]:
    """What a command says on both streams, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(command, *args, stdout=out, stderr=err)
    except SystemExit as left:
        return out.getvalue(), err.getvalue(), int(str(left.code))
    return out.getvalue(), err.getvalue(), 0


def test_the_plan_is_told_by_line_and_does_nothing(bank: str, file: Path) -> None:
    out, _err, code = run("import_questions", "--format", "gift", "--bank", bank, str(file), "--plan")
    assert code == 1
    assert "line 1: new: Who kept the lamp?" in out
    assert "line 3: refused: What is this?" in out
    assert "asks nothing" in out
    assert "1 refused, 0 changed, 2 new, 0 the same." in out
    assert not Question.objects.exists()


def test_nothing_is_imported_where_one_is_refused_unless_it_is_left_out(bank: str, file: Path, teacher: User) -> None:
    assert run("import_questions", "--bank", bank, str(file))[2] == 1
    assert not Question.objects.exists()
    out, _err, code = run("import_questions", "--bank", bank, str(file), "--leave-out-refused", "--publish")
    assert code == 1
    assert "2 new, 0 changed, 2 published." in out
    assert Question.objects.filter(owner=teacher, published__isnull=False).count() == 2


def test_a_good_file_leaves_with_zero_and_is_the_same_again(bank: str, file: Path) -> None:
    file.write_text(GIFT.replace("What is this?\n\n", ""), encoding="utf-8")
    assert run("import_questions", "--bank", bank, str(file))[2] == 0
    out, _err, code = run("import_questions", "--bank", bank, str(file))
    assert code == 0
    assert "0 new, 0 changed" in out
    assert Question.objects.count() == 2


def test_what_goes_out_comes_in_again(film: Film, bank: str, tmp_path: Path) -> None:
    factories.make_question(film)
    path = tmp_path / "out.xml"
    _out, err, code = run("export_questions", "--bank", film.key, "--format", "moodle-xml", str(path))
    assert (code, err) == (0, "1 questions written.\n")
    assert "1 the same." in run("import_questions", "--bank", bank, str(path))[0]


def test_a_bank_is_the_kits_or_a_teachers(film: Film, bank: str, teacher: User) -> None:
    factories.make_question(film, stem="The kit asks of lamps?")
    factories.make_question(film, stem="The kit asks of ships?")
    factories.make_question(film, stem="Mine?", owner=teacher)
    factories.make_question(film, stem="Theirs?", owner=factories.make_teacher("Omar"))
    kits = run("export_questions", "--bank", film.key, "--format", "gift")[0]
    assert "Mine?" not in kits
    assert "of ships?" in kits
    assert "of ships?" not in run("export_questions", "--bank", film.key, "--format", "gift", "--words", "lamps")[0]
    own = run("export_questions", "--bank", bank, "--format", "gift")[0]
    assert "Mine?" in own
    assert "Theirs?" not in own
    assert "of ships?" not in own


def test_what_is_not_carried_is_told_on_the_other_stream(film: Film) -> None:
    factories.make_question(film, type="essay", content={}, key={"rubric": [{"id": "a", "text": "Good", "points": 1}]})
    _out, err, _code = run("export_questions", "--bank", film.key, "--format", "gift")
    assert "not carried: Its rubric." in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--bank", "no-such", "FILE"), "There is no film “no-such”. Loaded are: the-lighthouse."),
        (("--bank", "the-lighthouse/nobody", "FILE"), "no teacher with the user name “nobody”"),
        (("--bank", "the-lighthouse", "FILE"), "--bank the-lighthouse/USERNAME"),
        (("--bank", "BANK", "no-such-file"), "cannot be read"),
        (("--bank", "BANK", "--format", "moodle-xml", "FILE"), "Line 1: this is not well-formed XML"),
    ],
)
def test_a_wrong_name_or_file_is_said(bank: str, file: Path, args: tuple[str, ...], said: str) -> None:
    factories.make_teacher("Omar")
    given = [{"FILE": str(file), "BANK": bank}.get(arg, arg) for arg in args]
    with pytest.raises(CommandError, match=said.replace(".", r"\.")):
        call_command("import_questions", *given)


def test_one_teacher_need_not_be_named(film: Film, file: Path, teacher: User) -> None:
    run("import_questions", "--bank", film.key, str(file), "--leave-out-refused")
    assert Question.objects.filter(owner=teacher).count() == 2
