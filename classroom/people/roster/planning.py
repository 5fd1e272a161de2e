"""What a roster file would change in a class: decided for every line before anything is done.

A line is matched by its user name, or else by the name alone. A student of the teacher's other classes, these archived
or not, can be moved here. Anybody else on the site cannot be taken by naming them: they come in with the join code.
"""

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from classroom.people.models import Membership, Role, Section, User
from classroom.people.permissions import Permission, roles_with
from classroom.people.roster import grouping
from classroom.people.roster.grouping import GroupPlan, Placed
from classroom.people.roster.names import free_usernames
from classroom.people.roster.reading import Row

LONGEST_NAME = User._meta.get_field("name").max_length or 120
LONGEST_USERNAME = User._meta.get_field("username").max_length or 60


class Change(Enum):
    """What becomes of one line, or of one student of the class whom no line names."""

    NEW = "new"
    MOVED = "moved"
    BACK = "back"
    RENAMED = "renamed"
    SAME = "same"
    GONE = "gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the plan; ``line`` is 0 for a student whom no line names."""

    change: Change
    line: int
    name: str
    username: str
    user: User | None = None
    membership: Membership | None = None
    was: str = ""
    reason: str | Promise = ""

    @property
    def by_name_alone(self) -> bool:
        """Whether the teacher should look: two people may have one name."""
        return self.change in (Change.MOVED, Change.BACK) and self.was == _BY_NAME


_BY_NAME = "by-name"


@dataclass(frozen=True, slots=True)
class Plan:
    section: Section
    steps: list[Step] = field(default_factory=list)
    groups: GroupPlan = field(default_factory=GroupPlan)

    def of(self, *changes: Change) -> list[Step]:
        return [step for step in self.steps if step.change in changes]

    @property
    def changes_nothing(self) -> bool:
        people = self.of(Change.NEW, Change.MOVED, Change.BACK, Change.RENAMED, Change.GONE)
        return not (people or self.groups.joins or self.groups.leaves)

    @property
    def digest(self) -> str:
        """What was shown, in short: a plan that has become another since is shown again and not applied."""
        shown = [[s.change.value, s.line, s.name, s.username, s.user.pk if s.user else 0] for s in self.steps]
        groups = [[each.group, each.username] for each in (*self.groups.joins, *self.groups.leaves)]
        return hashlib.sha256(json.dumps([shown, self.groups.made, groups]).encode()).hexdigest()


def plan_roster(section: Section, rows: Sequence[Row], *, by: User, new_anyway: Sequence[int] = ()) -> Plan:
    """Compare a file with a class; in a fixed number of queries.

    ``new_anyway`` are the lines of which the teacher says that a name they share is another person's.
    """
    people = _People(section, rows, by)
    steps: list[Step] = []
    claimed: set[int] = set()
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: (not row.username, row.line)):
        reason = _fault(row, seen)
        seen.add(row.username.lower())
        step = _refuse(row, reason) if reason else people.match(row, claimed, is_new=row.line in new_anyway)
        if step.user is not None:
            claimed.add(step.user.pk)
        steps.append(step)
    steps = _name_the_new(steps)
    steps.sort(key=lambda step: step.line)
    gone = [m for m in people.current if m.user_id not in claimed]
    steps += [Step(Change.GONE, 0, m.user.name, m.user.username, m.user, m) for m in gone]
    placed = [
        Placed(step.line, step.name, step.username, step.membership)
        for step in steps
        if step.line and step.change is not Change.REFUSED
    ]
    return Plan(section, steps, grouping.plan_groups(section, rows, placed))


def _fault(row: Row, seen: set[str]) -> str | Promise:
    if not row.name:
        return _("There is no name.")
    if len(row.name) > LONGEST_NAME:
        return _("The name is longer than %(count)d characters.") % {"count": LONGEST_NAME}
    if _cannot_be_shown(row.name):
        return _("The name has characters in it that cannot be shown.")
    if any(len(name) > grouping.LONGEST_GROUP for name in grouping.split(row.group)):
        return _("The name of a group is longer than %(count)d characters.") % {"count": grouping.LONGEST_GROUP}
    if _cannot_be_shown(row.group):
        return _("The name of a group has characters in it that cannot be shown.")
    if not row.username:
        return ""
    return _fault_of_username(row.username, seen)


def _cannot_be_shown(text: str) -> bool:
    return any(unicodedata.category(mark) in {"Cc", "Cs", "Co", "Cn"} for mark in text)


