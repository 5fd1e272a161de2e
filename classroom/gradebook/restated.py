"""Rules that were filled in on others than are kept now: shown again as they were typed, on those that are kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from classroom.gradebook.forms import CategoryFormSet, ColumnForm, PolicyForm
from classroom.gradebook.models import Category, ColumnSettings, GradingPolicy
from classroom.gradebook.queries import column_basis

# What it is about, as it was typed, as it is kept.
Difference = tuple[str, str, str]
_OF_CATEGORY = ("name", "weight", "drop_lowest")


def column_differences(form: ColumnForm, stored: ColumnSettings) -> list[Difference]:
    """Where a form of a column and what is kept differ."""
    return _differences(form, ColumnForm(settings=stored, categories=list(form.categories.values())))


def column_again(sent: QueryDict, stored: ColumnSettings) -> QueryDict:
    """What was sent, as if its page had shown what is kept."""
    again = sent.copy()
    again["basis"] = column_basis(stored)
    return again


def column_in_words(stored: ColumnSettings, categories: Sequence[Category]) -> list[tuple[str, str]]:
    """How a column counts, line by line: what it is about, and what is kept of it."""
    form = ColumnForm(settings=stored, categories=categories)
    shown = [(name, field) for name, field in form.fields.items() if name != "basis"]
    return [(str(field.label), _in_words(field, form[name].value())) for name, field in shown]


def policy_differences(form: PolicyForm, stored: GradingPolicy) -> list[Difference]:
    """Where a form of scale and late rule and what is kept differ."""
    return _differences(form, PolicyForm(instance=stored, basis=""))


def category_differences(sent: QueryDict, stored: Sequence[Category]) -> list[Difference]:
    """Categories as they were sent beside those that are kept, where the two differ."""
    found, own = [], {each.pk: each for each in stored}
    rows = _rows(sent, stored)
    for row in rows:
        kept = own.pop(int(row["id"]), None) if row["id"] else None
        mine = "" if row["DELETE"] else _row_text(row["name"], row["weight"], row["drop_lowest"])
        theirs = _row_text(kept.name, kept.weight, kept.drop_lowest) if kept else ""
        if mine != theirs:
            name = kept.name if kept else row["name"]
            found.append((_("Category “%(name)s”") % {"name": name}, mine or _("none"), theirs or _("none")))
    return found


def rules_again(sent: QueryDict, stored: Sequence[Category], basis: str) -> QueryDict:
    """What was sent, as if its page had shown what is kept: a category that went is new, one that came is there."""
    again = QueryDict(mutable=True)
    again.update({name: str(value) for name, value in sent.items() if not name.startswith("categories-")})
    rows = _rows(sent, stored)
    again["policy-basis"] = basis
    again["categories-INITIAL_FORMS"] = str(sum(bool(row["id"]) for row in rows))
    again["categories-TOTAL_FORMS"] = str(len(rows) + CategoryFormSet.extra)
    # Forms for more are as on a page that is opened anew: empty, and so no category.
    blank = {name: str(getattr(Category(), name)) for name in _OF_CATEGORY}
    for place, row in enumerate([*rows, *[blank] * CategoryFormSet.extra]):
        again.update({f"categories-{place}-{name}": value for name, value in row.items() if value or name != "DELETE"})
    return again


def _rows(sent: Mapping[str, str], stored: Sequence[Category]) -> list[dict[str, str]]:
    """Rows of categories: those that are kept first, each as it was sent if it was; then what would be new."""
    typed = list(_typed_rows(sent))
    rows = []
    for each in stored:
        mine = next((row for row in typed if row["id"] == str(each.pk)), None)
        # Of two who add a category of one name, the second means the one that is there.
        mine = mine or next((row for row in typed if row["name"].casefold() == each.name.casefold()), None)
        if mine is None:
            rows.append({name: str(getattr(each, name)) for name in _OF_CATEGORY} | {"id": str(each.pk), "DELETE": ""})
        else:
            typed.remove(mine)
            rows.append(mine | {"id": str(each.pk)})
    return rows + [row | {"id": ""} for row in typed if row["name"] and not row["DELETE"]]


def _typed_rows(sent: Mapping[str, str]) -> Iterable[dict[str, str]]:
    total = sent.get("categories-TOTAL_FORMS", "")[:3]
    most = (CategoryFormSet.max_num or 0) + CategoryFormSet.extra
    for place in range(min(int(total) if total.isascii() and total.isdigit() else 0, most)):
        names = ("id", *_OF_CATEGORY, "DELETE")
        yield {name: sent.get(f"categories-{place}-{name}", "").strip() for name in names}


def _row_text(name: str, weight: object, drop_lowest: object) -> str:
    words = _("%(name)s, weight %(weight)s, lowest left out %(drop)s")
    return words % {"name": name, "weight": weight or 0, "drop": drop_lowest or 0}


def _differences(form: forms.BaseForm, kept: forms.BaseForm) -> list[Difference]:
    """Between a form that was sent and one of what is kept. What was typed is compared as it reads."""
    found = []
    for name, field in form.fields.items():
        if name == "basis":
            continue
        mine, theirs = (_in_words(field, each[name].value()) for each in (form, kept))
        if mine != theirs:
            found.append((str(field.label), mine, theirs))
    return found


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(text) for key, text in field.choices}  # type: ignore[union-attr,misc]  # pairs, as all
        return words.get(str(value or ""), str(value))
    if isinstance(field, forms.DecimalField) and value not in (None, ""):
        return f"{field.to_python(value):.2f}"
    return str(value) if value not in (None, "") else _("none")
