"""A quiz's questions with their figures, as the pages show them: what is not defined or not told yet is None."""

from dataclasses import dataclass

import numpy as np

from quizzes.bank.models import QuestionVersion
from quizzes.delivery.keys import in_words
from quizzes.statistics.analysis.answers import AnswerLine, Judge, Thirds, answer_lines, thirds_of
from quizzes.statistics.figures import (
    Intervals,
    ItemFigures,
    WholeFigures,
    answer_seconds,
    bootstrap,
    item_figures,
    random_guess,
    whole_figures,
)
from quizzes.statistics.figures.table import Floats
from quizzes.statistics.limits import ENOUGH, FEW
from quizzes.statistics.queries.taken import Taken

Interval = tuple[float, float]


@dataclass(frozen=True)
class Item:
    """A question of the analysis; figures in per cent, ``seconds`` aside.

    ``key`` is by what it counts now, in words; ``is_given`` where everybody got its full points by a decision.
    """

    number: int
    question_id: int
    version: QuestionVersion
    key: str
    asked: int
    empty: int
    facility: float | None
    facility_interval: Interval | None
    sd: float | None
    guess: float | None
    intended_weight: float
    effective_weight: float | None
    discrimination: float | None
    discrimination_interval: Interval | None
    efficiency: float | None
    seconds: float | None
    timed: int
    answers: list[AnswerLine]
    is_given: bool = False


@dataclass(frozen=True)
class Analysis:
    """All of it. ``mean_interval`` is None where the mean is not told."""

    taken: Taken
    whole: WholeFigures
    mean_interval: Interval | None
    items: list[Item]
    thirds: Thirds | None
    bins: list[int]

    @property
    def students(self) -> int:
        return self.taken.students


BINS = 10


def analyse(taken: Taken) -> Analysis:
    """Works out every figure once."""
    table = taken.table
    intervals, thirds = bootstrap(table), thirds_of(taken)
    return Analysis(
        taken=taken,
        whole=whole_figures(table),
        mean_interval=_interval(intervals.mean) if taken.students >= FEW else None,
        items=_items(taken, item_figures(table), intervals, thirds),
        thirds=thirds,
        bins=_bins(table.totals),
    )


def number(value: float) -> float | None:
    """A figure as it is shown: None where it is not defined."""
    return None if np.isnan(value) else float(value)


def _bins(totals: Floats) -> list[int]:
    """How many attempts earned up to 10 per cent, 20 and so on; full marks are in the last, below zero in the first."""
    places = np.clip(np.floor(np.round(totals, 6) / (100 / BINS)), 0, BINS - 1).astype(np.intp)
    return [int(each) for each in np.bincount(places, minlength=BINS)]


def _items(taken: Taken, figures: ItemFigures, intervals: Intervals, thirds: Thirds | None) -> list[Item]:
    judge = Judge(taken)
    seconds, timed = answer_seconds(taken.saved)
    found = []
    for place, question_id in enumerate(taken.questions):
        version, asked = taken.version_of(question_id), int(figures.asked[place])
        keys = taken.keys_of(version)
        in_force = [each for _name, key in keys for each in key.keys] or [version.answer_key.key]
        guess = random_guess(version.type, version.content, in_force[0])
        # Attempts of the same student are not so many students.
        of = min(asked, len(np.unique(taken.table.students[taken.table.asked[:, place]])))
        some, enough = of >= FEW, of >= ENOUGH and taken.students >= ENOUGH
        found.append(
            Item(
                number=place + 1,
                question_id=question_id,
                version=version,
                key=in_words(keys),
                asked=asked,
                empty=sum(not judge.words(each) for each in taken.answers[question_id]),
                facility=number(figures.facility[place]) if some else None,
                facility_interval=_interval(intervals.facility[:, place]) if some else None,
                sd=number(figures.sd[place]) if some else None,
                guess=None if guess is None else float(100 * guess),
                intended_weight=float(figures.intended_weight[place]),
                effective_weight=number(figures.effective_weight[place]) if enough else None,
                discrimination=number(figures.discrimination[place]) if enough else None,
                discrimination_interval=_interval(intervals.discrimination[:, place]) if enough else None,
                efficiency=number(figures.efficiency[place]) if enough else None,
                seconds=number(seconds[place]) if timed[place] >= FEW else None,
                timed=int(timed[place]),
                answers=answer_lines(taken, question_id, judge, thirds),
                is_given=any(key.ruling.full for _name, key in keys),
            )
        )
    return found


def _interval(ends: Floats) -> Interval | None:
    return None if np.isnan(ends).any() else (float(ends[0]), float(ends[1]))
