"""A class's rules for its gradebook, read at once: scale, late rule, categories, and how each assignment counts."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from classroom.assignments import activities
from classroom.assignments.activities import Seals
from classroom.assignments.models import Assignment
from classroom.common.prepared import PreparedModels
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.gradebook.totals import NO_CATEGORY, CategoryRule, ColumnRule, Rules
from classroom.people.models import Section


@dataclass(frozen=True)
class Book:
    """Columns of one class or several, and the rules for them.

    ``seals`` say whose names are sealed: a mark there is told as a band, to teachers too. ``weighted`` are the
    classes, by id, of which a category has a weight.
    """

    assignments: list[Assignment]
    settings: Mapping[int, ColumnSettings]
    policies: Mapping[int, GradingPolicy]
    seals: Seals
    weighted: frozenset[int] = frozenset()

    def rules(self, assignments: Iterable[Assignment]) -> Rules:
        """How these assignments, all of one class, make a total."""
        wanted = list(assignments)
        settings = [self.settings[each.pk] for each in wanted]
        columns = {
            each.assignment_id: ColumnRule(each.category_id or NO_CATEGORY, each.extra_credit, each.counts)
            for each in settings
        }
        categories = [each.category for each in settings if each.category is not None]
        return Rules(
            columns,
            {each.pk: CategoryRule(each.weight, each.drop_lowest) for each in categories},
            is_weighted_class=any(each.section_id in self.weighted for each in wanted),
        )


def in_weighted_class(section: str) -> Exists:
    """Whether any category of the class to which this path leads has a weight; to be annotated by this name."""
    return Exists(Category.objects.filter(section=OuterRef(section), weight__gt=0))


def policies_of(sections: Iterable[Section]) -> dict[int, GradingPolicy]:
    """By class; the defaults, not saved, where a class has none."""
    wanted = {section.pk: section for section in sections}
    found = {policy.section_id: policy for policy in GradingPolicy.objects.filter(section__in=wanted)}
    return {pk: found.get(pk) or GradingPolicy(section=section) for pk, section in wanted.items()}


def policy_of(section: Section) -> GradingPolicy:
    """In one query; in none where the section comes with its policy."""
    if section._meta.get_field("grading_policy").is_cached(section):
        return getattr(section, "grading_policy", None) or GradingPolicy(section=section)
    return policies_of([section])[section.pk]


def settings_of(assignment: Assignment) -> ColumnSettings:
    """An assignment's settings; the defaults, not saved, where it has none."""
    found = ColumnSettings.objects.filter(assignment=assignment).select_related("category").first()
    return found or ColumnSettings(assignment=assignment)


def categories_of(section: Section) -> list[Category]:
    return list(Category.objects.filter(section=section).order_by("name", "pk"))


def column_basis(settings: ColumnSettings) -> str:
    """The same for the same settings: whoever saves a column names what their page showed of it."""
    points = "" if settings.out_of is None else f"{settings.out_of:.2f}"
    return _digest(settings.category_id, points, settings.counts, settings.extra_credit, settings.hidden)


def rules_basis(policy: GradingPolicy, categories: Iterable[Category]) -> str:
    """The same for the same scale, late rule and categories: whoever saves them names what their page showed."""
    own = sorted((each.pk, each.name, each.weight, each.drop_lowest) for each in categories)
    return _digest(policy.scale, policy.letter_list, policy.late_percent, policy.late_floor, own)


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def columns_of(section: Section) -> list[Assignment]:
    """All that is set to a class now, with its column settings where it has any, and the section attached."""
    assignments = _COLUMNS(section=section.pk)
    for assignment in assignments:
        assignment.section = section
    return assignments


def _columns(section: int) -> QuerySet[Assignment]:
    return (
        Assignment.objects.current()
        .filter(section=section)
        .select_related("column_settings__category")
        .annotate(in_weighted_class=in_weighted_class("section"))
        .order_by("position", "pk")
    )


_COLUMNS = PreparedModels[Assignment](_columns, "section")


def book_of(section: Section) -> Book:
    """A class's whole book, in three queries at most; in two where the section comes with its policy."""
    return make_book(columns_of(section), {section.pk: policy_of(section)})


def make_book(assignments: Sequence[Assignment], policies: Mapping[int, GradingPolicy]) -> Book:
    """A book of assignments that come with their column settings, and for totals with ``in_weighted_class``;
    ``policies`` has one for each of their classes.
    """
    settings = {each.pk: own_settings(each) for each in assignments}
    seals = activities.seals_over(assignments)
    weighted = frozenset(each.section_id for each in assignments if getattr(each, "in_weighted_class", False))
    return Book(list(assignments), settings, policies, seals, weighted)


def own_settings(assignment: Assignment) -> ColumnSettings:
    """The settings that an assignment comes with."""
    # Without a row the attribute is not there.
    return getattr(assignment, "column_settings", None) or ColumnSettings(assignment=assignment)
