"""An import of many questions is left to the worker, and makes all of them or none."""

import pytest
from django.test import Client
from django.urls import reverse

from classroom.jobs import counts
from classroom.jobs.models import Job
from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Question
from quizzes.interchange import working
from tests import factories
from tests.classroom.jobs.working import a_worker_lives, work
from tests.quizzes.interchange.test_pages import GIFT, apply


@pytest.fixture(autouse=True)
def a_few_questions_are_many(monkeypatch: pytest.MonkeyPatch, settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(working, "MOST_AT_ONCE", 10)
    settings.DATA_DIR = tmp_path


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.fixture
def as_teacher(as_user, teacher: User) -> Client:
    return as_user(teacher)


def test_a_long_import_is_made_by_the_worker_and_leads_to_the_questions(
    as_teacher: Client, film: Film, teacher: User
) -> None:
    a_worker_lives()
    pages = {apply(as_teacher, film, GIFT, publish="on")["Location"] for _press in range(2)}
    assert pages == {reverse("classroom:job", args=[Job.objects.get().pk])}
    assert not Question.objects.exists()
    work()
    assert Question.objects.filter(owner=teacher).count() == 2
    page = as_teacher.get(pages.pop()).content.decode()
    assert "2 new questions, 0 changed." in page
    assert f'href="{reverse("quizzes:bank", args=[film.key])}?whose=own"' in page
    assert Job.objects.get().asked == {}


def test_without_a_worker_it_is_made_at_once(as_teacher: Client, film: Film) -> None:
    assert apply(as_teacher, film, GIFT)["Location"].startswith(reverse("quizzes:bank", args=[film.key]))
    assert Question.objects.count() == 2
    assert not Job.objects.exists()


def test_stopped_in_the_middle_it_makes_nothing(as_teacher: Client, film: Film) -> None:
    a_worker_lives()
    page = apply(as_teacher, film, GIFT)["Location"]
    counts.ask_to_stop(Job.objects.get().pk)
    work()
    assert "Cancelled. Nothing was changed." in as_teacher.get(page).content.decode()
    assert not Question.objects.exists()


def test_another_plan_than_the_one_shown_is_not_made(as_teacher: Client, film: Film) -> None:
    a_worker_lives()
    page = apply(as_teacher, film, GIFT)["Location"]
    Job.objects.update(asked=Job.objects.get().asked | {"digest": "0" * 64})
    work()
    assert "so nothing was imported" in as_teacher.get(page).content.decode()
    assert not Question.objects.exists()


def test_whoever_teaches_no_more_imports_nothing(as_teacher: Client, film: Film, teacher: User) -> None:
    a_worker_lives()
    page = apply(as_teacher, film, GIFT)["Location"]
    User.objects.filter(pk=teacher.pk).update(is_teacher=False)
    work()
    assert "You may not import questions any more" in as_teacher.get(page).content.decode()
    assert not Question.objects.exists()
