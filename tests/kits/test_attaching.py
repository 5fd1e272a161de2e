"""A school's lawful copy of a source is attached whole, or not at all."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from classroom.audit.models import AuditEvent
from classroom.library.models import Passage
from kits.load import load_kit
from tests.kits.conftest import KitFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(kit: KitFolder) -> KitFolder:
    load_kit(kit.path, tell=lambda _line: None)
    return kit


def _texts(source: str) -> list[str]:
    return list(Passage.objects.filter(source__key=source).order_by("number").values_list("text", flat=True))


def test_a_document_with_the_right_fingerprints_is_attached(
    loaded: KitFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("attach_source", "letter", str(loaded.documents / "letter.txt"))
    assert _texts("letter")[1] == "Ines Varga’s first film is patient and rather beautiful."
    assert _texts("gazette") == [""] * 8
    assert capsys.readouterr().out == "letter: 7 paragraphs match, 7 newly attached.\n"
    assert AuditEvent.objects.get(kind=AuditEvent.Kind.SOURCE_ATTACHED).detail == {"paragraphs": 7}


def test_attaching_twice_changes_nothing(loaded: KitFolder, capsys: pytest.CaptureFixture[str]) -> None:
    for _time in range(2):
        call_command("attach_source", "letter", str(loaded.documents / "letter.txt"))
    assert "7 paragraphs match, 0 newly attached" in capsys.readouterr().out
    assert AuditEvent.objects.filter(kind=AuditEvent.Kind.SOURCE_ATTACHED).count() == 1


def test_another_document_is_refused_with_the_paragraphs_that_differ(loaded: KitFolder, tmp_path: Path) -> None:
    text = (loaded.documents / "letter.txt").read_text(encoding="utf-8")
    path = tmp_path / "copy.txt"
    path.write_text(text.replace("Seven", "Eight") + "One more.\n", encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        call_command("attach_source", "letter", str(path))
    assert str(caught.value).splitlines() == [
        "Nothing was attached to 'letter'.",
        "Paragraph 6 differs.",
        "Paragraph 8 of the document is not in the source.",
    ]
    assert _texts("letter") == [""] * 7


def test_a_long_list_of_differences_is_cut_short(loaded: KitFolder, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Something else.\n" * 40, encoding="utf-8")
    with pytest.raises(CommandError, match=r"And 20 more\.$"):
        call_command("attach_source", "letter", str(path))


def test_a_file_that_is_no_text_or_not_there_is_refused(loaded: KitFolder, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    with pytest.raises(CommandError, match="not UTF-8 text"):
        call_command("attach_source", "letter", str(tmp_path / "picture.png"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("attach_source", "letter", str(tmp_path / "nothing.txt"))


def test_an_unknown_source_is_told_with_those_that_are_there(loaded: KitFolder) -> None:
    with pytest.raises(CommandError, match="Loaded sources: gazette, letter, radio"):
        call_command("attach_source", "times", str(loaded.documents / "letter.txt"))


def test_where_two_films_share_a_key_the_film_is_asked_for(loaded: KitFolder) -> None:
    loaded.replace("film.yaml", "key: the-lighthouse", "key: another-light")
    load_kit(loaded.path, tell=lambda _line: None)
    with pytest.raises(CommandError, match="say which with --film"):
        call_command("attach_source", "letter", str(loaded.documents / "letter.txt"))
    call_command("attach_source", "letter", str(loaded.documents / "letter.txt"), film="another-light")
    attached = Passage.objects.exclude(text="").values_list("source__film__key", flat=True)
    assert set(attached) == {"another-light"}


def test_a_second_load_keeps_what_was_attached(loaded: KitFolder) -> None:
    call_command("attach_source", "letter", str(loaded.documents / "letter.txt"))
    loaded.replace("facts/storm.yaml", "the lamp burned", "the lamp shone")
    load_kit(loaded.path, tell=lambda _line: None)
    assert all(_texts("letter"))


def test_a_paragraph_with_a_new_fingerprint_loses_its_old_text(loaded: KitFolder) -> None:
    call_command("attach_source", "letter", str(loaded.documents / "letter.txt"))
    digest = Passage.objects.get(source__key="letter", number=7).sha256
    loaded.replace("sources.yaml", digest, "0" * 64)
    load_kit(loaded.path, tell=lambda _line: None)
    assert _texts("letter")[6] == ""
    assert all(_texts("letter")[:6])
