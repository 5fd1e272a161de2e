"""A student is erased: gone from every page, export and file, while the class's averages stand."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from classroom.assignments.actions import make_feed
from classroom.people.models import User
from tests import factories
from tests.classroom.privacy.conftest import (  # noqa: F401 - fixtures
    NOW,
    Trail,
    answer_quiz,
    boss,
    own_data_folder,
    trail,
)
from tests.classroom.privacy.test_erasing import found
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
# What these pages say of a student that is theirs alone; the rest stands in no page but in the tables.
ON_PAGES = {"name", "user name", "answer", "post", "step answer", "feedback"}


@pytest.fixture
def school(trail: Trail, bob: User, teacher: User) -> Trail:  # noqa: F811
    """Besides all that Dora has left: a group, more time, an excuse, feedback; and Bob, who did the quiz as well."""
    work = trail.quiz.assignment
    factories.make_group(trail.section, trail.dora, bob, name="Blue")
    factories.make_override(work, trail.dora, extra_minutes=10)
    factories.make_excuse(trail.thread.assignment, trail.dora, reason="canaryexcuse")
    answer_quiz(trail.quiz, bob, "the keeper")
    trail.dora.scores.filter(assignment=work).update(feedback="canaryfeedback")
    for user, section in ((teacher, trail.section), (trail.dora, None), (bob, None)):
        make_feed(user=user, section=section, at=NOW)
    trail.canaries |= {"excuse": "canaryexcuse", "feedback": "canaryfeedback"}
    return trail


def test_a_student_is_erased_and_the_averages_stand(
    school: Trail,
    teacher: User,
    bob: User,
    boss: User,  # noqa: F811
    visitor: Callable[..., Visitor],
) -> None:
    people = (teacher, bob, boss)
    assert set(found(school.canaries, everything_shown(people))) >= ON_PAGES
    assert set(found(school.canaries, everything_stored())) >= ON_PAGES
    desk = visitor().sign_in_as(teacher)
    before = averages(desk, school)
    a_teacher_asks(desk, school)
    an_admin_carries_it_out(visitor(color_scheme="dark").sign_in_as(boss), school)
    assert averages(desk, school) == before
    the_classmate_keeps_the_own_reply(visitor(width=360).sign_in_as(bob), school)
    assert found(school.canaries, everything_shown(people)) == []
    assert found(school.canaries, everything_stored()) == []
    assert school.client.get("/home/").status_code == 302


def averages(desk: Visitor, school: Trail) -> list[str]:
    """What stands at the foot of the gradebook."""
    desk.go(f"/classes/{school.section.pk}/gradebook/")
    foot = desk.page.locator("main tfoot").locator("th, td").all_inner_texts()
    assert foot[0] == "Class average"
    assert any("%" in each for each in foot)
    return foot


def a_teacher_asks(desk: Visitor, school: Trail) -> None:
    desk.go(f"/classes/{school.section.pk}/")
    desk.follow(f"Data of {school.dora.name}")
    desk.page.locator("#id_ground").select_option("parents")
    desk.fill("Note", "Dora's mother came.")
    desk.press("Ask for the erasure")
    assert desk.sees("An erasure has been asked for, and waits for an admin.")


def an_admin_carries_it_out(admin: Visitor, school: Trail) -> None:
    admin.go("/privacy/")
    admin.follow(school.dora.username, exact=True)
    admin.fill("The student's user name", "somebody")
    admin.is_refused("Erase now, for good", 422)
    admin.fill("The student's user name", school.dora.username)
    admin.press("Erase now, for good")
    assert admin.sees("It is done. The proof is below.")


def the_classmate_keeps_the_own_reply(bob: Visitor, school: Trail) -> None:
    bob.go(f"/threads/{school.thread.pk}/")
    assert bob.sees("I see it so, too.")


# --- Everywhere ---------------------------------------------------------------------------------------------------


def everything_shown(people: tuple[User, ...]) -> str:
    """All pages and files that these people come to by links from their home page, as text."""
    return "\n".join(text for person in people for text in crawl(person))


def crawl(person: User) -> Iterator[str]:
    client = Client()
    client.force_login(person)
    waiting, seen = ["/home/", "/admin/"] if person.is_staff else ["/home/"], set[str]()
    while waiting:
        address = waiting.pop()
        reply = client.get(address, follow=True)
        assert reply.status_code == 200, address
        text = readable(b"".join(reply) if reply.streaming else reply.content)
        yield text
        here = reply.redirect_chain[-1][0] if reply.redirect_chain else address
        for link in links(text, here):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    assert len(seen) > 10


def links(page: str, here: str) -> Iterator[str]:
    """Where a page leads within the site; the panel's ways of sorting and filtering show the same rows again.

    The choice of a look is one page, wherever it goes back to.
    """
    for found_link in re.findall(r'(?:href="|value="(?=http://testserver))([^"#]+)', page):
        path = urljoin(here, html.unescape(found_link).removeprefix("http://testserver"))
        path = path.partition("?")[0] if path.startswith(("/admin/", "/appearance/")) else path
        if path.startswith("/") and not path.startswith(("/static/", "/accounts/log", "/admin/log", "/admin/jsi18n")):
            yield path


def readable(content: bytes) -> str:
    """A page as it is; what is packed (XLSX, copies) unpacked."""
    if content.startswith(b"%PDF"):
        # The paper of a quiz: its own streams are packed too, and it is made of the quiz alone.
        return ""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def everything_stored() -> str:
    """Every byte of the data folder, and of the database's files where it has any."""
    files = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        files += [each for each in database.parent.glob(f"{database.name}*") if each.is_file()]
        return "\n".join(each.read_bytes().decode("latin-1") for each in files)
    from tests.classroom.privacy.test_erasing import everything

    return "\n".join([everything(), *(each.read_bytes().decode("latin-1") for each in files)])
