"""Lessons, and the steps that they are made of."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classroom.library.models import Conflict, Fact, Film, Topic
from classroom.people.models import User
from classroom.people.permissions import Permission, places_with

# Steps that are taken out of a lesson stand behind all others from here on, with what students answered in them.
DROPPED_STEPS_FROM: Final = 1000


class LessonQuerySet(models.QuerySet["Lesson"]):
    def current(self) -> "LessonQuerySet":
        return self.filter(retired_at__isnull=True)

    def offered_to(self, user: User) -> "LessonQuerySet":
        """What this teacher may set to a class: the kit's, their own, and what colleagues share."""
        return self.current().filter(Q(owner__isnull=True) | Q(owner=user) | Q(shared_at__isnull=False))

    def visible_to(self, user: User) -> "LessonQuerySet":
        """What this teacher may look at, and copy: the kit's and their own, retired ones too; what colleagues share;
        and what is set to a class that they teach, shared still or not."""
        taught = places_with(user, Permission.RESPONSES_SEE).values("section")
        set_there = Q(assignments__section__in=taught, assignments__withdrawn_at__isnull=True)
        shared = Q(shared_at__isnull=False, retired_at__isnull=True)
        found = self.model._default_manager.filter(Q(owner__isnull=True) | Q(owner=user) | shared | set_there)
        return self.filter(pk__in=found.values("pk"))


class Lesson(models.Model):
    """A lesson of the kit, or (with an owner) a teacher's own copy of one."""

    film = models.ForeignKey(Film, verbose_name=_("film"), on_delete=models.CASCADE, related_name="lessons")
    key = models.SlugField(_("key"), max_length=80)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        # Classes go on working with it, whatever becomes of the account.
        on_delete=models.PROTECT,
        related_name="lessons",
        help_text=_("Empty for the kit's own lessons."),
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("copied from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="copies",
    )
    shared_at = models.DateTimeField(_("shared with colleagues"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    # Of what the lesson says of itself; its steps count their own.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    essential_question = models.CharField(_("essential question"), max_length=300)
    overview = models.TextField(_("overview for the teacher"), blank=True)
    overview_html = models.TextField(editable=False, blank=True)
    objectives = models.JSONField(_("objectives"), default=list)
    grade_band = models.CharField(_("ages"), max_length=10)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    subjects = models.JSONField(_("subjects"), default=list)
    standards = models.JSONField(_("standards"), default=list, blank=True)
    materials = models.JSONField(_("materials"), default=list, blank=True)
    content_note = models.TextField(_("content note"), blank=True)
    missing = models.TextField(_("what the sources lack"), blank=True)
    alternative_task = models.TextField(_("alternative task"), blank=True)
    # Keys, since quizzes and prompts stand above lessons; the kit's check proves that they resolve.
    quiz_key = models.CharField(_("quiz"), max_length=80, blank=True)
    prompt_keys = models.JSONField(_("prompts"), default=list, blank=True)
    # By language: see classroom.common.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["film", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "key"], condition=models.Q(owner__isnull=True), name="lesson_key_in_kit"
            ),
            models.UniqueConstraint(
                fields=["film", "owner", "key"],
                condition=models.Q(owner__isnull=False),
                name="lesson_key_of_its_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=False) | models.Q(shared_at__isnull=True),
                name="lesson_shared_has_an_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StepQuerySet(models.QuerySet["Step"]):
    def current(self) -> "StepQuerySet":
        """The steps of a lesson as its teacher has them; without those that were taken out."""
        return self.filter(retired_at__isnull=True)

    def for_students(self) -> "StepQuerySet":
        return self.current().filter(is_hidden=False)


class Step(models.Model):
    """One step of a lesson: what the student sees, and what the teacher is told."""

    class Kind(models.TextChoices):
        WARM_UP = "warm-up", _("Warm-up")
        READ = "read", _("Read")
        LOOK = "look", _("Look")
        SOURCE_WORK = "source-work", _("Source work")
        CHECK = "check", _("Check")
        DISCUSS = "discuss", _("Discuss")
        EXIT_TICKET = "exit-ticket", _("Exit ticket")
        EXTENSION = "extension", _("Extension")

    class Show(models.TextChoices):
        NOTHING = "", _("nothing")
        TIMELINE = "timeline", _("timeline")
        CONFLICT = "conflict", _("readings of a conflict")
        FACTS = "facts", _("facts of a topic")

    class Answer(models.TextChoices):
        NONE = "", _("none")
        SHORT = "short", _("short answer")
        LONG = "long", _("long answer")

    class Completion(models.TextChoices):
        """When a step is done. Empty: as its kind has it (see ``assignments.completion``)."""

        BY_KIND = "", _("as its kind has it")
        OPENED = "opened", _("opened")
        MINUTES_1 = "1 minute", _("read for 1 minute")
        MINUTES_2 = "2 minutes", _("read for 2 minutes")
        MINUTES_3 = "3 minutes", _("read for 3 minutes")
        MINUTES_5 = "5 minutes", _("read for 5 minutes")
        MINUTES_10 = "10 minutes", _("read for 10 minutes")
        ANSWERED = "answered", _("answered")
        CHECK = "check", _("its quiz handed in")
        POSTED = "posted", _("posted in its discussion")

    lesson = models.ForeignKey(Lesson, verbose_name=_("lesson"), on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    body = models.TextField(_("text for the student"), blank=True)
    body_html = models.TextField(editable=False, blank=True)
    teacher_note = models.TextField(_("for the teacher"), blank=True)
    teacher_html = models.TextField(editable=False, blank=True)
    show = models.CharField(_("shows"), max_length=20, choices=Show.choices, blank=True, default=Show.NOTHING)
    conflict = models.ForeignKey(
        Conflict, verbose_name=_("conflict"), null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    quiz_key = models.CharField(_("quiz"), max_length=80, blank=True)
    prompt_key = models.CharField(_("prompt"), max_length=80, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    completion = models.CharField(
        _("done when"), max_length=10, choices=Completion.choices, blank=True, default=Completion.BY_KIND
    )
    facts = models.ManyToManyField(Fact, verbose_name=_("facts cited"), related_name="steps", blank=True)
    # By language: see classroom.common.translated.
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    is_hidden = models.BooleanField(_("hidden from students"), default=False)
    # A step that is gone stays for the answers that students gave to it.
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["lesson", "position"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "position"], name="step_position_in_lesson"),
            models.CheckConstraint(
                condition=models.Q(
                    completion__in=[
                        *("", "opened", "answered", "check", "posted"),
                        *("1 minute", "2 minutes", "3 minutes", "5 minutes", "10 minutes"),
                    ]
                ),
                name="step_completion_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title
