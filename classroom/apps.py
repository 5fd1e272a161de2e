from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassroomConfig(AppConfig):
    name = "classroom"
    verbose_name = _("Classroom")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from classroom.assignments import activities
        from classroom.assignments import copying as assigned
        from classroom.assignments import long_work as under_way
        from classroom.assignments.actions import groups_changed
        from classroom.assignments.lesson_kind import LessonKind
        from classroom.discussions import concerns, news, opened, panels
        from classroom.discussions.activity import ThreadKind, attention
        from classroom.discussions.queries import parts_for_lessons, prompts_on
        from classroom.discussions.seals import seals_on
        from classroom.gradebook import news as scores
        from classroom.gradebook.copying import RULES
        from classroom.gradebook.queries import results
        from classroom.jobs import actions as long_work
        from classroom.jobs import kinds as jobs
        from classroom.lessons import parts
        from classroom.lessons.models import Lesson
        from classroom.lessons.queries import lessons_citing
        from classroom.library import uses
        from classroom.moderation import attention as moderation
        from classroom.moderation import news as moderation_news
        from classroom.moderation import outcomes
        from classroom.notices import kinds
        from classroom.notices import mail as notices
        from classroom.operations import names, reports
        from classroom.operations.queries import worker_lives
        from classroom.operations.schedule import MINUTES_A_DAY, every
        from classroom.people import copying, handover, sessions
        from classroom.people import mail as invitations
        from classroom.people.groups.actions import register_changes
        from classroom.people.roster import working as rosters
        from classroom.privacy import daily, reads
        from classroom.privacy import working as removals
        from classroom.rubrics import actions as rubric_marks
        from classroom.rubrics import attention as rubrics_waiting
        from classroom.rubrics import news as rubric_news
        from classroom.rubrics import pages as rubrics
        from classroom.rubrics.copying import RUBRICS
        from classroom.stances import pages as stances

        user_logged_in.connect(sessions.stamp, dispatch_uid="classroom.people.sessions")
        activities.register(LessonKind())
        activities.register(ThreadKind())
        activities.register_sealed("threads", seals_on)
        activities.register_attention("jobs", under_way.attention)
        activities.register_attention("concerns", moderation.concerns)
        activities.register_attention("moderation", moderation.attention)
        every(minutes=1, words=_("Mail worries about somebody's safety"))(concerns.queue_mails)
        activities.register_attention("threads", attention)
        activities.register_results("scores", results)
        every(minutes=MINUTES_A_DAY, words=_("Remove what is kept past its time"))(daily.queue_retention)
        every(minutes=1, words=_("Tell teachers of posts that wait"))(moderation_news.tell_of_waiting)
        every(minutes=5, words=_("Tell teachers of posts that wait too long"))(moderation_news.tell_of_late)
        every(minutes=0.5, words=_("Mail notices"))(notices.queue_mails)
        names.register(
            {
                long_work.run_job.module_path: _("Long work that a page has asked for"),
                concerns.mail_concern.module_path: _("Mail a worry about somebody's safety"),
                daily.run_retention.module_path: _("Remove what is kept past its time"),
                notices.mail_notices.module_path: _("Mail one person's notices"),
                invitations.mail_invitation.module_path: _("Mail an invitation"),
            }
        )
        kinds.register(news.REPLY, _("A reply to a post of yours"), news.replies)
        kinds.register(news.NAME_ASKED, _("A colleague who asks for a sealed name"), news.names_asked)
        kinds.register(news.NAME_OPENED, _("Your sealed name, when it is opened"), news.names_opened)
        kinds.register(news.ENDORSED, _("A post of yours that a teacher endorses"), news.endorsed)
        kinds.register(news.PRIVATE, _("An answer to the teachers alone"), news.private_answers)
        kinds.register(news.DECIDED, _("A decision on a post of yours"), news.decided)
        kinds.register(
            moderation_news.WAITING, _("For those who moderate: posts that wait for approval"), moderation_news.waiting
        )
        kinds.register(
            moderation_news.LATE, _("For those who moderate: posts that have waited for a day"), moderation_news.late
        )
        kinds.register(outcomes.FLAGGED, _("For those who moderate: posts that readers report"), outcomes.flagged)
        kinds.register(outcomes.SETTLED, _("What came of your report of a post"), outcomes.settled)
        kinds.register(outcomes.APPEALED, _("For those who moderate: appeals"), outcomes.appealed)
        kinds.register(outcomes.ANSWERED, _("The answer to an appeal of yours"), outcomes.answered)
        kinds.register(moderation_news.MUTED, _("Being muted in a class"), moderation_news.muted)
        kinds.register(
            rubric_news.MARKED, _("The mark of a discussion of yours, and when it changes"), rubric_news.marked
        )
        kinds.register(scores.RELEASED, _("A score that you can see"), scores.released)
        kinds.register(scores.BY_HAND, _("A score of yours that a teacher sets or changes"), scores.set_by_hand)
        panels.register("rubrics", rubrics.in_thread)
        activities.register_attention("rubrics", rubrics_waiting.attention)
        activities.register_responses("rubrics", rubrics.responses)
        activities.register_withheld("rubrics", rubrics.withheld, rubrics.withheld)
        opened.register("rubrics", rubric_marks.name_opened)
        panels.register("stances", stances.in_thread)
        activities.register_panels("stances", stances.in_lesson)
        activities.register_links("stances", stances.links)
        jobs.register_worker(worker_lives)
        jobs.register(rosters.KIND)
        for kind in removals.KINDS:
            jobs.register(kind)
        reports.register("retention", daily.report)
        reads.register_subject("thread_id", "classroom.thread")
        copying.register(assigned.AssignedWork())
        assigned.register("gradebook", RULES)
        assigned.register("rubrics", RUBRICS)
        parts.register(parts.PROMPT, parts_for_lessons)
        handover.register(handover.OwnThings(_("Lessons"), Lesson, "title"))
        register_changes("dates", groups_changed)
        uses.register("lessons", _("Lessons that cite it"), lessons_citing)
        uses.register("prompts", _("Prompts that stand on it"), prompts_on)
