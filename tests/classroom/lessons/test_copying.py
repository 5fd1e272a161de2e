"""A teacher's own copy of a lesson: it has all that the lesson has, and changing it changes nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from classroom.assignments import activities
from classroom.audit.models import AuditEvent
from classroom.lessons.models import Lesson, Step
from classroom.library.models import Film
from classroom.people.models import User
from classroom.privacy import retention
from classroom.privacy.queries import why_not_erasable
from kits.load import load_kit
from tests import factories
from tests.classroom.lessons.desk import change, kit_lesson, own_copy, page, steps_of
from tests.classroom.library.pages import get, text_of
from tests.kits.conftest import KitFolder, kit  # noqa: F401 - a fixture

SAME = ("kind", "title", "minutes", "body", "teacher_note", "show", "conflict_id", "topic_id", "answer", "quiz_key",
        "prompt_key", "completion", "position", "body_html")  # fmt: skip


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


def test_a_copy_keeps_steps_citations_quiz_and_prompts(film: Film, teacher: User) -> None:
    lesson = kit_lesson(film)

    copy = own_copy(lesson, teacher)

    assert (copy.owner, copy.copied_from, copy.title) == (teacher, lesson, "My keeper")
    assert (copy.quiz_key, copy.prompt_keys) == (lesson.quiz_key, lesson.prompt_keys)
    for old, new in zip(steps_of(lesson), steps_of(copy), strict=True):
        assert [getattr(new, name) for name in SAME] == [getattr(old, name) for name in SAME]
        assert set(new.facts.all()) == set(old.facts.all())
        assert new.pk != old.pk
    assert AuditEvent.objects.get(kind="lesson-copied").detail == {"from": lesson.pk}


def test_copying_twice_makes_two_copies(film: Film, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    lesson, client = kit_lesson(film), as_user(teacher)

    for _each in range(2):
        assert client.post(page("lesson_copy", lesson), {"title": "The keeper, mine"}).status_code == 302

    first, second = Lesson.objects.filter(owner=teacher)
    assert first.key != second.key
    assert first.title == second.title == "The keeper, mine"


def test_a_copy_is_named_at_once(film: Film, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    lesson, client = kit_lesson(film), as_user(teacher)

    assert "The keeper (my copy)" in text_of(get(client, page("lesson_copy", lesson)))
    assert client.post(page("lesson_copy", lesson), {"title": " "}).status_code == 422
    assert not Lesson.objects.filter(owner=teacher).exists()


def test_changing_a_copy_leaves_the_kits_lesson_as_it_is(film: Film, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    lesson = kit_lesson(film)
    copy = own_copy(lesson, teacher)

    assert change(as_user(teacher), steps_of(copy)[0], title="Mine", body="Nothing is cited.") == 302

    assert [step.title for step in steps_of(lesson)] == ["Step 1", "Step 2", "Step 3"]
    assert steps_of(lesson)[0].facts.count() == 1
    assert steps_of(copy)[0].facts.count() == 0


def test_loading_the_kit_again_touches_no_copy(kit: KitFolder, teacher: User) -> None:  # noqa: F811 - the fixture
    load_kit(kit.path, tell=lambda _line: None)
    lesson = Lesson.objects.get(key="the-storm")
    copy = own_copy(lesson, teacher)
    before = list(copy.steps.order_by("pk").values()), Lesson.objects.filter(pk=copy.pk).values().get()
    cited = {step.pk: set(step.facts.values_list("key", flat=True)) for step in copy.steps.all()}

    first = steps_of(lesson)[0].title
    kit.replace("lessons/the-storm.md", first, f"{first} again")
    plan = load_kit(kit.path, tell=lambda _line: None)

    assert any(each.kind == "lesson" and each.key == "the-storm" for each in plan.written("lesson"))
    assert steps_of(lesson)[0].title == f"{first} again"
    assert (list(copy.steps.order_by("pk").values()), Lesson.objects.filter(pk=copy.pk).values().get()) == before
    assert {step.pk: set(step.facts.values_list("key", flat=True)) for step in copy.steps.all()} == cited
    assert all(cited[step.pk] or not step.body.count("[^") for step in copy.steps.all())


def test_a_copy_is_set_with_its_quiz_and_its_discussion(film: Film, section, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy = own_copy(kit_lesson(film), teacher)
    address = f"{reverse('classroom:assign', args=[section.pk])}?what=lesson:{copy.pk}"
    client = as_user(teacher)
    parts = [each.ref for each in client.get(address).context["form"].possible_parts.values()]

    times = {"opens_at_0": "2026-03-02", "opens_at_1": "09:00", "opens_at": "2026-03-02T09:00"}
    chosen = factories.as_offered()
    reply = client.post(address, {**times, **chosen, "parts": parts})

    assert reply.status_code == 302, reply.context["form"].errors
    set_now = section.assignments.get(kind="lesson")
    assert set_now.lesson == copy
    assert {part.kind for part in set_now.parts.all()} == {"quiz", "thread"}


def test_own_and_shared_lessons_stand_apart_from_the_kits(film: Film, section, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    lesson = kit_lesson(film)
    own_copy(lesson, teacher, "Mine")
    olga = factories.make_teacher("Olga")
    shared = own_copy(lesson, olga, "Hers")
    own_copy(lesson, olga, "Not shared")
    Lesson.objects.filter(pk=shared.pk).update(shared_at=factories.NOW)

    for address in (reverse("classroom:kit", args=[film.key]), reverse("classroom:assign", args=[section.pk])):
        html = text_of(get(as_user(teacher), address))
        assert html.index("The keeper") < html.index("My lessons</h3>") < html.index("Mine")
        assert html.index("Mine") < html.index("Shared by colleagues") < html.index("Hers") < html.index("By Olga.")
        assert "Not shared" not in html
    unit = text_of(get(as_user(teacher), reverse("classroom:unit", args=[section.pk, film.key])))
    assert "Hers (Olga)" in unit


def test_the_lists_cost_the_same_with_one_copy_and_with_three(  # type: ignore[no-untyped-def]
    film: Film, section, teacher: User, as_user, count_queries
) -> None:
    lesson, client = kit_lesson(film), as_user(teacher)
    own_copy(lesson, teacher)
    shared = own_copy(lesson, factories.make_teacher("Olga"))
    addresses = ["/lessons/", reverse("classroom:kit", args=[film.key])]
    Lesson.objects.filter(pk=shared.pk).update(shared_at=factories.NOW)
    few = [count_queries(client, each) for each in addresses]
    for name in ("Pia", "Quinn"):
        own_copy(lesson, teacher)
        more = own_copy(lesson, factories.make_teacher(name))
        Lesson.objects.filter(pk=more.pk).update(shared_at=factories.NOW)

    assert [count_queries(client, each) for each in addresses] == few


# --- Sharing, and putting away ------------------------------------------------------------------------------------


def press(client, name: str, lesson: Lesson, **data: str) -> int:  # type: ignore[no-untyped-def]
    return client.post(page(name, lesson), data).status_code


def test_colleagues_use_a_shared_lesson_and_do_not_change_it(film: Film, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy, olga = own_copy(kit_lesson(film), teacher), factories.make_teacher("Olga")
    assert as_user(olga).get(page("lesson_preview", copy)).status_code == 404

    assert press(as_user(teacher), "lesson_share", copy, share="yes") == 302

    html = text_of(get(as_user(olga), page("lesson_preview", copy)))
    assert "This lesson is Tess's." in html
    assert page("lesson_edit", copy) not in html
    assert as_user(olga).get(page("lesson_edit", copy)).status_code == 404
    assert press(as_user(olga), "lesson_share", copy, share="no") == 404
    assert press(as_user(olga), "lesson_copy", copy, title="Olga's") == 302
    assert Lesson.objects.get(owner=olga).copied_from == copy


def test_sharing_no_more_leaves_classes_at_work(film: Film, teacher: User, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy, olga = own_copy(kit_lesson(film), teacher), factories.make_teacher("Olga")
    Lesson.objects.filter(pk=copy.pk).update(shared_at=factories.NOW)
    section = factories.make_section(teacher=olga, students=(alice,))
    work = factories.make_assignment(section, lesson=copy)

    assert press(as_user(teacher), "lesson_share", copy, share="no") == 302

    assert get(as_user(alice), reverse("classroom:lesson_work", args=[work.pk]))
    assert get(as_user(olga), page("lesson_plan", copy))
    assert f"lesson:{copy.pk}" not in [offer.ref for offer in activities.kind_of("lesson").offers(olga, [film])]
    assert as_user(factories.make_teacher("Pia")).get(page("lesson_plan", copy)).status_code == 404


def test_a_lesson_that_is_put_away_can_be_taken_up_again(film: Film, teacher: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy, client = own_copy(kit_lesson(film), teacher), as_user(teacher)
    Lesson.objects.filter(pk=copy.pk).update(shared_at=factories.NOW)

    assert press(client, "lesson_retire", copy, retire="yes") == 302

    assert "Take it up again" in text_of(get(client, "/lessons/"))
    assert client.get(f"/assign/?what=lesson:{copy.pk}").status_code == 404
    assert as_user(factories.make_teacher("Olga")).get(page("lesson_preview", copy)).status_code == 404
    assert press(client, "lesson_retire", copy, retire="no") == 302
    assert not Lesson.objects.get(pk=copy.pk).retired_at
    kinds = list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["lesson-retired", "lesson-restored"]


@pytest.mark.parametrize(("name", "field"), [("lesson_share", "share"), ("lesson_retire", "retire")])
def test_a_button_that_says_nothing_changes_nothing(film: Film, teacher: User, as_user, name: str, field: str) -> None:  # type: ignore[no-untyped-def]
    copy = own_copy(kit_lesson(film), teacher)

    assert press(as_user(teacher), name, copy, **{field: "perhaps"}) == 400


def test_a_class_keeps_a_lesson_whose_owner_has_gone(film: Film, teacher: User, alice: User, as_user) -> None:  # type: ignore[no-untyped-def]
    copy = own_copy(kit_lesson(film), teacher)
    olga = factories.make_teacher("Olga")
    section = factories.make_section(teacher=olga, students=(alice,))
    work = factories.make_assignment(section, lesson=copy)
    long_ago = {"created_at": factories.NOW, "last_login": factories.NOW}
    User.objects.filter(pk=teacher.pk).update(is_active=False, is_teacher=False, **long_ago)
    teacher.refresh_from_db()

    assert get(as_user(alice), reverse("classroom:lesson_work", args=[work.pk]))
    assert get(as_user(olga), page("lesson_plan", copy))
    assert "lessons of their own" in why_not_erasable(teacher)
    retention.run(at=factories.NOW + timedelta(days=4_000))
    assert Lesson.objects.get(pk=copy.pk).owner == teacher


def test_students_reach_a_copy_through_their_assignment_alone(
    film: Film, section, teacher: User, alice: User, as_user
) -> None:  # type: ignore[no-untyped-def]
    copy = own_copy(kit_lesson(film), teacher)
    Step.objects.filter(lesson=copy).update(title="For the class")
    work = factories.make_assignment(section, lesson=copy)

    assert "For the class" in text_of(get(as_user(alice), reverse("classroom:lesson_work", args=[work.pk])))
    for name in ("lesson_preview", "lesson_plan", "lesson_edit", "lesson_copy"):
        assert as_user(alice).get(page(name, copy)).status_code == 404
