"""The admin panel as a whole: its first page, its look, how far its links lead, what it costs, and what may be done."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from classroom.common.panel import Shelf, shelf_of
from classroom.discussions.models import TalkSettings
from classroom.library.models import Conflict, Fact, Film, Source
from classroom.people.models import Theme, User
from tests import factories
from tests.classroom.test_admin import OURS, boss, furnish, office, school, url_of  # noqa: F401 - fixtures

EVERY_LIST = [page for model, page in admin.site._registry.items() if model._meta.app_label in ("classroom", "quizzes")]


def request_of(user: User):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def test_the_first_page_has_each_list_once_on_the_shelf_where_it_belongs(office):  # noqa: F811
    page = office.get(reverse("admin:index"))

    shelves = page.context["app_list"]
    assert [shelf["app_label"] for shelf in shelves] == [shelf.value for shelf in Shelf]
    listed = [each["model"] for shelf in shelves for each in shelf["models"]]
    assert sorted(map(repr, listed)) == sorted(map(repr, admin.site._registry))
    for shelf in shelves:
        for each in shelf["models"]:
            assert shelf_of(admin.site._registry[each["model"]]).value == shelf["app_label"]
            assert f'href="{each["admin_url"]}"' in page.content.decode()


def test_whoever_may_see_one_list_sees_its_shelf_alone(db, as_user):
    clerk = factories.make_user("Cleo", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_invitation"))

    shelves = as_user(clerk).get(reverse("admin:index")).context["app_list"]

    assert [shelf["app_label"] for shelf in shelves] == ["people"]
    clerk.user_permissions.clear()
    assert "You have no right to see anything here" in as_user(clerk).get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("theme", "sheet"),
    [
        (Theme.LIGHT, ""),
        (Theme.DARK, 'media="screen"'),
        (Theme.SYSTEM, 'media="screen and (prefers-color-scheme: dark)"'),
    ],
)
def test_the_panel_has_the_look_that_its_reader_has_chosen(office, boss, theme, sheet):  # noqa: F811
    User.objects.filter(pk=boss.pk).update(theme=theme, wide_spacing=True, language="es")

    for address in (reverse("admin:index"), url_of(User, "changelist"), url_of(User, "change", boss.pk)):
        page = office.get(address).content.decode()
        dark = re.findall(r"<link[^>]*dark\.css[^>]*>", page)
        assert [sheet in each for each in dark] == ([True] if sheet else [])
        assert 'lang="es"' in page
        assert re.search(r'<body class="[^"]*wide-spacing', page)
        assert "theme.js" not in page
        assert "<style" not in page
        assert not re.search(r'\sstyle="', page)


def test_from_the_panel_to_the_sites_pages_and_back(office, school, alice):  # noqa: F811
    for model in (Film, Source, Fact, Conflict, User):
        row = alice if model is User else model.objects.first()
        page = office.get(url_of(model, "change", row.pk)).content.decode()
        (address,) = re.findall(r'<a href="([^"]+)" class="viewsitelink"', page)
        assert office.get(address).status_code == 200, address
    film, fact = Film.objects.get(), Fact.objects.first()
    for address, back in (
        (reverse("classroom:film", args=[film.key]), url_of(Film, "change", film.pk)),
        (reverse("classroom:fact", args=[film.key, fact.key]), f"{url_of(Fact, 'changelist')}?q={fact.key}"),
        (reverse("classroom:person", args=[alice.pk]), url_of(User, "change", alice.pk)),
    ):
        assert f'href="{back}"' in office.get(address).content.decode()
        assert office.get(back).status_code == 200


def test_of_who_stands_in_for_an_erased_student_the_site_has_no_page(office):  # noqa: F811
    stand_in = factories.make_user("Nobody", is_stand_in=True)
    page = office.get(url_of(User, "change", stand_in.pk))
    assert page.status_code == 200
    assert "viewsitelink" not in page.content.decode()


def test_who_is_no_admin_is_shown_no_way_to_the_panel(school, alice, as_user):  # noqa: F811
    film, fact = Film.objects.get(), Fact.objects.first()
    for address in (
        reverse("classroom:film", args=[film.key]),
        reverse("classroom:fact", args=[film.key, fact.key]),
    ):
        assert "/admin/" not in as_user(alice).get(address).content.decode()


def test_each_list_takes_the_same_queries_with_the_rows_of_one_class_and_of_three(office, school, boss):  # noqa: F811
    def cost_of_each() -> dict[str, int]:
        cost = {}
        for model in OURS:
            office.get(url_of(model, "changelist"))  # what is asked once alone, such as content types
            with CaptureQueriesContext(connection) as queries:
                assert office.get(url_of(model, "changelist")).status_code == 200
            cost[model.__name__] = sum("clock_timestamp" not in each["sql"] for each in queries.captured_queries)
        return cost

    with_one = cost_of_each()
    for number in (2, 3):
        student = factories.make_user("Dina")
        section = factories.make_section(teacher=factories.make_teacher(), students=(student,), name=f"Class {number}")
        furnish(section, student, boss, number)
    assert min(model.objects.count() for model in OURS) >= 3

    assert cost_of_each() == with_one


@pytest.mark.parametrize("page", EVERY_LIST, ids=lambda page: page.model.__name__)
def test_no_list_deletes_in_bulk(boss, page):  # noqa: F811
    assert "delete_selected" not in page.get_actions(request_of(boss))


def test_what_students_did_and_what_happened_is_never_deleted(boss):  # noqa: F811
    may_go = {
        page.model.__name__ for page in admin.site._registry.values() if page.has_delete_permission(request_of(boss))
    }
    # A word that is no longer watched, and what the accounts' library keeps.
    assert may_go == {"WatchedWord", "EmailAddress", "Authenticator", "Group"}


def test_settings_of_a_classes_talk_are_not_deleted(office, school):  # noqa: F811
    row = TalkSettings.objects.get()
    assert office.post(url_of(TalkSettings, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_second_factors_secret_is_not_shown_and_a_lost_one_is_deleted(office, alice, as_user):  # noqa: F811
    factor = Authenticator.objects.create(user=alice, type="totp", data={"secret": "KEEP-THIS-TO-YOURSELF"})
    for address in (url_of(Authenticator, "changelist"), url_of(Authenticator, "change", factor.pk)):
        page = office.get(address)
        assert page.status_code == 200
        assert "KEEP-THIS" not in page.content.decode()
    assert office.get(url_of(Authenticator, "add")).status_code == 403
    clerk = factories.make_user("Cleo", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(content_type__model="authenticator"))
    assert as_user(clerk).post(url_of(Authenticator, "delete", factor.pk), {"post": "yes"}).status_code == 403

    assert office.post(url_of(Authenticator, "delete", factor.pk), {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.exists()


def make_task(status: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        started_at=factories.NOW,
        finished_at=factories.NOW,
        worker_ids=["one", "two", "three"],
        args_kwargs={"args": [], "kwargs": {}},
        task_path="classroom.privacy.daily.run_retention",
        backend_name="default",
        run_after=get_date_max(),
        exception_class_path="builtins.OSError",
        traceback="The mail server is away.",
    )


def test_failed_tasks_are_tried_again_and_no_others(office: Client):  # noqa: F811
    failed, done = make_task(TaskResultStatus.FAILED), make_task(TaskResultStatus.SUCCESSFUL)
    chosen = {"action": "try_again", "_selected_action": [str(failed.pk), str(done.pk)]}

    told = office.post(url_of(DBTaskResult, "changelist"), chosen, follow=True).content.decode()

    assert "Put back into the queue: 1" in told
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.status, failed.worker_ids, failed.traceback) == (TaskResultStatus.READY, [], "")
    assert done.status == TaskResultStatus.SUCCESSFUL
    assert failed in DBTaskResult.objects.ready()
