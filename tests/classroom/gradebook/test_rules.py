"""A class's rules for its gradebook: set on their pages, and never over somebody else's unseen."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.people.models import Section
from tests import factories

pytestmark = pytest.mark.django_db


def rules(*categories: tuple[object, str, int], **policy: object) -> dict[str, object]:
    """What the page of rules sends: categories by id (empty for a new one), name and weight."""
    own = {"scale": "percent", "late_percent": "0", "late_floor": "0", "letters_typed": "A 0", **policy}
    data: dict[str, object] = {f"policy-{name}": value for name, value in own.items()}
    data["categories-TOTAL_FORMS"] = str(len(categories))
    data["categories-INITIAL_FORMS"] = str(sum(bool(pk) for pk, _name, _weight in categories))
    for place, (pk, name, weight) in enumerate(categories):
        row = {"id": pk, "name": name, "weight": weight, "drop_lowest": 0}
        data |= {f"categories-{place}-{field}": value for field, value in row.items()}
    return data


def rules_page(section: Section) -> str:
    return reverse("classroom:gradebook_settings", args=[section.pk])


def basis(client: Client, address: str) -> str:
    """What a page of rules, opened now, would send of what it shows."""
    return str(client.get(address).context["form"]["basis"].value())


def fields(reply) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """What the shown page would send if its button were pressed at once."""
    categories = reply.context.get("categories")
    forms = [reply.context["form"], *([categories.management_form, *categories] if categories else [])]
    bound = [field for form in forms for field in form]
    return {each.html_name: each.value() for each in bound if each.value() not in (None, "", False)}


def test_rules_are_set_on_a_page_and_logged(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    address = rules_page(section)
    gone = Category.objects.create(section=section, name="Old")
    client = as_user(teacher)
    data = rules(
        (gone.pk, "Old", 0),
        ("", "Checks", 40),
        scale="letters",
        late_percent=10,
        late_floor=40,
        letters_typed="Pass 50, Fail 0",
        basis=basis(client, address),
    )
    data["categories-0-DELETE"] = "on"
    assert client.post(address, data).status_code == 302
    policy = section.grading_policy
    assert (policy.scale, policy.letters, policy.late_floor) == ("letters", [["Pass", 50], ["Fail", 0]], 40)
    assert [each.name for each in Category.objects.all()] == ["Checks"]
    # The second click of a double one finds all as it wants it.
    assert client.post(address, data).status_code == 302
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.GRADING_CHANGED).count() == 1


@pytest.mark.parametrize("letters", ["A", "A 90, B 95", "A 190", "A 90, B 90", "A ٩", "A 90, B 80"])
def test_letters_that_make_no_scale_are_refused(as_user, section, teacher, letters: str) -> None:  # type: ignore[no-untyped-def]
    client, address = as_user(teacher), rules_page(section)
    data = rules(letters_typed=letters, basis=basis(client, address))
    assert client.post(address, data).status_code == 422
    assert not GradingPolicy.objects.exists()


def test_a_second_click_makes_no_second_category_and_another_of_its_name_is_shown(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    client, address = as_user(teacher), rules_page(section)
    opened = basis(client, address)
    for _click in range(2):
        assert client.post(address, rules(("", "Checks", 40), basis=opened)).status_code == 302
    assert [each.weight for each in Category.objects.all()] == [40]

    reply = client.post(address, rules(("", "Checks", 60), basis=opened))
    assert reply.status_code == 409
    words = "yours “Checks, weight 60, lowest left out 0”, kept “Checks, weight 40, lowest left out 0”"
    assert words in reply.content.decode()
    assert [each.weight for each in Category.objects.all()] == [40]
    assert client.post(address, fields(reply)).status_code == 302
    assert [each.weight for each in Category.objects.all()] == [60]


def test_two_categories_may_take_each_others_names(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    client, address = as_user(teacher), rules_page(section)
    one, other = (Category.objects.create(section=section, name=name, weight=50) for name in ("Checks", "Essays"))
    sent = rules((one.pk, "Essays", 50), (other.pk, "Checks", 50), basis=basis(client, address))
    assert client.post(address, sent).status_code == 302
    assert {each.pk: each.name for each in Category.objects.all()} == {one.pk: "Essays", other.pk: "Checks"}


def test_rules_on_an_older_page_are_shown_beside_those_kept_before_they_count(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 11
    address, client = rules_page(section), as_user(teacher)
    essays = Category.objects.create(section=section, name="Essays", weight=30)
    talks = Category.objects.create(section=section, name="Talks", weight=10)
    opened = basis(client, address)
    Category.objects.filter(pk=essays.pk).update(weight=50)
    Category.objects.filter(pk=talks.pk).delete()
    came = Category.objects.create(section=section, name="Posters", weight=5)
    GradingPolicy.objects.create(section=section, scale="letters", late_percent=20)

    reply = client.post(address, rules((essays.pk, "Essays", 30), (talks.pk, "Talks", 10), basis=opened))
    assert reply.status_code == 409
    page = reply.content.decode()
    for words in ("yours “per cent”, kept “letters”", "yours “0”, kept “20”", "yours “Talks, weight 10, lowest"):
        assert words in page
    assert "Category “Essays”: yours “Essays, weight 30, lowest left out 0”, kept “Essays, weight 50" in page
    assert "Posters" in page
    assert section.grading_policy.late_percent == 20
    assert {each.name: each.weight for each in Category.objects.all()} == {"Essays": 50, "Posters": 5}

    assert client.post(address, fields(reply)).status_code == 302
    assert GradingPolicy.objects.get().late_percent == 0
    kept = {each.name: (each.weight, each.pk) for each in Category.objects.all()}
    assert kept.keys() == {"Essays", "Talks", "Posters"}
    assert kept["Essays"] == (30, essays.pk)
    assert kept["Posters"] == (5, came.pk)


def test_a_release_of_scores_is_not_undone_by_an_older_form(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 11
    work = factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=work, hidden=True, out_of=Decimal(10))
    client, address = as_user(teacher), reverse("classroom:column_settings", args=[section.pk, work.pk])
    older = {"basis": basis(client, address), "hidden": "on", "counts": "on", "out_of": "10"}
    release = reverse("classroom:scores_release", args=[section.pk, work.pk])
    assert client.post(release, {"hidden": "no", "basis": older["basis"]}).status_code == 302

    reply = client.post(address, older)
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Hidden from students: yours “yes”, kept “no”" in page
    assert page.count("yours “") == 1
    assert ColumnSettings.objects.get().hidden is False
    assert client.post(address, older).status_code == 409
    # Whoever has read that saves again.
    for _click in range(2):
        assert client.post(address, fields(reply)).status_code == 302
    assert ColumnSettings.objects.get().hidden is True
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.GRADING_CHANGED).count() == 2


@pytest.mark.parametrize("hidden", ["no", "yes"])
def test_scores_are_released_only_by_who_has_seen_how_they_count(as_user, section, teacher, hidden: str) -> None:  # type: ignore[no-untyped-def]
    # trust 10
    work = factories.make_assignment(section)
    ColumnSettings.objects.create(assignment=work, hidden=hidden == "no", out_of=Decimal(10))
    client = as_user(teacher)
    release = reverse("classroom:scores_release", args=[section.pk, work.pk])
    opened = client.get(reverse("classroom:gradebook_column", args=[section.pk, work.pk]))
    ColumnSettings.objects.update(out_of=Decimal(20))

    reply = client.post(release, {"hidden": hidden, "basis": opened.context["basis"]})
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Points: 20.00" in page
    assert f"Hidden from students: {'yes' if hidden == 'no' else 'no'}" in page
    assert ColumnSettings.objects.get().hidden is (hidden == "no")
    assert client.post(release, {"hidden": hidden}).status_code == 409
    # Whoever has read that presses again, and a second click says the same.
    for _click in range(2):
        assert client.post(release, {"hidden": hidden, "basis": reply.context["basis"]}).status_code == 302
    assert ColumnSettings.objects.get().hidden is (hidden == "yes")
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.GRADING_CHANGED).count() == 1


def test_the_first_settings_of_a_column_are_taken_once(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    work = factories.make_assignment(section)
    client, address = as_user(teacher), reverse("classroom:column_settings", args=[section.pk, work.pk])
    opened = basis(client, address)
    assert client.post(address, {"basis": opened, "counts": "on", "out_of": "20"}).status_code == 302
    assert client.post(address, {"basis": opened, "counts": "on", "out_of": "30"}).status_code == 409
    assert client.post(address, {"counts": "on", "out_of": "30"}).status_code == 409
    assert ColumnSettings.objects.get().out_of == 20


def test_a_category_of_another_class_is_neither_offered_nor_taken(as_user, section, teacher) -> None:  # type: ignore[no-untyped-def]
    # trust 13
    foreign = Category.objects.create(section=factories.make_section(name="Elsewhere"), name="Theirs")
    work = factories.make_assignment(section)
    client, address = as_user(teacher), reverse("classroom:column_settings", args=[section.pk, work.pk])
    assert "Theirs" not in client.get(address).content.decode()
    sent = {"category": foreign.pk, "counts": "on", "basis": basis(client, address)}
    assert client.post(address, sent).status_code == 422
    address = rules_page(section)
    sent = rules((foreign.pk, "Mine now", 1), basis=basis(client, address))
    client.post(address, sent)
    foreign.refresh_from_db()
    assert (foreign.name, foreign.section.name) == ("Theirs", "Elsewhere")
