"""With the documents at hand, every figure, name and value is looked up, and nothing is copied."""

import hashlib
import shutil
from pathlib import Path

import pytest

from kits.check import check_folder
from kits.check.copies import copy_faults
from kits.check.documents import find_documents
from kits.reading import read_kit
from tests.kits.conftest import DOCUMENTS, KitFolder

FILM, STORM, LESSON = "facts/film.yaml", "facts/storm.yaml", "lessons/the-storm.md"


def _messages(kit: KitFolder) -> str:
    return "\n".join(map(str, check_folder(kit.path, kit.documents).problems))


UNBORNE = [
    # Figures and names of statements and values.
    (STORM, "for 34 years.", "for 35 years.", "keepers-years: the figure 35 is not in the paragraphs that it cites"),
    (STORM, "forty-one sailors", "fifty-one sailors", "sailors: the figure fifty one is not"),
    (FILM, "The music is by Jonas Bly.", "The music is by Jonas Bligh.", "the name 'Bligh' is not in the paragraphs"),
    (FILM, "3 October 2019.", "3 November 2019.", "the name 'November' is not"),
    (FILM, "in Port Arden.", "in Port Harden.", "the name 'Harden' is not"),
    (FILM, "came 134 days", "came 135 days", "the figure 135 is not in the facts that it is derived from"),
    # Values of facts and citations.
    (FILM, "value: 200\n", "value: 300\n", "the value 300 does not occur in gazette:4"),
    (FILM, '"2019-10-03"', '"2019-10-05"', "the value '2019-10-05' does not occur in gazette:4: 5 is not there"),
    (FILM, '"2020-02-14"', '"2020-03-14"', "the value '2020-03-14' does not occur in radio:2: March is not there"),
    (FILM, "value: Silver Gull", "value: Golden Gull", "Golden is not there"),
    (STORM, "value: 40, precision", "value: 44, precision", "the value 44 does not occur in letter:4"),
    (FILM, "says: seven out of 10", "says: seven out of 12", "'says' has the figure 12, which is not in letter:6"),
    # The quoted prompt.
    ("prompts.yaml", "relieve you, and", "help you, and", "the text is not that of radio:9"),
    # Copies.
    (STORM, "The light saved forty-one sailors.", "Forty-one sailors were saved that winter because the light held.",
     "eight words are copied from gazette:7: “forty one sailors were saved that winter because”"),
    (LESSON, "Begin with the map.", "See how she followed the Lornes for more\nthan a year and lets them talk.",
     "eight words are copied from letter:3"),
    ("families.md", "We watch a film", "The film may have taken a prize at Skerry. We watch a film",
     "families.md:3: eight words are copied from letter:5"),
    ("prompts.yaml", "Ask for reasons.", "Some forty sailors owe their lives to the lamp.", "copied from letter:4"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), UNBORNE)
def test_what_no_cited_paragraph_bears_is_told(kit: KitFolder, file: str, old: str, new: str, message: str) -> None:
    assert message in _messages(kit.replace(file, old, new))


BORNE = [
    (STORM, "for 34 years.", "for thirty-four years."),
    (STORM, "forty-one sailors", "41 sailors"),
    (FILM, "in Port Arden.", "in PORT ARDEN’s hall."),
    # A context name has only to be somewhere in the cited source.
    (STORM, "The couple kept", "The couple, Edda and Tom Lorne, kept"),
    # The names of a cited source, and another name of a term.
    (STORM, "The light saved", "The light, says The Harbour Gazette, saved"),
    (FILM, "Ines Varga directed the film.", "As for the film, Varga directed it."),
    # A quoted prompt may be quoted again, and names are no copying.
    (LESSON, "Speak in turn.", "Would you stay at your post if nobody could come to relieve you?"),
    ("prompts.yaml", "Ask for reasons.", "Speak of Ines Varga, Tom and Edda Lorne, Jonas Bly, Gull Point."),
]


@pytest.mark.parametrize(("file", "old", "new"), BORNE)
def test_what_is_said_in_another_way_is_left_alone(kit: KitFolder, file: str, old: str, new: str) -> None:
    assert _messages(kit.replace(file, old, new)) == ""


def test_a_term_tells_that_two_spellings_are_one_name(kit: KitFolder) -> None:
    kit.replace(FILM, "The music is by Jonas Bly.", "The music is by Jonas Bligh.")
    terms = (kit.path / "terms.yaml").read_text(encoding="utf-8")
    kit.write(
        "terms.yaml",
        f"{terms}- {{key: bly, term: Jonas Bly, also: [Jonas Bligh], kind: person, definition: He wrote the music., "
        "citations: [{source: radio, paragraph: 6}]}\n",
    )
    assert _messages(kit) == ""


def _documents(kit: KitFolder, tmp_path: Path) -> Path:
    kit.documents = shutil.copytree(DOCUMENTS, tmp_path / "documents")
    return kit.documents


def test_documents_are_known_by_their_fingerprints_and_not_by_their_names(kit: KitFolder, tmp_path: Path) -> None:
    folder = _documents(kit, tmp_path)
    for number, path in enumerate(sorted(folder.iterdir())):
        path.rename(folder / f"{9 - number}.bin")
    (folder / "README.md").write_text("Nothing that is cited", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\xff")
    assert _messages(kit) == ""


def test_a_changed_paragraph_is_told_where_its_fingerprint_stands(kit: KitFolder, tmp_path: Path) -> None:
    path = _documents(kit, tmp_path) / "letter.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("Seven", "Eight"), encoding="utf-8")
    wanted = hashlib.sha256(b"Seven out of 10.").hexdigest()
    line = kit.line_of("sources.yaml", wanted)
    told = f"sources.yaml:{line}: letter: paragraph 6 of the document has another fingerprint (letter.txt)"
    assert told in _messages(kit)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + "\nOne more.\n", "paragraph 8 of the document has no fingerprint here"),
        (lambda text: text.replace("Paul Osei", ""), "paragraph 7 is not in the document"),
        (lambda text: "Quite another text.\n" * 7, "no document in the folder of sources matches 'letter'"),
    ],
)
def test_a_document_that_is_longer_shorter_or_another_is_told(
    kit: KitFolder, tmp_path: Path, change, message: str
) -> None:
    path = _documents(kit, tmp_path) / "letter.txt"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert message in _messages(kit)


def test_a_folder_of_sources_that_is_not_there_is_told(kit: KitFolder, tmp_path: Path) -> None:
    kit.documents = tmp_path / "nowhere"
    assert "there is no such folder of sources" in _messages(kit)


def test_a_copied_run_is_told_once_however_long_it_is(kit: KitFolder) -> None:
    kit.replace(
        "guidelines.yaml",
        "Answer the idea.",
        '"She followed the people for more. Some forty sailors owe their lives to the lamp. Forty-one sailors were '
        'saved that winter because the light never failed."',
    )
    read = read_kit(kit.path)
    assert read.kit is not None
    documents, _problems = find_documents(read.kit.sources, kit.documents)
    assert len(list(copy_faults(read.kit, documents))) == 2
