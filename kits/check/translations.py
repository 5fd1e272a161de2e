"""What must hold of translations: each is of something that is there, and has all that its original has.

A translation whose original has changed since is no fault: it is told as a warning, and readers see the original.
"""

from collections.abc import Iterator, Mapping

from classroom.common.markdown import fact_keys
from kits.check.keys import Names
from kits.drafts import Drafts
from kits.originals import TEXT, Original, original_of_step, originals_of
from kits.reading.markdown import LINK
from kits.reading.places import Place, Problem
from kits.reading.shapes import Kit, Translation
from quizzes.authoring import Draft
from quizzes.grading import objection, texts_of, with_texts

# What these fields hold is Markdown, or cites facts.
CITING = frozenset({"overview", "body", "teacher", "explanation"})


def translation_faults(names: Names, drafts: Drafts) -> Iterator[Problem]:
    """Every fault of the translations."""
    kit, originals = names.kit, originals_of(names.kit, drafts)
    first: dict[tuple[str, str, str], Place] = {}
    for each in kit.translations:
        before = first.setdefault((each.language, each.kind, each.key), each.at)
        if before is not each.at:
            yield each.at.problem(f"{each.kind} '{each.key}' is translated already in {before.file}:{before.line}")
        if each.language == kit.film.language:
            yield each.at.problem(f"'{each.language}' is the language of the kit itself")
        yield from names.missing(each.kind, each.key, each.at)
        original = originals.get((each.kind, each.key))
        if original and original.mark == each.of:
            yield from _differences(each, original)
            draft = drafts.questions.get(each.key) if each.kind == "question" else None
            if draft:
                yield from _graded_differently(each, draft)
        yield from _step_faults(each, kit)


def translation_warnings(kit: Kit, drafts: Drafts) -> Iterator[Problem]:
    """One warning for each translation whose original has changed, and for each lesson that is translated in part."""
    originals = originals_of(kit, drafts)
    for each in kit.translations:
        original = originals.get((each.kind, each.key))
        if original and original.mark != each.of:
            yield each.at.problem(_outdated(f"{each.kind} '{each.key}'", original.mark), field="of")
        if original and each.kind == "fact":
            for word in each.words.keys() - set(original.allowed):
                yield each.at.problem(f"the fact '{each.key}' does not say “{word}” any more", field=f"words.{word}")
        if each.kind == "lesson":
            yield from _step_warnings(each, kit)


def _outdated(what: str, mark: str) -> str:
    return f"the original of {what} has changed since it was translated, and is shown in its place; its mark is {mark}"


def _differences(each: Translation, original: Original) -> Iterator[Problem]:
    yield from _missing_and_unknown(each.at, each.texts, original.texts)
    for word in original.needed:
        if not each.words.get(word):
            yield each.at.problem(f"{each.key}: “{word}” is not translated among the words", field="words")
    if each.kind != "fact":
        for word in each.words.keys() - {*original.needed, *original.allowed}:
            yield each.at.problem(f"{each.key}: the original has no “{word}”", field=f"words.{word}")


def _missing_and_unknown(at: Place, texts: Mapping[str, str], originals: Mapping[str, str]) -> Iterator[Problem]:
    for name in originals.keys() - texts.keys():
        yield at.problem(f"'{name}' is not translated")
    for name in texts.keys() - originals.keys():
        yield at.problem(f"the original has no '{name}'", field=name if name in at.fields else name.partition(".")[0])
    for name in originals.keys() & texts.keys():
        if name in CITING or name.startswith("feedback"):
            yield from _other_ties(at.of(name), name, texts[name], originals[name])


def _other_ties(at: Place, name: str, text: str, original: str) -> Iterator[Problem]:
    """A translation cites the facts that its original cites, and points to the same terms and disputes."""
    for what, had, has in (
        ("cite", set(fact_keys(original)), set(fact_keys(text))),
        ("point to", _targets(original), _targets(text)),
    ):
        for key in had - has:
            yield at.problem(f"'{name}' does not {what} '{key}', as its original does")
        for key in has - had:
            yield at.problem(f"'{name}' does {what} '{key}', and its original does not")


def _targets(text: str) -> set[str]:
    return {match["target"] for match in LINK.finditer(text)}


def _graded_differently(each: Translation, draft: Draft) -> Iterator[Problem]:
    """The options of a translated question still tell one another apart, and its gaps are those of the original."""
    after = with_texts(draft.content, translated_places(each, draft))
    if reason := objection(draft.type, (draft.content, draft.key), (after, draft.key)):
        yield each.at.problem(f"{each.key}: {reason}", field="words")


def translated_places(each: Translation, draft: Draft) -> dict[str, str]:
    """The texts of a translated question by where they stand in its content (`quizzes.grading.texts_of`)."""
    found = {place: each.words.get(text, text) for place, text in texts_of(draft.content).items()}
    return {**found, TEXT: each.texts[TEXT]} if TEXT in found and TEXT in each.texts else found


def _steps(each: Translation, kit: Kit) -> tuple[dict[str, Original], set[str]]:
    """The originals of a lesson's steps by their marks, and the marks that have a translation."""
    lesson = next((lesson for lesson in kit.lessons if lesson.key == each.key), None)
    originals = [original_of_step(step) for step in lesson.steps] if lesson else []
    return {original.mark: original for original in originals}, {step.of for step in each.steps}


def _step_faults(each: Translation, kit: Kit) -> Iterator[Problem]:
    if each.kind != "lesson":
        return
    originals, _translated = _steps(each, kit)
    for step in each.steps:
        if step.of in originals:
            yield from _missing_and_unknown(step.at, step.texts, originals[step.of].texts)


def _step_warnings(each: Translation, kit: Kit) -> Iterator[Problem]:
    originals, translated = _steps(each, kit)
    for step in each.steps:
        if step.of not in originals:
            yield step.at.problem(
                "no step of the original has this mark: it has changed since, and is shown", field="of"
            )
    for mark in originals.keys() - translated:
        title = originals[mark].texts["title"]
        yield each.at.problem(f"the step “{title}” of the original, whose mark is {mark}, is not translated")
