"""What is said to answers, as a teacher types it."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from classroom.common.markdown import fact_keys
from quizzes.grading import BadQuestion, check_feedback, ties_in_words
from quizzes.grading.feedback import MARKS, MOST_CHARACTERS, is_tied, tie_of

ARROW: Final = "=>"
_TIES: Final[dict[str, Any]] = {
    "matching": _("One a line, for whoever matches it wrongly: father => Look at the first interview again."),
    "numeric": _("Common mistakes, one a line: 18 => That is the year. A range is written 5..7 => Too few."),
    "short": _("Common mistakes, one a line; * stands for any letters: *nest* => That was built by others."),
    "date": _("Common mistakes, one a line: April 2011 => That was the arrest."),
    "blanks": _(
        "One a line, the gap's number first: 2: 18 => That is the year. A star is whatever is wrong there: "
        "2: * => Read it again."
    ),
}
_OPTIONS: Final = _("One a line, an option first: 18 days => That was another case.")


def _area(label: Any, help_text: Any = "", *, rows: int = 2, longest: int = MOST_CHARACTERS) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest, widget=area)


class FeedbackForm(forms.Form):
    """The fields of feedback, for a question's forms to inherit. ``take_feedback`` reads them once the content is."""

    right_said = _area(_("Said to a right answer"))
    partly_said = _area(_("Said to a partly right answer"))
    wrong_said = _area(_("Said to a wrong answer"))
    answers_said = _area(_("Said to single answers"), rows=4, longest=60_000)

    def fit_feedback(self, question_type: str) -> None:
        """Leaves out the field that the type has no use for, and explains it where it has."""
        if is_tied(question_type):
            help_text = _TIES.get(question_type, _OPTIONS)
            goes_on = gettext("A line without => goes on from the one above.")
            self.fields["answers_said"].help_text = f"{help_text} {goes_on}"
        else:
            del self.fields["answers_said"]

    def check_marks(self, known: Collection[str]) -> None:
        """Refuses marks of facts that are not there, in the explanation too; one that stood there before may stay."""
        for name in ("explanation", *FeedbackForm.base_fields):
            before = fact_keys(str(self.initial.get(name, "")))
            for key in fact_keys(str(self.cleaned_data.get(name, ""))):
                if key not in known and key not in before:
                    self.add_error(name, gettext("There is no fact “%(key)s” to cite.") % {"key": key})

    def feedback_layout(self) -> Fieldset:
        names = [name for name in FeedbackForm.base_fields if name in self.fields]
        return Fieldset(gettext("Feedback, told when the quiz's settings allow it"), *names)

    def take_feedback(self, question_type: str, *contents: Mapping[str, Any]) -> dict[str, Any]:
        """The feedback as it is kept. An answer may be named as any of the contents words it, the first one's rules.

        Raises BadQuestion.
        """
        typed = {mark: self.cleaned_data[f"{mark}_said"].strip() for mark in MARKS}
        feedback: dict[str, Any] = {mark: text for mark, text in typed.items() if text}
        entries = _entries(self.cleaned_data.get("answers_said", ""))
        answers = [_entry(question_type, contents, entry) for entry in entries]
        made = feedback | ({"answers": answers} if answers else {})
        check_feedback(question_type, contents[0], made)
        return made


def feedback_typed(question_type: str, content: Mapping[str, Any], feedback: Mapping[str, Any]) -> dict[str, str]:
    """The fields of feedback that is there, as ``initial`` of a form."""
    said = ties_in_words(question_type, content, feedback)
    fields = {f"{mark}_said": feedback.get(mark, "") for mark in MARKS}
    return fields | {"answers_said": "\n".join(f"{each.to} {ARROW} {each.text}" for each in said)}


def _entries(typed: str) -> list[str]:
    """The lines that name an answer, each with those that go on from it."""
    entries: list[str] = []
    for line in typed.splitlines():
        if ARROW in line or (line.strip() and not entries):
            entries.append(line.strip())
        elif line.strip():
            entries[-1] += f"\n{line.strip()}"
    return entries


def _entry(question_type: str, contents: tuple[Mapping[str, Any], ...], entry: str) -> dict[str, str]:
    """A tie and its text. An option may hold an arrow itself, so each is tried for the one that parts."""
    parts = entry.split(ARROW)
    refused = BadQuestion(gettext("“%(line)s” is no answer with =>, and what is said to it.") % {"line": entry[:60]})
    for place in range(1, len(parts)):
        words, text = ARROW.join(parts[:place]).strip(), ARROW.join(parts[place:]).strip()
        for content in contents if words and text else ():
            try:
                return {"to": tie_of(question_type, content, words), "text": text}
            except BadQuestion as fault:
                refused = fault
    raise refused
