"""A zip file is a kit or is refused: it decides neither where a file is written nor how much room it takes."""

import io
import random
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kits import zipped
from kits.check import check_folder
from kits.zipped import NotAKit, files_of, unpack
from tests.kits.conftest import LIGHTHOUSE

FILM = {"film.yaml": b"key: a-film\n"}


def zip_of(files: Mapping[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def lighthouse(folder: str = "") -> dict[str | zipfile.ZipInfo, bytes]:
    paths = (path for path in sorted(LIGHTHOUSE.rglob("*")) if path.is_file())
    return {f"{folder}{path.relative_to(LIGHTHOUSE).as_posix()}": path.read_bytes() for path in paths}


@pytest.mark.parametrize("folder", ["", "the-lighthouse/", "kits/mine/"])
def test_a_packed_folder_is_the_kit_wherever_it_stands_in_the_file(tmp_path: Path, folder: str) -> None:
    unpack(zip_of(lighthouse(folder)), tmp_path)
    report = check_folder(tmp_path)
    assert report.problems == []
    assert report.kit is not None
    assert len(report.kit.facts) == 17


def test_what_systems_and_people_add_is_passed_over() -> None:
    added = {"__MACOSX/._film.yaml": b"x", ".DS_Store": b"x", "facts/.draft.yaml": b"x", "notes.docx": b"x", "a/": b""}
    assert files_of(zip_of(FILM | added)) == FILM


@pytest.mark.parametrize(
    "name",
    [
        "../up.yaml",
        "facts/../../up.yaml",
        "/etc/up.yaml",
        "facts\\up.yaml",
        "C:up.yaml",
        "facts.yaml/up.yaml",
        "a/b/c/d/e.yaml",
        "x" * 300 + ".yaml",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "kit"
    folder.mkdir(parents=True)
    with pytest.raises(NotAKit):
        unpack(zip_of({name: b"x", **FILM}), folder)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_film_above_the_folder_is_written_within_it(tmp_path: Path) -> None:
    folder = tmp_path / "kit"
    folder.mkdir()
    unpack(zip_of({"../film.yaml": b"x", "../facts/a.yaml": b"y"}), folder)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.yaml")) == [
        "kit/facts/a.yaml",
        "kit/film.yaml",
    ]


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("terms.yaml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK",
        b"no zip file at all",
        zip_of({}),
        zip_of({"facts/a.yaml": b"x"}),
        zip_of({"one/film.yaml": b"x", "two/film.yaml": b"x"}),
        zip_of({**FILM, "Terms.yaml": b"x", "terms.yaml": b"y"}),
        zip_of({**FILM, link(): b"/etc/passwd"}),
        zip_of({**FILM, "terms.yaml": b"x"}, zipfile.ZIP_LZMA),
    ],
    ids=["empty", "cut", "text", "no files", "no film", "two kits", "twice", "a link", "another packing"],
)
def test_what_is_no_kit_is_refused_with_words(body: bytes) -> None:
    with pytest.raises(NotAKit) as refused:
        files_of(body)
    assert str(refused.value)


def test_a_locked_file_is_refused() -> None:
    # The bit that says so, in the file's own head and in the list at the end.
    body = bytearray(zip_of(FILM))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(NotAKit):
        files_of(bytes(body))


def test_what_unpacks_to_more_than_there_is_room_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_UNPACKED", 1000)
    assert files_of(zip_of({"film.yaml": b"x" * 1000}))
    with pytest.raises(NotAKit):
        files_of(zip_of({"film.yaml": b"x" * 900, "terms.yaml": b"x" * 101}))
    monkeypatch.setattr(zipped, "MOST_FILES", 3)
    with pytest.raises(NotAKit):
        files_of(zip_of({**FILM, **{f"facts/{place}.yaml": b"x" for place in range(3)}}))


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = zip_of(FILM)
    monkeypatch.setattr(zipped, "MOST_BYTES", len(body) - 1)
    with pytest.raises(NotAKit, match="5 MB"):
        files_of(body)


def test_a_damaged_file_is_read_or_refused_and_nothing_else() -> None:
    whole = zip_of(lighthouse())
    chance = random.Random(7)
    for _each in range(300):
        body = bytearray(whole)
        for _hit in range(chance.randint(1, 4)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        try:
            files_of(bytes(body[: chance.choice([len(body), chance.randrange(len(body))])]))
        except NotAKit:
            continue
