"""The kit that the guide for developers writes file by file is whole: it is checked, loaded and asked."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from classroom.lessons.models import Lesson
from kits.check import check_folder
from kits.load import load_kit
from quizzes.bank.models import Question

PAGE = settings.BASE_DIR / "docs" / "developers" / "adding-a-kit.md"
# A file is told by its name in a line of its own, and a block below it.
FILE = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of the page, written out: the kit in the folder itself, its document in ``documents``."""
    for name, text in FILE.findall(PAGE.read_text(encoding="utf-8")):
        path = tmp_path / name if name.startswith("documents/") else tmp_path / "kit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_check_finds_nothing_against_its_document(folder):
    report = check_folder(folder / "kit", folder / "documents")
    assert [str(problem) for problem in report.problems] == []


@pytest.mark.django_db
def test_it_is_loaded_with_its_lesson_and_its_questions(folder):
    load_kit(folder / "kit", tell=lambda _line: None)
    assert Lesson.objects.get().title == "The last journey"
    assert Question.objects.count() == 5
