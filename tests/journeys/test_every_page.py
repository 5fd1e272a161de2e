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
from tests.test_permission_matrix import RULES, WHO, School, school  # noqa: F401 - a fixture

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


# What no visitor is shown by its bare address, and why. Pages among it are looked at in ``test_every_state``.
FILES = (
    *("classroom:calendar_feed", "classroom:gradebook_file", "classroom:healthz", "classroom:lesson_answers_file"),
    *("classroom:lesson_steps_file", "classroom:own_copy", "classroom:person_copy", "classroom:roster_export"),
    *("classroom:student_copy", "classroom:thread_export", "classroom:tracking_file", "quizzes:analysis_file"),
    *("quizzes:class_coverage_file", "quizzes:class_facts_file", "quizzes:class_marks_file"),
    *("quizzes:class_questions_file", "quizzes:question_export_file", "quizzes:quiz_paper_pdf"),
)
ONLY_LEAD_ELSEWHERE = (
    *("classroom:assignment_thread", "classroom:notice", "classroom:post", "classroom:post_appeals"),
    *("quizzes:attempt_question", "quizzes:regrade_notice"),
)
NEED_MORE_THAN_AN_ADDRESS = (
    # A second class to choose from.
    "classroom:assign_start",
    # A code, a token, a student to name, a post that is published, an attempt that is handed in.
    *("classroom:join_account", "classroom:invitation", "classroom:unsubscribe", "classroom:student_mute"),
    *("classroom:post_hide", "quizzes:result"),
    # Somebody else than the visitors.
    *("classroom:post_flag", "quizzes:appeal"),
)


def test_what_no_visitor_is_shown_is_named_above(school: School) -> None:  # noqa: F811
    seen = {address for person in VISITORS for address in pages_of(person, school)}
    unseen = {
        name
        for name, (takes, _who) in WHO.items()
        if "GET" in RULES[name].methods and reverse(name, kwargs=school.kwargs.get(takes, {})) not in seen
    }
    assert unseen == {*FILES, *ONLY_LEAD_ELSEWHERE, *NEED_MORE_THAN_AN_ADDRESS}


def make_visitor(visitor: Callable[..., Visitor], language: str, *, scripts: bool) -> Visitor:
    # Without movement: a colour on its way from light to dark is neither.
    someone = visitor(locale=language, reduced_motion="reduce")
    if not scripts:
        # Axe is a script itself. No page holds one of its own, so that without the files there is none but axe.
        someone.context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return someone


def faults_of(someone: Visitor, address: str, language: str) -> list[str]:
    """Open the address, and look at it in every width and scheme."""
    reply = someone.page.goto(someone.address + address)
    assert reply is not None
    broken = [] if reply.ok else [f"{address}: {reply.status}"]
    return broken + faults_in_every_look(someone, language)


def faults_in_every_look(someone: Visitor, language: str) -> list[str]:
    """What is wrong with the page that is open, which has to speak the language."""
    spoken = (someone.page.locator("html").get_attribute("lang") or "").lower()
    faults = [] if spoken == language else [f"{someone.page.url} is in {spoken or 'no language'}"]
    for scheme, first in zip(SCHEMES, (LANGUAGES.index(language), LANGUAGES.index(language) + 1), strict=True):
        someone.page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            someone.page.set_viewport_size({"width": width, "height": 800})
            # Axe, which takes long, looks at another width in each language.
            rules_too = width == WIDTHS[first % len(WIDTHS)]
            faults += [f"{scheme}, {width} px: {fault}" for fault in someone.faults_here(rules_too=rules_too)]
    return faults


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
    someone = make_visitor(visitor, language, scripts=scripts)
    if person in school.people:
        User.objects.filter(pk=school.people[person].pk).update(language=language)
        someone.sign_in_as(school.people[person])
    faults: list[str] = []
    for address in addresses_of(person, school):
        faults += faults_of(someone, address, language)
    assert not faults, "\n".join(faults)