def _fault_of_username(username: str, seen: set[str]) -> str | Promise:
    if len(username) > LONGEST_USERNAME:
        return _("The user name is longer than %(count)d characters.") % {"count": LONGEST_USERNAME}
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        return _("A user name has letters, digits and . _ - + @ only, and no spaces.")
    if username.lower() in seen:
        return _("This user name is in the list twice.")
    return ""


def _refuse(row: Row, reason: str | Promise) -> Step:
    return Step(Change.REFUSED, row.line, row.name, row.username, reason=reason)


def _name_the_new(steps: Sequence[Step]) -> list[Step]:
    """Give a user name to each new student whose line has none."""
    nameless = [step for step in steps if step.change is Change.NEW and not step.username]
    names = free_usernames([step.name for step in nameless], reserved=[s.username for s in steps if s.username])
    given = {step.line: name for step, name in zip(nameless, names, strict=True)}
    return [Step(s.change, s.line, s.name, given[s.line]) if s.line in given else s for s in steps]


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class _People:
    """Everybody whom a line could mean: the class now, those who left it, and the teacher's other students."""

    def __init__(self, section: Section, rows: Sequence[Row], by: User) -> None:
        members = list(
            Membership.objects.filter(section=section).select_related("user").order_by("user__name", "user_id")
        )
        self.current = [m for m in members if m.ended_at is None and m.role == Role.STUDENT and m.user.is_active]
        self.in_class = {m.user_id for m in members if m.ended_at is None}
        left = [m for m in members if m.ended_at is not None and m.role == Role.STUDENT]
        elsewhere = _students_of_the_others(section, by)
        self.known: dict[int, tuple[Change, User, Membership | None]] = {}
        for user in elsewhere:
            self.known[user.pk] = (Change.MOVED, user, None)
        for m in left:
            self.known[m.user_id] = (Change.BACK, m.user, m)
        for m in self.current:
            self.known[m.user_id] = (Change.SAME, m.user, m)
        typed = {User.normalize_username(row.username).lower() for row in rows if row.username}
        self.by_username = {user.username.lower(): user for user in _with_usernames(typed)}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        for pk, (_change, user, _place) in self.known.items():
            self.by_name[_fold(user.name)].append(pk)

    def match(self, row: Row, claimed: set[int], *, is_new: bool) -> Step:
        if row.username:
            return self._by_username(row, claimed)
        for wanted in (Change.SAME, Change.BACK, Change.MOVED):
            found = [pk for pk in self.by_name[_fold(row.name)] if pk not in claimed and self.known[pk][0] is wanted]
            if wanted is Change.SAME and found:
                return self._step(row, found[0])
            if len(found) == 1 and not is_new and not _is_of_staff(self.known[found[0]][1]):
                return self._step(row, found[0], was=_BY_NAME)
        return Step(Change.NEW, row.line, row.name, "")

    def _by_username(self, row: Row, claimed: set[int]) -> Step:
        user = self.by_username.get(User.normalize_username(row.username).lower())
        if user is None:
            return Step(Change.NEW, row.line, row.name, User.normalize_username(row.username))
        if user.pk in claimed:
            return _refuse(row, _("Another line of the list is this student already."))
        if user.pk not in self.known or _is_of_staff(user):
            if user.pk in self.in_class:
                return _refuse(row, _("This is the user name of somebody who teaches."))
            return _refuse(
                row,
                _(
                    "Somebody who is in none of your classes has this user name. If it is your student, give them the "
                    "join code; if not, choose another user name."
                ),
            )
        return self._step(row, user.pk)

    def _step(self, row: Row, pk: int, was: str = "") -> Step:
        change, user, membership = self.known[pk]
        if change is Change.SAME and user.name != row.name:
            change, was = Change.RENAMED, user.name
        return Step(change, row.line, row.name, user.username, user, membership, was)


def _students_of_the_others(section: Section, by: User) -> list[User]:
    """Students of the other classes whose roster this teacher may change; archived ones count, as last year's do."""
    taught = Membership.objects.current().filter(user=by, role__in=roles_with(Permission.ROSTER_CHANGE))
    students = Membership.objects.students().filter(section__in=taught.values("section")).exclude(section=section)
    return list(User.objects.filter(pk__in=students.values("user"), is_teacher=False, is_staff=False))


def _with_usernames(typed: set[str]) -> list[User]:
    return list(User.objects.annotate(low=Lower("username")).filter(low__in=typed)) if typed else []


def _is_of_staff(user: User) -> bool:
    return user.is_teacher or user.is_staff or not user.is_active
