"""A sample class: made in one press through the real actions, marked as what it is, and thrown away without a trace."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from classroom.assignments import samples
from classroom.assignments.models import Assignment
from classroom.common import clock
from classroom.discussions.models import Post
from classroom.library.models import Film
from classroom.moderation import news
from classroom.notices.models import Notice
from classroom.people.models import JoinCode, Section, User
from kits.load import load_kit
from kits.shipped import shipped_kit
from quizzes.delivery.models import Attempt
from quizzes.statistics.queries.past import past_of
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "/classes/sample/"


def rows() -> dict[str, int]:
    """How many rows each table holds, save the log, sessions, and the words of the film that screening prepares."""
    kept = {"classroom.AuditEvent", "sessions.Session", "classroom.FilmWords"}
    models = [each for each in apps.get_models() if each._meta.label not in kept]
    return {each._meta.label: each._base_manager.count() for each in models}


@pytest.fixture
def film() -> Film:
    load_kit(shipped_kit("never-sorry"), tell=lambda _line: None)
    return Film.objects.get(key="never-sorry")


@pytest.fixture
def sample(film: Film, teacher: User) -> Section:
    made = samples.make(films=[film], by=teacher, at=clock.now())
    assert made is not None
    return made


def test_a_new_teacher_makes_one_looks_at_it_and_throws_it_away(film: Film, as_user, teacher: User) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    assert "Make a sample class" in client.get("/home/").content.decode()
    before = rows()
    page = client.post(NEW, follow=True).content.decode()
    section = Section.objects.get()
    assert section.is_sample
    assert "A sample class: its students are pretended" in page
    assert {each.kind for each in Assignment.objects.all()} == {"lesson", "thread", "quiz"}
    assert Attempt.objects.filter(state=Attempt.State.SUBMITTED).count() >= 3
    assert Post.objects.filter(state=Post.State.PUBLISHED).exists()
    assert Post.objects.held().exists()
    assert {each.name.endswith(" (sample)") for each in User.objects.filter(is_sample=True)} == {True}
    home = client.get("/home/").content.decode()
    assert "Throw the sample class away" in home
    # Posts wait in it: what needs somebody comes before any welcome.
    assert home.index("What needs you") < home.index("Your first lesson in three steps")
    assert "Make a sample class" not in home
    for name in ("tracking", "gradebook", "section_people", "threads"):
        assert client.get(reverse(f"classroom:{name}", args=[section.pk])).status_code == 200
    told = client.post(reverse("classroom:sample_remove", args=[section.pk]), follow=True).content.decode()
    assert "The sample class is gone" in told
    assert rows() == before


def test_it_stands_apart_from_whatever_is_real(sample: Section, as_user, teacher: User, alice: User) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    client.post(NEW)
    assert Section.objects.count() == 1
    assert (
        "Nobody joins a sample class"
        in client.post(reverse("classroom:code_renew", args=[sample.pk]), follow=True).content.decode()
    )
    assert not JoinCode.objects.valid(clock.now()).exists()
    signs_in_as_a_student_in_vain()
    response = Attempt.objects.first().responses.select_related("version__question").first()  # type: ignore[union-attr]
    assert past_of(teacher, response.version.question).answers == 0
    news.tell_of_waiting()
    assert not Notice.objects.filter(to=teacher, kind=news.WAITING).exists()
    Section.objects.update(is_sample=False)
    assert past_of(teacher, response.version.question).answers > 0
    news.tell_of_waiting()
    assert Notice.objects.filter(to=teacher, kind=news.WAITING).exists()
    Section.objects.update(is_sample=True)
    factories.add_member(sample, alice)
    reply = client.post(reverse("classroom:sample_remove", args=[sample.pk]), follow=True)
    assert "There are real students in this class" in reply.content.decode()
    assert Section.objects.filter(pk=sample.pk).exists()
    assert User.objects.filter(is_sample=True).exists()


def signs_in_as_a_student_in_vain() -> None:
    student = User.objects.filter(is_sample=True).first()
    assert student is not None
    student.set_password("correct horse battery")
    student.save()
    client = Client()
    client.post(reverse("account_login"), {"login": student.username, "password": "correct horse battery"})
    assert "_auth_user_id" not in client.session


def test_a_real_class_is_not_thrown_away(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    reply = as_user(teacher).post(reverse("classroom:sample_remove", args=[section.pk]), follow=True)
    assert "This is a real class" in reply.content.decode()
    samples.throw_away(section=section, by=teacher, at=clock.now())
    assert Section.objects.filter(pk=section.pk).exists()


def test_without_a_kit_none_is_made(as_user, teacher: User) -> None:  # type: ignore[no-untyped-def]
    client = as_user(teacher)
    assert "Make a sample class" not in client.get("/home/").content.decode()
    assert "No kit is loaded" in client.post(NEW, follow=True).content.decode()
    assert not Section.objects.exists()
