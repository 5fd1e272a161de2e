"""A column of scores as somebody types it: what was typed, what it means, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from classroom.gradebook import ledger
from classroom.gradebook.actions import Entry
from classroom.gradebook.models import Score
from classroom.gradebook.totals import hundredths
from classroom.gradebook.wording import amount_text, points_text
from classroom.people.models import User

_TYPED = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:(%)|/\s*(\d{1,6}(?:[.,]\d{1,2})?))?")


class NotAScore(Exception):
    """What was typed is no score; ``args[0]`` is a sentence that says why."""


def read_amount(typed: str, out_of: Decimal | None) -> ledger.Amount:
    """Points as people write them: "7.5", "7,5", "75 %" or "7/10". Raises NotAScore.

    ``out_of`` is what the score is out of where it does not say so itself.
    """
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        raise NotAScore(_("This is not a score. Write it as 7.5, as 75 % or as 7/10."))
    number = Decimal(f"{found[1]}.{found[2] or 0}")
    whole = Decimal(found[4].replace(",", ".")) if found[4] else out_of
    if not whole:
        raise NotAScore(_("Out of what? Write it as 7/10, or say in the column's settings what it is out of."))
    points = (number * whole / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) if found[3] else number
    if points > whole:
        most = points_text(hundredths(whole))
        raise NotAScore(_("It is out of %(most)s, so it cannot be more.") % {"most": most})
    return points, whole


@dataclass(frozen=True)
class EntryRow:
    """One student's line. ``was`` is what their input held when the page was made, ``typed`` what it holds now."""

    student: User
    typed: str
    was: str
    revision: int
    error: str = ""
    earned: str = ""
    remark: str = ""

    @property
    def base(self) -> str:
        """What the page was made from, in one hidden field: a class of 400 stays below Django's limit of fields."""
        return f"{self.revision}:{self.was}"

    @property
    def is_changed(self) -> bool:
        return self.typed.strip() != self.was


def rows_of(students: Sequence[User], scores: Mapping[int, Score], remarks: Mapping[int, str]) -> list[EntryRow]:
    """The page before anybody types."""
    return [_row(student, scores.get(student.pk), remarks.get(student.pk, "")) for student in students]


def _row(student: User, score: Score | None, remark: str) -> EntryRow:
    text = stored_text(score)
    earned = amount_text(score.earned) if score and score.by_hand and score.earned else ""
    return EntryRow(student, text, text, score.revision if score else 0, earned=earned, remark=remark)


def stored_text(score: Score | None) -> str:
    """What an input holds for a stored score: points without a sign for thousands, so that it can be read back."""
    return f"{score.points.normalize():f}" if score is not None and score.points is not None else ""


def with_typed(rows: Sequence[EntryRow], data: Mapping[str, str]) -> list[EntryRow]:
    """The page as somebody sent it; a student whom it does not name stays as they are."""
    return [_typed(row, data) if f"points-{row.student.pk}" in data else row for row in rows]


def _typed(row: EntryRow, data: Mapping[str, str]) -> EntryRow:
    revision, _colon, was = data.get(f"base-{row.student.pk}", "")[:40].partition(":")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    return replace(row, typed=data[f"points-{row.student.pk}"][:20], was=was, revision=number)


@dataclass(frozen=True)
class Read:
    """What a sent page asks for: its rows, with errors where there are any, and what can be saved of them."""

    rows: list[EntryRow]
    entries: list[Entry]


def read(rows: Sequence[EntryRow], scores: Mapping[int, Score], out_of: Decimal | None, *, has_reason: bool) -> Read:
    """Make entries of the rows that were changed; those with errors keep what was typed."""
    found, entries = [], []
    for row in rows:
        if row.is_changed:
            try:
                entries.append(_entry(row, scores.get(row.student.pk), out_of, has_reason=has_reason))
            except NotAScore as error:
                row = replace(row, error=str(error))
        found.append(row)
    return Read(found, entries)


def _entry(row: EntryRow, score: Score | None, out_of: Decimal | None, *, has_reason: bool) -> Entry:
    earned = score.earned if score else None
    if not row.typed.strip():
        if earned is not None and score is not None and not score.by_hand:
            raise NotAScore(_("This was earned, so it cannot be emptied: set another score, or excuse the student."))
        return Entry(row.student.pk, row.revision, None)
    amount = read_amount(row.typed, earned[1] if earned else out_of)
    if earned is not None and amount != earned and not has_reason:
        raise NotAScore(_("This replaces a score that was earned: say why, above the table."))
    return Entry(row.student.pk, row.revision, amount)


def after_saving(
    rows: Sequence[EntryRow], saved: Sequence[int], stale: Mapping[int, Score], scores: Mapping[int, Score]
) -> list[EntryRow]:
    """The page to show again: what is saved as it is stored, what is stale with both values, errors as they were.

    A stale row takes on the stored revision, so that whoever has read the message may save theirs over it.
    """
    found = []
    for row in rows:
        pk = row.student.pk
        if pk in stale:
            text = stored_text(stale[pk])
            error = stale_text(text, row.typed)
            row = replace(row, error=error, was=text, revision=stale[pk].revision)
        elif pk in saved:
            row = _row(row.student, scores.get(pk), row.remark)
        found.append(row)
    return found


def stale_text(stored: str, typed: str) -> str:
    """That somebody was first, with both values."""
    words = _("Somebody has changed it since: it is now %(stored)s, and you typed %(typed)s. Save again to keep yours.")
    return words % {"stored": stored or _("empty"), "typed": typed or _("empty")}
