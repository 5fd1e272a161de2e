"""What an import would do, line by line, before anything is done."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import TextChoices
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.authoring.editing import object_to_options, object_to_stem
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.queries import ledger_of
from quizzes.authoring.readings import with_readings
from quizzes.authoring.refusal import Refused as Unproved
from quizzes.bank.forms import HintsField
from quizzes.bank.models import Question, QuestionTag
from quizzes.bank.words import TYPE_WORDS
from quizzes.grading import BadQuestion, check_feedback, validate
from quizzes.interchange import sameness
from quizzes.interchange.citing import in_words, unknown_marks
from quizzes.interchange.formats import Format
from quizzes.interchange.formats import read as read_format
from quizzes.interchange.queries import Cited, Known, cited_in, known_questions, record_of
from quizzes.interchange.records import FactTie, Fault, Record

MOST_STEM: Final = 5_000
MOST_EXPLANATION: Final = 10_000
MOST_TAG: Final = QuestionTag.LONGEST
_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Fate(TextChoices):
    """What becomes of a question of a file."""

    REFUSED = "refused", gettext_lazy("refused")
    CHANGED = "changed", gettext_lazy("changed")
    NEW = "new", gettext_lazy("new")
    SAME = "same", gettext_lazy("the same")


PART_WORDS: Final = {
    "stem": gettext_lazy("what is asked"),
    "points": gettext_lazy("points"),
    "explanation": gettext_lazy("explanation"),
    "hints": gettext_lazy("hints"),
    "feedback": gettext_lazy("feedback"),
    "answers": gettext_lazy("answers and how they are marked"),
    "facts": gettext_lazy("facts"),
    "tags": gettext_lazy("tags"),
}


@dataclass(frozen=True)
class PlanLine:
    """One question of the file: where it stands, what becomes of it and why, and what the teacher is told of it.

    ``record`` is what would be kept, ``question`` what it would be the next version of; a kit's own question stays as
    it is, and the teacher gets a copy under the same key.
    """

    line: int
    fate: Fate
    words: str
    type_words: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()
    key: str = ""
    record: Record | None = None
    question: Question | None = None
    facts: tuple[str, ...] = ()
    # The parts in which it differs from what the bank has; all of a new one.
    changed: tuple[str, ...] = ()

    @property
    def is_relabelled(self) -> bool:
        """Whether it gives other tags to a question that there is, and no other version."""
        return self.fate == Fate.CHANGED and self.changed == ("tags",)

    @property
    def is_copy(self) -> bool:
        """Whether it changes a question of the kit, which gives a copy of one's own."""
        return self.fate == Fate.CHANGED and self.question is not None and self.question.owner_id is None


@dataclass(frozen=True)
class Plan:
    """All that an import would do. ``digest`` is another one where the file or what it would do is another."""

    lines: list[PlanLine] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    digest: str = ""

    def of(self, fate: Fate) -> list[PlanLine]:
        return [line for line in self.lines if line.fate == fate]

    @property
    def to_do(self) -> list[PlanLine]:
        return [line for line in self.lines if line.fate in {Fate.NEW, Fate.CHANGED}]


def plan_import(*, film: Film, user: User, format_: Format, text: str) -> Plan:
    """What importing this text into a teacher's own questions would do. Raises ``Unreadable``; changes nothing."""
    reading = read_format(format_, text)
    ledger = ledger_of(film)
    planner = _Planner(film, format_, ledger)
    keyed = [(planner.key_of(record), planner.tied_here(record)) for record in reading.records]
    known = known_questions(user, film, (key for key, _record in keyed))
    cited = cited_in([version for each in known.values() for version in each.by_number.values()])
    bases = planner.bases(known, keyed, cited)
    lines = [planner.refused(fault) for fault in reading.faults]
    seen: dict[str, int] = {}
    for key, record in keyed:
        if key in seen:
            reason = _("Line %(line)d holds a question under the same key.") % {"line": seen[key]}
            lines.append(planner.refused(Fault(record.line, record.stem, reason)))
        else:
            seen[key] = record.line
            base = _Base(bases[key], record_of(known[key].newest, cited)) if key in bases else None
            lines.append(planner.line(key, record, known.get(key), base))
    lines.sort(key=lambda line: line.line)
    return Plan(lines, reading.told, _digest(text, lines))


