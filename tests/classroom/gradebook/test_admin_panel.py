"""The panel shows scores as they are, and of work under seal no points."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from classroom.common import clock
from classroom.discussions.models import Pseudonym, Thread
from classroom.gradebook.actions import record_score
from classroom.gradebook.models import Score, ScoreEvent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db, as_user):
    return as_user(factories.make_user("Root", is_staff=True, is_superuser=True))


def give(thread, student, points: str) -> None:
    record_score(
        assignment=thread.assignment,
        student=student,
        points=Decimal(points),
        out_of=Decimal(97),
        source=f"hand:{thread.pk}:{student.pk}",
        by=None,
        at=clock.now(),
    )
    Score.objects.update(feedback="SAID-OF-IT")


def pages(client) -> list[str]:
    found = []
    for model in (Score, ScoreEvent):
        name = f"admin:classroom_{model._meta.model_name}"
        found.append(client.get(reverse(f"{name}_changelist")).content.decode())
        addresses = [reverse(f"{name}_change", args=[pk]) for pk in model.objects.values_list("pk", flat=True)]
        found += [client.get(address).content.decode() for address in addresses]
    return found


def test_points_under_seal_are_not_in_the_panel_until_the_name_is_opened(root, section, alice):  # trust 37
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    name = Pseudonym.objects.create(thread=thread, user=alice, name="Calm Heron")
    give(thread, alice, "61.37")
    shown = pages(root)
    assert len(shown) == 4
    for page in shown:
        assert "alice" in page.lower()
        assert "61.37" not in page
        assert "97.00" not in page
        assert "SAID-OF-IT" not in page
        assert "sealed" in page
    Pseudonym.objects.filter(pk=name.pk).update(opened_at=clock.now())
    assert all("61.37" in page for page in pages(root))


def test_other_scores_are_there_to_be_looked_at(root, section, alice):
    give(factories.make_thread(section), alice, "61.37")
    assert all("61.37" in page and "sealed" not in page for page in pages(root))


def test_nobody_orders_the_list_by_points(root, section, alice, bob):  # trust 37
    thread = factories.make_thread(section, names=Thread.Names.SEALED)
    for student, points in ((alice, "5"), (bob, "3")):
        give(thread, student, points)
    address = reverse("admin:classroom_score_changelist")
    page = root.get(address).content.decode()
    [head] = re.findall(r"<th[^>]*column-shown_points.*?</th>", page, re.DOTALL)
    assert "sortable" not in head
    assert "?o=" not in head


def test_a_long_list_costs_no_more_queries(root, section, alice, bob, count_queries):
    sealed, other = factories.make_thread(section, names=Thread.Names.SEALED), factories.make_thread(section)
    for thread in (sealed, other):
        give(thread, alice, "5")
    address = reverse("admin:classroom_score_changelist")
    root.get(address)
    cost = count_queries(root, address)
    for thread in (sealed, other):
        give(thread, bob, "5")
    assert count_queries(root, address) == cost
