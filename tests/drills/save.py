"""``make drill-save``: a server is killed with -9 twenty times while 32 students save their answers.

# trust 1

Each student sends one save after the other, each with a text that comes once, and repeats the very same save until the
server has acknowledged it: as the page's script does. After each kill the database is read before the server comes up
again. What was acknowledged has to be there (else it is *lost*), and a save must have made one revision, however often
it was sent (else it is *duplicated*). The exit code says whether both stayed 0.
"""

import http.client
import os
import random
import signal
import socket
import subprocess
import threading
import time
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from classroom.operations.serving import server_command
from quizzes.delivery.actions import start_attempt
from quizzes.delivery.models import Response
from tests import factories

STUDENTS, KILLS = 32, 20
UP_AT_LEAST, UP_AT_MOST = 0.8, 2.5
TOKEN = "d" * 32


@dataclass
class Student:
    """One student's saves of one answer: how many were acknowledged, and the one that is on its way."""

    cookie: str
    attempt: int
    response: int
    acknowledged: int = 0
    answer: str = ""
    on_its_way: str = ""
    odd: list[str] = field(default_factory=list)
    repeats: int = 0

    def work(self, port: int, stop: threading.Event) -> None:
        """Save until told to stop; the last save is repeated until it is acknowledged, too."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while not stop.is_set():
            self.on_its_way = f"{self.attempt}-{self.acknowledged + 1}"
            body = urlencode(
                {"q1": self.on_its_way, "q1-revision": self.acknowledged, "save": str(uuid.uuid4())},
            )
            while not self._sent(line, body):
                self.repeats += 1
                time.sleep(0.05)
        line.close()

    def _sent(self, line: http.client.HTTPConnection, body: str) -> bool:
        """Whether the server has decided on the save."""
        head = {
            "Cookie": f"{self.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request("POST", f"/attempts/{self.attempt}/responses/1/", body, head)
            reply = line.getresponse()
            said = reply.read()
        except (OSError, http.client.HTTPException):
            line.close()
            return False
        if reply.status == 200 and b'"saved"' in said:
            self.acknowledged, self.answer = self.acknowledged + 1, self.on_its_way
            return True
        self.odd.append(f"{reply.status} {said[:80]!r}")
        return reply.status < 500


@dataclass
class Tally:
    lost: int = 0
    duplicated: int = 0

    def read(self, students: list[Student]) -> None:
        """Compare what is stored with what was acknowledged; the server is dead, so neither moves."""
        stored = {each.pk: each for each in Response.objects.filter(pk__in=[s.response for s in students])}
        connection.close()
        for student in students:
            kept = stored[student.response]
            text = (kept.answer or {}).get("text", "")
            if kept.revision < student.acknowledged or text not in (student.answer, student.on_its_way):
                self.lost += 1
            # One save at most is on its way: stored, and its reply lost.
            if kept.revision > student.acknowledged + (text == student.on_its_way != student.answer):
                self.duplicated += 1


def main() -> None:
    students = prepare()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tally, stop, chance = Tally(), threading.Event(), random.Random()
    server = start(port)
    threads = [threading.Thread(target=each.work, args=(port, stop)) for each in students]
    try:
        for thread in threads:
            thread.start()
        for number in range(1, KILLS + 1):
            time.sleep(chance.uniform(UP_AT_LEAST, UP_AT_MOST))
            kill(server)
            time.sleep(0.3)  # replies that were sent before the kill are still read
            tally.read(students)
            done = sum(each.acknowledged for each in students)
            counts = f"acknowledged {done:6}  lost {tally.lost}  duplicated {tally.duplicated}"
            print(f"kill {number:2}: {counts}", flush=True)
            server = start(port)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
        kill(server)
    tally.read(students)
    report(students, tally)


def report(students: list[Student], tally: Tally) -> None:
    acknowledged = sum(each.acknowledged for each in students)
    odd = [each for student in students for each in student.odd]
    print(f"{connection.vendor}: {STUDENTS} students, {KILLS} kills, {sum(s.repeats for s in students)} saves repeated")
    print(f"acknowledged {acknowledged}")
    print(f"lost {tally.lost}")
    print(f"duplicated {tally.duplicated}")
    for each in odd[:10]:
        print(f"unexpected reply: {each}")
    if tally.lost or tally.duplicated or odd or not all(each.acknowledged for each in students):
        raise SystemExit(1)


def prepare() -> list[Student]:
    """A new database with 32 students at an open attempt each."""
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    Session.objects.all().delete()
    film = factories.make_film()
    quiz = factories.make_quiz(film, [factories.make_question(film, type="short", content={}, key={"accept": ["x"]})])
    people = [factories.make_user(f"Student {number}") for number in range(STUDENTS)]
    section = factories.make_section(teacher=factories.make_teacher(), students=tuple(people))
    set_to = factories.make_quiz_assignment(section, quiz)
    students = []
    for person in people:
        client = Client()
        client.force_login(person)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        attempt = start_attempt(quiz_assignment=set_to, student=person, at=timezone.now())
        students.append(Student(cookie, attempt.pk, attempt.responses.get().pk))
    connection.close()
    return students


def start(port: int) -> subprocess.Popen[bytes]:
    """A server in a group of its own, ready to answer."""
    environment = os.environ | {"LIGHTS_UP_WORKERS": "1"}
    server = subprocess.Popen(server_command("127.0.0.1", port), env=environment, start_new_session=True)
    for _try in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    kill(server)
    raise SystemExit("The server did not start.")


def kill(server: subprocess.Popen[bytes]) -> None:
    """-9, for the server and its workers alike: nothing is said goodbye to."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(timeout=20)
