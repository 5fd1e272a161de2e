"""Threads, who comes to them, and the names that they go by there."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import (
    NOBODY,
    SELF,
    SELF_AND_TEACHING,
    WHOLE_CLASS,
    Erase,
    Field,
    Keep,
    Kind,
    Table,
    by_staff,
    impersonal,
    nothing,
)
from classroom.discussions.models import (
    Guideline,
    NameOpening,
    Prompt,
    Pseudonym,
    TalkSettings,
    Task,
    Thread,
    ThreadVisit,
)
from classroom.discussions.personal.forgetting import forget_what_was_said_alone
from classroom.discussions.seals import under_seal

_PROMPT = (
    "id film key position text attribution passage age_band sensitive teacher_note right_to_pass younger_variant "
    "starters position_line facts translations retired_at"
)
_TALK = "id section policy first_posts flags_to_hide frozen_at freeze_in_quiz"

TABLES = [
    Table(
        NameOpening,
        _("Openings of sealed names"),
        {
            **nothing("id"),
            "pseudonym": Field(Kind.EDUCATION, "In which thread.", shown="pseudonym__thread__assignment__title"),
            "reason": Field(Kind.EXPRESSION, "Why it was asked; the student reads it once the name is open."),
            "asked_by": by_staff("Who asked."),
            "asked_at": Field(Kind.EDUCATION, "When."),
            "state": Field(Kind.EDUCATION, "What came of it."),
            "answered_by": by_staff("Who of the others answered."),
            "answered_at": Field(Kind.EDUCATION, "When."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="pseudonym__user",
        in_class="pseudonym__thread__assignment__section",
        sealed=Q(pseudonym__opened_at=None),
    ),
    Table(
        Pseudonym,
        _("Names that students go by in a thread"),
        {
            **nothing("id"),
            "thread": Field(Kind.EDUCATION, "In which thread.", shown="thread__assignment__title"),
            "user": Field(Kind.IDENTITY, "Who goes by it; who may see that, the names policy says.", NOBODY),
            "name": Field(Kind.IDENTITY, "The pseudonym, drawn at random."),
            "opened_at": Field(Kind.EDUCATION, "Since when those who teach see whose it is, where names were sealed."),
        },
        readers=WHOLE_CLASS,
        keep=Keep.CLASS,
        erase=Erase.DELETE,
        whose="user",
        in_class="thread__assignment__section",
        sealed=under_seal("thread", "user"),
    ),
    Table(
        ThreadVisit,
        _("When threads were looked at"),
        {
            **nothing("id"),
            "thread": Field(Kind.EDUCATION, "Which thread.", shown="thread__assignment__title"),
            "user": Field(Kind.IDENTITY, "Who looked.", NOBODY),
            "before": Field(Kind.EDUCATION, "When the visit before the last one ended: what is new is marked by it."),
            "at": Field(Kind.EDUCATION, "When they last looked. Nothing is kept of threads whose names are sealed."),
        },
        readers=SELF,
        keep=Keep.VISITS,
        erase=Erase.DELETE,
        whose="user",
        in_class="thread__assignment__section",
    ),
    impersonal(TalkSettings, _("Settings of classes' talk"), *_TALK.split()),
    Table(
        Thread,
        _("Threads"),
        {
            **nothing("id", "prompt", "together", "names", "policy", "edit_minutes", "locked_at", "pinned_at", "group"),
            **nothing("slow_minutes"),
            "assignment": Field(Kind.EDUCATION, "For which work.", shown="assignment__title"),
            "student": Field(Kind.IDENTITY, "Who talks in it with those who teach, where a student talks alone."),
        },
        readers=SELF_AND_TEACHING,
        keep=Keep.CLASS,
        erase=Erase.ANONYMISE,
        whose="student",
        in_class="assignment__section",
        by_hand=forget_what_was_said_alone,
    ),
    impersonal(
        Task,
        _("Tasks of threads"),
        *["id", "assignment", "own_words", "replies", "sources", "post_first", "most_posts", "is_graded", "revision"],
    ),
    impersonal(
        Guideline, _("Rules of discussion"), "id", "film", "key", "position", "title", "text", "why", "retired_at"
    ),
    impersonal(Prompt, _("Prompts"), *_PROMPT.split()),
]
