"""What a student's pages weigh on a school's line, compressed as they are sent: all of the shipped kit's own pages.

And none of them has Chinese that is not marked as Chinese: a reader's voice would spell it out in English.

A first visit fetches the page and all that it links; later ones the page alone: a browser keeps the rest for ever.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.conf import settings as own_settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.http import HttpResponseNotFound
from django.templatetags.static import static
from django.test import Client, RequestFactory
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

from classroom.common import clock
from classroom.discussions.models import Post
from classroom.lessons.models import Lesson
from classroom.library.models import Fact, Film
from classroom.people.models import Section, User
from kits.load import load_kit
from kits.shipped import shipped_kit
from quizzes.bank.models import Quiz
from quizzes.delivery.actions import start_attempt
from tests import factories

pytestmark = pytest.mark.django_db
FIRST_VISIT = 60_000
NEXT_VISIT = 15_000
POSTS_OF_A_BUSY_CLASS = 60
STATIC = re.compile(r'(?:href|src)="' + re.escape(own_settings.STATIC_URL) + r'([^"]+)"')


def test_no_page_of_a_student_is_heavy_or_speaks_chinese_unmarked(alice: User, section: Section) -> None:
    load_kit(shipped_kit("never-sorry"), tell=lambda _line: None)
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(alice)

    weights = {}
    for path in pages_of(alice, section):
        reply = client.get(path)
        assert reply.status_code == 200, path
        assert reply.headers["Content-Encoding"] == "gzip", path
        page = gzip.decompress(reply.content).decode()
        assert unmarked_chinese_of(page) == [], path
        weights[path] = (len(reply.content), sum(weight_of(name) for name in set(STATIC.findall(page))))

    assert min(rest for _page, rest in weights.values()) > 10_000, "the style sheets were not found"
    assert {path: sum(both) for path, both in weights.items() if sum(both) > FIRST_VISIT} == {}
    assert {path: page for path, (page, _rest) in weights.items() if page > NEXT_VISIT} == {}


def test_what_pages_link_is_sent_compressed_and_kept_for_ever(
    settings: LazySettings, tmp_path: Path, rf: RequestFactory
) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])

    server = WhiteNoiseMiddleware(lambda _request: HttpResponseNotFound())
    for name in ("app.css", "tokens.css", "icon.svg"):
        address = static(f"classroom/{name}")
        with closing(server(rf.get(address, headers={"accept-encoding": "gzip"}))) as reply:
            assert reply.status_code == 200
            assert "immutable" in reply.headers["Cache-Control"], name
            assert reply.headers["Content-Encoding"] == "gzip", name


def pages_of(student: User, section: Section) -> Iterator[str]:
    """Lessons on one page, the library with every source, a long quiz under way, a talk of a busy class."""
    film = Film.objects.get()
    yield from (reverse(f"classroom:{name}") for name in ("home", "scores", "notices", "calendar", "account"))
    for name in ("film", "facts", "conflicts", "timeline", "glossary", "sources", "families", "rules"):
        yield reverse(f"classroom:{name}", args=[film.key])
    yield from (reverse("classroom:fact", args=[film.key, fact.key]) for fact in facts_in_chinese(film))
    for page in range(1, 9):
        yield f"{reverse('classroom:facts', args=[film.key])}?page={page}"
    for source in film.sources.all():
        yield reverse("classroom:source", args=[film.key, source.key])
    for lesson in Lesson.objects.filter(film=film):
        assignment = factories.make_assignment(section, lesson=lesson)
        yield f"{reverse('classroom:lesson_work', args=[assignment.pk])}?all=1"
    longest = max(Quiz.objects.filter(film=film), key=lambda quiz: quiz.items.count())
    given = factories.make_quiz_assignment(section, longest)
    attempt = start_attempt(quiz_assignment=given, student=student, at=clock.now())
    yield reverse("quizzes:attempt", args=[attempt.pk])
    thread = factories.make_thread(section)
    for _each in range(POSTS_OF_A_BUSY_CLASS):
        factories.make_post(thread, student, state=Post.State.PUBLISHED, body="It depends on who is listening. " * 12)
    yield reverse("classroom:thread", args=[thread.pk])


def facts_in_chinese(film: Film) -> list[Fact]:
    found = [fact for fact in film.facts.all() if re.search(r"[\u4e00-\u9fff]", fact.statement)]
    assert found
    return found


def unmarked_chinese_of(page: str) -> list[str]:
    """Chinese in the text of a page that no element says to be Chinese. A title has no elements."""
    text = re.sub(r"<title>.*?</title>", "", page, flags=re.DOTALL)
    text = re.sub(r'<(\w+)[^>]*\blang="zh[^"]*"[^>]*>[^<]*</\1>', "", text)
    return re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]*>", " ", text))


def weight_of(name: str) -> int:
    """A static file as WhiteNoise sends it."""
    found = finders.find(name)
    assert found, name
    return len(gzip.compress(Path(found).read_bytes(), 9))
