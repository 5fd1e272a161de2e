"""The interface's languages: complete, true to their placeholders, and compiled as they stand."""

import ast
import io
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.template import engines
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext, to_locale

from config.settings.base import BASE_DIR
from tests import factories

FOLDER = Path(settings.LOCALE_PATHS[0])
LOCALES = [to_locale(code) for code, _name in settings.LANGUAGES if code != "en"]


def catalogue(locale: str, folder: Path = FOLDER) -> Catalog:
    return read_po(io.BytesIO((folder / locale / "LC_MESSAGES" / "django.po").read_bytes()), locale=locale)


def messages(found: Catalog) -> list[Message]:
    return [each for each in found if each.id]


def told(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def asked(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_translated(locale):
    untold = [asked(each)[0] for each in messages(catalogue(locale)) if each.fuzzy or not all(told(each))]
    assert untold == []


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_and_tags_are_those_of_the_original(locale):
    broken = []
    for each in messages(catalogue(locale)):
        allowed = [marks_of(text) for text in asked(each)]
        # One of several forms may say "one" in words, as the original's may; none may ask for what is not there.
        broken += [
            text for text in told(each) if not (marks_of(text) in allowed or is_singular_in_words(each, text, allowed))
        ]
    assert broken == []


def marks_of(text: str) -> frozenset[str]:
    """The placeholders and tags of a text, such as ``%(count)d`` and ``<strong>``."""
    placeholders = {word for part in text.split("%(")[1:] for word in [part[: part.index(")") + 2]]}
    tags = {part.split(">")[0] for part in text.split("<")[1:]}
    return frozenset(placeholders | tags)


def is_singular_in_words(message: Message, text: str, allowed: list[frozenset[str]]) -> bool:
    plural = allowed[-1]
    return message.pluralizable and text == told(message)[0] and marks_of(text) == plural - {"count)d", "count)s"}


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_compiled_is_what_is_written(locale):
    path = FOLDER / locale / "LC_MESSAGES" / "django.mo"
    compiled = {tuple(asked(each)): told(each) for each in messages(read_mo(io.BytesIO(path.read_bytes())))}
    written = {tuple(asked(each)): told(each) for each in messages(catalogue(locale)) if all(told(each))}
    assert compiled == written


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no gettext here: Debian's package gives it")
def test_the_catalogues_hold_every_text_of_the_code(tmp_path):
    for part in ("classroom", "quizzes", "kits", "config", "templates"):
        shutil.copytree(BASE_DIR / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale", LOCALES[0], "--verbosity", "0"]
    settings_there = {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings.testing"}
    subprocess.run(command, cwd=tmp_path, env={**os.environ, **settings_there}, check=True)
    now = {tuple(asked(each)) for each in messages(catalogue(LOCALES[0], tmp_path / "config" / "locale"))}
    kept = {tuple(asked(each)) for each in messages(catalogue(LOCALES[0]))}
    assert sorted(now - kept) == []


def test_no_text_stands_where_gettext_does_not_look_for_it():
    """Inside an f-string xgettext finds none: it would stay English in every language, and no other test would know."""
    asks = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
    lost = [
        f"{path.relative_to(BASE_DIR)}: {ast.unparse(call)}"
        for part in ("classroom", "quizzes", "kits", "config")
        for path in sorted((BASE_DIR / part).rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asks
    ]
    assert lost == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("es", "Todavía no estás en ninguna clase."), ("zh-hans", "你还不在任何班级。")]
)
def test_a_page_speaks_the_language_that_its_reader_has_chosen(as_user, language, words):
    student = factories.make_user("Alice", language=language)
    page = as_user(student).get("/home/").content.decode()
    assert f'<html lang="{language}">' in page
    assert words in page


def test_numbers_dates_and_plurals_follow_the_language():
    day = date(2011, 4, 3)
    shown = engines["django"].from_string("{{ number|floatformat:1 }}")
    with translation.override("es"):
        assert date_format(day, "DATE_FORMAT") == "3 de abril de 2011"
        assert shown.render({"number": 2.5}) == "2,5"
        assert ngettext("%(count)d post", "%(count)d posts", 1) % {"count": 1} == "1 mensaje"
        assert ngettext("%(count)d post", "%(count)d posts", 2) % {"count": 2} == "2 mensajes"
    with translation.override("zh-hans"):
        assert date_format(day, "DATE_FORMAT") == "2011年4月3日"
        assert ngettext("%(count)d post", "%(count)d posts", 2) % {"count": 2} == "2 个帖子"
