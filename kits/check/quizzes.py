"""What must hold of quizzes: the length of a lesson's, that every question can be drafted, what is said to answers.

What each fact may be used for, and how wrong options are proved, is decided where questions are drafted.
"""

from collections.abc import Iterator, Mapping

from classroom.common.markdown import fact_keys
from kits.check.claims import stray_figures
from kits.check.text.figures import figures_in
from kits.drafts import Drafts
from kits.reading.markdown import FACT_MARK
from kits.reading.places import Place, Problem
from kits.reading.shapes import Fact, Kit, QuestionBlueprint
from quizzes.grading.feedback import MARKS

FEWEST_FOR_A_LESSON = 5
MOST_FOR_A_LESSON = 8


def quiz_faults(kit: Kit, drafts: Drafts) -> Iterator[Problem]:
    """Every fault of the quizzes."""
    for quiz in kit.quizzes:
        count = len(quiz.questions)
        if quiz.lesson and not FEWEST_FOR_A_LESSON <= count <= MOST_FOR_A_LESSON:
            yield quiz.at.problem(
                f"a quiz for a lesson has {FEWEST_FOR_A_LESSON} to {MOST_FOR_A_LESSON} questions, not {count}",
                field="questions",
            )
        for question in quiz.questions:
            yield from _said_faults(kit, question)
    yield from drafts.problems


def _said_faults(kit: Kit, question: QuestionBlueprint) -> Iterator[Problem]:
    """What is told after an answer names facts that are there; feedback holds no figure that no fact bears out.

    Feedback may speak of the figures of the answer that it is for, and of those of any fact that it cites or that the
    question rests on.
    """
    known = {fact.key: fact for fact in kit.facts}
    yield from _mark_faults(kit, known, question.at.of("explanation"), question.explanation)
    feedback = question.feedback
    if feedback is None:
        return
    said = [(feedback.at.of(mark), getattr(feedback, mark), "") for mark in MARKS]
    said += [(answer.at, answer.text, answer.to) for answer in feedback.answers]
    for place, text, to in said:
        yield from _mark_faults(kit, known, place, text)
        cited = dict.fromkeys((*fact_keys(text), *question.fact_keys))
        own = {figure.written for figure in figures_in(to, digits_only=True)}
        bare = FACT_MARK.sub("", text)
        for figure in stray_figures(bare, cited, known, kit.unread):
            if figure not in own:
                yield place.problem(f"the figure {figure} is in no fact that this feedback cites or its question asks")


def _mark_faults(kit: Kit, known: Mapping[str, Fact], place: Place, text: str) -> Iterator[Problem]:
    for key in FACT_MARK.findall(text):
        if key not in known and ("fact", key) not in kit.unread:
            yield place.problem(f"there is no fact '{key}'")
