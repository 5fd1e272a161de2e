"""The task worker: django-tasks-db's loop, with a heartbeat and the schedule beside it in threads of their own.

The schedule does not wait in the queue of tasks, so that a long task delays no deadline.
"""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable

from django.db import close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from classroom.common import clock
from classroom.jobs import actions as jobs
from classroom.operations import actions, schedule

logger = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
TICK_SECONDS = 5.0


@schedule.every(minutes=0.5)
def reap_stalled_tasks() -> None:
    actions.reap_stalled(at=clock.now())
    jobs.settle_lost(at=clock.now())


@schedule.every(minutes=5)
def forget_what_jobs_kept() -> None:
    jobs.forget_kept(at=clock.now())


@schedule.every(minutes=schedule.MINUTES_A_DAY)
def prune_finished_tasks() -> None:
    actions.prune(at=clock.now())


def run_worker(*, batch: bool = False) -> None:
    """Work until told to stop by a signal; with ``batch``, until the queue is empty.

    Raises the database's error when it cannot be reached: whoever started the worker starts it again.
    """
    worker_id = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(3)}"
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    worker.configure_signals()
    actions.beat(worker_id, at=clock.now())
    stop = threading.Event()
    threads = [
        _repeat("heartbeat", BEAT_SECONDS, lambda: actions.beat(worker_id, at=clock.now()), stop),
        _repeat("schedule", TICK_SECONDS, lambda: schedule.run_due(clock.now()), stop),
    ]
    try:
        worker.run()
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)
        actions.say_goodbye(worker_id)


def _repeat(name: str, seconds: float, do: Callable[[], object], stop: threading.Event) -> threading.Thread:
    """Do something now and every so many seconds, in a thread that outlives any error."""

    def loop() -> None:
        try:
            while not stop.is_set():
                _once(name, do)
                stop.wait(seconds)
        finally:
            connections.close_all()

    thread = threading.Thread(target=loop, name=name, daemon=True)
    thread.start()
    return thread


def _once(name: str, do: Callable[[], object]) -> None:
    try:
        do()
    except Exception:
        logger.exception("The worker's %s failed; it will be tried again", name)
        connections.close_all()  # the next try starts with a new connection
    finally:
        close_old_connections()
