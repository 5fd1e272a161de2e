"""How long answers took, as far as what is kept tells.

Kept is when each answer was saved last, and when the attempt began; not how long a question was on the screen. From the
last save of whichever question was saved before it, or the beginning, to its own last save is taken for the time of a
question: true where a student goes from one to the next, too long where they think ahead, too short where they come
back. Answers saved in the same moment, as when a whole page is sent at once, tell nothing of each.
"""

import numpy as np

from quizzes.statistics.figures.table import Floats

AT_ONCE = 1.0  # seconds


def answer_seconds(saved: Floats) -> Floats:
    """The median of the seconds that each question took, and how many answers tell it: shape (2, questions).

    ``saved`` is (attempts, questions): seconds from the beginning of the attempt to the last save, NaN for none, and
    below zero for an answer that was carried over from an earlier attempt; neither tells a time.
    """
    attempts, questions = saved.shape
    times = np.where(saved >= 0, saved, np.nan)
    order = np.argsort(times, axis=1, kind="stable")  # NaN comes last
    sorted_times = np.take_along_axis(times, order, axis=1)
    steps = np.diff(sorted_times, axis=1, prepend=np.zeros((attempts, 1)))
    # Of answers saved together, the first has the others' time as well: none of them is known.
    together = steps < AT_ONCE
    together[:, :-1] |= together[:, 1:]
    steps[together] = np.nan
    taken = np.full((attempts, questions), np.nan)
    np.put_along_axis(taken, order, steps, axis=1)
    known = (~np.isnan(taken)).sum(axis=0)
    medians = np.full(questions, np.nan)
    some = known > 0
    if some.any():
        medians[some] = np.nanmedian(taken[:, some], axis=0)
    return np.vstack([medians, known.astype(np.float64)])
