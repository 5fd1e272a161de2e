"""A backup that is restored brings nobody back who has been erased since."""

import pytest
from django.core.management import call_command
from django.db import connection

from classroom.people.models import User
from classroom.privacy import actions, tombstones
from classroom.privacy.models import ErasureRequest, Tombstone
from tests.classroom.privacy.conftest import NOW
from tests.classroom.privacy.test_erasing import everything, found


@pytest.mark.django_db(transaction=True)
def test_whoever_was_erased_after_the_backup_is_erased_after_the_restore(trail, boss, bob, tmp_path, capsys):
    # trust 38
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's own programs are drilled with the backups")
    call_command("backup", tmp_path / "site.backup")
    asked = actions.ask_for_erasure(person=trail.dora, ground="parents", note="", by=boss, at=NOW)
    actions.carry_out_erasure(request=asked, by=boss, at=NOW)
    assert len(tombstones.in_file()) == 1

    call_command("restore", tmp_path / "site.backup", "--yes")

    assert "Erased once more: 1 of 1" in capsys.readouterr().out
    assert found(trail.canaries, everything()) == []
    assert User.objects.filter(pk=bob.pk).exists()
    assert not ErasureRequest.objects.exists()  # made after the backup: the tombstone is what carries it over
    assert Tombstone.objects.count() == 1
