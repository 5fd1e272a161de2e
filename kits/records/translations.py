"""The translations of a kit as records, by the element that each is of. Those that are out of date are left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kits.drafts import Drafts
from kits.originals import Originals, original_of_step, originals_of
from kits.reading.shapes import Kit, Step, Translation
from kits.records.shapes import Data

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

    def _found(self, kind: str, key: str) -> dict[str, Translation]:
        return dict(sorted(self.by_element.get((kind, key), {}).items()))


def _entry(each: Translation) -> Data:
    return {"of": each.of, "texts": dict(each.texts), **({"words": dict(each.words)} if each.words else {})}
