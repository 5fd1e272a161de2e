"""The forms in which a teacher writes a question of each type, with its key. The page needs no script."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from classroom.common.layout import one_button
from classroom.library.values.dates import display_date
from quizzes.authoring.checking import unchecked
from quizzes.authoring.editing import object_to_stem
from quizzes.authoring.ledger import Ledger, LedgerFact
from quizzes.authoring.readings import with_readings
from quizzes.authoring.refusal import Refused
from quizzes.authoring.writing import lines
from quizzes.authoring.writing.lines import Content, Key, Made, lines_of
from quizzes.bank.forms import FeedbackForm, HintsField
from quizzes.grading import BadQuestion, validate

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Help = str | _StrPromise


def area(label: "Help", help_text: "Help" = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """Several lines, one entry each."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(label: "Help", help_text: "Help" = "", *, required: bool = False, longest: int = 100) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


def tick(label: "Help", help_text: "Help" = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def rule(choices: "list[tuple[str, Help]]") -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How it is marked"), choices=choices)


FORM_ID = "sheet"
WRONG = _(
    "One option a line. “50%: ...” before an option says what it is worth; “100%: ...” makes it as right as the best."
)


class Sheet(FeedbackForm):
    """What every type has in common. A type adds its fields and says how they become content and key."""

    stem = area(_("Question"), rows=3)
    points = forms.DecimalField(label=_("Points"), min_value=0, max_value=1000, decimal_places=2, initial=1)
    explanation = area(
        _("Explanation"),
        _("Shown with the right answer. [^key] cites the fact of that key: it opens there, with its sources."),
        required=False,
    )
    hints = HintsField()
    facts = area(
        _("Facts it rests on"),
        _(
            "The keys of facts, one a line. What they can prove of the key is then checked, and you are told what they "
            "cannot."
        ),
        rows=2,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        question_type: str,
        ledger: Ledger,
        before: tuple[Content, Key] | None = None,
        **kwargs: Any,
    ) -> None:
        self.question_type, self.ledger = question_type, ledger
        self.old_content, self.old_key = before or ({}, {})
        self.content: Content = {}
        self.key: Key = {}
        self.feedback: dict[str, Any] = {}
        kwargs["initial"] = {**(self.typed(*before) if before else {}), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.add_fields()
        self.fit_feedback(question_type)
        self.helper = one_button(self, _("Save as a draft"))
        # The search for facts stands beside the form, and its buttons send all that is typed in it.
        self.helper.form_id = FORM_ID
        self.helper.layout = self.lay_out()

    def add_fields(self) -> None:
        """Adds what depends on what was typed."""

    def lay_out(self) -> Layout:
        """The type's own fields stand between the question and what is common to all."""
        own = [name for name in self.fields if name not in Sheet.base_fields]
        return Layout("stem", *own, "points", self.feedback_layout(), "explanation", "hints", "facts")

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        """The type's own fields, for a question that is there."""
        raise NotImplementedError

    def make(self, sent: dict[str, Any]) -> Made:
        """Content and key. Raises BadLine."""
        raise NotImplementedError

    def clean_points(self) -> Any:
        points = self.cleaned_data["points"]
        if not points:
            raise forms.ValidationError(_("A question is worth more than nothing."))
        return points

    def clean_facts(self) -> list[str]:
        keys = list(dict.fromkeys(lines_of(self.cleaned_data["facts"])))
        for key in keys:
            if key not in self.ledger.facts:
                raise forms.ValidationError(_("There is no fact “%(key)s”."), params={"key": key})
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.check_marks(self.ledger.facts)
        if not self.errors:
            try:
                self.content, self.key = self.make(cleaned)
                validate(self.question_type, self.content, self.key)
                self._hold_against_facts(cleaned["stem"], [self.ledger.facts[key] for key in cleaned["facts"]])
                self.feedback = self.take_feedback(self.question_type, self.content)
            except (lines.BadLine, BadQuestion, Refused) as fault:
                self.add_error(None, str(fault))
        return cleaned

    def unchecked(self) -> list[str]:
        """What of a valid question's key no fact could prove."""
        facts = [self.ledger.facts[key] for key in self.cleaned_data["facts"]]
        return unchecked(self.question_type, self.content, self.key, facts)

    def typed_so_far(self) -> dict[str, Any]:
        """All that was typed, right or wrong, as the initial values of the same form."""
        return {name: self[name].value() for name in self.fields}

    def _hold_against_facts(self, stem: str, facts: list[LedgerFact]) -> None:
        """Gives wordings that the facts' readings allow their due, and refuses wrong options that are not wrong."""
        if not facts:
            return
        shown = [entry["text"] for part in ("prompts", "items") for entry in self.content.get(part, [])]
        reason = object_to_stem(self.question_type, stem, shown, [fact.key for fact in facts], self.ledger)
        if reason:
            self.add_error("stem", reason)
        self.key = with_readings(self.question_type, self.content, self.key, facts, self.ledger, stem=stem)
        validate(self.question_type, self.content, self.key)


class ChoiceSheet(Sheet):
    right = line(_("Right option"), required=True, longest=500)
    wrong = area(_("Other options"), WRONG)
    below_zero = tick(_("Marks may go below zero"), _("Then “-50%: ...” before an option takes marks away."))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        right, wrong = lines.options_typed(content, key)
        return {"right": right[0], "wrong": "\n".join(wrong), "below_zero": key.get("below_zero", False)}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.choice(
            [sent["right"]], lines_of(sent["wrong"]), below_zero=sent["below_zero"], before=self.old_content
        )


class MultipleSheet(Sheet):
    right = area(_("Right options"), _("One a line."))
    wrong = area(_("Wrong options"), _("One a line."), required=False)
    scoring = rule(
        [
            ("right-minus-wrong", _("Right options less wrong ones")),
            ("all-or-nothing", _("All or nothing")),
            ("per-option", _("Each option rightly ticked or left alone")),
            ("weights", _("By weights: “70%: ...” before each right option, “-20%: ...” before wrong ones")),
        ]
    )
    below_zero = tick(_("Marks may go below zero"))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        right, wrong = lines.options_typed(content, key)
        held = {"scoring": key.get("scoring", "right-minus-wrong"), "below_zero": key.get("below_zero", False)}
        return {"right": "\n".join(right), "wrong": "\n".join(wrong), **held}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.multiple(
            lines_of(sent["right"]),
            lines_of(sent["wrong"]),
            scoring=sent["scoring"],
            below_zero=sent["below_zero"],
            before=self.old_content,
        )


class TrueFalseSheet(Sheet):
    correct = forms.ChoiceField(label=_("The statement is"), choices=[("true", _("true")), ("false", _("false"))])
    penalty = forms.IntegerField(
        label=_("What a wrong answer takes away"),
        help_text=_("In per cent of the points; 0 for nothing."),
        min_value=0,
        max_value=100,
        initial=0,
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        return {"correct": "true" if key["correct"] else "false", "penalty": round(100 * key.get("penalty", 0))}

    def make(self, sent: dict[str, Any]) -> Made:
        key: Key = {"correct": sent["correct"] == "true"}
        return {}, key | ({"penalty": sent["penalty"] / 100} if sent["penalty"] else {})


class NumericSheet(Sheet):
    value = line(_("Right number"), _("Or leave it empty, and give a range."))
    off = line(_("How far off it may be"), _("A number such as 5, or a share such as 5%."))
    least = line(_("Range from"))
    most = line(_("Range to"))
    unit = line(_("Unit"), _("In the singular, such as day, child, percent or USD."))
    asks_unit = tick(_("Students write the unit themselves"))
    unit_cost = forms.IntegerField(
        label=_("What a missing unit takes away, in per cent"), required=False, min_value=0, max_value=100, initial=100
    )
    units = area(_("Other units allowed"), _("One a line, with its size: week = 7"), rows=2, required=False)

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        numbers = {name: str(key[name]) if name in key else "" for name in ("value", "least", "most")}
        off = f"{100 * key['relative']:g}%" if key.get("relative") else str(key.get("tolerance") or "")
        return {
            **numbers,
            "off": off,
            "unit": key.get("unit", content["unit"]),
            "asks_unit": content.get("asks_unit", False),
            "unit_cost": round(100 * key.get("unit_penalty", 1)),
            "units": "\n".join(f"{name} = {factor}" for name, factor in key.get("units", {}).items()),
        }

    def make(self, sent: dict[str, Any]) -> Made:
        cost = sent["unit_cost"] if sent["unit_cost"] is not None else 100
        numbers = {name: sent[name] for name in ("value", "off", "least", "most", "unit")}
        return lines.numeric(**numbers, units=lines_of(sent["units"]), unit_cost=cost if sent["asks_unit"] else None)


class DateSheet(Sheet):
    date = line(
        _("Right date"), _("As precise as students should be: 2011, April 2011 or 3 April 2011."), required=True
    )
    partial = forms.BooleanField(
        label=_("A right but less precise date gives part of the points"), required=False, initial=True
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        return {"date": display_date(key["value"]), "partial": key.get("partial", True)}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.date(sent["date"], partial=sent["partial"])


class ShortSheet(Sheet):
    accept = area(
        _("Right answers"), _("One a line, the best first. Case, accents and punctuation make no difference.")
    )
    reject = area(_("Wrong answers that come near"), _("One a line: never taken for a slip."), rows=2, required=False)
    typos = forms.BooleanField(label=_("Pass over one slip of the pen"), required=False, initial=True)
    wildcards = tick(_("A star * stands for any letters"))
    case = tick(_("Capitals make a difference"))

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        flags = {name: key.get(name, False) for name in ("typos", "wildcards", "case")}
        return {"accept": "\n".join(key["accept"]), "reject": "\n".join(key.get("reject", [])), **flags}

    def make(self, sent: dict[str, Any]) -> Made:
        flags = {name: sent[name] for name in ("typos", "wildcards", "case")}
        return lines.short(lines_of(sent["accept"]), lines_of(sent["reject"]), **flags)


class MatchingSheet(Sheet):
    pairs = area(_("Pairs"), _("One a line: father = Ai Qing"))
    extra = area(_("Options that go with nothing"), _("One a line."), rows=2, required=False)
    scoring = rule([("per-pair", _("Each pair by itself")), ("all-or-nothing", _("All or nothing"))])

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        options = {entry["id"]: entry["text"] for entry in content["options"]}
        pairs = [f"{entry['text']} = {options[key['pairs'][entry['id']]]}" for entry in content["prompts"]]
        extra = [text for option, text in options.items() if option not in key["pairs"].values()]
        return {"pairs": "\n".join(pairs), "extra": "\n".join(extra), "scoring": key.get("scoring", "per-pair")}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.matching(
            lines_of(sent["pairs"]), lines_of(sent["extra"]), scoring=sent["scoring"], before=self.old_content
        )


class OrderingSheet(Sheet):
    items = area(_("Items in their right order"), _("One a line; each student sees them shuffled."))
    scoring = rule(
        [
            ("adjacent-pairs", _("Neighbours that are kept")),
            ("position", _("Items in their right place")),
            ("all-or-nothing", _("All or nothing")),
        ]
    )

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        texts = {entry["id"]: entry["text"] for entry in content["items"]}
        ordered = "\n".join(texts[item] for item in key["order"])
        return {"items": ordered, "scoring": key.get("scoring", "adjacent-pairs")}

    def make(self, sent: dict[str, Any]) -> Made:
        return lines.ordering(lines_of(sent["items"]), scoring=sent["scoring"], before=self.old_content)


class WrittenSheet(Sheet):
    rubric = area(
        _("Rubric"),
        _(
            "What gives points, one criterion a line, with levels if you like: "
            "2 = Names a source | 1 = Names it loosely"
        ),
    )
    model = area(_("What a good answer may say"), required=False)
    least_words = forms.IntegerField(label=_("Fewest words"), required=False, min_value=0, max_value=10_000)
    most_words = forms.IntegerField(label=_("Most words"), required=False, min_value=1, max_value=10_000)

    def typed(self, content: Content, key: Key) -> dict[str, Any]:
        criteria = "\n".join(lines.criterion_typed(each) for each in key["rubric"])
        return {"rubric": criteria, "model": key.get("model", ""), **content}

    def make(self, sent: dict[str, Any]) -> Made:
        content = {name: sent[name] for name in ("least_words", "most_words") if sent[name]}
        key: Key = {"rubric": lines.rubric(lines_of(sent["rubric"]), before=self.old_key)}
        return content, key | ({"model": sent["model"]} if sent["model"] else {})
