"""``make bench``: what the busiest pages cost, against a bare signed-in view of the same server in the same run.

Each request is sent by 1 and by 32 clients to the production server on this machine; then, with 1,000 classes more and
100 times the attempts and posts in the database, those again whose cost must not grow. CPU is the server's own, from
/proc, a request. By one client, each kind takes turns with the bare view, and of either the least of the turns stands:
other work on the machine only adds. A bare view that was measured once and for all, in a process just begun, cost less
than one a minute later, when all its threads have met and the processor is slower for being warm; what was measured
last looked up to half as dear again as it was. A save waits for the disk, and each time finds the processor's caches
taken by others and its clock slowed: bare views sent one upon the other never do, and cost half of what they cost with
a hundredth of a second between them. So a save is laid beside them a second time with that much before either, as
students' requests come; back to back its ratio tells of the waiting, and is printed without a bound. Of turns with
pauses the middle one stands. Queries are counted in this process, session and user aside. Absolute figures belong to
the machine, and a ratio means little where the machine has more to do than it has cores: of a save, waiting for the
disk and coming back is then a larger part. The analysis of a quiz is timed in this process (see ``analysis``). At the
end, how well the screening of posts finds what it looks for (see ``screening``).
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classroom.operations.serving import server_command
from tests.bench import analysis, data, screening
from tests.bench.load import Request, run
from tests.bench.report import FLOOR, Bound, Case, Cost, report

CLIENTS = (1, 32)
CLASSES = 1000
# By one client: how often a kind of request and the bare view take turns, and how many bare views a turn has.
TURNS = 10
BARE = 60
# Seconds: less than a student takes from one answer to the next, and enough for the processor to have cooled.
APART = 0.01
# Of what can be done once by each: for 1 client, for 32, and again when crowded; each time one more for its queries.
ONCE = 98
SUBMITS = 3 * (ONCE + 1)
# Statements that each signed-in request makes: the session, and who it is of.
SIGNING_IN = ("django_session", "SAVEPOINT", "BEGIN", "COMMIT", "RELEASE")


def cases(school: data.School) -> list[Case]:
    students = school.student_cookies
    middle = data.STUDENTS // 2
    revisions = dict.fromkeys(school.saving, 1)

    def bare(serial: int, client: int) -> Request:
        return Request("/bare/", students[middle + place_of(serial, client, len(school.saving))])

    def save(serial: int, client: int) -> Request:
        # A save names the revision that the one before it left: as a student clicks one answer after another.
        place = place_of(serial, client, len(school.saving))
        attempt = school.saving[place]
        # Another option each time: saving what is stored already would cost less.
        option = school.options[attempt][revisions[attempt] % 4]
        body = {"q1": option, "q1-revision": revisions[attempt], "save": str(uuid.uuid4())}
        revisions[attempt] += 1
        return Request(f"/attempts/{attempt}/responses/1/", students[middle + place], urlencode(body), (200,))

    def submit(_serial: int, _client: int) -> Request:
        place = next(submitting)
        return Request(f"/attempts/{school.submitting[place]}/submit/", students[data.STUDENTS + place], "", (302,))

    def student_at(path: str) -> Callable[[int, int], Request]:
        return lambda serial, _client: Request(path, students[serial % data.STUDENTS])

    def teacher_at(path: str) -> Callable[[int, int], Request]:
        return lambda _serial, _client: Request(path, school.teacher_cookie)

    def start(_serial: int, _client: int) -> Request:
        return Request(f"/assignments/{school.starting}/quiz/", students[next(starting)], "", (302,))

    def review(serial: int, _client: int) -> Request:
        place = serial % len(school.saving)
        return Request(f"/attempts/{school.saving[place]}/review/", students[middle + place])

    submitting, starting = iter(range(len(school.submitting))), iter(range(len(students)))
    return [
        Case(FLOOR, 600, bare),
        Case("save an answer", 600, save, Bound(queries=2)),
        Case("save, sent apart", 600, save, Bound(queries=2, ratio=1.6, grows=1.2), apart=APART),
        Case("start a quiz of 20", ONCE, start, Bound(queries=10, grows=1.2), once=True),
        Case("review a quiz of 20", 150, review, Bound(queries=2, grows=1.2)),
        Case("hand in a quiz of 20", ONCE, submit, Bound(queries=14, grows=1.2), once=True),
        Case(
            "thread of 100 replies",
            150,
            student_at(f"/threads/{school.thread}/"),
            Bound(queries=8, ratio=5, grows=1.2),
        ),
        Case(
            "thread of 500 replies",
            150,
            student_at(f"/threads/{school.long_thread}/"),
            Bound(queries=8, grows=1.2, beside=("thread of 100 replies", 1.2)),
        ),
        Case("thread with a line", 150, student_at(f"/threads/{school.posting}/"), Bound(queries=8)),
        Case("post in a thread", 150, _posting(school), Bound(queries=12, grows=1.2)),
        Case(
            "tracking page of 200", 60, teacher_at(f"/classes/{school.section}/tracking/"), Bound(queries=10, grows=1.2)
        ),
        Case(
            "gradebook of 200 by 60",
            60,
            teacher_at(f"/classes/{school.book}/gradebook/"),
            Bound(queries=10, ratio=25, grows=1.2),
        ),
        Case("queue of 200 held posts", 60, teacher_at("/moderation/"), Bound(queries=8, grows=1.2)),
        Case("student's to-do page", 300, student_at("/home/"), Bound(queries=10, grows=1.2)),
    ]


def _posting(school: data.School) -> Callable[[int, int], Request]:
    def post(serial: int, client: int) -> Request:
        body = {"body": f"I have thought about it, and it goes by whom you have. {serial}", "key": str(uuid.uuid4())}
        cookie = school.student_cookies[place_of(serial, client, data.STUDENTS)]
        return Request(f"/threads/{school.posting}/posts/", cookie, urlencode(body), (302,))

    return post


def place_of(serial: int, client: int, number: int) -> int:
    """Of so many students, whose turn it is: each client has a few of its own.

    A session is stamped once a minute, which is a write: of a few sessions, that falls on few requests.
    """
    own = range(client, number, CLIENTS[-1])
    return own[serial % len(own)]


def main() -> None:
    fresh_database()
    school = data.build(SUBMITS)
    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(server_command("127.0.0.1", port), env=os.environ | {"LIGHTS_UP_WORKERS": "1"})
    try:
        wait_for(port)
        address, found = ("127.0.0.1", port), cases(school)
        costs = [measure(case, found[0], address, server.pid, CLIENTS) for case in found]
        sys.stderr.write(f"{CLASSES} classes more, and {data.TIMES} times the attempts and posts …\n")
        data.crowd(CLASSES)
        refresh_plans()
        crowded = [measure(case, found[0], address, server.pid, CLIENTS[:1]) for case in found if case.bound.grows]
    finally:
        server.terminate()
        server.wait(timeout=20)
    sys.stderr.write(f"analysis of {analysis.ATTEMPTS:,} attempts …\n")
    analysed = analysis.build()
    refresh_plans()
    alone = analysis.timed(analysed)
    sys.stderr.write(f"{analysis.OTHERS} times the attempts …\n")
    analysis.crowd(analysed)
    refresh_plans()
    among_others = analysis.timed(analysed)
    print(f"{connection.vendor}, {os.cpu_count()} cores, one server process\n")
    failed = [*report(costs, crowded), *analysis.report(alone, among_others)]
    print()
    screening.main()
    raise SystemExit(1 if failed else 0)


def refresh_plans() -> None:
    """What PostgreSQL's own upkeep would have done by the time that a school has so many rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


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


def measure(case: Case, floor: Case, address: tuple[str, int], pid: int, clients: Sequence[int]) -> Cost:
    sys.stderr.write(f"{case.name} …\n")
    for each in (floor, case):
        if not each.once:
            run(address, pid, 1, 10, each.make)
    turns = [
        (
            run(address, pid, 1, BARE, floor.make, apart=case.apart),
            run(address, pid, 1, case.number // TURNS, case.make, apart=case.apart),
        )
        for _turn in range(TURNS)
    ]
    place = TURNS // 2 if case.apart else 0
    beside, alone = (sorted(runs, key=lambda each: each.cpu_ms)[place] for runs in zip(*turns, strict=True))
    alone.errors = [error for turn in turns for each in turn for error in each.errors]
    measured = {1: alone} | {
        number: run(address, pid, number, case.number, case.make, apart=case.apart) for number in clients if number > 1
    }
    return Cost(case, measured, beside, count_queries(case.make(0, 0)))


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


if __name__ == "__main__":
    main()
