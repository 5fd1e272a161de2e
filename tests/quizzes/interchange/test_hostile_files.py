"""Files made to break things: none of them does more than be refused."""

import csv
import io
import random
import re
import socket
import time
import tracemalloc
import zipfile
from html import escape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import AnswerKey, Question, QuestionVersion
from quizzes.grading import validate
from quizzes.interchange import reading
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.formats import read as read_format
from quizzes.interchange.reading import Deadline, checked, read_xml, text_of
from quizzes.interchange.records import Record, Unreadable
from tests import factories
from tests.quizzes.grading.examples import QUESTIONS
from tests.quizzes.interchange.test_round_trips import record_of

SEEDS = {
    name: FORMATS[name].write([record_of(type_, content, key) for type_, content, key, _answer in QUESTIONS]).text
    for name in FORMATS
}
MARKS = [*"~=#{}:\\%*[]|;,.\"'<>&$/\n\t \x00\x0b\ufdd0\u202e", "####", "->", "..", "::", "//", "$CATEGORY:", "]]>"]
MARKS += ["<![CDATA[", "</question>", '<question type="cloze">', "{1:SA:=", "%999%", "%-1e9%", "1e400", "[[1]]", "NaN"]
MARKS += ["<img src=x>", "<script>", "&lt;", "&#0;", "&#x110000;", "\ud800", "9" * 400, "=1+1", "'=1", "[id:", "[tag:"]


def mangled(name: str, seed: int) -> str:
    """A good file with parts cut out, doubled, swapped, and with marks put in; always alike from one seed.

    Three in four tables and documents stay well-formed, so that what stands in them is read.
    """
    chance = random.Random(f"{name}:{seed}")
    if name == "gift" or chance.random() < 0.25:
        return _torn(SEEDS[name], chance)
    return _table(chance) if name == "csv" else _document(chance)


def _torn(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    text = text[start : start + chance.randrange(50, 4000)] if chance.random() < 0.7 else text
    for _each in range(chance.randrange(1, 12)):
        place, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        end = min(end, place + 40)
        put = chance.choice(["", text[place:end] * 2, chance.choice(MARKS), text[place:end] + chance.choice(MARKS)])
        text = text[:place] + put + text[end:]
    return text


def _table(chance: random.Random) -> str:
    head, *rows = csv.reader(io.StringIO(SEEDS["csv"]))
    rows = chance.sample(rows, 6)
    for _each in range(chance.randrange(1, 10)):
        row = chance.choice(rows)
        place = chance.randrange(len(row))
        row[place] = _torn(row[place] + " ", chance)
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue()


def _document(chance: random.Random) -> str:
    first, *lines, last = SEEDS["moodle-xml"].strip().split("\n")
    for _each in range(chance.randrange(1, 12)):
        place = chance.randrange(len(lines))
        if re.fullmatch(r"\s*<(\w+)[^>]*>.*</\1>", lines[place]):
            say = escape(_torn(chance.choice(["a", "81", "true", "{1:SA:=a~b}"]), chance))
            texts = [lines[place], "", lines[place] * 2, re.sub(r">[^<]*</", ">SAY</", lines[place])]
            lines[place] = chance.choice([*texts, texts[-1]]).replace("SAY", say)
    return "\n".join((first, *lines, last))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_mangled_file_does_more_than_be_refused(name: str) -> None:  # trust 25
    read = 0
    for seed in range(400):
        text = mangled(name, seed)
        try:
            found = read_format(FORMATS[name], text)
        except Unreadable:
            continue
        read += len(found.records)
        lines = text.count("\n") + text.count("\r") + 1
        for fault in (*found.faults, *found.told):
            assert fault.reason
            assert 1 <= fault.line <= lines
    assert read > 100, "most were refused whole: the test shows little"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("ab1 ~=#{}:\\%*[]->.<>&\"'\n;,/|T")), st.sampled_from(sorted(FORMATS)))
def test_no_text_is_an_error(text: str, name: str) -> None:  # trust 25
    try:
        found = read_format(FORMATS[name], text)
    except Unreadable:
        return
    for record in found.records:
        assert isinstance(record, Record)


