from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what to what, and when. Rows are only ever added."""

    class Kind(models.TextChoices):
        INVITATION_SENT = "invitation-sent", _("invitation made")
        INVITATION_ACCEPTED = "invitation-accepted", _("invitation accepted")
        SECTION_CREATED = "section-created", _("class created")
        MEMBER_RETURNED = "member-returned", _("put back into a class")
        STAFF_ADDED = "staff-added", _("teacher or assistant added to a class")
        ROLE_CHANGED = "role-changed", _("role in a class changed")
        SAFEGUARDING_CHANGED = "safeguarding-changed", _("safeguarding contact changed")
        ROSTER_IMPORTED = "roster-imported", _("roster imported")
        SECTION_CHANGED = "section-changed", _("class changed")
        SECTION_ARCHIVED = "section-archived", _("class archived")
        SECTION_REOPENED = "section-reopened", _("class brought back")
        SECTION_COPIED = "section-copied", _("class copied")
        SAMPLE_REMOVED = "sample-removed", _("sample class thrown away")
        SECTION_HANDED_OVER = "section-handed-over", _("class handed to another teacher")
        OWN_THINGS_HANDED_OVER = "own-things-handed-over", _("lessons, questions and quizzes handed to another teacher")
        TEACHER_SIGNED_UP = "teacher-signed-up", _("teacher signed up")
        CODE_RENEWED = "code-renewed", _("join code renewed")
        MEMBER_JOINED = "member-joined", _("joined a class")
        MEMBER_REMOVED = "member-removed", _("removed from a class")
        GROUP_CHANGED = "group-changed", _("group made or changed")
        GROUP_REMOVED = "group-removed", _("group removed")
        PASSWORD_RESET = "password-reset", _("password reset by a teacher")
        ASSIGNED = "assigned", _("assigned")
        ASSIGNMENT_CHANGED = "assignment-changed", _("assignment changed")
        ASSIGNMENT_WITHDRAWN = "assignment-withdrawn", _("assignment withdrawn")
        AUDIENCE_CHANGED = "audience-changed", _("set to others than before")
        OVERRIDE_SET = "override-set", _("times of their own given")
        OVERRIDE_REMOVED = "override-removed", _("times of their own taken back")
        ACCOMMODATION_SET = "accommodation-set", _("more time or attempts in a class")
        EXCUSED = "excused", _("excused from an assignment")
        EXCUSE_REMOVED = "excuse-removed", _("excuse taken back")
        ATTEMPT_SUBMITTED = "attempt-submitted", _("quiz handed in")
        RESULTS_RELEASED = "results-released", _("results of a quiz released")
        ANSWER_MARKED = "answer-marked", _("answer marked by a person")
        COMMENT_CHANGED = "comment-changed", _("marking comment changed")
        REGRADED = "regraded", _("question graded again")
        APPEAL_MADE = "appeal-made", _("right answer questioned")
        APPEAL_DECIDED = "appeal-decided", _("questioning of a right answer decided")
        FACT_REVIEWED = "fact-reviewed", _("fact reviewed")
        SCORE_RECORDED = "score-recorded", _("score recorded")
        GRADING_CHANGED = "grading-changed", _("rules of grading changed")
        LESSON_COPIED = "lesson-copied", _("lesson copied")
        LESSON_CHANGED = "lesson-changed", _("lesson changed")
        LESSON_SHARED = "lesson-shared", _("lesson shared with colleagues")
        LESSON_UNSHARED = "lesson-unshared", _("lesson shared no more")
        LESSON_RETIRED = "lesson-retired", _("lesson put away")
        LESSON_RESTORED = "lesson-restored", _("lesson taken up again")
        POST_APPROVED = "post-approved", _("post approved")
        POST_RETURNED = "post-returned", _("post returned")
        POST_HIDDEN = "post-hidden", _("post hidden")
        POST_KEPT = "post-kept", _("post left as it is")
        POST_DELETED = "post-deleted", _("post deleted by a moderator")
        POST_CLAIMED = "post-claimed", _("post taken to be decided on")
        DECISION_UNDONE = "decision-undone", _("decision on a post undone")
        POST_FLAGGED = "post-flagged", _("post hidden by reports")
        POST_APPEALED = "post-appealed", _("decision on a post appealed")
        POST_APPEAL_ANSWERED = "post-appeal-answered", _("appeal on a post answered")
        CONCERN_RAISED = "concern-raised", _("words of despair or threat found")
        CONCERN_SEEN = "concern-seen", _("words of despair or threat taken care of")
        NAME_OPENED = "name-opened", _("sealed name opened to a safeguarding contact")
        STUDENT_MUTED = "student-muted", _("student muted in discussions")
        STUDENT_UNMUTED = "student-unmuted", _("mute of a student lifted")
        THREAD_LOCKED = "thread-locked", _("thread locked, slowed or opened again")
        THREADS_FROZEN = "threads-frozen", _("a class's threads frozen or opened again")
        NAME_ASKED = "name-asked", _("opening of a sealed name asked for")
        NAME_CONSENTED = "name-consented", _("opening of a sealed name consented to")
        NAME_DECLINED = "name-declined", _("opening of a sealed name declined")
        NAME_WITHDRAWN = "name-withdrawn", _("asking for a sealed name taken back")
        TALK_CHANGED = "talk-changed", _("rules of a class's talk changed")
        WORDS_CHANGED = "words-changed", _("watched words changed")
        MARKING_CLOSED = "marking-closed", _("marking of a position line closed")
        QUESTION_PUBLISHED = "question-published", _("question published")
        QUESTION_REWORDED = "question-reworded", _("question reworded")
        QUESTION_RETIRED = "question-retired", _("question retired")
        QUESTIONS_IMPORTED = "questions-imported", _("questions imported")
        KIT_LOADED = "kit-loaded", _("kit loaded")
        SOURCE_ATTACHED = "source-attached", _("source attached")
        RECORD_READ = "record-read", _("a student's record read")
        RECORD_COPIED = "record-copied", _("a student's record copied")
        AUTHORISED = "authorised", _("use with a class authorised")
        HOLD_PLACED = "hold-placed", _("legal hold placed")
        HOLD_LIFTED = "hold-lifted", _("legal hold lifted")
        ERASURE_ASKED = "erasure-asked", _("erasure asked for")
        ERASURE_REFUSED = "erasure-refused", _("erasure refused")
        ERASED = "erased", _("a student erased")

    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    # No foreign key to the subject: the log outlives what it speaks of.
    subject_type = models.CharField(_("subject type"), max_length=50)
    subject_id = models.BigIntegerField(_("subject id"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="audit_events",
    )
    at = models.DateTimeField(_("at"))
    # Ids and numbers only; never a name, an answer or a post.
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
