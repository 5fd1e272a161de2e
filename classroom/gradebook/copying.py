"""A class's rules for its gradebook in a new year: scale and late rule, categories, and how each assignment counts."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from classroom.assignments.copying import Follower
from classroom.assignments.models import Assignment
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.people.models import Section


def _words(section: Section) -> list[str]:
    """What comes along, for the plan."""
    found = []
    if GradingPolicy.objects.filter(section=section).exists():
        found.append(_("The gradebook's scale and its rule for late work come along."))
    names = list(Category.objects.filter(section=section).order_by("name", "pk").values_list("name", flat=True))
    if names:
        found.append(_("The gradebook's categories come along: %(names)s.") % {"names": ", ".join(names)})
    return found


def _copy(old: Section, new: Section, made: Mapping[int, Assignment]) -> None:
    policy = GradingPolicy.objects.filter(section=old).first()
    if policy is not None:
        GradingPolicy.objects.create(**{**_values(policy), "section": new})
    categories = {
        each.pk: Category.objects.create(**{**_values(each), "section": new})
        for each in Category.objects.filter(section=old)
    }
    for column in ColumnSettings.objects.filter(assignment__in=made):
        assignment = made[column.assignment_id]
        own = {"assignment": assignment, "category": categories.get(column.category_id or 0)}
        # A quiz with a late rule of its own has made its column already.
        ColumnSettings.objects.update_or_create(assignment=assignment, defaults={**_values(column), **own})


def _values(row: Model) -> dict[str, Any]:
    """All that a row holds beside its id, so that what is added to it comes along too."""
    return {each.name: getattr(row, each.name) for each in row._meta.local_concrete_fields if not each.primary_key}


RULES = Follower(_words, _copy)
