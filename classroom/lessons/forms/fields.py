"""Fields of the forms of lessons: Markdown with its marks, and lists with one entry a line."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from classroom.lessons.queries.marks import stray_marks
from classroom.library.models import Film


class MarkdownField(forms.CharField):
    """Markdown of a lesson, with one kind of line end. ``refuse_strays`` tells what its marks do not find."""

    def __init__(self, *, rows: int = 12, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, max_length=20_000, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_strays(form: forms.BaseForm, name: str, film: Film) -> None:
    """Put an error beside the field for each mark that names nothing of the film, with its line and key."""
    kinds = {"fact": _("fact"), "term": _("glossary term"), "conflict": _("dispute")}
    for stray in stray_marks(form.cleaned_data.get(name) or "", film):
        words = {"line": stray.line, "key": stray.key, "kind": kinds[stray.kind]}
        form.add_error(name, _("Line %(line)d names “%(key)s”: this film's kit has no %(kind)s of that key.") % words)


class LinesField(forms.CharField):
    """A list of texts, one a line; empty lines are dropped."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=5_000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(self.as_line(each) for each in value) if isinstance(value, list) else value

    def as_line(self, entry: Any) -> str:
        return str(entry)

    def clean(self, value: Any) -> Any:
        lines: Sequence[str] = (super().clean(value) or "").splitlines()
        return [self.as_entry(line.strip()) for line in lines if line.strip()]

    def as_entry(self, line: str) -> Any:
        return line


class StandardsField(LinesField):
    """Standards, one a line: the code, a colon, the title."""

    def as_line(self, entry: Any) -> str:
        return f"{entry['code']}: {entry['title']}"

    def as_entry(self, line: str) -> dict[str, str]:
        code, colon, title = line.partition(": ")
        if not colon or not title.strip():
            raise forms.ValidationError(_("“%(line)s” is not a code, a colon and a title.") % {"line": line})
        return {"code": code.strip(), "title": title.strip()}