@pytest.fixture
def film(db: None) -> Film:
    return factories.make_film()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_mangled_file_is_a_server_error_or_leaves_a_part(
    as_user, film: Film, teacher: User, name: str
) -> None:  # trust 25
    client: Client = as_user(teacher)
    made = 0
    for seed in range(1000, 1025):
        sent: dict[str, Any] = {"text": mangled(name, seed).encode("utf-8", "replace").decode(), "format": name}
        page = client.post(f"/bank/{film.key}/import/", {**sent, "step": "plan"})
        assert page.status_code in {200, 422}, seed
        if page.status_code == 200:
            digest = page.context["plan"].digest
            done = client.post(f"/bank/{film.key}/import/", {**sent, "step": "apply", "digest": digest})
            # A plan with nothing to do may be applied too.
            assert done.status_code == 302, seed
            # Other tags make no other version.
            made += sum(not line.is_relabelled for line in page.context["plan"].to_do)
    assert made
    assert QuestionVersion.objects.count() == AnswerKey.objects.count() == made
    assert Question.objects.filter(versions__isnull=True).count() == 0
    for version in QuestionVersion.objects.select_related("answer_key"):
        validate(version.type, version.content, version.answer_key.key)


# --- Entities, includes, addresses ---------------------------------------------------------------------------------

_TARGETS = [
    "file:///etc/passwd",
    "http://127.0.0.1:9/x",
    "ftp://127.0.0.1/x",
    "//127.0.0.1/x",
    "php://filter",
    "secret.txt",
]
_DECLARED = [
    '<!DOCTYPE quiz [<!ENTITY x SYSTEM "{0}">]><quiz>&x;</quiz>',
    '<!DOCTYPE quiz [<!ENTITY x PUBLIC "p" "{0}">]><quiz>&x;</quiz>',
    '<!DOCTYPE quiz [<!ENTITY % x SYSTEM "{0}"> %x;]><quiz/>',
    '<!DOCTYPE quiz [<!ENTITY % x PUBLIC "p" "{0}"> %x;]><quiz/>',
    '<!DOCTYPE quiz SYSTEM "{0}"><quiz/>',
    '<!DOCTYPE quiz PUBLIC "p" "{0}"><quiz/>',
    '<!DOCTYPE quiz [<!NOTATION n SYSTEM "{0}"><!ENTITY x SYSTEM "{0}" NDATA n>]><quiz a="x"/>',
    '<!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!-- {0} -->]><quiz>&b;</quiz>',
    '<quiz xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{0}"/></quiz>',
    '<quiz xmlns="http://www.w3.org/2001/XInclude"><include href="{0}" parse="text"/></quiz>',
    '<?xml-stylesheet href="{0}"?><quiz xmlns:xsi="a" xsi:schemaLocation="a {0}">&x;</quiz>',
    "<quiz>&x;<!-- {0} --></quiz>",
    '<?xml version="1.0" encoding="utf-7"?><!DOCTYPE q [<!ENTITY x SYSTEM "{0}">]><quiz>&x;</quiz>',
    '\n<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "{0}">]><quiz>&x;</quiz>',
    "<!DOCTYPE html [<!ELEMENT a ANY><!ENTITY x SYSTEM '{0}'>]><quiz><question type='essay'>&x;</question></quiz>",
    '<!DOCTYPE quiz [<!ENTITY x SYSTEM "{0}">]><quiz><question type="essay"><name>&x;</name></question></quiz>',
    "<!DOCTYPE quiz [<!ENTITY % a \"<!ENTITY x SYSTEM '{0}'>\"> %a;]><quiz>&x;</quiz>",
]
DOCUMENTS = [document.replace("{0}", target) for document in _DECLARED for target in _TARGETS]


