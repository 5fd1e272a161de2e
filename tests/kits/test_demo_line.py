"""The position line of the demo's script: what the teacher's page shows of the markings that are closed."""

import random

import pytest
from django.urls import reverse

from classroom.discussions.models import Thread
from classroom.people.models import Section, User
from classroom.stances import figures
from classroom.stances.models import Line, Mark, Moment
from kits.demo.line import mark_line
from kits.demo.school import NAMES
from kits.demo.script import PositionLine, read_script
from kits.shipped import shipped_kits
from tests import factories
from tests.factories import NOW


def shipped_line() -> PositionLine:
    script = read_script(shipped_kits() / "never-sorry")
    assert script is not None
    assert script.line is not None
    return script.line


def test_of_the_shipped_markings_all_can_be_shown_the_last_too_once_it_is_closed() -> None:
    markings = shipped_line().markings
    *closed, still_open = markings
    # All of the class but the student whom a visitor signs in as.
    assert [sum(each.places) for each in closed] == [len(NAMES) - 1] * 2
    for each in markings:
        one, two, middle, four, five = each.places
        assert None not in figures.cells((one + two, middle, four + five))
        assert bool(each.moved) == bool(figures.named({each.moved_by: each.moved}, sum(each.places)))
    assert any(each.moved for each in closed)
    assert 0 < sum(still_open.places) < len(NAMES) - 1


@pytest.mark.django_db
def test_the_teachers_page_shows_how_the_line_moved(as_user, section: Section, teacher: User) -> None:  # type: ignore[no-untyped-def]
    prompt = factories.make_prompt(factories.make_film(), position_line={"from": "no", "to": "yes"})
    markings = shipped_line().markings
    [key] = {each.moved_by for each in markings if each.moved_by}
    prompt.facts.add(factories.make_fact(prompt.film, key=key, statement="The lamp burned."))
    thread = factories.make_thread(section, prompt=prompt)
    students = [factories.make_user(f"Pupil {number}") for number in range(len(NAMES) - 1)]
    for each in students:
        factories.add_member(section, each)
    mark_line(
        thread=Thread.objects.get(pk=thread.pk),
        markings=markings,
        students=students,
        by=teacher,
        at=NOW,
        chance=random.Random(1),
    )
    assert Line.objects.get().moment == Moment.TALKED
    assert [Mark.objects.filter(moment=each).count() for each in Moment] == [sum(each.places) for each in markings]
    html = as_user(teacher).get(reverse("classroom:stance", args=[thread.pk])).content.decode()
    assert "The lamp burned." in html
    for each in markings[:-1]:
        assert f"<td>{each.places[2]}</td>" in html
