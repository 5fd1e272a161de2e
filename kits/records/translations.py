"""The translations of a kit as records, by the element that each is of. Those that are out of date are left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from kits.check.translations import translated_places
from kits.drafts import Drafts
from kits.originals import Originals, original_of_step, originals_of
from kits.reading.shapes import Kit, QuestionBlueprint, Step, Translation
from kits.records.shapes import Data
from quizzes.authoring import Draft, Ledger
from quizzes.grading.feedback import MARKS

ByElement = dict[tuple[str, str], dict[str, Translation]]


@dataclass
class Translated:
    """The translations of a kit that hold now: by kind and key, then by language."""

    by_element: ByElement = field(default_factory=dict)
    originals: Originals = field(default_factory=dict)
    steps: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, kit: Kit, drafts: Drafts) -> "Translated":
        """Those of a kit."""
        made = cls(originals=originals_of(kit, drafts))
        for each in kit.translations:
            original = made.originals.get((each.kind, each.key))
            if original and original.mark == each.of:
                made.by_element.setdefault((each.kind, each.key), {})[each.language] = each
            made.steps |= {(each.language, step.of): step.texts for step in each.steps}
        return made

    def of_element(self, kind: str, key: str) -> Data:
        """What the element's row keeps, by language."""
        return {language: _entry(each) for language, each in self._found(kind, key).items()}

    def of_step(self, step: Step) -> Data:
        """What a step's row keeps, by language."""
        mark = original_of_step(step).mark
        return {
            language: {"of": mark, "texts": dict(texts)}
            for (language, of), texts in sorted(self.steps.items())
            if of == mark
        }

    def of_question(self, question: QuestionBlueprint, draft: Draft, ledger: Ledger) -> Data:
        """What a question's version keeps, by language: what is asked, and what is told with its key."""
        return {
            language: {
                "of": each.of,
                "texts": {"stem": each.texts["stem"], **translated_places(each, draft)},
                "told": self._told(each, question, draft, ledger),
            }
            for language, each in self._found("question", draft.question).items()
        }

    def _told(self, each: Translation, question: QuestionBlueprint, draft: Draft, ledger: Ledger) -> dict[str, str]:
        made = {"explanation": self._explained(each, draft, ledger)}
        made |= {path: text for path, text in each.texts.items() if path.startswith("hints.")}
        made |= {mark: each.texts[f"feedback.{mark}"] for mark in MARKS if f"feedback.{mark}" in each.texts}
        written = question.feedback.answers if question.feedback else ()
        for answer, tied in zip(written, draft.feedback.get("answers", ()), strict=True):
            made[f"answers.{tied['to']}"] = each.texts[f"feedback.answers.{answer.to.lower()}"]
        return made

    def _explained(self, each: Translation, draft: Draft, ledger: Ledger) -> str:
        """The author's words, then the facts with their sources, as the original has them."""
        own = each.texts.get("explanation", "")
        parts = [own] if own else []
        with override(each.language):
            said, sourced, at = _("Fact"), _("Sources"), _("paragraph %(number)s")
        for note in draft.explanation.facts:
            fact = self._found("fact", note.key).get(each.language)
            statement = fact.texts["statement"] if fact else note.statement
            places = "; ".join(f"{ledger.source_name(key)}, {at % {'number': number}}" for key, number in note.sources)
            parts.append(f"{said}: {statement}" + (f" {sourced}: {places}." if places else ""))
        return "\n\n".join(parts)

    def _found(self, kind: str, key: str) -> dict[str, Translation]:
        return dict(sorted(self.by_element.get((kind, key), {}).items()))


def _entry(each: Translation) -> Data:
    return {"of": each.of, "texts": dict(each.texts), **({"words": dict(each.words)} if each.words else {})}
