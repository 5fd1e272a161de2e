"""The plots of the analysis. Beside each stands a table that says the same.

The thirds of the class differ in lightness, and in print too.
"""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from classroom.common.pictures import KEY, bar, line, picture, shortened, swatch, words
from quizzes.statistics.analysis.answers import AnswerLine
from quizzes.statistics.analysis.items import BINS, Item
from quizzes.statistics.analysis.tables import answer_words

_WIDTH, _HEIGHT = 320, 150
_LEFT, _TOP, _BOTTOM = 8, 16, 22
_BAR, _ROW, _LABEL = 12, 34, 13
_LONGEST = 44


def score_chart(bins: Sequence[int]) -> SafeString:
    """How many attempts earned how much: a column for each ten per cent."""
    most, step = max([*bins, 1]), (_WIDTH - 2 * _LEFT) / BINS
    inner = _HEIGHT - _TOP - _BOTTOM
    parts = []
    for place, count in enumerate(bins):
        left, height = _LEFT + place * step, inner * count / most
        top = _TOP + inner - height
        if count:
            parts.append(bar((left + 2, top), (step - 4, height)))
            parts.append(words((left + step / 2, top - 4), str(count), "middle"))
    base = _TOP + inner
    parts.append(line(f"M{_LEFT} {base}H{_WIDTH - _LEFT}"))
    for percent, anchor in ((0, "start"), (50, "middle"), (100, "end")):
        at = _LEFT + (_WIDTH - 2 * _LEFT) * percent / 100
        parts.append(words((at, base + 15), f"{percent} %", anchor))
    about = _("How many attempts earned how much; the same is in the table of scores.")
    return picture((_WIDTH, _HEIGHT), _("Scores"), about, parts)


def answer_chart(item: Item, with_thirds: bool) -> SafeString:
    """How often each answer was given, by thirds of the class where it is large enough; empty without answers."""
    if not item.answers:
        return SafeString("")
    most = max(max(answer.count for answer in item.answers), 1)
    parts = []
    for place, answer in enumerate(item.answers):
        top = place * _ROW + 4
        sign = "✓ " if answer.right else ""
        parts.append(words((_LEFT, top + _LABEL - 3), f"{sign}{shortened(answer_words(answer), _LONGEST)}"))
        parts += _bars(answer, top + _LABEL, (_WIDTH - _LEFT - 40) / most, with_thirds)
    title = _("Answers to question %(number)d") % {"number": item.number}
    about = _("How often each was given; the same is in the table beside it.")
    return picture((_WIDTH, len(item.answers) * _ROW + 4), title, about, parts)


def _bars(answer: AnswerLine, top: float, scale: float, with_thirds: bool) -> list[str]:
    kinds = [("bar weak", answer.weak), ("bar half", answer.middle), ("bar", answer.strong)]
    parts, left = [], float(_LEFT)
    for kind, count in kinds if with_thirds else [("bar", answer.count)]:
        if count:
            parts.append(bar((left, top), (count * scale, _BAR), kind))
            left += count * scale
    parts.append(words((left + 5, top + _BAR - 2), str(answer.count)))
    return parts


def third_symbol(kind: str) -> SafeString:
    """The colour of one third of the class, for the key of the plots."""
    return swatch(bar((0, 0), (KEY, KEY), kind))
