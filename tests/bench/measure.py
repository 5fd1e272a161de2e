"""``make bench``: what the busiest pages cost, against a bare signed-in view of the same server in the same run.

Each request is sent by 1 and by 32 clients to the production server on this machine. CPU is the server's own, from
/proc, a request; queries are counted in this process, session and user aside. Ratios are within one run: absolute
figures belong to the machine.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench import data
from tests.bench.load import Measured, Request, run

CLIENTS = (1, 32)
# Statements that each signed-in request makes: the session, and who it is of.
SIGNING_IN = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "RELEASE")


@dataclass(frozen=True)
class Case:
    """A kind of request to measure; ``make`` gives one by its serial number, ``number`` how many 32 clients send."""

    name: str
    number: int
    make: Callable[[int], Request]


def cases(school: data.School) -> list[Case]:
    students = school.student_cookies
    middle = data.STUDENTS // 2
    revisions = dict.fromkeys(school.saving, 1)

    def save(serial: int) -> Request:
        # One client an attempt and a revision each time, as a student clicks one answer after another.
        attempt = school.saving[serial % len(school.saving)]
        # Another option each time: saving what is stored already would cost less.
        option = school.options[attempt][revisions[attempt] % 4]
        body = {"q1": option, "q1-revision": revisions[attempt], "save": str(uuid.uuid4())}
        revisions[attempt] += 1
        return Request(
            f"/attempts/{attempt}/responses/1/", students[middle + serial % len(school.saving)], urlencode(body), (200,)
        )

    def submit(serial: int) -> Request:
        place = next(submitting)
        return Request(f"/attempts/{school.submitting[place]}/submit/", students[data.STUDENTS + place], "", (302,))

    submitting = iter(range(len(school.submitting)))
    return [
        Case("bare signed-in view", 600, lambda serial: Request("/bare/", students[serial % data.STUDENTS])),
        Case("save an answer", 600, save),
        Case("hand in a quiz of 20", SUBMITS // 2, submit),
        Case(
            "thread of 100 replies",
            300,
            lambda serial: Request(f"/threads/{school.thread}/", students[serial % data.STUDENTS]),
        ),
        Case(
            "tracking page of 200",
            100,
            lambda serial: Request(f"/classes/{school.section}/tracking/", school.teacher_cookie),
        ),
        Case(
            "gradebook of 200 by 60",
            100,
            lambda serial: Request(f"/classes/{school.book}/gradebook/", school.teacher_cookie),
        ),
        Case("student's to-do page", 300, lambda serial: Request("/home/", students[serial % data.STUDENTS])),
    ]


SUBMITS = 200


def main() -> None:
    fresh_database()
    school = data.build(SUBMITS)
    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", "1", "--blocking-threads", "8", "--no-ws", "--log-level", "error", "config.wsgi:application",
        ],
        env=os.environ,
    )  # fmt: skip
    try:
        wait_for(port)
        found = cases(school)
        report(measure_all(found, port, server.pid), found)
    finally:
        server.terminate()
        server.wait(timeout=20)


def fresh_database() -> None:
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    if connection.vendor != "sqlite":
        call_command("flush", interactive=False, verbosity=0)


def wait_for(port: int) -> None:
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server did not start.")


def measure_all(found: list[Case], port: int, pid: int) -> dict[str, dict[int, Measured]]:
    results: dict[str, dict[int, Measured]] = {}
    for case in found:
        sys.stderr.write(f"{case.name} …\n")
        warm = 0 if case.name.startswith("hand in") else 20
        if warm:
            run(("127.0.0.1", port), pid, 1, warm, case.make)
        results[case.name] = {
            clients: run(("127.0.0.1", port), pid, clients, case.number // (1 if clients > 1 else 2), case.make)
            for clients in CLIENTS
        }
    return results


def count_queries(request: Request) -> int:
    """Statements of one request in this process, session, user and transactions aside."""
    client = Client()
    name, _equals, value = request.cookie.partition("=")
    client.cookies[name] = value
    with CaptureQueriesContext(connection) as queries:
        if request.body is None:
            client.get(request.path)
        else:
            client.post(request.path, request.body, content_type="application/x-www-form-urlencoded")
    return sum(not any(word in query["sql"] for word in SIGNING_IN) and not _is_user(query["sql"]) for query in queries)


def _is_user(sql: str) -> bool:
    return sql.startswith('SELECT "classroom_user"."password"') or (
        'FROM "classroom_user" WHERE "classroom_user"."id" =' in sql and "JOIN" not in sql
    )


def report(results: dict[str, dict[int, Measured]], found: list[Case]) -> None:
    floor = results["bare signed-in view"]
    queries = {case.name: count_queries(case.make(0)) for case in found}
    print(f"{connection.vendor}, {os.cpu_count()} cores, one server process of 8 threads\n")
    print(
        f"{'':24}{'clients':>8}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'x floor':>8}{'SQL':>5}{'bytes':>9}"
    )
    errors: list[str] = []
    for name, by_clients in results.items():
        for clients, measured in by_clients.items():
            ratio = measured.cpu_ms / floor[clients].cpu_ms
            print(
                f"{name:24}{clients:>8}{measured.per_second:>8.0f}{measured.p50:>8.1f}{measured.p95:>8.1f}"
                f"{measured.cpu_ms:>8.2f}{ratio:>8.1f}{queries[name]:>5}{measured.bytes:>9}"
            )
            errors += measured.errors
    if errors:
        print(json.dumps(sorted(set(errors))[:10]))
        raise SystemExit(f"{len(errors)} requests were not answered as they should be.")


if __name__ == "__main__":
    main()
