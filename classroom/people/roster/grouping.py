"""The groups that a roster file names: who would come into which, and who is in one that their line does not name.

A cell names one group or several, parted by semicolons; a semicolon that belongs to a name is written twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from classroom.people.models import Group, Membership, Section
from classroom.people.roster.reading import Row

LONGEST_GROUP = Group._meta.get_field("name").max_length or 80
MOST_GROUPS = 40  # in one file, as in one draw
_BETWEEN = re.compile(r"(?<!;);(?!;)")


@dataclass(frozen=True, slots=True)
class GroupStep:
    """One student into one group, or out of it. By user name, since a new student has nothing else yet."""

    group: str
    name: str
    username: str


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """``made`` are the groups that the class has not yet; ``leaves`` happen only where the teacher says so."""

    made: list[str] = field(default_factory=list)
    joins: list[GroupStep] = field(default_factory=list)
    leaves: list[GroupStep] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the file that stands for a student, with their place in the class where they have one."""

    line: int
    name: str
    username: str
    membership: Membership | None


def split(cell: str) -> list[str]:
    """The groups that a cell names, each once, in order."""
    names: dict[str, str] = {}
    for part in _BETWEEN.split(cell):
        name = " ".join(part.replace(";;", ";").split())
        if name:
            names.setdefault(name.lower(), name)
    return list(names.values())


def joined(names: Iterable[str]) -> str:
    """A cell that ``split`` reads as these names."""
    return "; ".join(name.replace(";", ";;") for name in names)


def too_many(rows: Iterable[Row]) -> bool:
    return len({name.lower() for row in rows for name in split(row.group)}) > MOST_GROUPS


def plan_groups(section: Section, rows: Sequence[Row], placed: Sequence[Placed]) -> GroupPlan:
    """What the file's groups would change, in two queries; a file that names no group changes none."""
    wanted = {row.line: split(row.group) for row in rows}
    if not any(wanted.values()):
        return GroupPlan()
    kept = {group.name.lower(): group.name for group in Group.objects.filter(section=section)}
    now = names_by_place(section)
    plan = GroupPlan()
    made: dict[str, str] = {}
    for each in placed:
        is_in = {name.lower(): name for name in now.get(each.membership.pk, ())} if each.membership else {}
        named = {name.lower(): name for name in wanted.get(each.line, ())}
        for key, typed in named.items():
            if key not in kept:
                made.setdefault(key, typed)
            if key not in is_in:
                group = kept.get(key) or made[key]
                plan.joins.append(GroupStep(group, each.name, each.username))
        plan.leaves.extend(GroupStep(name, each.name, each.username) for key, name in is_in.items() if key not in named)
    plan.made.extend(made.values())
    return plan


def names_by_place(section: Section) -> Mapping[int, list[str]]:
    """The names of the groups of each place in the class, by the place's id; in one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Group.members.through.objects.filter(group__section=section).order_by("group__name", "group")
    for place, name in rows.values_list("membership", "group__name"):
        found[place].append(name)
    return found
