"""The pages on which people's data is looked at, asked for and let go."""

import pytest
from django.urls import reverse

from classroom.audit.models import AuditEvent
from classroom.people.models import User
from classroom.privacy import actions
from classroom.privacy.models import Authorisation, ErasureRequest, LegalHold, RetentionRun
from tests import factories
from tests.classroom.privacy.conftest import NOW


def test_a_teacher_asks_and_an_admin_erases(trail, teacher, boss, as_user):
    tess, ada = as_user(teacher), as_user(boss)
    page = reverse("classroom:student_data", args=[trail.section.pk, trail.dora.pk])
    assert "stays in the class's figures" in tess.get(page).content.decode()
    asked = tess.post(page, {"ground": "parents", "note": "By letter."}, follow=True).content.decode()
    assert "An erasure has been asked for, and waits for an admin." in asked
    assert User.objects.filter(pk=trail.dora.pk).exists()

    request = ErasureRequest.objects.get()
    assert trail.dora.username in ada.get(reverse("classroom:privacy")).content.decode()
    second = reverse("classroom:erasure", args=[request.pk])
    assert "By letter." in ada.get(second).content.decode()
    assert ada.post(second, {"username": "somebody"}).status_code == 422
    assert User.objects.filter(pk=trail.dora.pk).exists()

    done = ada.post(second, {"username": trail.dora.username}, follow=True).content.decode()
    assert "The proof is below." in done
    assert "carried out" in done
    assert not User.objects.filter(pk=trail.dora.pk).exists()
    assert ada.post(second, {"username": trail.dora.username}).status_code == 404


def test_an_admin_refuses_with_a_reason(trail, boss, as_user):
    ada = as_user(boss)
    request = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=boss, at=NOW)
    address = reverse("classroom:erasure_refuse", args=[request.pk])

    assert "Say why" in ada.post(address, {"answer": ""}, follow=True).content.decode()
    ada.post(address, {"answer": "She comes back in May."})

    request.refresh_from_db()
    assert (request.state, request.answer) == ("refused", "She comes back in May.")


def test_under_a_hold_the_page_offers_no_erasure(trail, boss, as_user):
    ada = as_user(boss)
    request = actions.ask_for_erasure(person=trail.dora, ground="left", note="", by=boss, at=NOW)
    added = {"person": trail.dora.pk, "section": "", "reason": "A complaint."}
    assert ada.post(reverse("admin:classroom_legalhold_add"), added).status_code == 302
    address = reverse("classroom:erasure", args=[request.pk])

    assert "under a legal hold" in ada.get(address).content.decode()
    ada.post(address, {"username": trail.dora.username})
    assert User.objects.filter(pk=trail.dora.pk).exists()

    chosen = {"action": "lift", "_selected_action": [LegalHold.objects.get().pk]}
    ada.post(reverse("admin:classroom_legalhold_changelist"), chosen)
    assert LegalHold.objects.get().lifted_by == boss
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {AuditEvent.Kind.HOLD_PLACED, AuditEvent.Kind.HOLD_LIFTED} <= kinds


def test_an_admin_finds_a_person_by_user_name(trail, boss, as_user):
    ada = as_user(boss)
    found = ada.get(reverse("classroom:privacy"), {"user": " CanaryUser "})
    assert found["Location"] == reverse("classroom:person", args=[trail.dora.pk])
    assert "Nobody has this user name." in ada.get(reverse("classroom:privacy"), {"user": "x"}).content.decode()

    asked = ada.post(found["Location"], {"ground": "left", "note": ""})
    assert asked["Location"] == reverse("classroom:erasure", args=[ErasureRequest.objects.get().pk])


def test_whoever_has_left_the_class_is_still_in_reach_of_its_teacher(trail, teacher, as_user):
    trail.section.memberships.filter(user=trail.dora).update(ended_at=NOW)
    page = reverse("classroom:student_data", args=[trail.section.pk, trail.dora.pk])
    assert as_user(teacher).get(page).status_code == 200


def test_a_teacher_records_who_allowed_it(section, teacher, as_user):
    tess = as_user(teacher)
    address = reverse("classroom:authorisation", args=[section.pk])
    assert address in tess.get(reverse("classroom:section", args=[section.pk])).content.decode()
    assert "Nothing is recorded yet." in tess.get(address).content.decode()
    assert tess.post(address, {"given_by": ""}).status_code == 422

    said = {"given_by": "The head teacher", "basis": "school", "given_on": "2026-03-02", "note": "Binder 4."}
    assert "The head teacher" in tess.post(address, said, follow=True).content.decode()
    made = Authorisation.objects.get()
    assert (made.recorded_by, made.basis) == (teacher, "school")

    withdraw = reverse("classroom:authorisation_withdraw", args=[section.pk, made.pk])
    assert "withdrawn" in tess.post(withdraw, follow=True).content.decode()
    assert tess.post(withdraw).status_code == 404


def test_an_authorisation_of_another_class_is_not_there(section, teacher, as_user):
    other = factories.make_section(name="Elsewhere")
    made = Authorisation.objects.create(
        section=other, given_by="The head", basis="school", given_on=NOW, recorded_at=NOW
    )
    withdraw = reverse("classroom:authorisation_withdraw", args=[section.pk, made.pk])
    assert as_user(teacher).post(withdraw).status_code == 404


@pytest.mark.parametrize("page", ["classroom:privacy", "classroom:authorisation"])
def test_a_list_takes_the_same_queries_with_one_row_and_with_three(
    page, section, teacher, boss, as_user, count_queries
):
    client = as_user(boss if page == "classroom:privacy" else teacher)
    address = reverse(page, args=[] if page == "classroom:privacy" else [section.pk])

    def add() -> None:
        person = factories.make_user("Dina")
        actions.ask_for_erasure(person=person, ground="left", note="", by=boss, at=NOW)
        actions.place_hold(section=section, reason="A complaint.", by=boss, at=NOW)
        actions.record_authorisation(
            section=section, given_by="The head", basis="school", note="", given_on=NOW.date(), by=teacher, at=NOW
        )
        RetentionRun.objects.create(at=NOW, counts={"classroom.Visit": 3})

    add()
    one = count_queries(client, address)
    add()
    add()
    assert count_queries(client, address) == one
