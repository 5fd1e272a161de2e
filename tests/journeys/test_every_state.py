"""The pages that no address of the table leads to by itself, as everybody may have them (see ``test_every_page``).

What a mail's link opens, what comes after a form, long work in each of its states, a second factor, a class and a film
of which there is nothing yet. The pages for what went wrong are in ``test_axe_errors``, in every language, too.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Flag, Post
from classroom.jobs import counts
from classroom.jobs.models import Job
from classroom.notices.mail import unsubscribe_path
from classroom.people.models import Invitation, JoinCode, User
from quizzes.delivery.models import Attempt
from tests import factories
from tests.journeys.conftest import Visitor
from tests.journeys.test_every_page import LANGUAGES, faults_in_every_look, faults_of, make_visitor
from tests.test_permission_matrix import School, school  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
PASSWORD = "tofu-lantern-9"
SAID = "I think that the numbers were kept back on purpose."


@pytest.fixture
def people(school: School, language: str, settings: object, tmp_path: Path) -> School:  # noqa: F811
    """Everybody reads in one language; the counts of jobs are files, and go to a folder of the test's own."""
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    cache.clear()
    User.objects.update(language=language)
    return school


def jobs_of(people: School) -> list[Job]:
    """Long work as it waits, as it runs with a count and without, and as it ended in each way."""
    at = clock.now()
    asked = {
        "kind": "roster",
        "by": people.people["teacher"],
        "section": people.section,
        "about": "Film club",
        "back": reverse("classroom:roster", args=[people.section.pk]),
        "asked_at": at,
    }
    over = {"started_at": at, "ended_at": at}
    counted = Job.objects.create(state="running", started_at=at, **asked)
    counts.write(counted.pk, 30, 90)
    return [
        Job.objects.create(state="waiting", **asked),
        counted,
        Job.objects.create(state="running", started_at=at, **asked),
        Job.objects.create(state="done", told={"made": 90}, **over, **asked),
        Job.objects.create(state="cancelled", **over, **asked),
        Job.objects.create(state="failed", fault="broken", **over, **asked),
        Job.objects.create(state="failed", fault="lost", **over, **asked),
    ]


def of_the_teacher(people: School) -> Iterator[str]:
    section, teacher = people.section, people.people["teacher"]
    for job in jobs_of(people):
        yield reverse("classroom:job", args=[job.pk])
    yield reverse("classroom:student_mute", args=[section.pk]) + f"?student={people.people['alice'].pk}"
    published = people.kwargs["post_id published"]
    yield from (reverse(f"classroom:{name}", kwargs=published) for name in ("post_hide", "post_remove", "post_mute"))
    # A class of nobody, for which nothing is set; with it, the teacher has two to choose from.
    empty = factories.make_section(teacher=teacher, name="Empty")
    for name in (
        "section",
        "tracking",
        "gradebook",
        "threads",
        "groups",
        "roster",
        "class_flags",
        "not_begun",
        "assign",
    ):
        yield reverse(f"classroom:{name}", args=[empty.pk])
    for name in ("to_grade", "class_facts", "class_marks", "class_questions", "class_coverage"):
        yield reverse(f"quizzes:{name}", args=[empty.pk])
    film = factories.make_film("the-pier")
    yield from (reverse(f"classroom:{name}", args=[film.key]) for name in ("kit", "prompts", "conflicts", "glossary"))
    bank = reverse("quizzes:bank", args=[film.key])
    yield from (bank, f"{bank}?q=lamp", reverse("quizzes:fact_reviews", args=[film.key]))
    prompt = factories.make_prompt(film)
    yield reverse("classroom:assign_start") + f"?what=thread:{prompt.pk}"


def of_bob(people: School) -> Iterator[str]:
    bob = people.people["bob"]
    yield reverse("classroom:post_flag", kwargs=people.kwargs["post_id read"])
    yield reverse("quizzes:appeal", kwargs=people.kwargs["attempt_id position handed_in"])
    yield reverse("quizzes:result", args=[Attempt.objects.get(student=bob).pk])
    thread = Post.objects.get(pk=people.kwargs["post_id read"]["post_id"]).thread
    for outcome in Flag.Outcome.values:
        reported = factories.make_post(thread, people.people["alice"], state=Post.State.PUBLISHED)
        told = {"outcome": outcome, "answer": "I have talked to them.", "reason": Flag.Reason.HURTS}
        Flag.objects.create(post=reported, by=bob, text=reported.body, at=clock.now(), **told)
    yield reverse("classroom:own_flags", args=[people.section.pk])
    yield reverse("classroom:thread", args=[thread.pk])


def of_nobody(people: School) -> Iterator[str]:
    teacher = people.people["teacher"]
    yield reverse("classroom:invitation", args=[Invitation.objects.get().token])
    yield unsubscribe_path(teacher)
    for name in (
        "signup",
        "reset_password_done",
        "reset_password_from_key_done",
        "inactive",
        "email_verification_sent",
    ):
        yield reverse(f"account_{name}")
    who = user_pk_to_url_str(teacher)
    for key in (default_token_generator.make_token(teacher), "forged"):
        yield reverse("account_reset_password_from_key", args=[who, key])


