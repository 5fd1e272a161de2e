"""What the figures come to, in sentences: what a teacher reads first."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.statistics.analysis.answers import AnswerLine
from quizzes.statistics.analysis.items import Analysis, Item
from quizzes.statistics.limits import ENOUGH, FEW

# Moodle's table of interpretation: below this a question tells students apart very weakly.
VERY_WEAK = 20
# Its bound below which a test as a whole is unsatisfactory.
UNSATISFACTORY = 64
# A wrong answer is spoken of that so many gave, and so large a part of those who were asked.
WORTH_SAYING, PART = 3, 0.2
# So many sentences stand at the head of the page; the others can be opened.
MOST_TELLING = 5


@dataclass(frozen=True)
class Finding:
    """A sentence; about a question where it has one. ``is_warning`` where something may be wrong with the question.

    ``rank`` tells how much there is in it for a teacher, the most telling first: see ``_about``.
    """

    text: str
    item: Item | None = None
    is_warning: bool = False
    rank: int = 0


def findings(analysis: Analysis) -> list[Finding]:
    """About the whole first, then of the questions the most telling first, by their numbers where they tell alike."""
    about = [finding for item in analysis.items for finding in _about(item)]
    return [*_whole(analysis), *_dropped(analysis), *sorted(about, key=lambda each: each.rank)]


def _dropped(analysis: Analysis) -> list[Finding]:
    """Questions that were taken out of the grading have no figures."""
    text = _("“%(stem)s” was not in order and does not count for anybody, so it has no figures.")
    return [Finding(text % {"stem": each.stem}) for each in analysis.taken.dropped]


def _whole(analysis: Analysis) -> list[Finding]:
    whole, students = analysis.whole, analysis.students
    handed_in = ngettext("%(count)d student has handed in.", "%(count)d students have handed in.", students)
    said = [handed_in % {"count": students}]
    if students >= FEW:
        said.append(
            _("On average they earned %(mean)d %%; half of them %(median)d %% or more.")
            % {"mean": round(whole.mean), "median": round(whole.median)}
        )
    found = [Finding(" ".join(said))]
    if students >= ENOUGH and whole.consistency < UNSATISFACTORY:
        found.append(
            Finding(
                _(
                    "The questions hang together loosely: another set of questions like these would put the "
                    "students in another order. Don't stake much on this score alone."
                ),
                is_warning=True,
            )
        )
    return found


def _about(item: Item) -> list[Finding]:
    """First what speaks for a wrong key, then what misled many, then what tells students apart badly or not at all."""
    if item.is_given:
        text = _("Question %(number)d was not in order and everybody got its full points, so its figures say nothing.")
        return [Finding(text % {"number": item.number}, item)]
    ranked = [
        (_tells_the_wrong_way(item), True),
        (_rival(item), True),
        (_earned_nothing(item), True),
        (_below_guessing(item), True),
        (_mistaken(item), False),
        (_tells_badly(item), True),
        (_had_it_all(item), True),
        (_unused(item), False),
    ]
    return [
        Finding(text, item, is_warning=is_warning, rank=rank)
        for rank, (text, is_warning) in enumerate(ranked, 1)
        if text
    ]


def _tells_the_wrong_way(item: Item) -> str:
    if item.discrimination_interval is None or item.discrimination_interval[1] >= 0:
        return ""
    return _(
        "Question %(number)d was right for those who did badly and wrong for those who did well: look at its key."
    ) % {"number": item.number}


def _tells_badly(item: Item) -> str:
    if item.discrimination is None or item.discrimination_interval is None or item.discrimination_interval[1] < 0:
        return ""
    if item.discrimination < 0:
        return _(
            "Question %(number)d was right rather for those who did badly than for those who did well; that may "
            "be chance. Look at its key."
        ) % {"number": item.number}
    if item.discrimination < VERY_WEAK:
        return _("Question %(number)d hardly tells those who did well from those who did badly.") % {
            "number": item.number
        }
    return ""


def _had_it_all(item: Item) -> str:
    if item.facility is None or round(item.facility, 6) < 100:
        return ""
    return _("All who were asked had question %(number)d right: it tells nobody from anybody.") % {
        "number": item.number
    }


def _earned_nothing(item: Item) -> str:
    if item.facility is None or round(item.facility, 6) > 0:
        return ""
    return _("Nobody earned anything at question %(number)d: look at its key, or teach it again.") % {
        "number": item.number
    }


def _rival(item: Item) -> str:
    """A wrong answer that more gave than the right ones together."""
    right, wrong = sum(each.count for each in item.answers if each.right), _most_given_wrong(item)
    if item.version.type == "multiple" or item.facility == 0 or wrong is None or wrong.count <= right:
        return ""
    if not _is_worth_saying(item, wrong):
        return ""
    return _("At question %(number)d more gave “%(words)s” than the right answer: look at its key and its wording.") % {
        "number": item.number,
        "words": wrong.words,
    }


def _below_guessing(item: Item) -> str:
    ends = item.facility_interval
    if item.guess is None or ends is None or item.facility == 0 or ends[1] >= item.guess:
        return ""
    return _("Question %(number)d earned less than guessing would: something in it misleads.") % {"number": item.number}


def _mistaken(item: Item) -> str:
    wrong = _most_given_wrong(item)
    if wrong is None or not _is_worth_saying(item, wrong):
        return ""
    what = {"number": item.number, "count": wrong.count, "asked": item.asked, "words": wrong.words}
    chose = item.version.type in {"choice", "multiple", "true-false", "which-source"}
    if wrong.said_by:
        text = (
            _(
                "Question %(number)d: %(count)d of %(asked)d chose “%(words)s”, as %(sources)s says: the key may "
                "have to allow it."
            )
            if chose
            else _(
                "Question %(number)d: %(count)d of %(asked)d answered “%(words)s”, as %(sources)s says: the key "
                "may have to allow it."
            )
        )
        return text % {**what, "sources": wrong.said_by}
    if wrong.said_by == "":
        text = (
            _("Question %(number)d: %(count)d of %(asked)d chose “%(words)s”, which no source says.")
            if chose
            else _("Question %(number)d: %(count)d of %(asked)d answered “%(words)s”, which no source says.")
        )
        return text % what
    text = (
        _("Question %(number)d: %(count)d of %(asked)d chose “%(words)s”, which is not the right answer.")
        if chose
        else _("Question %(number)d: %(count)d of %(asked)d answered “%(words)s”, which did not earn full points.")
    )
    return text % what


def _unused(item: Item) -> str:
    unused = [each.words for each in item.answers if not each.right and each.count == 0 and each.words]
    if item.asked < ENOUGH or not unused:
        return ""
    text = ngettext(
        "Question %(number)d: nobody chose %(words)s, so it distracts nobody.",
        "Question %(number)d: nobody chose %(words)s, so they distract nobody.",
        len(unused),
    )
    return text % {"number": item.number, "words": ", ".join(f"“{each}”" for each in unused)}


def _most_given_wrong(item: Item) -> AnswerLine | None:
    wrong = [each for each in item.answers if not each.right and each.words]
    return max(wrong, key=lambda each: each.count, default=None)


def _is_worth_saying(item: Item, line: AnswerLine) -> bool:
    return line.count >= WORTH_SAYING and line.count >= PART * item.asked
