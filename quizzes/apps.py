from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        # Rooms import models, which are there only now.
        from classroom.assignments import activities
        from classroom.discussions import pauses
        from classroom.gradebook import reasons
        from classroom.jobs import kinds as jobs
        from classroom.lessons import coverage, parts
        from classroom.library import uses
        from classroom.notices import kinds
        from classroom.operations.schedule import every
        from classroom.people import handover, limits
        from classroom.privacy import reads
        from quizzes.bank import past
        from quizzes.bank.models import Question, Quiz
        from quizzes.bank.queries import questions_on
        from quizzes.bank.teaching import asked_by, parts_for_lessons
        from quizzes.delivery import codes, freezing, rulings
        from quizzes.delivery.actions import follow_dates
        from quizzes.delivery.activity import QuizKind
        from quizzes.delivery.queries import why_counted_again, withheld, withheld_marks
        from quizzes.delivery.sweep import close_overdue_attempts, settle_told_scores
        from quizzes.interchange import working as imports
        from quizzes.marking import news
        from quizzes.marking import working as regrades
        from quizzes.marking.actions import see_notices, see_regrades
        from quizzes.marking.activity import attention, news_for, news_on_scores, notes_on
        from quizzes.marking.queries.appeals import under_review
        from quizzes.marking.queries.regrades import why_regraded
        from quizzes.marking.rulings import decisions_on, rulings_on
        from quizzes.statistics import panels
        from quizzes.statistics.queries.past import past_of

        activities.register(QuizKind())
        activities.register_new_dates("quiz", follow_dates)
        activities.register_withheld("quiz", withheld, withheld_marks)
        handover.register(handover.OwnThings(_("Questions"), Question))
        handover.register(handover.OwnThings(_("Quizzes"), Quiz, "title"))
        activities.register_attention("answers", attention)
        activities.register_news("answers", news_on_scores, see_notices)
        limits.register_by_account(codes.WRONG_CODES_BY_ACCOUNT, codes.OWN_TRIES)
        rulings.register(rulings_on)
        rulings.register_decisions(decisions_on)
        rulings.register_notes(notes_on)
        rulings.register_news(news_for)
        for source in ("counted", "dates", "grade"):
            reasons.register(source, why_counted_again)
        reasons.register("regrade", why_regraded)
        rulings.register_seen(see_regrades)
        uses.register("questions", _("Questions"), questions_on)
        uses.register("reviews", _("Under review"), under_review)
        parts.register(parts.QUIZ, parts_for_lessons)
        coverage.register(asked_by)
        every(minutes=1, words=_("Hand in quizzes whose time is over"))(close_overdue_attempts)
        every(minutes=10, words=_("Bring the gradebook in line with regraded quizzes"))(settle_told_scores)
        reads.register_subject("appeal_id", "quizzes.appeal")
        reads.register_subject("response_id", "quizzes.response")
        reads.register_subject("comment_id", "quizzes.markingcomment")
        panels.register()
        pauses.register("quizzes", freezing.runs)
        kinds.register(news.DECIDED, _("A decision about a right answer that you questioned"), news.decided)
        jobs.register(regrades.KIND)
        jobs.register(imports.KIND)
        past.register(past_of)
