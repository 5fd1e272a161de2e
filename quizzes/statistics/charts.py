"""The plots of the analysis, as SVG that is joined as text. Beside each stands a table that says the same.

Colours come from the style sheet; the thirds of the class differ in lightness, and in print too.
"""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

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
            parts.append(
                f'<rect class="bar" x="{left + 2:.1f}" y="{top:.1f}" width="{step - 4:.1f}" height="{height:.1f}"/>'
            )
            parts.append(f'<text class="middle" x="{left + step / 2:.1f}" y="{top - 4:.1f}">{count}</text>')
    base = _TOP + inner
    parts.append(f'<path class="axis" d="M{_LEFT} {base}H{_WIDTH - _LEFT}"/>')
    for percent, anchor in ((0, "start"), (50, "middle"), (100, "end")):
        at = _LEFT + (_WIDTH - 2 * _LEFT) * percent / 100
        parts.append(f'<text class="{anchor}" x="{at:.1f}" y="{base + 15}">{percent} %</text>')
    head = _head("scores", _("Scores"), _("How many attempts earned how much; the same is in the table of scores."))
    return _svg("scores", _HEIGHT, head, parts)


def answer_chart(item: Item, with_thirds: bool) -> SafeString:
    """How often each answer was given, by thirds of the class where it is large enough; empty without answers."""
    if not item.answers:
        return SafeString("")
    most = max(max(line.count for line in item.answers), 1)
    parts = []
    for place, line in enumerate(item.answers):
        top = place * _ROW + 4
        sign = "✓ " if line.right else ""
        parts.append(f'<text x="{_LEFT}" y="{top + _LABEL - 3}">{sign}{escape(_short(answer_words(line)))}</text>')
        parts += _bars(line, top + _LABEL, (_WIDTH - _LEFT - 40) / most, with_thirds)
    name = f"answers-{item.number}"
    title = _("Answers to question %(number)d") % {"number": item.number}
    head = _head(name, title, _("How often each was given; the same is in the table beside it."))
    return _svg(name, len(item.answers) * _ROW + 4, head, parts)


def _bars(line: AnswerLine, top: float, scale: float, with_thirds: bool) -> list[str]:
    kinds = [("weak", line.weak), ("middle-third", line.middle), ("strong", line.strong)]
    parts, left = [], float(_LEFT)
    for kind, count in kinds if with_thirds else [("bar", line.count)]:
        if count:
            parts.append(f'<rect class="{kind}" x="{left:.1f}" y="{top}" width="{count * scale:.1f}" height="{_BAR}"/>')
            left += count * scale
    parts.append(f'<text x="{left + 5:.1f}" y="{top + _BAR - 2}">{line.count}</text>')
    return parts


def third_symbol(kind: str) -> SafeString:
    """The colour of one third of the class, for the key of the plots."""
    inner = f'<rect class="{kind}" width="13" height="13"/>'
    return mark_safe(f'<svg class="chart-key" width="13" height="13" aria-hidden="true">{inner}</svg>')  # noqa: S308 - all of it is our own


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _head(name: str, title: str, about: str) -> str:
    return f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-about">{escape(about)}</desc>'


def _svg(name: str, height: int, head: str, parts: Sequence[str]) -> SafeString:
    open_tag = (
        f'<svg class="chart" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-about">'
    )
    return mark_safe(f"{open_tag}{head}{''.join(parts)}</svg>")  # noqa: S308 - what anybody typed is escaped above