@IN_EACH_LANGUAGE
@SCRIPTS
def test_every_state_pleases(people: School, scripts: bool, language: str, visitor: Callable[..., Visitor]) -> None:
    faults: list[str] = []
    for name, addresses in {"teacher": of_the_teacher, "bob": of_bob, "nobody": of_nobody}.items():
        someone = make_visitor(visitor, language, scripts=scripts)
        if name in people.people:
            someone.sign_in_as(people.people[name])
        for address in addresses(people):
            faults += faults_of(someone, address, language)
    assert not faults, "\n".join(faults)


@IN_EACH_LANGUAGE
def test_long_work_is_told_of_where_no_script_may_run(
    people: School, language: str, visitor: Callable[..., Visitor]
) -> None:
    """Axe cannot run there, but what stands for such browsers alone is shown in no other."""
    someone = visitor(locale=language, java_script_enabled=False).sign_in_as(people.people["teacher"])
    job = jobs_of(people)[1]
    address = reverse("classroom:job", args=[job.pk])
    for width in (320, 1280):
        someone.page.set_viewport_size({"width": width, "height": 800})
        someone.page.goto(someone.address + address)
        assert someone.page.locator(f"main a[href='{address}']").is_visible()
        assert someone.faults_here(rules_too=False) == []


@IN_EACH_LANGUAGE
@SCRIPTS
def test_what_comes_after_a_form_pleases(
    people: School, scripts: bool, language: str, visitor: Callable[..., Visitor]
) -> None:
    faults: list[str] = []
    for after in (a_code, a_session_that_ended, a_second_factor, a_password_asked_for_again):
        someone = make_visitor(visitor, language, scripts=scripts)
        for _page in after(people, someone):
            faults += faults_in_every_look(someone, language)
    assert not faults, "\n".join(faults)


def send(someone: Visitor, field: str) -> None:
    """Send the form that this field is in, as its first button does."""
    with someone.page.expect_navigation():
        someone.page.locator(f"main form:has({field})").first.evaluate("(form) => form.requestSubmit()")


def sign_in(someone: Visitor, user: User) -> None:
    if someone.page.locator("main [name=login]").count():
        someone.page.locator("main [name=login]").fill(user.username)
    someone.page.locator("main [name=password]").fill(PASSWORD)
    send(someone, "[name=password]")


def a_code(people: School, someone: Visitor) -> Iterator[None]:
    someone.page.goto(someone.address + reverse("classroom:join"))
    someone.page.locator("main [name=code]").fill("XXXXXXXX")
    someone.overlooked.add("status of 422")
    send(someone, "[name=code]")
    yield
    someone.page.locator("main [name=code]").fill(JoinCode.objects.get(section=people.section).code)
    send(someone, "[name=code]")
    yield


def a_session_that_ended(people: School, someone: Visitor) -> Iterator[None]:
    bob = people.people["bob"]
    someone.sign_in_as(bob)
    someone.page.goto(someone.address + reverse("classroom:thread", kwargs=people.kwargs["thread_id"]))
    someone.page.locator("main textarea[name=body]").fill(SAID)
    # A new password ends the sessions that there are.
    bob.set_password(PASSWORD)
    bob.save()
    someone.overlooked.add("status of 403")
    send(someone, "textarea[name=body]")
    assert someone.page.locator("main [name=kept]").count() == 1
    yield
    sign_in(someone, bob)
    assert someone.page.locator("main form [name=body]").input_value() == SAID
    yield


def a_second_factor(people: School, someone: Visitor) -> Iterator[None]:
    omar = people.people["other_teacher"]
    TOTP.activate(omar, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    code, *_rest = RecoveryCodes.activate(omar).get_unused_codes()
    someone.page.goto(someone.address + reverse("account_login"))
    sign_in(someone, omar)
    yield
    someone.page.locator("main [name=code]").fill(code)
    send(someone, "[name=code]")
    someone.page.goto(someone.address + reverse("mfa_index"))
    yield
    someone.page.goto(someone.address + reverse("mfa_deactivate_totp"))
    assert "reauthenticate" in someone.page.url
    yield
    sign_in(someone, omar)
    for name in ("deactivate_totp", "view_recovery_codes", "generate_recovery_codes"):
        someone.page.goto(someone.address + reverse(f"mfa_{name}"))
        assert someone.page.url.endswith(reverse(f"mfa_{name}"))
        yield


def a_password_asked_for_again(people: School, someone: Visitor) -> Iterator[None]:
    someone.sign_in_as(people.people["admin"])
    someone.page.goto(someone.address + reverse("mfa_activate_totp"))
    assert reverse("account_reauthenticate") in someone.page.url
    yield
    sign_in(someone, people.people["admin"])
    assert someone.page.url.endswith(reverse("mfa_activate_totp"))
    yield