@dataclass(frozen=True)
class _Base:
    """What the format makes of a question that the bank has, as the file knew it, and the question as it is now."""

    written: Record
    ours: Record


class _Planner:
    def __init__(self, film: Film, format_: Format, ledger: Ledger) -> None:
        self.film, self.format, self.ledger = film, format_, ledger

    def key_of(self, record: Record) -> str:
        """The key that a file gives, or else one by title and text: the same file is then found again."""
        given = record.question.rpartition("/")[2]
        if _SLUG.fullmatch(given):
            return given if record.film in {"", self.film.key} else f"{record.film}-{given}"[:80]
        mark = hashlib.sha256(f"{record.type}\n{record.stem}".encode()).hexdigest()[:10]
        return f"{slugify(given or record.name or record.stem)[:60] or record.type}-{mark}".lstrip("-")

    def tied_here(self, record: Record) -> Record:
        """The record with those of its facts that the ledger has; the others are told and stay in the explanation."""
        ties = [replace(tie, film=tie.film or self.film.key) for tie in record.facts]
        known = [tie for tie in ties if self._is_known(tie)]
        lost = [
            _("The fact %(fact)s is not in the ledger of this film: the question does not rest on it here.")
            % {"fact": tie.address}
            for tie in ties
            if not self._is_known(tie)
        ]
        gone = [tie for tie in record.cited if not self._is_known(tie)]
        lost += [
            _("The fact %(fact)s is not in the ledger of this film: its words stand where it was cited.")
            % {"fact": tie.address}
            for tie in gone
        ]
        record = in_words(record, {tie.key for tie in gone})
        kept = [f"Fact: {tie.statement}" for tie in ties if not self._is_known(tie) and tie.statement]
        explanation = "\n".join(part for part in (record.explanation, *kept) if part)
        return replace(record, facts=tuple(known), explanation=explanation, lost=(*record.lost, *lost))

    def _is_known(self, tie: FactTie) -> bool:
        return tie.film == self.film.key and tie.key in self.ledger.facts

    def bases(self, known: dict[str, Known], keyed: Sequence[tuple[str, Record]], cited: Cited) -> dict[str, Record]:
        """What the format makes of the questions that the bank has, in the versions that the file speaks of."""
        versions = {
            key: known[key].by_number.get(record.version, known[key].newest) for key, record in keyed if key in known
        }
        ours = {key: replace(record_of(version, cited), question=key) for key, version in versions.items()}
        written = self.format.write(ours.values())
        found = {self.key_of(record): self.tied_here(record) for record in self.format.read(written.text, None).records}
        return {key: found.get(key, record) for key, record in ours.items()}

    def refused(self, fault: Fault, *, record: Record | None = None) -> PlanLine:
        words = str(TYPE_WORDS.get(record.type, "")) if record else ""
        return PlanLine(fault.line, Fate.REFUSED, fault.name, words, fault.reason)

    def line(self, key: str, record: Record, known: Known | None, base: _Base | None) -> PlanLine:
        """What becomes of one question."""
        notes = list(record.lost)
        fate, changed = Fate.NEW, ["tags"] if record.tags else []
        if known is not None and base is not None:
            record = sameness.merged(record, base.written, base.ours)
            changed = sameness.differences(record, base.ours)
            if not changed or (changed == ["tags"] and known.question.owner_id is None):
                return self._told(key, record, Fate.SAME, (), known)
            fate = Fate.CHANGED
            parts = ", ".join(str(PART_WORDS[part]) for part in changed)
            notes.insert(0, _("Changed: %(parts)s.") % {"parts": parts})
        try:
            record = self.proved(record)
        except (BadQuestion, Unproved) as fault:
            return self.refused(Fault(record.line, record.stem, str(fault)), record=record)
        notes += [
            _("There is no fact “%(key)s” to cite: its mark stands as it was typed.") % {"key": key}
            for key in unknown_marks(record, self.ledger.facts)
        ]
        if not record.facts:
            notes.append(_("It rests on no fact of the ledger: nothing here can prove its answers."))
        if any(len(tag) > MOST_TAG for tag in record.tags):
            notes.append(_("Tags of more than %(most)d characters are cut.") % {"most": MOST_TAG})
        if known is not None and known.question.retired_at:
            notes.append(_("The question is retired: it is asked again once it is published."))
        return replace(self._told(key, record, fate, notes, known), changed=tuple(changed))

    def _told(self, key: str, record: Record, fate: Fate, notes: Sequence[str], known: Known | None) -> PlanLine:
        return PlanLine(
            line=record.line,
            fate=fate,
            words=record.stem,
            type_words=str(TYPE_WORDS.get(record.type, record.type)),
            notes=tuple(dict.fromkeys(notes)),
            key=key,
            record=record,
            question=known.question if known else None,
            facts=tuple(tie.key for tie in record.facts),
        )

    def proved(self, record: Record) -> Record:
        """The record, held against the limits, its type's rules and its facts, as a question written here is.

        Readings that its facts allow get their due. Raises ``BadQuestion`` or ``Refused`` (authoring).
        """
        _check_lengths(record)
        validate(record.type, record.content, record.key)
        check_feedback(record.type, record.content, record.feedback)
        facts = [self.ledger.facts[tie.key] for tie in record.facts]
        if not facts:
            return record
        shown = [entry["text"] for part in ("prompts", "items") for entry in record.content.get(part, [])]
        shown += [record.content["text"]] if record.type == "blanks" else []
        reason = object_to_stem(record.type, record.stem, shown, [fact.key for fact in facts], self.ledger)
        if reason:
            raise Unproved(reason)
        self._prove_wrong(record, facts)
        key = with_readings(record.type, record.content, record.key, facts, self.ledger, stem=record.stem)
        validate(record.type, record.content, key)
        return replace(record, key=key)

    def _prove_wrong(self, record: Record, facts: Sequence[LedgerFact]) -> None:
        """Refuses a wrong option, beside several right ones, that a reading of a fact makes true."""
        if record.type != "multiple":
            return
        right = set(record.key["correct"])
        wrong = {entry["id"]: entry["text"] for entry in record.content["options"] if entry["id"] not in right}
        for reason in object_to_options(wrong, facts, self.ledger, stem=record.stem).values():
            raise Unproved(reason)


def _check_lengths(record: Record) -> None:
    if len(record.stem) > MOST_STEM:
        raise BadQuestion(_("What is asked is longer than %(most)d characters.") % {"most": MOST_STEM})
    if len(record.explanation) > MOST_EXPLANATION:
        raise BadQuestion(_("The explanation is longer than %(most)d characters.") % {"most": MOST_EXPLANATION})
    if len(record.hints) > HintsField.MOST or any(len(hint) > HintsField.LONGEST for hint in record.hints):
        most = {"most": HintsField.MOST, "longest": HintsField.LONGEST}
        raise BadQuestion(_("At most %(most)d hints of %(longest)d characters each.") % most)


def _digest(text: str, lines: Sequence[PlanLine]) -> str:
    """Marks a plan: the text, and what it would do to which question."""
    made = hashlib.sha256(text.replace("\r\n", "\n").encode())
    for line in lines:
        question = line.question.pk if line.question else 0
        made.update(f"\n{line.line} {line.fate} {line.key} {question} {line.reason}".encode())
    return made.hexdigest()
