"""What is wrong in a form, each with the place where it is mended: for ``components/error_summary.html``."""

from django import forms, template

register = template.Library()


@register.filter
def problems(form: forms.BaseForm) -> list[tuple[str, str, str]]:
    """Of each fault: the id of its field (empty for one of the whole form), the field's label, and what is wrong."""
    if not form.is_bound:
        return []
    found = [("", "", str(error)) for error in form.non_field_errors()]
    for field in form:
        found += [(_place_of(field), str(field.label), str(error)) for error in field.errors]
    return found


def _place_of(field: forms.BoundField) -> str:
    """The id to go to: of a choice among buttons the first of them, since the whole has none that takes the focus."""
    if field.is_hidden or not field.auto_id:
        return ""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    if isinstance(field.field.widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    return field.auto_id
