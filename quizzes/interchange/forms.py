"""Choosing what comes in and what goes out."""

from collections.abc import Sequence
from typing import Any, Final

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classroom.common.layout import plain_fields
from quizzes.bank.forms import QuestionFilterForm
from quizzes.bank.models import Quiz
from quizzes.interchange.formats import FORMATS, Format, guess
from quizzes.interchange.reading import checked, text_of
from quizzes.interchange.records import Unreadable

# What a page takes: the text goes there and back with each look at the plan. The command takes more.
MOST_BYTES: Final = 2_000_000
_NAMES: Final = [(each.name, each.words) for each in FORMATS.values()]


class ImportForm(forms.Form):
    """Questions as a file or as text. What was read is in ``text``, in the format ``format_``."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("GIFT or XML as Moodle exports it, or our CSV; up to 2 MB and 2,000 questions."),
        widget=forms.FileInput(attrs={"accept": ".txt,.gift,.xml,.csv,text/plain,text/xml,text/csv"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the questions"),
        required=False,
        strip=False,
        help_text=gettext_lazy("You can change them here, and look at the plan again, as often as you like."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"), required=False, choices=[("", gettext_lazy("as it looks")), *_NAMES]
    )
    publish = forms.BooleanField(
        label=gettext_lazy("Publish them at once"),
        help_text=gettext_lazy("Otherwise they are drafts until you publish each."),
        required=False,
    )
    step = forms.ChoiceField(required=False, choices=[("plan", ""), ("apply", "")], widget=forms.HiddenInput)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_fields(self)
        self.helper.form_error_title = ""
        # The step is the button that was pressed, which stands outside.
        self.helper.layout = Layout("file", "text", "format", "publish", "digest")
        self.format_: Format | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            cleaned["text"] = self._text(cleaned)
        except Unreadable as fault:
            self.add_error("file" if cleaned.get("file") else "text", str(fault))
            return cleaned
        if not cleaned["text"].strip():
            self.add_error(None, _("Choose a file, or paste the questions."))
        self.format_ = FORMATS[cleaned["format"]] if cleaned["format"] else guess(cleaned["text"])
        return cleaned

    def _text(self, cleaned: dict[str, Any]) -> str:
        upload = cleaned.get("file")
        if upload is None:
            return checked(cleaned["text"])
        # One byte more than is allowed is enough to refuse it.
        data = upload.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise Unreadable(_("The file is larger than 2 MB. Split it, or let an administrator import it by command."))
        return text_of(data)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload is not None and upload.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 2 MB. Split it, or let an administrator import it by command.")
            )
        return upload


class ExportForm(QuestionFilterForm):
    """Which questions go out, and in which format: the bank's own search, and a quiz."""

    quiz = forms.ChoiceField(label=gettext_lazy("Quiz"), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Format"), required=False, choices=_NAMES)

    def __init__(self, *args: Any, quizzes: Sequence[Quiz], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quizzes = {str(quiz.pk): quiz for quiz in quizzes}
        titles = [(pk, quiz.title) for pk, quiz in self.quizzes.items()]
        self.fields["quiz"].choices = [("", _("any or none")), *titles]  # type: ignore[attr-defined]  # a ChoiceField's own

    def chosen(self) -> tuple[Format, Quiz | None]:
        """The format, GIFT where none is named, and the quiz."""
        self.is_valid()
        asked = self.cleaned_data
        return FORMATS[asked.get("format") or "gift"], self.quizzes.get(asked.get("quiz", ""))
