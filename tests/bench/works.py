"""How long the works take that go over much: `python -m tests.bench.works`, on a database of its own.

A class of 200 with 60 pieces of work, ten quizzes that all 200 have handed in, 2,000 questions and a list of 400
students: the most that a file of each may hold.
"""

import os
import sys
import tempfile
import time
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import django

QUIZZES = 10
QUESTIONS = 2_000
STUDENTS = 200


@contextmanager
def timed(name: str) -> Iterator[None]:
    started, wall = time.process_time(), time.perf_counter()
    yield
    spent, passed = time.process_time() - started, time.perf_counter() - wall
    sys.stdout.write(f"{spent:8.2f} s of processor, {passed:8.2f} s passed: {name}\n")
    sys.stdout.flush()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="works-") as folder:
        os.environ["LIGHTS_UP_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        django.setup()
        measure(Path(folder))


def measure(folder: Path) -> None:
    """All of them, one after the other."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from classroom.operations import backups
    from classroom.people import copying
    from classroom.people.actions import copy_section
    from classroom.people.models import Section, User
    from classroom.people.roster.applying import _hashers
    from classroom.privacy import retention
    from classroom.privacy.erasing import erase
    from kits.load import load_kit
    from kits.shipped import shipped_kits
    from quizzes.bank.finding import QuestionFilter
    from quizzes.bank.models import QuestionVersion
    from quizzes.delivery.models import QuizAssignment
    from quizzes.interchange.actions import import_questions
    from quizzes.interchange.formats import FORMATS
    from quizzes.interchange.planning import plan_import
    from quizzes.interchange.queries import records_of, versions_to_export
    from quizzes.marking import checking
    from quizzes.marking.actions.regrading import Decision, regrade
    from quizzes.marking.models import Regrade
    from quizzes.marking.preview import preview_of
    from tests import factories
    from tests.bench import data

    call_command("migrate", verbosity=0)
    now = timezone.now()
    for name in ("load the kit", "load the kit again, unchanged"):
        with timed(name):
            load_kit(shipped_kits() / "never-sorry", tell=lambda line: None)

    teacher = factories.make_teacher("Tess")
    book = data._book(teacher)
    year = copying.NewYear(now.date() + timedelta(days=300), zoneinfo.ZoneInfo("UTC"))
    with timed("copy a class with 60 pieces of work to a new year"):
        plan = copying.plan_work(book, year=year, by=teacher)
        copy_section(section=book, name="Next", time_zone="UTC", with_staff=True, work=plan, by=teacher, at=now)

    film = factories.make_film("a-film")
    section = factories.make_section(teacher=teacher, name="Quizzes")
    students = data._students(section, STUDENTS, "taker")
    quiz = factories.make_quiz(film, 20)
    for _each in range(QUIZZES):
        data._attempts(factories.make_quiz_assignment(section, quiz), students, submitted=STUDENTS)
    works = list(QuizAssignment.objects.select_related("assignment__section"))
    with timed("work out 2,000 attempts anew, and compare"):
        for work in works:
            checking.mend(work)
        checking.mismatches(works)
    version = QuestionVersion.objects.filter(question__quiz_items__quiz=quiz).first()
    decision = Decision(version, Regrade.Policy.FULL, None, "The key was wrong.")
    with timed("show what a regrade of 2,000 attempts would change"):
        preview_of(works, decision)
    with timed("regrade 2,000 attempts"):
        regrade(quiz_assignments=works, decision=decision, expected={}, by=teacher, at=timezone.now())

    table = FORMATS["csv"]
    lines = ["type,question,right,wrong"]
    lines += [f'choice,What is {number} and one?,{number + 1},"{number}\n{number + 2}"' for number in range(QUESTIONS)]
    text = "\n".join(lines)
    with timed("plan the import of 2,000 questions"):
        planned = plan_import(film=film, user=teacher, format_=table, text=text)
    sys.stdout.write(f"           ({len(planned.to_do)} to be made)\n")
    with timed("import 2,000 questions"):
        import_questions(
            film=film, format_=table, text=text, digest=planned.digest, publish=True, by=teacher, at=timezone.now()
        )
    with timed("export 2,000 questions"):
        for each in FORMATS.values():
            each.write(records_of(versions_to_export(teacher, film, QuestionFilter("", whose="own"), None)))

    with timed("erase a student of 60 pieces of work"):
        erase(person=User.objects.get(username="pupil0007"), at=timezone.now())
    Section.objects.filter(pk=section.pk).update(archived_at=now - timedelta(days=4000))
    with timed("count what is past its time of a class of 200 with ten quizzes"):
        retention.run(at=timezone.now(), dry_run=True)
    with timed("remove it"):
        retention.run(at=timezone.now())
    with timed("back the database up, and read it back"):
        backups.back_up(connection, folder / "works.backup", at=timezone.now())
    hasher = PBKDF2PasswordHasher()
    with timed("hash the passwords of a list of 400 students"), _hashers() as pool:
        list(pool.map(lambda place: hasher.encode(f"word-{place}", hasher.salt()), range(400)))


if __name__ == "__main__":
    main()
