"""How a class is graded: its policy, its categories, how each assignment counts, and who sees the scores."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from classroom.assignments.models import Assignment
from classroom.audit import actions as audit
from classroom.audit.models import AuditEvent
from classroom.gradebook import news
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.gradebook.queries.rules import categories_of, column_basis, policies_of, rules_basis
from classroom.people.models import Section, User


class StaleRules(Exception):
    """Somebody else has changed the rules since this page was shown; nothing was saved."""


_OF_POLICY = ("scale", "letters", "late_percent", "late_floor")
_OF_COLUMN = ("category_id", "out_of", "counts", "extra_credit", "hidden")


@transaction.atomic
def save_policy(*, policy: GradingPolicy, categories: Sequence[Category], basis: str, by: User, at: datetime) -> None:
    """Keep a class's policy with all its categories; assignments of a category that is not named are in none.

    ``basis`` is of the rules that the page showed. Raises StaleRules where it is not of those that are kept now, unless
    they are just as wanted, as after a second click.
    """
    # The class's row is the lock: two who save its first policy at once leave one.
    section = Section.objects.select_for_update().get(pk=policy.section_id)
    stored = policies_of([section])[section.pk]
    known = {each.pk: each for each in categories_of(section)}
    if rules_basis(stored, known.values()) != basis:
        if _are_so_already(policy, stored, categories, known):
            return
        raise StaleRules
    GradingPolicy.objects.update_or_create(
        section=section, defaults={each: getattr(policy, each) for each in _OF_POLICY}
    )
    Category.objects.filter(section=section).exclude(pk__in=[each.pk for each in categories if each.pk]).delete()
    for category in categories:
        if category.pk:
            # Two may take each other's names.
            Category.objects.filter(pk=category.pk).update(name=f"category {category.pk} {secrets.token_hex(8)}")
    for category in categories:
        category.section = section
        category.save()
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=section, at=at)


def _are_so_already(
    policy: GradingPolicy, stored: GradingPolicy, categories: Sequence[Category], known: Mapping[int, Category]
) -> bool:
    if (policy.scale, policy.letter_list) != (stored.scale, stored.letter_list):
        return False
    if (policy.late_percent, policy.late_floor) != (stored.late_percent, stored.late_floor):
        return False
    kept = {(each.pk, each.name, each.weight, each.drop_lowest) for each in known.values()}
    # A new category has no id yet: its name says which one it would be.
    by_name = {each.name: each.pk for each in known.values()}
    wanted = {(each.pk or by_name.get(each.name), each.name, each.weight, each.drop_lowest) for each in categories}
    return wanted == kept and len(categories) == len(kept)


@transaction.atomic
def save_column(*, settings: ColumnSettings, basis: str, by: User, at: datetime) -> None:
    """Keep how one assignment counts, and whether its students see their scores.

    ``basis`` is of the settings that the page showed. Raises StaleRules where it is not of those that are kept now,
    unless they are just as wanted, as after a second click.
    """
    stored = _held_column(settings.assignment)
    if column_basis(stored) != basis:
        if column_basis(stored) == column_basis(settings):
            return
        raise StaleRules
    ColumnSettings.objects.filter(pk=stored.pk).update(**{each: getattr(settings, each) for each in _OF_COLUMN})
    detail = {"hidden": settings.hidden, "counts": settings.counts}
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=settings.assignment, at=at, detail=detail)
    if stored.hidden and not settings.hidden:
        news.tell_released(assignment=settings.assignment, at=at)


def _held_column(assignment: Assignment) -> ColumnSettings:
    """An assignment's settings, locked; a row where there was none, so that the same lock settles the first save."""
    ColumnSettings.objects.bulk_create([ColumnSettings(assignment=assignment)], ignore_conflicts=True)
    return ColumnSettings.objects.select_for_update().get(assignment=assignment)


@transaction.atomic
def set_own_late_rule(*, assignment: Assignment, has_one: bool) -> None:
    """Say whether what is recorded for an assignment has lost its share for being late already. Never both rules."""
    if has_one:
        ColumnSettings.objects.update_or_create(assignment=assignment, defaults={"has_own_late_rule": True})
    else:
        ColumnSettings.objects.filter(assignment=assignment).update(has_own_late_rule=False)


@transaction.atomic
def set_hidden(*, assignment: Assignment, hidden: bool, basis: str, by: User, at: datetime) -> None:
    """Hide an assignment's scores and feedback from students, or release them.

    ``basis`` is of the settings that the page showed. Raises StaleRules where others are kept now: whoever releases
    scores has seen how they count. What is so already, as after a second click, is left alone.
    """
    stored = _held_column(assignment)
    if stored.hidden == hidden:
        return
    if column_basis(stored) != basis:
        raise StaleRules
    ColumnSettings.objects.filter(pk=stored.pk).update(hidden=hidden)
    audit.record(AuditEvent.Kind.GRADING_CHANGED, by=by, subject=assignment, at=at, detail={"hidden": hidden})
    if not hidden:
        news.tell_released(assignment=assignment, at=at)
