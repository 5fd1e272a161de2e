"""Every page as everybody may have it: three languages, three widths, light and dark, with scripts and without.

Axe, the console, the width, and that nothing is asked of another server. ``make pages`` runs it; the ordinary tests
look at each page once, narrow and dark.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from classroom.people.models import User
from tests.journeys.conftest import Visitor
from tests.journeys.test_axe_everywhere import VISITORS, pages_of
from tests.test_permission_matrix import School, school  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# An old phone, a tablet held upright, a laptop.
WIDTHS = (320, 768, 1280)
SCHEMES = ("light", "dark")
ACCOUNT_PAGES = {
    "nobody": ("account_login", "account_reset_password"),
    "teacher": ("account_logout", "account_change_password", "mfa_index", "mfa_activate_totp"),
    "alice": ("account_logout",),
    "admin": (),
}


def addresses_of(person: str, everybody: School) -> Iterator[str]:
    yield from pages_of(person, everybody)
    yield from (reverse(name) for name in ACCOUNT_PAGES[person])
    if person == "admin":
        yield reverse("admin:index")
        for model in admin.site._registry:
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("person", VISITORS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_pleases(
    person: str,
    scripts: bool,
    language: str,
    school: School,  # noqa: F811
    visitor: Callable[..., Visitor],
) -> None:
    # Without movement: a colour on its way from light to dark is neither.
    someone = visitor(locale=language, reduced_motion="reduce")
    if not scripts:
        # Axe is a script itself. No page holds one of its own, so that without the files there is none but axe.
        someone.context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    if person in school.people:
        User.objects.filter(pk=school.people[person].pk).update(language=language)
        someone.sign_in_as(school.people[person])
    faults: list[str] = []
    for address in addresses_of(person, school):
        reply = someone.page.goto(someone.address + address)
        assert reply is not None
        spoken = (someone.page.locator("html").get_attribute("lang") or "").lower()
        if not reply.ok or spoken != language:
            faults.append(f"{address}: {reply.status}, in {spoken or 'no language'}")
        for scheme, first in zip(SCHEMES, (LANGUAGES.index(language), LANGUAGES.index(language) + 1), strict=True):
            someone.page.emulate_media(color_scheme=scheme)
            for width in WIDTHS:
                someone.page.set_viewport_size({"width": width, "height": 800})
                # Axe, which takes long, looks at another width in each language.
                rules_too = width == WIDTHS[first % len(WIDTHS)]
                faults += [f"{scheme}, {width} px: {fault}" for fault in someone.faults_here(rules_too=rules_too)]
    assert not faults, "\n".join(faults)
