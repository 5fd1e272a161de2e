"""Work that is stopped in the middle of its transaction, by somebody with another connection."""

import threading
import time

import pytest
from django.db import connection, transaction

from classroom.common import clock
from classroom.jobs import actions, counts, kinds
from classroom.jobs.kinds import Kind, Onward
from classroom.jobs.models import Job
from classroom.jobs.running import Run
from classroom.people.models import User
from tests import factories

SECONDS = 60


@pytest.mark.django_db(transaction=True)
def test_what_is_cancelled_within_its_transaction_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def run(running: Run) -> None:
        """Writes, and then has more to do than anybody would wait for."""
        with transaction.atomic():
            factories.make_user("Half Done")
            running.tell(1, 100)
            begun.set()
            until = time.monotonic() + SECONDS
            while time.monotonic() < until:
                running.tell(2, 100)
                time.sleep(0.01)
            running.finish({})

    kind = Kind("endless", "Endless", run, lambda told: "", lambda job: Onward("/", ""))
    monkeypatch.setitem(kinds._kinds, "endless", kind)
    teacher = factories.make_teacher("Tess")
    job = actions.start(kind="endless", by=teacher.pk, section=None, about="A film", back="/", asked={}, at=clock.now())

    def worker() -> None:
        try:
            actions.run_job.call(str(job.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    assert begun.wait(SECONDS)
    assert counts.read(job.pk) is not None
    job.refresh_from_db()
    assert actions.cancel(job=job, at=clock.now())
    thread.join(SECONDS)
    assert Job.objects.get().state == Job.State.CANCELLED
    assert not User.objects.filter(name="Half Done").exists()
    assert counts.read(job.pk) is None