def test_no_document_reads_a_file_or_an_address(monkeypatch: pytest.MonkeyPatch) -> None:  # trust 23
    assert len(DOCUMENTS) >= 100
    touched: list[object] = []
    monkeypatch.setattr(socket, "socket", lambda *args, **_kwargs: touched.append(args))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **_kwargs: touched.append(args))
    monkeypatch.setattr("builtins.open", lambda *args, **_kwargs: touched.append(args))
    for document in DOCUMENTS:
        with pytest.raises(Unreadable):
            read_xml(checked(document), Deadline())
        with pytest.raises(Unreadable):
            FORMATS["moodle-xml"].read(document, None)
    monkeypatch.undo()
    assert touched == []


def test_a_page_refuses_such_a_document_and_tells_the_line(as_user, film: Film, teacher: User) -> None:  # trust 23
    page = as_user(teacher).post(f"/bank/{film.key}/import/", {"text": DOCUMENTS[0], "step": "plan"})
    assert page.status_code == 422
    assert "Line 1: the file declares a document type" in page.content.decode()


# --- Archives, size, depth and time --------------------------------------------------------------------------------


def archives() -> list[bytes]:
    """Bombs, slips and plain ones, of every kind that a teacher may come by."""
    found = []
    for name in ("questions.xml", "../../etc/cron.d/x", "/etc/passwd", "a/" * 200 + "x", "con", "x\\..\\y"):
        for size in (100, 40_000_000):
            out = BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, bytes(size))
            found.append(out.getvalue())
    heads = [b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd"]
    return [*found, *(head + bytes(1000) for head in heads), b"PK\x05\x06" + bytes(18), b"PK\x07\x08" + bytes(50)]


def test_no_archive_is_ever_opened(as_user, film: Film, teacher: User) -> None:  # trust 24
    files = archives()
    assert len(files) >= 20
    client = as_user(teacher)
    tracemalloc.start()
    began = time.monotonic()
    for data in files:
        with pytest.raises(Unreadable, match="archive"):
            text_of(data)
    for data in files[:3]:
        page = client.post(f"/bank/{film.key}/import/", {"file": SimpleUploadedFile("q.xml", data), "step": "plan"})
        assert page.status_code == 422
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - began < 2 * len(files)
    assert peak < 100_000_000


def test_what_is_too_large_too_deep_or_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="larger than 5 MB"):
        text_of(b"x" * 5_000_001)
    with pytest.raises(Unreadable, match="24 deep"):
        read_xml("<quiz>" + "<a>" * 5000, Deadline())
    with pytest.raises(Unreadable, match="elements"):
        read_xml("<quiz>" + "<a/>" * 200_001 + "</quiz>", Deadline())
    with pytest.raises(Unreadable, match="more than 2000 questions"):
        read_format(FORMATS["gift"], "It burned. {T}\n\n" * 2001)
    with pytest.raises(Unreadable, match="too long"):
        read_format_within(0.0)
    with pytest.raises(Unreadable, match="Line 2 is not UTF-8"):
        text_of(b"good\n\xff\xfe\xfd bad")
    with pytest.raises(Unreadable, match="Line 3 holds characters"):
        text_of(b"a\nb\n\x00")


def read_format_within(seconds: float) -> None:
    for name in FORMATS:
        FORMATS[name].read(SEEDS[name], Deadline(seconds - 1))


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "a {=" + "\\" * 200_000 + "}",
        "a {" + "~%50%" * 40_000 + "}",
        "// " + "[tag:" * 100_000 + "\na {T}",
        "a {>2\n" + "x\n" * 20 + "}",
        "[html]" + "<b" * 20_000 + " {T}",
        "[html]" + "<!--" * 9_000 + " {T}",
        "a {####" + "Fact: [" * 50_000 + "}",
        "<quiz>"
        + '<question type="cloze"><questiontext><text>'
        + "{1:SA:" * 40_000
        + "</text></questiontext></question></quiz>",
        "type,question,right\nchoice,q," + "\\" * 100_000,
    ],
)
def test_nothing_takes_its_time(text: str) -> None:
    began = time.process_time()
    for format_ in FORMATS.values():
        try:
            read_format(format_, text)
        except Unreadable:
            continue
    assert time.process_time() - began < reading.MOST_SECONDS / 2
