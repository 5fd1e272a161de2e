"""Attaches the text of a source that a school lawfully has. The fingerprints prove that it is the same document."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.library.models import Passage, Source
from kits.reading.fingerprints import fingerprint, paragraphs_of

LARGEST_DOCUMENT = 10 * 1024 * 1024


class NotTheSource(ValueError):
    """The document is not that of the source; `differences` says which paragraphs differ, one sentence each."""

    def __init__(self, differences: list[str]) -> None:
        super().__init__("\n".join(differences))
        self.differences = differences


@dataclass(frozen=True)
class Attached:
    """How many paragraphs a source has, and how many of them had no text before."""

    paragraphs: int
    new: int


def read_document(path: Path) -> str:
    """The text of a file. Raises NotTheSource where it cannot be one."""
    try:
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise NotTheSource([f"{path}: the file is larger than {LARGEST_DOCUMENT // 1024 // 1024} MB."])
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTheSource([f"{path}: the file is not UTF-8 text."]) from error
    except OSError as error:
        raise NotTheSource([f"{path}: the file cannot be read: {error.strerror}."]) from error


@transaction.atomic
def attach_source(*, source: Source, text: str, at: datetime) -> Attached:
    """Attach a document to all passages of a source, or raise NotTheSource and attach nothing."""
    given = dict(enumerate(paragraphs_of(text), 1))
    # A passage without a fingerprint is one that a later version of the kit dropped.
    passages = {each.number: each for each in source.passages.select_for_update(no_key=True) if each.sha256}
    differences = _differences(passages, given)
    if differences:
        raise NotTheSource(differences)
    changed = [each for number, each in passages.items() if each.text != given[number]]
    for passage in changed:
        passage.text = given[passage.number]
    Passage.objects.bulk_update(changed, ["text"], batch_size=200)
    if changed:
        detail = {"paragraphs": len(changed)}
        audit.record(AuditEvent.Kind.SOURCE_ATTACHED, by=None, subject=source, at=at, detail=detail)
    return Attached(len(passages), len(changed))


def _differences(passages: dict[int, Passage], given: dict[int, str]) -> list[str]:
    found = []
    for number in sorted(passages.keys() | given.keys()):
        if number not in given:
            found.append(f"Paragraph {number} of the source is not in the document.")
        elif number not in passages:
            found.append(f"Paragraph {number} of the document is not in the source.")
        elif fingerprint(given[number]) != passages[number].sha256:
            found.append(f"Paragraph {number} differs.")
    return found
