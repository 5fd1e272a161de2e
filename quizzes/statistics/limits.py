"""From how many students on a figure is told, and why not before.

Of two kinds. Shares, means and the spread about them: from ``FEW`` on; of fewer, one student is more than a fifth.
What tells how two things go together, and the shape of the scores: from ``ENOUGH`` on. Of n students the correlation of
a question that tells nothing at all with the rest strays by chance as far as 1.96 / sqrt(n - 1) to either side in 95 of
100 classes. 17 is the smallest class in which that stays below 50 per cent, from where on Moodle calls a discrimination
very good: in any smaller one, a question that tells nothing could pass for one of the best.
"""

from math import sqrt

from django.utils.translation import gettext as _

from quizzes.statistics.marks import FEW

ENOUGH = 17


def stray_percent(students: int) -> int:
    """How far chance takes the discrimination of a question that tells nothing, in per cent; of two or more."""
    return min(100, round(196 / sqrt(students - 1)))


def withheld(students: int) -> list[str]:
    """What is not told of so many students, each with its reason; empty where all is."""
    reasons = []
    if students < FEW:
        reasons.append(
            _(
                "Facility, mean, median and standard deviation are told from %(few)d students on: of fewer, one "
                "student is more than a fifth."
            )
            % {"few": FEW}
        )
    if students < ENOUGH:
        reasons.append(
            _(
                "Discrimination, its efficiency, the effective weights, internal consistency, standard error, "
                "the thirds of the class and the advanced figures are told from %(enough)d students on. With "
                "%(enough)d, chance alone can take the discrimination of a question that tells nothing as far as "
                "%(stray)d %% to either side; with fewer, to where it would pass for very good."
            )
            % {"enough": ENOUGH, "stray": stray_percent(ENOUGH)}
        )
    return reasons


__all__ = ["ENOUGH", "FEW", "stray_percent", "withheld"]
