"""The admin panel in a browser: in the site's look, clean for axe, without a word on the console, at any width."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.classroom.test_admin import furnish
from tests.journeys.conftest import RULES, Visitor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.allows_queries_in_templates]
PAGES = [
    "/admin/",
    "/admin/classroom/user/",
    "/admin/classroom/user/{person}/change/",
    "/admin/classroom/section/{section}/change/",
    "/admin/classroom/membership/add/",
    "/admin/classroom/assignment/",
    "/admin/classroom/fact/",
    "/admin/classroom/score/",
    "/admin/django_tasks_database/dbtaskresult/",
]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_an_admins_way_through_the_panel(width: int, scheme: str, visitor: Callable[..., Visitor]) -> None:
    boss = factories.make_user("Ada", is_staff=True, is_superuser=True)
    alice = factories.make_user("Alice")
    section = furnish(factories.make_section(teacher=factories.make_teacher(), students=(alice,)), alice, boss)
    someone = visitor(width=width, color_scheme=scheme).sign_in_as(boss)
    for page in PAGES:
        address = page.format(person=alice.pk, section=section.pk)
        someone.page.goto(someone.address + address)
        # The panel's scripts make boxes after the page has loaded, and ours name them then.
        someone.page.wait_for_load_state("networkidle")
        someone.page.wait_for_function("document.querySelectorAll('thead th:empty').length === 0")
        assert someone.faults == [], f"{address}: {someone.faults}"
        wider = someone.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} px wider than the window"
        # Django's own style sheets import others, which axe would copy into styles that the page may not carry.
        found = Axe().run(someone.page, options={**RULES, "preload": False}).response["violations"]
        assert found == [], f"axe on {address}: {[(each['id'], each['nodes'][0]['html'][:160]) for each in found]}"
        someone.faults.clear()
